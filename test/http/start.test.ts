import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildServer, ready } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';

let built: BuiltServer;
beforeAll(async () => {
  built = await buildServer('start');
}, 60_000);
afterAll(() => built.remove());

const run = (environment: Record<string, string>): Running => built.run(environment);

test('the address and how to sign in, then answers, then a clean end on Ctrl-C', async () => {
  const server = run({ PORT: '0' });
  const url = await ready(server);
  // The address, and how to sign in.
  expect(server.output().trim().split('\n')).toHaveLength(2);
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ about { name } }"}' });
  expect(await answer.json()).toMatchObject({ data: { about: { name: '师训 Shixun' } } });
  server.child.kill('SIGINT');
  expect(await server.ended).toBe(0);
}, 30_000);

test('a failure that nobody waited for is logged without what it says, and ends no server', async () => {
  // As something would that a request has left behind.
  const failing = `data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => void Promise.reject(Object.assign(new Error('Marker ' + 3101012000 + '01010000'), { code: 'LEFT' })))")}`;
  const server = run({ PORT: '0', NODE_OPTIONS: `--import ${failing}` });
  const url = await ready(server);
  server.child.kill('SIGUSR2');
  await vi.waitFor(() => expect(server.errors()).toContain('something failed that nobody waited for'));
  expect(server.errors()).not.toContain('310101200001010000');
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ about { name } }"}' });
  expect(answer.status).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}, 30_000);

test('in production it does not start without what protects the data, and says all that is missing', async () => {
  const server = run({ PORT: '0', NODE_ENV: 'production', DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' });
  expect(await server.ended).toBe(1);
  expect(server.errors()).toMatch(/OIDC_ISSUER[\s\S]*DATABASE_OWNER_URL/);
  expect(server.output()).toBe('');
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
