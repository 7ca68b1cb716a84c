import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry() });
});
afterAll(() => app.close());

interface Told {
  readonly code: string;
  readonly path: string;
  readonly value: unknown;
  readonly message: string;
  readonly nearest: readonly string[];
}
interface Outcome {
  readonly userErrors: readonly Told[];
  readonly assessment: { readonly verdict: string; readonly gap: { readonly amount: string | null } | null } | null;
}

const OUTCOME = 'userErrors { code path value message nearest } assessment { verdict gap { amount } }';
const ASSESS = `query ($i: AssessInput!) { assess(input: $i) { ${OUTCOME} } }`;
const MANY = `query ($i: [AssessInput!]!) { assessMany(inputs: $i) { ${OUTCOME} } }`;
const base = { jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31' };
const entry = { credits: '1', completedOn: '2018-05-01', level: 'school', category: 'practice' };

/** Sends facts as they are written, so that a test can write what JSON.stringify would not. */
async function send(facts: string): Promise<{ readonly text: string; readonly outcome: Outcome | undefined; readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[] }> {
  const { jurisdiction, decision, at } = base;
  const payload = `{"query":${JSON.stringify(ASSESS)},"variables":{"i":{"jurisdiction":"${jurisdiction}","decision":"${decision}","at":"${at}","facts":${facts}}}}`;
  const response = await app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json' }, payload });
  const { data, errors = [] } = response.json() as { data?: { assess: Outcome }; errors?: { message: string; extensions: Record<string, unknown> }[] };
  return { text: response.payload, outcome: data?.assess, errors };
}

const codesAndPaths = (outcome: Outcome | undefined): string[] => (outcome?.userErrors ?? []).map(({ code, path }) => `${code} ${path}`);

describe('names that every object has', () => {
  const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', '__defineGetter__', '__lookupSetter__', 'prototype'];

  test.each(NAMES)('%s is nothing that is known', async (name) => {
    const { outcome } = await send(JSON.stringify({ [name]: 1, developmentSchool: name, roles: [{ role: name, [name]: 1 }], entries: [{ ...entry, level: name, [name]: null }], figures: { [name]: '1' } }));
    expect(codesAndPaths(outcome)).toEqual(expect.arrayContaining([`UNKNOWN_FACT facts.${name}`, 'UNKNOWN_VALUE facts.developmentSchool', 'UNKNOWN_VALUE facts.roles[0].role', `UNKNOWN_FIELD facts.roles[0].${name}`, 'UNKNOWN_VALUE facts.entries[0].level', `UNKNOWN_FIELD facts.entries[0].${name}`]));
    const named = await ask(app, ASSESS, { i: { ...base, jurisdiction: name, decision: name, facts: {}, readings: [{ rule: name, reading: name }] } });
    expect((named.data?.['assess'] as Outcome).userErrors.map(({ code }) => code)).toEqual(['UNKNOWN_JURISDICTION', 'UNKNOWN_DECISION', 'UNKNOWN_RULE']);
    const rule = await ask(app, ASSESS, { i: { ...base, decision: null, rule: name, facts: { districtMinima: [{ rule: name, param: name, credits: '1' }] } } });
    expect((rule.data?.['assess'] as Outcome).userErrors.map(({ code }) => code)).toEqual(['UNKNOWN_RULE', 'OUT_OF_RANGE']);
    expect(codesOf(await ask(app, `{ rule(id: "${name}") { id } }`))).toEqual(['UNKNOWN_RULE']);
    expect(codesOf(await ask(app, `{ rulebook(jurisdiction: "${name}") { hash } }`))).toEqual(['UNKNOWN_JURISDICTION']);
    expect((await ask(app, `{ jurisdictions(under: "${name}", name: "${name}", after: "${name}") { totalCount } }`)).data).toEqual({ jurisdictions: { totalCount: 0 } });
    for (let round = 0; round < 3; round++) expect((await ask(app, `{ ${name}: about { ${name}: name } }`)).data?.[name]).toHaveProperty(name);
  });

  test('a prototype in JSON is refused before it is read, in a literal before it is run', async () => {
    expect((await send('{"__proto__": {"entries": []}}')).errors).toMatchObject([{ extensions: { code: 'INVALID_JSON' } }]);
    expect((await send('{"entries": [{"__proto__": {"credits": "1"}}]}')).errors).toMatchObject([{ extensions: { code: 'INVALID_JSON' } }]);
    expect(codesOf(await ask(app, '{ assess(input: {jurisdiction: "CN", at: "2020-01-01", facts: {__proto__: {a: 1}}}) { userErrors { code } } }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(({} as Record<string, unknown>)['entries']).toBeUndefined();
  });
});

describe('numbers and days', () => {
  const withCredits = (written: string): ReturnType<typeof send> => send(`{"developmentSchool": "none", "roles": [], "entries": [{"completedOn": "2018-05-01", "level": "school", "category": "practice", "credits": ${written}}]}`);

  test.each(['1e999', '-1e999', '9007199254740993', '1e21', '1.5', '0.1', '"1e5"', '"٣"', '"１２"', '" 1"', '"1 "', '"1/0"', '"0x10"', '"1_000"', '"1,5"', '"."', '"1."', '".5"', '"∞"', '"NaN"', '""', '"1\\u0000"', '"1\\u200b"', '"\\ud800"', '"-1"', '-1', 'true', '[]', '{}', '["1"]', `"${'9'.repeat(60)}"`, `"${'9'.repeat(100_000)}"`, '"1/3"', '"0.001"'])('%s is no amount', async (written) => {
    const { outcome, text } = await withCredits(written);
    expect(outcome?.assessment).toBeNull();
    expect(outcome?.userErrors.map(({ path }) => path)).toEqual(['facts.entries[0].credits']);
    expect(text.length).toBeLessThan(2_000);
  });

  test.each([['-0', '36'], ['"-0"', '36'], ['"+1"', '35'], ['1.0', '35'], ['1e1', '26'], ['"0001.10"', '34.9'], ['"3/2"', '34.5']])('%s is an exact amount', async (written, gap) => {
    expect((await withCredits(written)).outcome).toMatchObject({ userErrors: [], assessment: { gap: { amount: gap } } });
  });

  test.each(['2020-02-30', '2020-1-1', '２０２０-01-01', '2020-01-01\u0000', '2020-01-01 ', '9999-12-31', '0000-00-00', '-2020-01-01', '2020-13-01', 'x'.repeat(100_000)])('%j is no day', async (day) => {
    expect(codesAndPaths((await send(JSON.stringify({ entries: [{ ...entry, completedOn: day }] }))).outcome)).toEqual(['WRONG_TYPE facts.entries[0].completedOn']);
    expect(codesOf(await ask(app, ASSESS, { i: { ...base, at: day, facts: {} } }))).toEqual(['BAD_USER_INPUT']);
  });

  test('one person with a number that JSON rounded does not keep the others from their answers', async () => {
    const { data, errors } = await ask(app, MANY, { i: [{ ...base, facts: { entries: [{ ...entry, credits: 2 ** 60 }] } }, { ...base, facts: { developmentSchool: 'none', roles: [], entries: [] } }] });
    expect(errors).toBeUndefined();
    expect((data?.['assessMany'] as Outcome[]).map(({ assessment }) => assessment?.verdict ?? null)).toEqual([null, 'NOT_MET']);
  });

  test('the first and last moment that can be asked about', async () => {
    for (const [at, lawAt] of [['1900-01-01', '2199-12-31'], ['2199-12-31', '1900-01-01']]) expect(codesOf(await ask(app, ASSESS, { i: { ...base, at, lawAt, facts: { roles: [], entries: [entry] } } }))).toEqual([]);
  });
});

describe('shapes', () => {
  test.each([
    ['facts as a list', '[]'],
    ['facts as text', '"x"'],
    ['facts as a number', '1'],
  ])('%s', async (_name, facts) => {
    expect((await send(facts)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('nulls, lists for records and records for lists, each told where it is', async () => {
    const { outcome } = await send(JSON.stringify({ entries: [null, [], 'x', 7, { ...entry, degree: [] }], figures: [], roles: {}, developmentSchool: null, applyOffsets: 'true' }));
    const wrong = ['entries[0]', 'entries[1]', 'entries[2]', 'entries[3]', 'entries[4].degree', 'figures', 'roles', 'applyOffsets'].map((path) => `WRONG_TYPE facts.${path}`);
    expect(codesAndPaths(outcome).sort()).toEqual(['CONFLICT facts.figures', 'NOT_NULLABLE facts.developmentSchool', ...wrong].sort());
  });

  test('every fact of a place as null is an answer or a list of problems, never a fault of ours', async () => {
    const { data } = await ask(app, '{ decisions(jurisdiction: "310101", at: "2020-12-31") { name facts { name } } }');
    for (const { name, facts } of data?.['decisions'] as { name: string; facts: { name: string }[] }[]) {
      for (const value of [null, [], {}, '', 0, true]) {
        const answer = await ask(app, ASSESS, { i: { ...base, decision: name, allReadings: true, facts: Object.fromEntries(facts.map((fact) => [fact.name, value])) } });
        expect({ name, value, codes: codesOf(answer) }).toEqual({ name, value, codes: [] });
      }
    }
  });

  test('entries with one id are entries of their own', async () => {
    const { outcome } = await send(JSON.stringify({ developmentSchool: 'none', roles: [], entries: [{ ...entry, id: 'a' }, { ...entry, id: 'a' }] }));
    expect(outcome?.assessment?.gap?.amount).toBe('34');
  });

  test('variables of a wrong type are told without repeating them', async () => {
    for (const i of ['x'.repeat(1_000_000), Array.from({ length: 50_000 }, () => 'x'), { at: 'x'.repeat(500_000) }, null]) {
      const answer = await ask(app, ASSESS, { i });
      expect(new Set(codesOf(answer))).toEqual(new Set(['BAD_USER_INPUT']));
      expect(JSON.stringify(answer).length).toBeLessThan(10_000);
    }
    const page = await ask(app, 'query ($n: Int) { jurisdictions(first: $n) { totalCount } }', { n: 'x'.repeat(1_000_000) });
    expect(codesOf(page)).toEqual(['BAD_USER_INPUT']);
    expect(JSON.stringify(page).length).toBeLessThan(5_000);
  });
});

describe('floods', () => {
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work;
    expect(performance.now() - started).toBeLessThan(2_000);
    return result;
  };

  test.each([
    ['150,000 facts that do not exist', JSON.stringify(Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`k${index}`, 1])))],
    ['a thousand entries with three faults each', JSON.stringify({ entries: Array.from({ length: 1_000 }, (_, index) => ({ ...entry, [`colour${index}`]: 'x'.repeat(50), credits: 1.5, level: 'everywhere' })) })],
    ['a thousand entries that are null', JSON.stringify({ entries: Array.from({ length: 1_000 }, () => null) })],
  ])('%s: the first hundred problems and how many more', async (_name, facts) => {
    const { outcome, text } = await timed(send(facts));
    expect(outcome?.userErrors).toHaveLength(101);
    expect(outcome?.userErrors.at(-1)).toMatchObject({ code: 'MORE_PROBLEMS', value: expect.any(Number) as number });
    expect(text.length).toBeLessThan(100_000);
  });

  test.each([
    ['a long name of a fact', JSON.stringify({ ['x'.repeat(1_000_000)]: 1 })],
    ['a long name of a field', JSON.stringify({ entries: [{ ['x'.repeat(1_000_000)]: 1 }] })],
    ['a long value', JSON.stringify({ developmentSchool: 'x'.repeat(1_000_000) })],
    ['a large object', JSON.stringify({ developmentSchool: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1])) })],
    ['lone surrogates', '{"\\ud800": "\\udfff", "developmentSchool": "\\ud800"}'],
  ])('%s is told shortly, in text that everyone can read', async (_name, facts) => {
    const { outcome, text } = await timed(send(facts));
    expect(outcome?.userErrors.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(3_000);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/\\ud[89a-f]/i);
  });

  test('long codes, names and ids of things, twenty at a time', async () => {
    const fields = Array.from({ length: 6 }, (_, index) => `a${index}: jurisdictions(name: $x) { totalCount } b${index}: rulebook(jurisdiction: $id) { hash } c${index}: rule(id: $id) { id }`).join(' ');
    const answer = await timed(ask(app, `query ($x: String, $id: ID!) { ${fields} }`, { x: 'x'.repeat(900_000), id: 'y'.repeat(900_000) }));
    expect(JSON.stringify(answer).length).toBeLessThan(20_000);
  });

  test('names in a query that are long, or nearly right thousands of times', async () => {
    for (const query of [`{ ${'x'.repeat(99_000)} }`, `{ about { ${Array.from({ length: 4_000 }, (_, index) => `nam${index}`).join(' ')} } }`, `{ about(x: "${'x'.repeat(99_000)}" }`]) {
      const answer = await timed(ask(app, query));
      expect(codesOf(answer).length).toBeGreaterThan(0);
      expect(JSON.stringify(answer).length).toBeLessThan(60_000);
    }
  });

  test('thousands of readings, and a hundred places that are not there', async () => {
    const readings = Array.from({ length: 20_000 }, (_, index) => ({ rule: `sh-2016-credit/1.1-t${index}`, reading: 'x' }));
    expect(codesOf(await timed(ask(app, ASSESS, { i: { ...base, facts: {}, readings } })))).toEqual(['TOO_MANY']);
    const first = await timed(ask(app, ASSESS, { i: { ...base, facts: {}, readings: readings.slice(0, 250) } }));
    expect((first.data?.['assess'] as Outcome).userErrors[0]).toMatchObject({ code: 'TOO_MANY', path: 'readings' });
    const places = await timed(ask(app, MANY, { i: Array.from({ length: 100 }, (_, index) => ({ ...base, jurisdiction: `上海${index}${'x'.repeat(150)}`, facts: {} })) }));
    expect((places.data?.['assessMany'] as Outcome[]).every(({ userErrors }) => userErrors[0]?.code === 'UNKNOWN_JURISDICTION')).toBe(true);
  });

  test('a schema that is asked for within itself', async () => {
    for (const query of ['{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }', '{ __type(name: "Query") { fields { args { type { fields { args { type { inputFields { type { fields { name } } } } } } } } } } }']) {
      expect(codesOf(await timed(ask(app, query))).length).toBeGreaterThan(0);
    }
  });

  test('transcripts that name every combination there is leave the server as small and fast as before', async () => {
    const levels = ['national', 'municipalSpecial', 'municipal', 'district', 'school', 'none'];
    const categories = ['ethicsLiteracy', 'knowledgeSkills', 'practice', 'none'];
    const trainings = ['headTeacher', 'trainer', 'middleLeader', 'principal', 'qualification', 'none'];
    const courses = ['general', 'professional', 'applied', 'none'];
    const plain = { ...base, facts: { developmentSchool: 'none', roles: [], entries: Array.from({ length: 40 }, () => entry) } };
    const before = (await ask(app, ASSESS, { i: plain })).data;
    for (let round = 0; round < 6; round++) {
      const entries = Array.from({ length: 1_000 }, (_, index) => {
        const n = round * 1_000 + index;
        return { ...entry, credits: '0.01', completedOn: `201${6 + (n % 5)}-05-01`, level: levels[n % 6], category: categories[Math.floor(n / 6) % 4], training: trainings[Math.floor(n / 24) % 6], itCourse: courses[Math.floor(n / 144) % 4], selfDirected: n % 7 < 3, fullTime: n % 11 < 5, leading: n % 13 < 6, forSenior: n % 17 < 8 };
      });
      expect(codesOf(await ask(app, ASSESS, { i: { ...base, facts: { developmentSchool: 'none', roles: [{ role: 'trainer' }, { role: 'senior' }], entries } } }))).toEqual([]);
    }
    await ask(app, ASSESS, { i: plain });
    const started = performance.now();
    const after = (await ask(app, ASSESS, { i: plain })).data;
    expect(performance.now() - started).toBeLessThan(250);
    expect(after).toEqual(before);
  });
});

describe('faults of ours', () => {
  test('are masked with a reference that the log has; what was meant for the client is not', async () => {
    const Query = new GraphQLObjectType({
      name: 'Query',
      fields: {
        broken: { type: GraphQLString, resolve: () => { throw new Error('secret: /etc/passwd of 10.0.0.1'); } },
        late: { type: GraphQLString, resolve: () => Promise.reject(new TypeError('secret too')) },
        odd: { type: GraphQLString, resolve: () => { throw 'secret text'; } },
        meant: { type: GraphQLString, resolve: () => { throw new GraphQLError('for you', { extensions: { code: 'BAD_REQUEST' } }); } },
      },
    });
    const faulty = await testApp({ schema: new GraphQLSchema({ query: Query }) });
    try {
      for (let round = 0; round < 3; round++) {
        const answer = await ask(faulty, '{ broken late odd meant }', {}, { 'x-request-id': 'reference-1' });
        expect(codesOf(answer).sort()).toEqual(['BAD_REQUEST', 'INTERNAL', 'INTERNAL', 'INTERNAL']);
        expect(JSON.stringify(answer)).not.toContain('secret');
        for (const { extensions } of answer.errors ?? []) if (extensions['code'] === 'INTERNAL') expect(extensions['reference']).toBe('reference-1');
      }
    } finally {
      await faulty.close();
    }
  });
});
