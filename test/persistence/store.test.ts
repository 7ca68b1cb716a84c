import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/persistence/database.ts';
import { effectiveKnownAt, record } from '../../src/persistence/recording.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.close());

test('a store begins with the places that the plugins know, and nothing else', async () => {
  const em = database.orm.em.fork();
  expect(await em.execute(`select parent_code from jurisdiction where code in ('CN', '330106') order by code`)).toEqual([{ parent_code: '330100' }, { parent_code: null }]);
  expect(await effectiveKnownAt(em, null)).toBe(0);
});

test('recordings have instants in the order of their commits, also when they begin the other way round', async () => {
  const instants: number[] = [];
  await database.orm.em.fork().transactional(async (first) => {
    await first.execute('select 1');
    await database.orm.em.fork().transactional(async (second) => void instants.push(Date.parse((await record(second, { source: 'test', what: 'second', counts: {} })).recordedAt)));
    instants.push(Date.parse((await record(first, { source: 'test', what: 'first', counts: { rows: 1 } })).recordedAt));
  });
  expect(instants[1]).toBeGreaterThan(instants[0] ?? Infinity);
  const em = database.orm.em.fork();
  expect(await effectiveKnownAt(em, null)).toBe(instants[1]);
  expect(await effectiveKnownAt(em, ((instants[1] ?? 0) - 1) as never)).toBe(instants[0]);
});

test.each(['recording', 'credit_ledger', 'stored_rulebook', 'stored_assessment'])('rows of %s are never changed or removed', async (table) => {
  const em = database.orm.em.fork();
  await expect(em.execute(`delete from ${table}`)).rejects.toThrow(/never changed or removed/);
  await expect(em.execute(`update ${table} set recorded_at = now()`)).rejects.toThrow(/never changed or removed/);
});
