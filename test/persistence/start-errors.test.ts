import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { DatabaseOptions } from '../../src/persistence/database.ts';
import { explainConnection } from '../../src/persistence/explain-connection.ts';
import { DataKeys } from '../../src/persistence/keys/data-keys.ts';
import { prepareStore } from '../../src/persistence/prepare-store.ts';
import { describeStartError, StartError } from '../../src/start-error.ts';
import { administer, at, emptyDatabase, TEST_KEY, TEST_LIMITS } from '../support/database.ts';

let empty: Awaited<ReturnType<typeof emptyDatabase>>;
beforeEach(async () => {
  empty = await emptyDatabase();
}, 60_000);
afterEach(() => empty.drop(), 60_000);

const PLACES = [{ code: 'CN', name: { zh: '全国', en: 'The nation' } }];
const open = (url: string, more: Partial<DatabaseOptions> = {}) => openDatabase({ url, dataFolder: '/nowhere', identityKey: TEST_KEY, limits: { ...TEST_LIMITS, connectTimeoutMs: 1_000 }, ...more }, PLACES);

/** What the operator is told; it has both languages, and never the password. */
async function told(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(() => new Error('it opened'), (reason: unknown) => reason);
  if (!(error instanceof StartError)) throw error;
  const shown = describeStartError(error);
  expect(shown).toContain('师训无法启动');
  expect(shown).toContain('Shixun cannot start');
  expect(shown).not.toContain('hunter2');
  return shown;
}

const changed = (change: (url: URL) => void): string => {
  const url = new URL(empty.url);
  change(url);
  return url.toString();
};

test('no server, no host, a server that does not answer', async () => {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  expect(await told(open(`postgres://office:hunter2@127.0.0.1:${port}/shixun`))).toMatch(/cannot be reached/);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => listener.close(resolve));
  expect(await told(open(`postgres://office:hunter2@127.0.0.1:${port}/shixun`))).toMatch(/cannot be reached[\s\S]*ECONNREFUSED/);
  expect(await told(open('postgres://office:hunter2@no-such-host.invalid/shixun'))).toMatch(/cannot be reached/);
}, 30_000);

test('a wrong password, an unknown user, no such database, encryption that the server does not have', async () => {
  expect(await told(open(changed((url) => (url.password = 'hunter2'))))).toMatch(/refuses the sign-in/);
  expect(await told(open(changed((url) => ((url.username = 'nobody'), (url.password = 'hunter2')))))).toMatch(/refuses the sign-in/);
  expect(await told(open(changed((url) => (url.pathname = '/nothing'))))).toMatch(/no such database[\s\S]*createdb/);
  expect(await told(open(changed((url) => (url.search = '?sslmode=require'))))).toMatch(/sslmode/);
});

test('a user who may not make tables, and none who may not enter', async () => {
  const { pathname } = new URL(empty.url);
  const role = `reader_${pathname.slice(6)}`;
  const asReader = changed((url) => ((url.username = role), (url.password = 'hunter2')));
  await administer(empty.url, (client) => client.query(`create role ${role} login password 'hunter2'; revoke connect on database ${pathname.slice(1)} from public`));
  try {
    expect(await told(open(asReader))).toMatch(/lacks a right/);
    await administer(empty.url, (client) => client.query(`grant connect on database ${pathname.slice(1)} to ${role}`));
    expect(await told(open(asReader))).toMatch(/lacks a right[\s\S]*owner of the database/);
  } finally {
    await administer(empty.url, (client) => client.query(`drop owned by ${role}; drop role ${role}`));
  }
});

test('a database that can only be read, one with tables of something else, one made by a newer version', async () => {
  const { pathname } = new URL(empty.url);
  await administer(empty.url, (client) => client.query(`alter database ${pathname.slice(1)} set default_transaction_read_only = on`));
  expect(await told(open(empty.url))).toMatch(/read-only/);
  await administer(at(empty.url, 'postgres'), (client) => client.query(`alter database ${pathname.slice(1)} reset default_transaction_read_only`));
  await administer(empty.url, (client) => client.query('create table person (name text)'));
  expect(await told(open(empty.url))).toMatch(/not Shixun's/);
  await administer(empty.url, (client) => client.query('drop table person'));
  await (await open(empty.url)).close();
  await administer(empty.url, (client) => client.query(`insert into mikro_orm_migrations (name) values ('from-the-future')`));
  expect(await told(open(empty.url))).toMatch(/newer Shixun[\s\S]*from-the-future/);
});

test('a migration that fails changes nothing, and the next start can do it', async () => {
  await administer(empty.url, (client) => client.query('create table stored_rulebook (hash text)'));
  await told(open(empty.url));
  expect(await administer(empty.url, async (client) => (await client.query(`select relname from pg_class where relname in ('person', 'store_info', 'credit_ledger')`)).rows)).toEqual([]);
  await administer(empty.url, (client) => client.query('drop table stored_rulebook'));
  await (await open(empty.url)).close();
});

test('a server that is too old', async () => {
  const old = { em: { fork: () => ({ execute: async () => [{ server: '140011', migrations: null, info: null }] }) } } as unknown as MikroORM;
  expect(await told(prepareStore(old, new DataKeys([Buffer.alloc(32, 1)]), PLACES, null))).toMatch(/PostgreSQL 14; it has to be 15/);
});

test('another key of identity numbers than that of the database; a key that cannot be kept; one that is damaged', async () => {
  await (await open(empty.url)).close();
  expect(await told(open(empty.url, { identityKey: Buffer.alloc(32, 8).toString('base64') }))).toMatch(/IDENTITY_KEY/);
  await (await open(empty.url)).close();
  const folder = mkdtempSync(join(tmpdir(), 'shixun-key-'));
  try {
    expect(await told(open(empty.url, { identityKey: null, dataFolder: '/dev/null/data' }))).toMatch(/cannot be kept in the data folder \/dev\/null\/data/);
    writeFileSync(join(folder, 'identity-key'), 'short\n');
    expect(await told(open(empty.url, { identityKey: null, dataFolder: folder }))).toMatch(/damaged/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a data folder that is a file', async () => {
  expect(await told(startEmbedded('/dev/null/data', 'owner'))).toMatch(/\/dev\/null\/data[\s\S]*cannot be used \(ENOTDIR/);
});

const mounted = mkdtempSync(join(tmpdir(), 'shixun-full-'));
const canMount = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=755', 'shixun-full', mounted]).status === 0;
if (!canMount) rmSync(mounted, { recursive: true });

test.skipIf(!canMount)('a disk that is full when the database is made: told, and nothing half made is left', async () => {
  try {
    chmodSync(mounted, 0o755);
    expect(await told(startEmbedded(join(mounted, 'data'), 'owner'))).toMatch(/disk is full[\s\S]*DATA_DIR/);
    expect(spawnSync('find', [mounted, '-name', 'postgres*', '-o', '-name', 'owner.json'], { encoding: 'utf8' }).stdout).toBe('');
  } finally {
    spawnSync('umount', [mounted]);
    rmSync(mounted, { recursive: true });
  }
}, 30_000);

test('errors of the database that have no place to be tried here', () => {
  const coded = (code: string, message: string): string => {
    const error = explainConnection(Object.assign(new Error(message), { code }), 'postgres://office:hunter2@db.example/shixun');
    return error ? describeStartError(error) : '';
  };
  expect(coded('53100', 'could not extend file')).toMatch(/disk of the database is full/);
  expect(coded('53300', 'too many clients')).toMatch(/DATABASE_POOL_SIZE/);
  expect(coded('57P03', 'the database system is starting up')).toMatch(/try again/);
  expect(coded('58P01', 'could not open extension control file')).toMatch(/contrib/);
  expect(coded('', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string')).toMatch(/refuses the sign-in/);
  expect(coded('XX000', 'cache lookup failed')).toBe('');
});
