import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MikroORM } from '@mikro-orm/postgresql';
import { warmUp } from '../../src/persistence/warm-up.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { makeWorld } from '../support/access-world.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { statementsOf } from '../support/query-count.ts';

let database: TestDatabase;
let registry: Registry;
beforeAll(async () => {
  database = await testDatabase();
  await makeWorld(database);
  registry = await loadRegistry();
}, 60_000);
afterAll(() => database.close());

const states = async (): Promise<readonly string[]> =>
  (await database.admin.em.fork().execute<{ state: string }[]>(`select state from pg_stat_activity where datname = current_database() and application_name = 'shixun' and pid <> pg_backend_pid()`)).map(({ state }) => state);
const accounts = (): Promise<unknown> => database.admin.em.fork().execute('select count(*)::int as count, max(id) as last from account');

test('what a page touches is asked in one go, by nobody and about nobody, and nothing of it stays', async () => {
  const before = await accounts();
  const sent = await statementsOf(() => warmUp(database, registry));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^select access_enter\('', ''\)[\s\S]+from recording[\s\S]+from employment e[\s\S]+credit_ledger/);
  expect(await accounts()).toEqual(before);
  expect(new Set(await states())).toEqual(new Set(['idle']));
  // Who comes next on the connection is not taken for anybody.
  const [next] = await database.orm.em.fork().execute<{ account: string | null }[]>(`select current_setting('shixun.account', true) as account`);
  expect(next?.account ?? '').toBe('');
});

test('where it fails the connection serves whoever comes next', async () => {
  const { em } = database.orm;
  const broken = { em: { getPlatform: () => ({ formatQuery: () => 'select 1 / 0' }), getConnection: () => em.getConnection() } } as unknown as MikroORM;
  await expect(warmUp({ orm: broken, keys: database.keys }, registry)).rejects.toThrow('division by zero');
  expect(new Set(await states())).toEqual(new Set(['idle']));
  expect(await em.fork().execute('select 1 as one')).toEqual([{ one: 1 }]);
});
