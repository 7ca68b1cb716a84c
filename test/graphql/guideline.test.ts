import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadRegistry } from '../support/plugins.ts';
import { ask, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry() });
});
afterAll(() => app.close());

const QUESTION = 'query ($input: AssessInput!) { assess(input: $input) { assessment { verdict missing reasons { code } findings { binding verdict reasons { code } } } } }';
const shares = async (facts: object): Promise<unknown> =>
  ((await ask(app, QUESTION, { input: { jurisdiction: '310000', decision: 'trainingShares', at: '2018-06-01', facts } })).data?.['assess'] as { assessment: unknown }).assessment;

it('a guideline asked about alone says that no verdict rests on it, and whether it is kept', async () => {
  expect(await shares({ developmentSchool: 'none', trainingByLevel: { municipal: 50, district: 40, school: 10 } })).toEqual({
    verdict: 'NOT_APPLICABLE',
    missing: [],
    reasons: [{ code: 'NOTHING_TO_DECIDE' }],
    findings: [{ binding: false, verdict: 'NOT_MET', reasons: [{ code: 'OVER_LIMIT' }, { code: 'SHORT' }] }],
  });
});

it('what is missing to tell whether it is kept is named', async () => {
  expect(await shares({ trainingByLevel: { municipal: 15, district: 35, school: 50 } })).toMatchObject({ verdict: 'NOT_APPLICABLE', missing: ['developmentSchool'] });
});
