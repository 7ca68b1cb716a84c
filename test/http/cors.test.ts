import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { testApp } from '../support/server.ts';

const NAMED = 'https://front.example';
const apps: FastifyInstance[] = [];
let closed: FastifyInstance;
let named: FastifyInstance;
let open: FastifyInstance;
beforeAll(async () => {
  closed = await testApp();
  named = await testApp({ environment: { CORS_ORIGINS: `${NAMED}, http://localhost:3000` } });
  open = await testApp({ environment: { CORS_ORIGINS: '*' } });
  apps.push(closed, named, open);
});
afterAll(() => Promise.all(apps.map((app) => app.close())));

const ask = (app: FastifyInstance, origin: string) => app.inject({ method: 'POST', url: '/graphql', headers: { origin }, payload: { query: '{ about { name } }' } });
const preflight = (app: FastifyInstance, origin: string) => app.inject({ method: 'OPTIONS', url: '/graphql', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });

test('by default no other origin may read anything', async () => {
  expect((await ask(closed, NAMED)).headers['access-control-allow-origin']).toBeUndefined();
  const asked = await preflight(closed, NAMED);
  expect(asked.statusCode).toBe(405);
  expect(asked.headers['access-control-allow-origin']).toBeUndefined();
});

test('a named origin may, and is told what', async () => {
  const asked = await preflight(named, NAMED);
  expect(asked.statusCode).toBe(204);
  expect(asked.headers).toMatchObject({ 'access-control-allow-origin': NAMED, 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': expect.stringContaining('content-type') as string });
  expect(asked.headers['access-control-allow-credentials']).toBeUndefined();
  const answered = await ask(named, 'http://localhost:3000');
  expect(answered.headers).toMatchObject({ 'access-control-allow-origin': 'http://localhost:3000', vary: expect.stringContaining('origin') as string });
  expect(answered.json()).toHaveProperty('data.about.name');
});

test.each(['https://front.example.evil.example', 'http://front.example', 'https://FRONT.example', 'null', ''])('the origin "%s" is another one', async (origin) => {
  expect((await ask(named, origin)).headers['access-control-allow-origin']).toBeUndefined();
  expect((await preflight(named, origin)).statusCode).toBe(405);
});

test('errors can be read too', async () => {
  const response = await named.inject({ url: '/nothing', headers: { origin: NAMED } });
  expect(response.headers['access-control-allow-origin']).toBe(NAMED);
});

test('everyone may where the operator says so', async () => {
  expect((await preflight(open, 'https://x.example')).headers['access-control-allow-origin']).toBe('*');
  expect((await ask(open, 'null')).headers['access-control-allow-origin']).toBe('*');
});
