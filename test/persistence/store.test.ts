import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { effectiveKnownAt, record } from '../../src/persistence/recording.ts';
import { sqlOf } from '../../src/persistence/sql.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import { testApp } from '../support/server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.close());

test('a store begins with the places that the plugins know, and nothing else', async () => {
  const em = database.admin.em.fork();
  expect(await em.execute(`select parent_code from jurisdiction where code in ('CN', '330106') order by code`)).toEqual([{ parent_code: '330100' }, { parent_code: null }]);
  expect(await effectiveKnownAt(em, null)).toBe(0);
});

test('recordings have instants in the order of their commits, also when they begin the other way round', async () => {
  const instants: number[] = [];
  await database.admin.em.fork().transactional(async (first) => {
    await first.execute('select 1');
    await database.admin.em.fork().transactional(async (second) => void instants.push(Date.parse((await record(second, { source: 'test', what: 'second', counts: {} })).recordedAt)));
    instants.push(Date.parse((await record(first, { source: 'test', what: 'first', counts: { rows: 1 } })).recordedAt));
  });
  expect(instants[1]).toBeGreaterThan(instants[0] ?? Infinity);
  const em = database.admin.em.fork();
  expect(await effectiveKnownAt(em, null)).toBe(instants[1]);
  expect(await effectiveKnownAt(em, ((instants[1] ?? 0) - 1) as never)).toBe(instants[0]);
});

test('a connection of its own records in its own transaction; what is rolled back was never known', async () => {
  const client = await database.connect();
  const sql = sqlOf(client);
  const before = await effectiveKnownAt(sql, null);
  await client.query('begin');
  await record(sql, { source: 'import:office', what: 'import credits', counts: { rows: 3 } });
  await client.query('rollback');
  expect(await effectiveKnownAt(sql, null)).toBe(before);
  await client.query('begin');
  const { recordedAt, sourceId } = await record(sql, { source: 'import:office', what: 'import credits', counts: { rows: 3 } });
  expect(await effectiveKnownAt(database.admin.em.fork(), null)).toBe(before);
  await client.query('commit');
  expect(await effectiveKnownAt(database.admin.em.fork(), null)).toBe(Date.parse(recordedAt));
  expect(await sql.execute('select name, what, counts from recording join source on source.id = source_id where source_id = ? and what = ?', [sourceId, 'import credits'])).toEqual([{ name: 'import:office', what: 'import credits', counts: { rows: 3 } }]);
  await expect(sql.execute('select ?', [1, 2])).rejects.toThrow(/1 places for 2/);
  await client.end();
});

test('health says when the store is out of reach, and does not wait for one that hangs', async () => {
  const reachable = { value: true };
  const app = await testApp({ database: { ...database, isReachable: async () => reachable.value, close: async () => undefined } });
  const status = async (): Promise<[number, unknown]> => {
    const answer = await app.inject('/health/ready');
    return [answer.statusCode, answer.json()];
  };
  expect(await status()).toEqual([200, { status: 'ready' }]);
  reachable.value = false;
  expect(await status()).toEqual([503, { status: 'storeUnavailable' }]);
  expect((await app.inject('/health/live')).statusCode).toBe(200);
  await app.close();
  // Every connection of the pool is taken.
  const held = Array.from({ length: TEST_LIMITS.poolSize }, () => database.orm.em.fork().execute('select pg_sleep(8)').catch(() => undefined));
  const began = performance.now();
  expect(await database.isReachable()).toBe(false);
  expect(performance.now() - began).toBeLessThan(TEST_LIMITS.connectTimeoutMs + 1_000);
  await Promise.all(held);
  expect(await database.isReachable()).toBe(true);
}, 30_000);

test.each(['recording', 'credit_ledger', 'stored_rulebook', 'stored_assessment'])('rows of %s are never changed or removed', async (table) => {
  const em = database.admin.em.fork();
  await expect(em.execute(`delete from ${table}`)).rejects.toThrow(/never changed or removed/);
  // Of stored assessments each row says so by itself, and here is none: see sealing.test.ts.
  if (table !== 'stored_assessment') await expect(em.execute(`update ${table} set recorded_at = now()`)).rejects.toThrow(/never changed or removed/);
});
