import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, TEST_KEY } from '../support/database.ts';
import { buildServer, ready, stopLeftServer } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';
import { eventually } from '../support/processes.ts';

let built: BuiltServer;
beforeAll(() => {
  built = buildServer('attacks');
}, 60_000);
afterAll(() => built.remove());

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const ask = (url: URL, body: object): Promise<Response> => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify(body) });
const ABOUT = { query: '{ about { name } }' };

describe('a folder with faulty plugins', () => {
  const faulty: Readonly<Record<string, string>> = {
    'throws-on-import': "throw new Error('no such host');",
    'is-no-javascript': 'export default {',
    'exports-nothing': 'export const plugin = 1;',
    'takes-another-name': "import upper from '../national/index.js'; export default { ...upper, name: 'somebody-else' };",
    'never-finishes': 'await new Promise(() => {}); export default {};',
  };
  const folderOf = (name: string): string => `${built.folder}/plugins/${name}`;
  let server: Running;
  beforeAll(() => {
    for (const [name, code] of Object.entries(faulty)) {
      mkdirSync(folderOf(name));
      writeFileSync(`${folderOf(name)}/index.js`, code);
    }
    server = built.run({ PORT: '0' });
  });
  afterAll(() => Object.keys(faulty).forEach((name) => rmSync(folderOf(name), { recursive: true })));

  test('ends the start with 1 and every fault of each, in both languages', async () => {
    expect(await server.ended).toBe(1);
    for (const name of Object.keys(faulty)) expect(server.errors().split(`${name}\n`).length, name).toBeGreaterThanOrEqual(3);
    expect(server.errors()).toMatch(/师训无法启动[\s\S]*no such host[\s\S]*Shixun cannot start[\s\S]*no such host/);
    expect(server.errors()).not.toMatch(/^\s+at /m);
    expect(server.output()).toBe('');
  }, 30_000);
});

test.each([
  ['PORT', '99999'],
  ['HOST', 'a b'],
  ['NODE_ENV', 'live'],
  ['LOG_LEVEL', 'LOUD'],
  ['BODY_LIMIT_BYTES', '0'],
  ['REQUEST_TIMEOUT_MS', '-1'],
  ['SHUTDOWN_TIMEOUT_MS', '1e9'],
  ['CORS_ORIGINS', 'https://a.example/path'],
])('%s=%s ends the start with what is expected', async (name, value) => {
  const server = built.run({ PORT: '0', [name]: value });
  expect(await server.ended).toBe(1);
  expect(server.errors().split(name)).toHaveLength(3);
  expect(server.errors()).toContain(JSON.stringify(value));
  expect(server.errors()).not.toMatch(/^\s+at /m);
}, 30_000);

test('a signal in the middle of a long answer: it is finished, then the process ends with 0', async () => {
  const server = built.run({ PORT: '0' });
  const url = await ready(server);
  const entries = Array.from({ length: 90 }, (_, index) => ({ credits: `0.${1 + (index % 9)}`, completedOn: '2018-05-01', level: ['municipal', 'district', 'school'][index % 3], category: 'practice' }));
  const inputs = Array.from({ length: 100 }, () => ({ jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', allReadings: true, facts: { roles: [], entries } }));
  const answered = ask(url, { query: 'query ($i: [AssessInput!]!) { assessMany(inputs: $i) { assessment { verdict } } }', variables: { i: inputs } });
  await pause(60);
  server.child.kill('SIGINT');
  const response = await answered;
  expect(response.status).toBe(200);
  expect(((await response.json()) as { data: { assessMany: unknown[] } }).data.assessMany).toHaveLength(100);
  expect(await server.ended).toBe(0);
}, 30_000);

test('whoever read its output has gone: it serves on', async () => {
  const server = built.run({ PORT: '0', LOG_LEVEL: 'debug', NODE_ENV: 'development' });
  const url = await ready(server);
  server.child.stdout.destroy();
  server.child.stderr.destroy();
  for (let count = 0; count < 5; count++) expect((await ask(url, ABOUT)).status).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}, 30_000);

test('nobody reads its output from the start', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const server = built.run({ PORT: String(port), LOG_LEVEL: 'info' });
  server.child.stdout.destroy();
  // It cannot say when it is ready.
  await eventually(() => fetch(`http://127.0.0.1:${port}/health/ready`).then(({ ok }) => ok, () => false));
  await pause(500);
  expect(server.child.exitCode).toBeNull();
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}, 30_000);

test('no place to keep compiled code', async () => {
  const server = built.run({ PORT: '0', NODE_COMPILE_CACHE: '/dev/null/cache', TMPDIR: '/nonexistent' });
  expect((await ask(await ready(server), ABOUT)).status).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}, 30_000);

test.runIf(process.getuid?.() === 0)('as another user, who can write nothing, not even with a database elsewhere and its keys in the environment', async () => {
  const database = await testDatabase();
  const server = built.run({ PORT: '0', HOME: '/nonexistent', DATA_DIR: '/nonexistent', DATABASE_URL: database.url, IDENTITY_KEY: TEST_KEY }, { uid: 65_534, gid: 65_534 });
  // What is done is put on record outside the database too: without a folder for it the start ends, and says so.
  expect(await server.ended).toBe(1);
  expect(server.errors()).toMatch(/\/nonexistent/);
  await database.close();
}, 30_000);

test.runIf(process.getuid?.() === 0)('as another user, who can write nothing but the data folder', async () => {
  const data = mkdtempSync(join(tmpdir(), 'attacks-user-'));
  chownSync(data, 65_534, 65_534);
  const server = built.run({ PORT: '0', HOME: '/nonexistent', DATA_DIR: data }, { uid: 65_534, gid: 65_534 });
  try {
    expect((await ask(await ready(server), ABOUT)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  } finally {
    stopLeftServer(join(data, 'postgres'));
    rmSync(data, { recursive: true });
  }
}, 30_000);
