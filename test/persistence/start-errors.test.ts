import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/persistence/database.ts';
import type { DatabaseOptions } from '../../src/persistence/database.ts';
import { describeStartError, StartError } from '../../src/start-error.ts';
import type { Database } from '../../src/persistence/database.ts';
import { testDatabase, TEST_KEY, TEST_LIMITS } from '../support/database.ts';
import pg from 'pg';

const folder = mkdtempSync(join(tmpdir(), 'shixun-start-'));
let store: Database;
beforeAll(async () => {
  store = await testDatabase();
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (options: Partial<DatabaseOptions>) => openDatabase({ url: store.url, dataFolder: folder, identityKey: TEST_KEY, limits: { ...TEST_LIMITS, connectTimeoutMs: 1_000 }, ...options }, []);

/** Both languages of the error with which the start ends. */
async function told(options: Partial<DatabaseOptions>): Promise<string> {
  const error: unknown = await open(options).then(
    (database) => database.close().then(() => new Error('it was opened')),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StartError)) throw error;
  return describeStartError(error);
}

const changed = (change: Partial<Pick<URL, 'port' | 'hostname' | 'password' | 'pathname'>>): string => Object.assign(new URL(store.url), change).toString();
const onStore = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: store.url });
  await client.connect();
  await client.query(statement);
  await client.end();
};

describe('a start ends with what the operator can mend:', () => {
  test('no server at the address', async () => {
    expect(await told({ url: changed({ port: '1' }) })).toMatch(/连不上[\s\S]*cannot be reached/);
  });
  test('no such host', async () => {
    expect(await told({ url: changed({ hostname: 'no-such-host.invalid' }) })).toMatch(/no-such-host\.invalid/);
  });
  test('a wrong password, which is not shown', async () => {
    const words = await told({ url: changed({ password: 'wrong-password' }) });
    expect(words).toMatch(/拒绝登录[\s\S]*refuses the sign-in/);
    expect(words).not.toContain('wrong-password');
  });
  test('no such database', async () => {
    expect(await told({ url: changed({ pathname: '/no_such_database' }) })).toMatch(/no_such_database[\s\S]*createdb/);
  });
  test('another key of identity numbers than that of the store', async () => {
    expect(await told({ identityKey: Buffer.alloc(32, 9).toString('base64') })).toContain('IDENTITY_KEY');
  });
  test('a store that a newer version has made', async () => {
    await onStore(`insert into mikro_orm_migrations (name) values ('store-29990101')`);
    expect(await told({})).toMatch(/store-29990101[\s\S]*newer Shixun/);
    await onStore(`delete from mikro_orm_migrations where name = 'store-29990101'`);
  });
  test('a user without the right to make tables', async () => {
    const name = `reader_${process.pid}`;
    await onStore(`create role ${name} login password 'reader'`);
    await onStore(`create database ${name}`);
    await onStore(`revoke all on schema public from public`);
    expect(await told({ url: Object.assign(new URL(store.url), { username: name, password: 'reader', pathname: `/${name}` }).toString() })).toMatch(/权限[\s\S]*right/);
    await onStore(`drop database ${name}`);
    await onStore(`drop role ${name}`);
  });
  test('a data folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await told({ url: null, dataFolder: join(file, 'data') })).toContain('DATA_DIR');
  });
});

test('two starts at once on one empty database: one migrates, the other waits', async () => {
  const name = `both_${process.pid}`;
  await onStore(`create database ${name}`);
  const url = changed({ pathname: `/${name}` });
  const databases = await Promise.all([open({ url }), open({ url }), open({ url })]);
  expect(await Promise.all(databases.map((database) => database.isReachable()))).toEqual([true, true, true]);
  await Promise.all(databases.map((database) => database.close()));
  await onStore(`drop database ${name} with (force)`);
}, 30_000);

