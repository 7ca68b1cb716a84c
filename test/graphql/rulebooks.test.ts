import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaOfFacts } from '../../src/kernel/fact-schema.ts';
import { goldenCases, placeOf } from '../../src/testing/golden-cases.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

const registry = await loadRegistry();
let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry });
});
afterAll(() => app.close());

const data = async (query: string): Promise<Record<string, unknown>> => (await ask(app, query)).data as Record<string, unknown>;

describe('rulebook', () => {
  it('holds the national floor and the province, with what stands aside', async () => {
    const { rulebook } = (await data('{ rulebook(jurisdiction: "310101", at: "2020-12-31") { from to hash rules { id document { id evidence } } standingAside { rule { id } by } } }')) as { rulebook: { from: string; rules: { id: string }[]; standingAside: { rule: { id: string }; by: string }[] } };
    expect(rulebook.from).toBe('2016-01-01');
    expect(rulebook.rules.map(({ id }) => id)).toContain('sh-2016-credit/1.1-total');
    expect(rulebook.standingAside.find(({ rule }) => rule.id === 'cn-2011-1/cycle-hours')?.by).toBe('sh-2016-credit/1.1-total');
  });

  it('has one hash for one content, another for another', async () => {
    const hash = async (jurisdiction: string, at: string): Promise<unknown> => ((await data(`{ rulebook(jurisdiction: "${jurisdiction}", at: "${at}") { hash } }`)) as { rulebook: { hash: string } }).rulebook.hash;
    expect(await hash('310000', '2020-12-31')).toBe(await hash('310000', '2018-01-01'));
    expect(await hash('310000', '2020-12-31')).not.toBe(await hash('310000', '2021-01-01'));
  });

  it('refuses an unknown place with the nearest ones', async () => {
    const answer = await ask(app, '{ rulebook(jurisdiction: "31000") { hash } }');
    expect(codesOf(answer)).toEqual(['UNKNOWN_JURISDICTION']);
    expect(JSON.stringify(answer.errors?.[0]?.extensions)).toContain('310');
  });
});

describe('rule', () => {
  it('is found wherever it holds, with its reading and the alternatives', async () => {
    const { rule } = (await data('{ rule(id: "jx-2014-36/3.1-age") { id kind jurisdiction clause summary params reading { name text } alternatives { name } topic decides facts { name kind } decisions } }')) as { rule: Record<string, unknown> };
    expect(rule).toMatchObject({ id: 'jx-2014-36/3.1-age', kind: 'ELIGIBILITY', jurisdiction: '360000', clause: '三.1', params: { men: 55, women: 53 }, decides: true, alternatives: [{ name: expect.any(String) }] });
  });

  it('refuses an unknown id with the nearest ones', async () => {
    const answer = await ask(app, '{ rule(id: "sh-2016-credit/1.1-totall") { id } }');
    expect(codesOf(answer)).toEqual(['UNKNOWN_RULE']);
    expect(JSON.stringify(answer.errors?.[0]?.extensions)).toContain('sh-2016-credit/1.1-total');
  });
});

describe('jurisdictions', () => {
  it('come page by page in the order of codes', async () => {
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const { jurisdictions } = (await data(`{ jurisdictions(under: "310000", first: 7${after ? `, after: "${after}"` : ''}) { nodes { code } endCursor totalCount } }`)) as { jurisdictions: { nodes: { code: string }[]; endCursor: string | null; totalCount: number } };
      codes.push(...jurisdictions.nodes.map(({ code }) => code));
      expect(jurisdictions.totalCount).toBe(17);
      after = jurisdictions.endCursor;
    } while (after);
    expect(codes).toHaveLength(17);
    expect([...codes].sort()).toEqual(codes);
  });

  it('are found by name, and can be limited to those with rules of their own', async () => {
    expect(await data('{ jurisdictions(name: "浦东") { nodes { code } } }')).toEqual({ jurisdictions: { nodes: [{ code: '310115' }] } });
    expect(await data('{ jurisdictions(withOwnRules: true) { nodes { code } } }')).toEqual({ jurisdictions: { nodes: ['CN', '150603', '310000', '330000', '360000'].map((code) => ({ code })) } });
    expect(codesOf(await ask(app, '{ jurisdictions(first: 101) { totalCount } }')).length).toBe(1);
  });
});

describe('decisions', () => {
  it('name their facts and give out their JSON Schema', async () => {
    const { decisions } = (await data('{ decisions(jurisdiction: "310000", at: "2020-12-31") { name question rules { id } facts { name } factsSchema } }')) as { decisions: { name: string; facts: { name: string }[]; factsSchema: { properties: object } }[] };
    const completion = decisions.find(({ name }) => name === 'creditCompletion');
    expect(completion?.facts.map(({ name }) => name)).toEqual(expect.arrayContaining(['entries', 'roles', 'developmentSchool', 'figures']));
    expect(Object.keys(completion?.factsSchema.properties ?? {})).toEqual(completion?.facts.map(({ name }) => name));
  });

  it('have a schema that takes the facts of every golden case', async () => {
    const cases = goldenCases(PLUGINS_FOLDER, await loadManifests(PLUGINS_FOLDER));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const validators = new Map<string, ReturnType<typeof ajv.compile>>();
    for (const item of cases) {
      const place = placeOf(registry, item);
      const validate = validators.get(place.jurisdiction.code) ?? ajv.compile(schemaOfFacts(place.facts.values(), 'en'));
      validators.set(place.jurisdiction.code, validate);
      expect([item.name, validate(item.facts ?? {}), validate.errors]).toEqual([item.name, true, null]);
    }
  });
});
