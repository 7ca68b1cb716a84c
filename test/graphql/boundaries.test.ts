import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ registry: await loadRegistry(), database: await testDatabase() });
}, 120_000);
afterAll(() => app.close());

const list = <Item>(length: number, item: Item): Item[] => Array.from({ length }, () => item);
const entry = { credits: '0.01', completedOn: '2018-01-01', level: 'school', category: 'practice' };
const hourEntry = { hours: '1', completedOn: '2018-01-01' };
const question = (facts: object, more: object = {}): object => ({ jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts, ...more });
const ONE = 'query ($i: AssessInput!) { assess(input: $i) { userErrors { code path } } }';
const MANY = 'query ($i: [AssessInput!]!) { assessMany(inputs: $i) { userErrors { code path } } }';

/** Codes of the request, and of what is wrong with each question. */
async function told(query: string, variables: object): Promise<unknown> {
  const answer = await ask(app, query, variables);
  const { assess, assessMany } = (answer.data ?? {}) as Record<string, unknown>;
  const outcomes = (assessMany ?? [assess]) as ({ readonly userErrors: readonly { readonly code: string; readonly path: string }[] } | undefined)[];
  return [codesOf(answer), outcomes.flatMap((outcome) => outcome?.userErrors.map(({ code, path }) => `${code} ${path}`) ?? [])];
}
const TAKEN = [[], []];

describe('pages have 1 to 100 items', () => {
  const CONNECTIONS: readonly (readonly [name: string, query: (size: string) => string])[] = [
    ['teachers', (size) => `{ teachers(${size}) { totalCount } }`],
    ['institutions', (size) => `{ institutions(${size}) { totalCount } }`],
    ['jurisdictions', (size) => `{ jurisdictions(${size}) { totalCount } }`],
  ];
  const sizes = CONNECTIONS.flatMap(([name, query]) => (name === 'jurisdictions' ? ['first'] : ['first', 'last']).map((argument) => [name, argument, query] as const));

  test.each(sizes)('%s by %s', async (name, argument, query) => {
    const codes = async (size: number): Promise<unknown[]> => codesOf(await ask(app, query(`${argument}: ${size}`)));
    expect(await Promise.all([-1, 0, 1, 100, 101].map(codes))).toEqual([['PAGE_SIZE'], ['OUT_OF_RANGE'], [], [], ['PAGE_SIZE']]);
    const inVariable = `query ($n: Int!) ${query(`${argument}: $n`)}`;
    const given = async (n: number): Promise<unknown[]> => codesOf(await ask(app, inVariable, { n }));
    expect(await Promise.all([-1, 0, 1, 100, 101].map(given)), name).toEqual([['PAGE_SIZE'], ['OUT_OF_RANGE'], [], [], ['PAGE_SIZE']]);
  });
});

test('nodes are asked for by up to 100 ids', async () => {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const asked = async (count: number): Promise<unknown> => {
    const answer = await ask(app, query, { ids: list(count, globalId('Teacher', '1')) });
    return [codesOf(answer), (answer.data?.['nodes'] as unknown[] | undefined)?.length];
  };
  expect(await asked(0)).toEqual([[], 0]);
  expect(await asked(100)).toEqual([[], 100]);
  expect(await asked(101)).toEqual([['TOO_MANY'], undefined]);
});

describe('lists have up to 250 items', () => {
  const READING = '{rule: "x", reading: "y"}';
  const written = (count: number): string => `{ assess(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: {}, readings: [${`${READING} `.repeat(count)}]}) { userErrors { code path } } }`;

  test('in variables and written out', async () => {
    for (const [count, codes] of [[250, []], [251, ['TOO_MANY']]] as const) {
      expect(codesOf(await ask(app, ONE, { i: question({}, { readings: list(count, { rule: 'x', reading: 'y' }) }) })), `${count}`).toEqual(codes);
      expect(codesOf(await ask(app, written(count))), `${count} written`).toEqual(codes);
    }
  });

  test('also where the list is one of changes', async () => {
    const query = 'mutation ($i: DelegationGrantInput!) { delegationGrant(input: $i) { userErrors { code } } }';
    const sent = (count: number) => ask(app, query, { i: { account: { issuer: 'x', subject: 'y' }, actions: list(count, 'VIEW'), to: '2021-01-01' } });
    // Whoever asks is no teacher: refused for that, and not for its length.
    expect(codesOf(await sent(250))).not.toContain('TOO_MANY');
    expect(codesOf(await sent(251))).toEqual(['TOO_MANY']);
  });
});

describe('entries inside facts', () => {
  test('are up to 1,000 a person, in all lists together', async () => {
    expect(await told(ONE, { i: question({ entries: list(1_000, entry) }) })).toEqual(TAKEN);
    expect(await told(ONE, { i: question({ entries: list(1_001, entry) }) })).toEqual([[], ['TOO_MANY facts.entries']]);
    expect(await told(ONE, { i: question({ entries: list(600, entry), hourEntries: list(400, hourEntry) }) })).toEqual(TAKEN);
    expect(await told(ONE, { i: question({ entries: list(601, entry), hourEntries: list(400, hourEntry) }) })).toEqual([[], ['TOO_MANY facts']]);
  });

  test('are up to 10,000 a request', async () => {
    const people = (last: number): object[] => [...list(9, question({ entries: list(1_000, entry) })), question({ entries: list(last, entry) })];
    expect(await told(MANY, { i: people(1_000) })).toEqual(TAKEN);
    expect(await told(MANY, { i: [...people(1_000), question({ entries: [entry] })] })).toEqual([['TOO_MANY'], []]);
  });
});

describe('bodies have up to 2,000,000 bytes', () => {
  const BYTES = 2_000_000;
  const body = (bytes: number): string => {
    const text = '{"query":"{ about { name } }","variables":{"x":""}}';
    return text.replace('""}', `"${'a'.repeat(bytes - text.length)}"}`);
  };
  const send = (bytes: number) => app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json' }, payload: body(bytes) });

  test('to the byte', async () => {
    expect(Buffer.byteLength(body(BYTES))).toBe(BYTES);
    expect((await send(BYTES)).json()).toMatchObject({ data: { about: { name: expect.any(String) } } });
    const refused = await send(BYTES + 1);
    expect(refused.statusCode).toBe(413);
    expect(refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_TOO_LARGE', limit: BYTES } }] });
  });

  test('which the largest request that is taken stays below', () => {
    const full = { query: MANY, variables: { i: list(10, question({ entries: list(1_000, { id: 'an-entry-with-a-long-id-0001', ...entry, category: 'knowledgeAndSkills' }) })) } };
    expect(JSON.stringify(full).length).toBeLessThan(BYTES);
  });
});
