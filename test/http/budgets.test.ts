import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { clientKey, isNetwork } from '../../src/http/client-address.ts';
import { apiSchema } from '../../src/graphql/schema.ts';
import { testDatabase } from '../support/database.ts';
import { statementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const QUERY = '{ about { name } }';
/** Enough for three of those. */
const small = (more: Readonly<Record<string, string>> = {}): Promise<FastifyInstance> => testApp({ as: null, budgets: undefined, environment: { BUDGET_ANONYMOUS: '6', ...more } });

interface Asked {
  readonly remoteAddress: string;
  readonly headers?: Record<string, string>;
}
const statusFor = async (server: FastifyInstance, { remoteAddress, headers = {} }: Asked): Promise<number> => (await server.inject({ method: 'POST', url: '/graphql', remoteAddress, headers, payload: { query: QUERY } })).statusCode;
/** What the fourth request gets, when each comes from somewhere else. */
async function fourth(server: FastifyInstance, from: (index: number) => Asked): Promise<number> {
  for (let index = 0; index < 3; index++) expect(await statusFor(server, from(index))).toBe(200);
  return statusFor(server, from(3));
}

describe('a budget that is spent', () => {
  test('is told with 429, when to come again, and what is left, in the language asked for', async () => {
    app = await small();
    for (let count = 0; count < 3; count++) expect(codesOf(await ask(app, QUERY))).toEqual([]);
    const chinese = await ask(app, QUERY);
    expect(chinese.status).toBe(429);
    expect(codesOf(chinese)).toEqual(['BUDGET_EXHAUSTED']);
    expect(chinese.data).toBeUndefined();
    expect(Number(chinese.headers['retry-after'])).toBeGreaterThan(30);
    expect(Number(chinese.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(chinese.errors?.[0]?.message).toContain('额度');
    expect(chinese.errors?.[0]?.extensions).toMatchObject({ found: 2, limit: 6, remaining: 0, resetsAt: expect.stringMatching(/^20.*\+08:00$/) as string });
    expect((await ask(app, QUERY, {}, { 'accept-language': 'en' })).errors?.[0]?.message).toMatch(/Try again in \d+ seconds/);
  });

  test('is spent in the store by one statement for each request, by nobody\'s address', async () => {
    const database = await testDatabase();
    app = await testApp({ as: null, database, budgets: undefined, environment: { BUDGET_ANONYMOUS: '6' } });
    const server = app;
    expect(await statementsOf(() => ask(server, QUERY))).toHaveLength(1);
    expect(await fourthOf(server)).toBe(429);
    const rows = await database.admin.em.fork().execute<{ principal: string }[]>('select principal from budget');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.principal).toMatch(/^anonymous:[\w-]{43}$/);
  });
  const fourthOf = async (server: FastifyInstance): Promise<number> => {
    for (let count = 0; count < 2; count++) expect((await ask(server, QUERY)).status).toBe(200);
    return (await ask(server, QUERY)).status;
  };
});

describe('the address of a client', () => {
  test('is that of the connection: what is written into headers gives no new budget', async () => {
    app = await small();
    expect(await fourth(app, (index) => ({ remoteAddress: '192.0.2.1', headers: { 'x-forwarded-for': `198.51.100.${index}`, forwarded: `for=198.51.100.${index}`, 'x-real-ip': `198.51.100.${index}` } }))).toBe(429);
    expect(await statusFor(app, { remoteAddress: '192.0.2.2' })).toBe(200);
  });

  test('is told by a trusted proxy alone, and only the part that the proxy wrote', async () => {
    app = await small({ TRUST_PROXY: '10.0.0.0/8, fd00::1' });
    expect(await fourth(app, (index) => ({ remoteAddress: '10.1.2.3', headers: { 'x-forwarded-for': `198.51.100.${index}` } }))).toBe(200);
    expect(await fourth(app, (index) => ({ remoteAddress: '10.1.2.3', headers: { 'x-forwarded-for': `198.51.100.${index}, 192.0.2.7` } }))).toBe(429);
    expect(await fourth(app, (index) => ({ remoteAddress: '10.1.2.3', headers: { 'x-forwarded-for': `198.51.100.${index}, 192.0.2.8, 10.9.9.9` } }))).toBe(429);
    expect(await fourth(app, (index) => ({ remoteAddress: '192.0.2.9', headers: { 'x-forwarded-for': `198.51.100.${index}` } }))).toBe(429);
    expect(await fourth(app, (index) => ({ remoteAddress: '10.1.2.4', headers: { 'x-forwarded-for': `nobody${index}` } }))).toBe(429);
  });

  test('of IPv6 counts by its first half, and IPv4 written as IPv6 as IPv4', async () => {
    app = await small();
    expect(await fourth(app, (index) => ({ remoteAddress: `2001:db8:1:2:${index}::1` }))).toBe(429);
    expect(await statusFor(app, { remoteAddress: '2001:db8:1:3::1' })).toBe(200);
    expect(await fourth(app, (index) => ({ remoteAddress: index % 2 === 0 ? '::ffff:203.0.113.1' : '203.0.113.1' }))).toBe(429);
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, key) => expect(clientKey(address)).toBe(key));

  test.each([['10.0.0.1', true], ['10.0.0.0/8', true], ['fd00::/8', true], ['10.0.0.0/33', false], ['proxy', false], ['10.0.0.0/8/8', false]])('%s as a network: %s', (written, expected) => expect(isNetwork(written)).toBe(expected));
});

describe('every answer says what it cost', () => {
  const costOf = async (query: string, variables?: object): Promise<unknown> => {
    const response = await (app ??= await testApp({ as: null, budgets: undefined })).inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
    return (response.json() as { readonly extensions?: { readonly cost?: unknown } }).extensions?.cost;
  };
  const report = (requested: number): unknown => ({ requested, remaining: expect.any(Number) as number, limit: 2_000_000, resetsAt: expect.stringMatching(/\+08:00$/) as string });

  test('interpreted, compiled, refused, invalid', async () => {
    for (let round = 0; round < 3; round++) expect(await costOf(QUERY)).toEqual(report(2));
    expect(await costOf('{ rule(id: "nothing") { id } }')).toEqual(report(2));
    expect(await costOf('{ institutions(first: 100) { nodes { teachers(first: 100) { nodes { a: id b: id c: id d: id e: id f: id roles { role label from to } } } } } }')).toEqual(report(expect.any(Number) as unknown as number));
    expect(await costOf('{ nothing }')).toEqual(report(0));
    expect(await costOf('query A { about { name } } query B { about { name } }')).toEqual(report(0));
    expect(await costOf('{ about { ')).toEqual(report(0));
  });

  test('the one who asks may ask for it too', async () => {
    const server = (app ??= await testApp({ as: null, budgets: undefined }));
    const answer = (await server.inject({ method: 'POST', url: '/graphql', payload: { query: '{ viewer { budget { remaining limit resetsAt } } }' } })).json() as { readonly data: { readonly viewer: { readonly budget: object } }; readonly extensions: { readonly cost: { readonly requested: number } } };
    const { requested, ...left } = answer.extensions.cost;
    expect(requested).toBeGreaterThan(0);
    // The report is in whole seconds, never too early.
    expect(answer.data.viewer.budget).toMatchObject({ ...left, resetsAt: expect.any(String) as string });
  });

  test('the schema about itself too, which many tools ask for at once', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const cost = (await costOf(getIntrospectionQuery())) as { readonly requested: number };
    expect(cost.requested).toBeGreaterThan(Object.keys(apiSchema().getTypeMap()).length * 10);
    expect(cost.requested).toBeLessThan(200_000);
  });
});
