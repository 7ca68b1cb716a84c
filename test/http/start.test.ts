import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Inside node_modules: the packages are found from there, and nothing of it is checked in.
const root = fileURLToPath(new URL('../../', import.meta.url));
const built = `${root}node_modules/.cache/start-test-${process.pid}`;

beforeAll(() => {
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--outDir', built], { cwd: root, stdio: 'pipe' });
  } catch {
    // Types are checked elsewhere; what was written can run.
  }
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

function run(environment: Record<string, string>): Running {
  const child = spawn(process.execPath, [`${built}/src/main.js`], { cwd: root, env: { PATH: process.env['PATH'], HOST: '127.0.0.1', LOG_LEVEL: 'error', ...environment } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  return { child, output: () => output, errors: () => errors, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

async function ready({ child, output, errors }: Running): Promise<URL> {
  for (let waited = 0; !output().includes('\n'); waited += 20) {
    if (waited > 20_000 || child.exitCode !== null) throw new Error(`not ready: ${errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const address = /http:\S+/.exec(output())?.[0];
  if (!address) throw new Error(`no address in ${output()}`);
  return new URL(address);
}

test('one line with the address, then answers, then a clean end on Ctrl-C', async () => {
  const server = run({ PORT: '0' });
  const url = await ready(server);
  expect(server.output().trim().split('\n')).toHaveLength(1);
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ about { name } }"}' });
  expect(await answer.json()).toEqual({ data: { about: { name: '师训 Shixun' } } });
  server.child.kill('SIGINT');
  expect(await server.ended).toBe(0);
}, 30_000);

test('a request that was accepted is finished; the same signal twice at once is one', async () => {
  const server = run({ PORT: '0' });
  const url = await ready(server);
  const body = '{"query":"{ about { name } }"}';
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length } });
  sent.write(body.slice(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  server.child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const answered = once(sent, 'response');
  sent.end(body.slice(10));
  const [response] = (await answered) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(await server.ended).toBe(0);
}, 30_000);

test('a second signal does not wait', async () => {
  const server = run({ PORT: '0' });
  const url = await ready(server);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 100 } });
  sent.on('error', () => undefined);
  sent.write('{');
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 800));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(1);
}, 30_000);

test('requests that never end do not keep it', async () => {
  const server = run({ PORT: '0', SHUTDOWN_TIMEOUT_MS: '300' });
  const url = await ready(server);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 100 } });
  sent.on('error', () => undefined);
  sent.write('{');
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(1);
}, 30_000);

test('a port in use ends the start with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const server = run({ PORT: String(port) });
  expect(await server.ended).toBe(1);
  other.close();
  expect(server.errors()).toContain(`PORT=${port + 1} npm start`);
  expect(server.errors()).toContain('师训无法启动');
  expect(server.errors()).not.toMatch(/^\s+at /m);
}, 30_000);

test('bad settings end the start with all of them', async () => {
  const server = run({ PORT: 'http', NODE_ENV: 'prod' });
  expect(await server.ended).toBe(1);
  expect(server.errors()).toMatch(/PORT[\s\S]*NODE_ENV/);
  expect(server.errors()).not.toMatch(/^\s+at /m);
}, 30_000);

test('an address that this machine does not have', async () => {
  const server = run({ PORT: '0', HOST: '203.0.113.1' });
  expect(await server.ended).toBe(1);
  expect(server.errors()).toContain('0.0.0.0');
}, 30_000);
