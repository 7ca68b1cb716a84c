import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';
import { runningServer } from '../../src/persistence/embedded/running-server.ts';
import { buildServer, ready, stopLeftServer } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';
import { eventually, processesOf } from '../support/processes.ts';

let built: BuiltServer;
let cluster: string;
beforeAll(() => {
  built = buildServer('store');
  cluster = join(built.dataFolder, 'postgres');
}, 60_000);
afterEach(async () => {
  stopLeftServer(cluster);
  await eventually(() => processesOf(cluster).length === 0);
});
afterAll(() => built.remove());

const run = (environment: Record<string, string> = {}): Running => built.run({ PORT: '0', ...environment });

async function stop(server: Running): Promise<void> {
  server.child.kill('SIGINT');
  expect(await server.ended).toBe(0);
}

async function killed(server: Running): Promise<void> {
  server.child.kill('SIGKILL');
  await server.ended;
}

const isReady = async (url: URL): Promise<boolean> => (await fetch(new URL('/health/ready', url))).status === 200;

test('a first start makes the database, a later one finds it; Ctrl-C leaves no process', async () => {
  const first = run();
  expect(await isReady(await ready(first))).toBe(true);
  expect(processesOf(cluster).length).toBeGreaterThan(1);
  await stop(first);
  expect(processesOf(cluster)).toEqual([]);
  const made = statSync(join(cluster, 'PG_VERSION')).birthtimeMs;
  const later = run();
  expect(await isReady(await ready(later))).toBe(true);
  await stop(later);
  expect(statSync(join(cluster, 'PG_VERSION')).birthtimeMs).toBe(made);
  expect(processesOf(built.dataFolder)).toEqual([]);
}, 60_000);

test('secrets are readable for their owner alone, and no log tells them', async () => {
  const server = run({ LOG_LEVEL: 'debug' });
  await ready(server);
  await stop(server);
  for (const name of ['password', 'identity-key']) {
    expect(statSync(join(built.dataFolder, name)).mode & 0o777).toBe(0o600);
    const secret = readFileSync(join(built.dataFolder, name), 'utf8').trim();
    expect(secret.length).toBeGreaterThan(40);
    expect(server.output() + server.errors() + readFileSync(join(built.dataFolder, 'postgres.log'), 'utf8')).not.toContain(secret);
  }
  expect(statSync(cluster).mode & 0o777).toBe(0o700);
}, 60_000);

test('a product that was killed leaves its server, which the next one takes over and ends', async () => {
  const first = run();
  await ready(first);
  await killed(first);
  const left = runningServer(cluster);
  expect(left).not.toBeNull();
  const next = run();
  expect(await isReady(await ready(next))).toBe(true);
  expect(runningServer(cluster)?.pid).toBe(left?.pid);
  await stop(next);
  expect(processesOf(cluster)).toEqual([]);
}, 60_000);

test('when product and server were killed, the next start recovers', async () => {
  const first = run();
  await ready(first);
  await killed(first);
  process.kill(runningServer(cluster)?.pid ?? 0, 'SIGKILL');
  const next = run();
  expect(await isReady(await ready(next))).toBe(true);
  await stop(next);
}, 60_000);

test('the note of a killed server that names a process of somebody else keeps nobody from starting', async () => {
  const first = run();
  await ready(first);
  await killed(first);
  const server = runningServer(cluster);
  const note = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  process.kill(server?.pid ?? 0, 'SIGKILL');
  await eventually(() => processesOf(cluster).length === 0);
  writeFileSync(join(cluster, 'postmaster.pid'), note.replace(/^\d+/, String(process.pid)));
  expect(runningServer(cluster)).toBeNull();
  const next = run();
  expect(await isReady(await ready(next))).toBe(true);
  await stop(next);
}, 60_000);

test('a server that dies under a running product is started again, and its requests succeed again', async () => {
  const server = run();
  const url = await ready(server);
  const before = runningServer(cluster);
  process.kill(before?.pid ?? 0, 'SIGKILL');
  await eventually(async () => !(await isReady(url)) || runningServer(cluster)?.pid !== before?.pid);
  await eventually(() => isReady(url), 30_000);
  const after = runningServer(cluster);
  expect(after?.pid).not.toBe(before?.pid);
  expect(after?.port).toBe(before?.port);
  expect(server.child.exitCode).toBeNull();
  await stop(server);
  expect(processesOf(cluster)).toEqual([]);
}, 60_000);

test('a second product on the same folder says whose it is, and harms nothing', async () => {
  const first = run();
  const url = await ready(first);
  const second = run();
  expect(await second.ended).toBe(1);
  expect(second.errors()).toContain(String(first.child.pid));
  expect(second.errors()).toMatch(/DATA_DIR[\s\S]*Shixun cannot start[\s\S]*DATA_DIR/);
  expect(second.errors()).not.toMatch(/^\s+at /m);
  expect(await isReady(url)).toBe(true);
  await stop(first);
}, 60_000);

test('a command beside a running product is a guest: it reads, and leaves the server running', async () => {
  const product = run();
  const url = await ready(product);
  const guest = await startEmbedded(built.dataFolder, 'guest');
  const client = new pg.Client({ connectionString: guest.url });
  await client.connect();
  expect((await client.query(`select count(*)::int as places from jurisdiction`)).rows).toEqual([{ places: expect.any(Number) }]);
  await client.end();
  await guest.stop();
  expect(await isReady(url)).toBe(true);
  await stop(product);
}, 60_000);

test('a command without a product starts the server and ends it', async () => {
  const guest = await startEmbedded(built.dataFolder, 'guest');
  expect(runningServer(cluster)?.status).toBe('ready');
  await guest.stop();
  expect(processesOf(cluster)).toEqual([]);
  expect(existsSync(join(built.dataFolder, 'owner.json'))).toBe(false);
}, 60_000);

test('a first start that is killed half way is made anew by the next one', async () => {
  const data = join(built.dataFolder, 'half');
  const first = run({ DATA_DIR: data });
  await eventually(() => existsSync(data) && readdirSync(data).some((name) => name.startsWith('postgres.new')));
  await killed(first);
  const second = run({ DATA_DIR: data });
  expect(await isReady(await ready(second))).toBe(true);
  await stop(second);
}, 60_000);

test('stopped while it starts, it leaves no process and no lock', async () => {
  for (const after of [80, 250, 500]) {
    const server = run();
    await new Promise((resolve) => setTimeout(resolve, after));
    server.child.kill('SIGTERM');
    await server.ended;
    await eventually(() => processesOf(built.dataFolder).length === 0);
    expect(existsSync(join(built.dataFolder, 'owner.json'))).toBe(false);
  }
}, 60_000);

test('stopped in a hurry, with a request that does not end, it leaves no process', async () => {
  const server = run({ SHUTDOWN_TIMEOUT_MS: '200' });
  const url = await ready(server);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 100 } });
  sent.on('error', () => undefined);
  sent.write('{');
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(1);
  await eventually(() => processesOf(cluster).length === 0);
}, 60_000);

test('a start that fails after the server came up ends it again', async () => {
  const server = run({ HOST: '203.0.113.1' });
  expect(await server.ended).toBe(1);
  await eventually(() => processesOf(cluster).length === 0);
}, 60_000);
