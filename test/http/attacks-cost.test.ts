import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

/** Every answer begins with looking up a place. */
let placesLookedUp = 0;
let app: FastifyInstance;
beforeAll(async () => {
  const registry = await loadRegistry();
  const counting: Registry = {
    ...registry,
    place(code) {
      placesLookedUp++;
      return registry.place(code);
    },
  };
  app = await testApp({ registry: counting });
});
afterAll(() => app.close());
beforeEach(() => {
  placesLookedUp = 0;
});

const repeat = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, index) => part(index)).join(' ');
const list = <Item>(count: number, item: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => item(index));
const entry = (index: number): object => ({ credits: `0.${1 + (index % 9)}`, completedOn: '2018-05-01', level: ['municipal', 'district', 'school'][index % 3], category: ['knowledgeSkills', 'practice'][index % 2] });
const question = (entries = 0): object => ({ jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts: { developmentSchool: 'none', roles: [], entries: list(entries, entry) } });
const comparison = (settings: number, entries = 0): object => ({ decision: 'creditCompletion', facts: { developmentSchool: 'none', roles: [], entries: list(entries, entry) }, settings: list(settings, () => ({ jurisdiction: '310101', at: '2020-12-31' })) });

const VERDICT = 'userErrors { code } assessment { verdict }';
const MANY = '$i: [AssessInput!]!';
const COMPARE = '$i: CompareInput!';
const many = (fields: number): string => `query (${MANY}) { ${repeat(fields, (index) => `a${index}: assessMany(inputs: $i) { ${VERDICT} }`)} }`;
const compare = (fields: number): string => `query (${COMPARE}) { ${repeat(fields, (index) => `a${index}: compare(input: $i) { outcomes { ${VERDICT} } }`)} }`;
const RULE = 'rule { id summary document { title } facts { name meaning schema } alternatives { text } }';
const literal = '{jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: {entries: []}}';

const attacks: [name: string, code: string, query: string, variables?: object][] = [
  ['one field with 101 questions', 'TOO_MANY', many(1), { i: list(101, () => question()) }],
  ['two fields that share a list of 51 questions', 'TOO_MANY', many(2), { i: list(51, () => question()) }],
  ['twenty fields that share a list of 100 questions', 'TOO_MANY', many(20), { i: list(100, () => question(5)) }],
  ['the same in fragments', 'TOO_MANY', `query (${MANY}) { ...A ...B } fragment A on Query { a: assessMany(inputs: $i) { ${VERDICT} } } fragment B on Query { ...C } fragment C on Query { c: assessMany(inputs: $i) { ${VERDICT} } }`, { i: list(60, () => question()) }],
  ['the same in a default of the variable', 'TOO_MANY', `query ($i: [AssessInput!]! = [${repeat(51, () => literal)}]) { a: assessMany(inputs: $i) { ${VERDICT} } b: assessMany(inputs: $i) { ${VERDICT} } }`],
  ['the same written out', 'TOO_MANY', `{ assessMany(inputs: [${repeat(101, () => literal)}]) { ${VERDICT} } }`],
  ['fields of which all but one are skipped', 'TOO_MANY', `query (${MANY}) { a: assessMany(inputs: $i) { ${VERDICT} } b: assessMany(inputs: $i) @skip(if: true) { ${VERDICT} } }`, { i: list(51, () => question()) }],
  ['one field many times by one name', 'TOO_MANY', `query (${MANY}) { ${repeat(3, () => `assessMany(inputs: $i) { ${VERDICT} }`)} }`, { i: list(50, () => question()) }],
  ['comparisons that share a variable', 'TOO_MANY', compare(6), { i: comparison(20) }],
  ['single questions beside a list', 'TOO_MANY', `query (${MANY}, $one: AssessInput!) { assessMany(inputs: $i) { ${VERDICT} } assess(input: $one) { ${VERDICT} } }`, { i: list(100, () => question()), one: question() }],
  ['11,000 items in one field', 'TOO_MANY', many(1), { i: list(11, () => question(1000)) }],
  ['6,000 items in each of two fields', 'TOO_MANY', many(2), { i: list(6, () => question(1000)) }],
  ['items under two facts', 'TOO_MANY', many(1), { i: list(10, () => ({ ...question(1000), facts: { entries: list(1000, entry), roles: list(50, () => ({ role: 'senior' })) } })) }],
  ['items in a fact that does not exist', 'TOO_MANY', many(1), { i: [{ ...question(), facts: { nothing: list(10_001, () => 1) } }] }],
  ['items in comparisons', 'TOO_MANY', compare(4), { i: comparison(2, 3000) }],
  ['the JSON Schema of all facts of all rules, eighty times', 'QUERY_TOO_COSTLY', `{ rulebook(jurisdiction: "310101") { rules { ${repeat(80, (index) => `f${index}: facts { schema }`)} } } }`],
  ['the same in twenty decisions', 'QUERY_TOO_COSTLY', `{ ${repeat(20, (index) => `a${index}: decisions(jurisdiction: "310101") { rules { facts { name schema } } factsSchema }`)} }`],
  ['rules, documents and facts under every finding of a hundred people', 'QUERY_TOO_COSTLY', `query (${MANY}) { assessMany(inputs: $i) { assessment { allFindings { ${RULE} } findings { ${RULE} parts { ${RULE} } } } } }`, { i: list(100, () => question()) }],
  ['the same by fragments', 'QUERY_TOO_COSTLY', `query (${MANY}) { assessMany(inputs: $i) { assessment { findings { ...F parts { ...F parts { ...F } } } } } } fragment F on Finding { ${repeat(10, (index) => `r${index}: rule { facts { schema } }`)} }`, { i: list(100, () => question()) }],
  ['where 10,000 entries were counted, twelve times', 'QUERY_TOO_COSTLY', `query (${MANY}) { assessMany(inputs: $i) { assessment { ${repeat(12, (index) => `l${index}: ledgers { entries { index id amount pool at label movedFrom movedBy countsFor } }`)} } } }`, { i: list(10, () => question(1000)) }],
  ['everything under twenty settings', 'QUERY_TOO_COSTLY', `query (${COMPARE}) { compare(input: $i) { outcomes { assessment { allFindings { ${RULE} parts { ${RULE} } } } } differences { findings { ${RULE} } } } }`, { i: comparison(20) }],
];

async function quickly(query: string, variables?: object): Promise<GraphqlAnswer> {
  const started = performance.now();
  const answer = await ask(app, query, variables);
  expect(performance.now() - started).toBeLessThan(1_000);
  return answer;
}

describe('refused as a whole, before anything is answered', () => {
  test.each(attacks)('%s', async (_name, code, query, variables) => {
    // Twice: what is known of a query, and compiled from it, must not let it pass.
    for (let round = 0; round < 3; round++) {
      const answer = await quickly(query, variables);
      expect(codesOf(answer)).toEqual([code]);
      expect(answer.status).toBe(400);
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]?.extensions).toMatchObject({ limit: expect.any(Number) as number, found: expect.any(Number) as number });
      expect(placesLookedUp).toBe(0);
    }
  });

  test('in the language asked for, with what would help', async () => {
    const variables = { i: list(101, () => question()) };
    expect((await ask(app, many(1), variables)).errors?.[0]?.message).toMatch(/100.*101.*分批/);
    expect((await ask(app, many(1), variables, { 'accept-language': 'en' })).errors?.[0]?.message).toMatch(/100 questions.*101.*several requests/);
  });

  test('by GET too', async () => {
    const query = `{ ${repeat(6, (index) => `a${index}: compare(input: {decision: "x", facts: {}, settings: [${repeat(20, () => '{jurisdiction: "CN", at: "2020-01-01"}')}]}) { ${'userErrors { code }'} }`)} }`;
    const response = await app.inject({ url: `/graphql?query=${encodeURIComponent(query)}` });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY', found: 120 } }] });
    expect(placesLookedUp).toBe(0);
  });

  test('what does not fit the argument is left to be reported as that', async () => {
    for (const i of [null, 7, 'x', [7], [null], [{ facts: 'x'.repeat(100_000) }], { facts: [] }]) {
      expect(codesOf(await quickly(many(1), { i })).every((code) => code === 'BAD_USER_INPUT')).toBe(true);
    }
  });
});

describe('answered', () => {
  test('a hundred people with a hundred entries each, findings, gap and entries', async () => {
    const query = `query (${MANY}) { assessMany(inputs: $i) { userErrors { code path message } assessment { verdict reasons { code message } findings { ruleId label clause verdict required actual shortfall unit dueOn missing reasons { code message } rule { summary document { title number } } parts { part verdict required actual } } gap { amount cells { amount label } } ledgers { entries { index amount label } } } } }`;
    const answer = await ask(app, query, { i: list(100, () => question(95)) });
    expect(codesOf(answer)).toEqual([]);
    expect(answer.data?.['assessMany']).toHaveLength(100);
  });

  test('other requests have their turn while a long one is answered', async () => {
    const query = `query (${MANY}) { assessMany(inputs: $i) { assessment { verdict } } }`;
    const variables = { i: list(100, (index) => ({ ...question(90), allReadings: index % 2 === 0 })) };
    await ask(app, query, { i: [question(90)] });
    let finished = false;
    const long = ask(app, query, variables).then((answer) => {
      finished = true;
      return answer;
    });
    let turns = 0;
    while (!finished) {
      expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    expect(codesOf(await long)).toEqual([]);
    expect(turns).toBeGreaterThan(2);
  });

  test('a whole rulebook with the schema of every fact, and all decisions of a place', async () => {
    expect(codesOf(await quickly(`{ rulebook(jurisdiction: "310101", at: "2020-06-01") { rules { id summary facts { name meaning schema } } } }`))).toEqual([]);
    expect(codesOf(await quickly(`{ decisions(jurisdiction: "310101", at: "2020-06-01") { name question rules { id summary } facts { name meaning kind unit schema } factsSchema } }`))).toEqual([]);
  });

  test('every place there is, page by page', async () => {
    let after: string | null = null;
    let count = 0;
    do {
      const { data }: GraphqlAnswer = await quickly('query ($after: ID) { jurisdictions(first: 100, after: $after) { nodes { code name above plugins hasOwnRules } endCursor } }', { after });
      const page = data?.['jurisdictions'] as { nodes: unknown[]; endCursor: string | null };
      count += page.nodes.length;
      after = page.endCursor;
    } while (after !== null);
    expect(count).toBeGreaterThan(3_000);
  });
});
