import { GraphQLError, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { OverloadError } from '../../src/persistence/bounded-pool.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { DatabaseLimits } from '../../src/persistence/orm-options.ts';
import type { Sql } from '../../src/persistence/sql.ts';
import { administer, emptyDatabase, shippedPlaces, TEST_KEY, TEST_LIMITS } from '../support/database.ts';
import { eventually } from '../support/processes.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import { databaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Fields that do to the store what one cannot ask of the API. */
const schema = (): GraphQLSchema => {
  const field = (work: (database: Database, sql: Sql, milliseconds: number) => Promise<unknown>) => ({
    type: GraphQLInt,
    args: { ms: { type: GraphQLInt, defaultValue: 0 } },
    resolve: async (_source: unknown, { ms }: { readonly ms: number }) => {
      await work(database, database.orm.em.fork(), ms);
      return 1;
    },
  });
  const item = new GraphQLObjectType({
    name: 'Item',
    fields: {
      slow: { type: new GraphQLNonNull(GraphQLInt), resolve: (_source: unknown, _args: unknown, { store }: { readonly store: Sql }) => pause(20).then(() => store.execute('select 1 / 0')).then((rows) => rows.length) },
      sound: {
        type: new GraphQLNonNull(GraphQLInt),
        resolve: (source: unknown) => {
          if (!(source as { readonly isSound: boolean }).isSound) throw new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT' } });
          return 1;
        },
      },
    },
  });
  const work = {
    fails: { type: new GraphQLNonNull(GraphQLInt), resolve: () => Promise.reject(new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT' } })) },
    later: {
      type: GraphQLInt,
      args: { ms: { type: GraphQLInt } },
      resolve: async (_source: unknown, { ms }: { readonly ms: number }, { store }: { readonly store: Sql }) => {
        await pause(ms);
        return (await store.execute('select 1')).length;
      },
    },
    pair: { type: new GraphQLList(new GraphQLNonNull(item)), resolve: () => [{ isSound: true }, { isSound: false }] },
    read: field((_database, sql) => sql.execute('select 1')),
    sleep: field((_database, sql, ms) => sql.execute(`select pg_sleep(${ms / 1_000})`)),
    refused: field(() => Promise.reject(new OverloadError('no room'))),
    locked: field((_database, sql) => sql.execute(`update store_info set value = value where name = 'identityKey'`)),
    idle: field((database, _sql, ms) =>
      database.orm.em.fork().transactional(async (em) => {
        await em.execute('select 1');
        await pause(ms);
        await em.execute('select 1');
      }),
    ),
  };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: work }), mutation: new GraphQLObjectType({ name: 'Mutation', fields: work }) });
};

let proxy: DatabaseProxy;
let drop: () => Promise<void>;
let url: string;
beforeAll(async () => {
  const empty = await emptyDatabase();
  ({ url, drop } = empty);
  proxy = await databaseProxy(url);
  await (await open({})).close();
}, 60_000);
afterAll(async () => {
  proxy.close();
  await drop();
});

const open = async (limits: Partial<DatabaseLimits>): Promise<Database> => openDatabase({ url: proxy.url, dataFolder: '/nowhere', identityKey: TEST_KEY, limits: { ...TEST_LIMITS, poolSize: 2, ...limits } }, await shippedPlaces());
let app: FastifyInstance | undefined;
let database: Database;
async function serve(limits: Partial<DatabaseLimits>, environment: Readonly<Record<string, string>> = {}): Promise<FastifyInstance> {
  database = await open(limits);
  return (app = await testApp({ database, schema: schema(), environment }));
}
afterEach(async () => {
  proxy.resume();
  await app?.close();
  app = undefined;
});

const isWell = async (server: FastifyInstance): Promise<void> => {
  for (let count = 0; count < 4; count++) expect(codesOf(await ask(server, '{ read }'))).toEqual([]);
};

describe('more than the store can take', () => {
  test('waits in a bounded queue for a bounded time, else it is told when to come again', async () => {
    const server = await serve({ queueSize: 1, queueTimeoutMs: 250 });
    const held = [1, 2].map(() => ask(server, '{ sleep(ms: 1500) }'));
    await pause(100);
    const waiting = ask(server, '{ read }');
    await pause(50);
    const began = performance.now();
    const refused = await ask(server, '{ read }');
    expect(performance.now() - began).toBeLessThan(150);
    for (const answer of [refused, await waiting]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(codesOf(answer)).toEqual(['OVERLOADED']);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
    for (const answer of await Promise.all(held)) expect(codesOf(answer)).toEqual([]);
    await isWell(server);
  });

  test('is told by its field where something was changed before, and else as a whole', async () => {
    const server = await serve({});
    const half = await ask(server, 'mutation { a: read b: refused c: read }');
    expect([half.status, half.data, codesOf(half)]).toEqual([200, { a: 1, b: null, c: 1 }, ['OVERLOADED']]);
    expect((await ask(server, 'mutation { b: refused }')).status).toBe(503);
    expect((await ask(server, '{ a: read b: refused }')).status).toBe(503);
  });

  test('in flight at once is told before anything is read; whether it lives can still be asked', async () => {
    const server = await serve({}, { MAX_REQUESTS_IN_FLIGHT: '2' });
    const held = [1, 2].map(() => ask(server, '{ sleep(ms: 500) }'));
    await pause(100);
    const refused = await ask(server, '{ read }', {}, { 'accept-language': 'en' });
    expect(refused.status).toBe(503);
    expect(codesOf(refused)).toEqual(['OVERLOADED']);
    expect(refused.errors?.[0]?.message).toMatch(/Try again in \d+ seconds/);
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await server.inject({ url: '/health/live' })).statusCode).toBe(200);
    await Promise.all(held);
    await isWell(server);
  });
});

test('what still runs when a request is answered fails unheard', async () => {
  const server = await serve({});
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  try {
    expect(codesOf(await ask(server, '{ pair { sound slow } }'))).toHaveLength(1);
    await pause(100);
    expect(unheard).toEqual([]);
    expect((await ask(server, '{ later(ms: 1) }')).data).toEqual({ later: 1 });
  } finally {
    process.off('unhandledRejection', hear);
  }
});

test('a request that is answered before all of its fields have run leaves no connection behind', async () => {
  const server = await serve({});
  expect((await ask(server, '{ later(ms: 10) }')).data).toEqual({ later: 1 });
  for (let count = 0; count < 6; count++) expect((await ask(server, '{ a: later(ms: 50) b: later(ms: 90) fails }')).data).toBeNull();
  await pause(300);
  expect(database.poolState()).toMatchObject({ inUse: 0, waiting: 0 });
  await isWell(server);
});

describe('a limit of time acts, is told by its name, and leaves the connection whole', () => {
  test('for a statement', async () => {
    const server = await serve({ statementTimeoutMs: 150 });
    expect(codesOf(await ask(server, '{ sleep(ms: 5000) }'))).toEqual(['QUERY_TIMEOUT']);
    await isWell(server);
  });

  test('for a lock', async () => {
    const server = await serve({ lockTimeoutMs: 150 });
    await administer(url, async (client) => {
      await client.query(`begin; select 1 from store_info where name = 'identityKey' for update`);
      expect(codesOf(await ask(server, '{ locked }'))).toEqual(['LOCK_TIMEOUT']);
      await client.query('rollback');
    });
    expect(codesOf(await ask(server, '{ locked }'))).toEqual([]);
    await isWell(server);
  });

  test('for a transaction that does nothing', async () => {
    const server = await serve({ idleTransactionTimeoutMs: 150 });
    expect(codesOf(await ask(server, '{ idle(ms: 700) }'))).toEqual(['TRANSACTION_TIMEOUT']);
    await isWell(server);
    expect(database.poolState()).toMatchObject({ inUse: 0, waiting: 0 });
  });
});

describe('a store that has stalled', () => {
  const readiness = async (server: FastifyInstance): Promise<number> => (await server.inject({ url: '/health/ready' })).statusCode;

  test('is not ready, in bounded time, however often it is asked; it lives', async () => {
    const server = await serve({ connectTimeoutMs: 400, queueTimeoutMs: 400 });
    expect(await readiness(server)).toBe(200);
    proxy.stall();
    const began = performance.now();
    expect(await Promise.all(Array.from({ length: 20 }, () => readiness(server)))).toEqual(Array.from({ length: 20 }, () => 503));
    expect(performance.now() - began).toBeLessThan(1_500);
    expect((await server.inject({ url: '/health/live' })).statusCode).toBe(200);
    proxy.resume();
    await eventually(async () => (await readiness(server)) === 200);
    await isWell(server);
  });

  test('is given up once by a transaction, which has nothing left to be rolled back', async () => {
    const server = await serve({ statementTimeoutMs: 100, connectTimeoutMs: 400, queueTimeoutMs: 400 });
    const asked = ask(server, '{ idle(ms: 300) }');
    await pause(150);
    proxy.stall();
    const began = performance.now();
    expect(codesOf(await asked)).toEqual(['STORE_UNAVAILABLE']);
    // The statement's own limit, and that of waiting for its answer.
    expect(performance.now() - began).toBeLessThan(3_100 + 1_500);
    proxy.reset();
    proxy.resume();
    await isWell(server);
  }, 30_000);

  test('keeps no connection for ever: what never answers is given up, and closed', async () => {
    const server = await serve({ statementTimeoutMs: 100, connectTimeoutMs: 400, queueTimeoutMs: 400 });
    await isWell(server);
    proxy.stall();
    const answers = await Promise.all([1, 2, 3].map(() => ask(server, '{ read }')));
    for (const answer of answers) expect(['STORE_UNAVAILABLE', 'OVERLOADED']).toContain(codesOf(answer)[0]);
    // What was stalled stays so: only new connections pass.
    proxy.reset();
    proxy.resume();
    await isWell(server);
  }, 30_000);
});
