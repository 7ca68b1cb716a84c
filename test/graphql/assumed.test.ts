import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRegistry } from '../support/plugins.ts';
import { ask, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry() });
});
afterAll(() => app.close());

const QUESTION = 'query ($input: AssessInput!) { assess(input: $input) { assessment { verdict assumed { name value because } } } }';
const assess = async (input: object): Promise<unknown> => ((await ask(app, QUESTION, { input: { jurisdiction: '310000', ...input } }, { 'accept-language': 'en' })).data?.['assess'] as { assessment: unknown }).assessment;
const defaultOf = async (query: string): Promise<unknown> => JSON.stringify((await ask(app, query)).data);

describe('a fact that nobody gave', () => {
  it('is assumed as the rule asked about assumes it, and the answer says so', async () => {
    expect(await assess({ rule: 'sh-2023-offcampus/1-members', at: '2023-06-01', facts: { employerIsMember: true } })).toEqual({
      verdict: 'MET',
      assumed: [{ name: 'staffKind', value: 'offCampus', because: expect.stringContaining('off-campus') as string }],
    });
  });

  it('is assumed as it is declared by every other rule', async () => {
    const answer = await assess({ rule: 'sh-2016-credit/2.1-hours', at: '2018-06-15', facts: { trainingClassHours: '8', trainingCategory: 'knowledgeSkills', isSingleCourse: true } });
    expect(answer).toMatchObject({ verdict: 'MET', assumed: [{ name: 'staffKind', value: 'school' }, { name: 'conversionExceptionRecorded' }] });
  });

  it('is not assumed once it is given', async () => {
    expect(await assess({ decision: 'trainerCertificate', at: '2023-06-01', facts: { staffKind: 'school', employerIsMember: true } })).toEqual({ verdict: 'NOT_APPLICABLE', assumed: [] });
  });

  it('is described with the default of the rule or decision that it is asked for', async () => {
    expect(await defaultOf('{ rule(id: "sh-2023-offcampus/1-certificate") { facts { name defaultValue } } }')).toContain('{"name":"staffKind","defaultValue":"offCampus"}');
    expect(await defaultOf('{ rule(id: "sh-2016-opinion/1-shares", at: "2018-01-01") { facts { name defaultValue } } }')).toContain('{"name":"staffKind","defaultValue":"school"}');
    expect(await defaultOf('{ decisions(jurisdiction: "310000", at: "2023-06-01") { name facts { name defaultValue } } }')).toMatch(/"trainerCertificate","facts":\[\{"name":"staffKind","defaultValue":"offCampus"\}/);
  });
});
