import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { isPassing, sqlErrorKind } from '../../src/persistence/sql-errors.ts';
import { administer, testDatabase } from '../support/database.ts';
import { eventually } from '../support/processes.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = await database.connect();
  await client.query(`create table thing (id int primary key, above int references thing, size int check (size > 0), days daterange, exclude using gist (days with &&));
    insert into thing values (1, null, 1, '[2020-01-01,2020-02-01)')`);
}, 60_000);
afterAll(async () => {
  await client.end();
  await database.close();
});

const kindOf = async (work: Promise<unknown>): Promise<unknown> => sqlErrorKind(await work.then(() => 'no error', (error: unknown) => error));

test.each([
  ['unique', 'insert into thing values (1)'],
  ['foreignKey', 'insert into thing values (2, 77)'],
  ['check', 'insert into thing values (2, null, 0)'],
  ['exclusion', `insert into thing values (2, null, 1, '[2020-01-15,2020-03-01)')`],
  ['restricted', 'delete from recording'],
  [null, 'select nothing from nowhere'],
])('%s, by a connection of its own and through the mapper', async (kind, statement) => {
  expect(await kindOf(client.query(statement))).toBe(kind);
  expect(await kindOf(database.admin.em.fork().execute(statement))).toBe(kind);
});

test('a statement that takes too long, a lock that is not to be had', async () => {
  expect(await kindOf(database.admin.em.fork().transactional((em) => em.execute(`set local statement_timeout = 50; select pg_sleep(5)`)))).toBe('statementTimeout');
  await client.query('begin; lock table thing');
  expect(await kindOf(database.admin.em.fork().transactional((em) => em.execute('set local lock_timeout = 50; select * from thing')))).toBe('lockTimeout');
  await client.query('rollback');
});

test('two serializable transactions of which one must try again', async () => {
  const other = await database.connect();
  for (const each of [client, other]) await each.query('begin isolation level serializable; select sum(size) from thing');
  for (const [each, id] of [[client, 11], [other, 12]] as const) await each.query(`insert into thing values (${id}, null, 1)`);
  await client.query('commit');
  const kind = await kindOf(other.query('commit'));
  expect(kind).toBe('serialization');
  expect(isPassing('serialization')).toBe(true);
  expect(isPassing('unique')).toBe(false);
  await other.end();
});

test('connections that the server ends: told by the next statement, the process goes on and the pool recovers', async () => {
  const lost = await database.connect();
  const waiting = database.admin.em.fork().execute('select pg_sleep(20)');
  const told = kindOf(waiting);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await administer(database.ownerUrl, (admin) => admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and application_name = 'shixun'`));
  expect(isPassing(await told.then((kind) => kind as ReturnType<typeof sqlErrorKind>))).toBe(true);
  expect(await kindOf(lost.query('select 1'))).toBe('connectionLost');
  await eventually(() => database.isReachable());
  expect(await database.admin.em.fork().execute('select 1 as one')).toEqual([{ one: 1 }]);
  client = await database.connect();
});
