import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { ask, testApp } from '../support/server.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const scrape = async (server: FastifyInstance): Promise<string> => (await server.inject({ url: '/metrics', headers: { host: '127.0.0.1' } })).body;

describe('metrics', () => {
  test('count requests by route and outcome from the first on, with durations, pool, budgets and the event loop', async () => {
    app = await testApp({ as: null, database: await testDatabase(), budgets: undefined, environment: { BUDGET_ANONYMOUS: '30' } });
    for (let count = 0; count < 14; count++) await ask(app, '{ about { name } }');
    await ask(app, '{ nothing }');
    await ask(app, '{ jurisdictions(first: 1000) { totalCount } }');
    for (let count = 0; count < 3; count++) await ask(app, '{ teachers { totalCount } }');
    await app.inject({ url: '/health/ready' });
    await app.inject({ url: '/nobody/31010119900101/is?here=1' });
    const metrics = await scrape(app);
    for (const line of [
      'shixun_requests_total{route="/graphql",code="OK"} 14',
      'shixun_requests_total{route="/graphql",code="GRAPHQL_VALIDATION_FAILED"} 1',
      'shixun_requests_total{route="/graphql",code="PAGE_SIZE"} 1',
      'shixun_requests_total{route="/graphql",code="BUDGET_EXHAUSTED"} 3',
      'shixun_requests_total{route="/health/ready",code="OK"} 1',
      'shixun_requests_total{route="none",code="NOT_FOUND"} 1',
      'shixun_budget_refusals_total 3',
      'shixun_request_duration_seconds_count{route="/graphql"} 19',
      'shixun_request_duration_seconds_bucket{le="+Inf",route="/graphql"} 19',
      'shixun_requests_in_flight 0',
      'shixun_pool_in_use 0',
      'shixun_pool_waiting 0',
      'shixun_pool_size 4',
    ]) expect(metrics).toContain(`${line}\n`);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(metrics).not.toMatch(/31010119900101|teachers|nobody/);
    // Asked twice it has not been counted twice.
    expect(await scrape(app)).toContain('shixun_requests_total{route="/graphql",code="OK"} 14\n');
  });

  test('are for programs of this machine, and for whoever has the token where there is one', async () => {
    app = await testApp();
    const status = async (options: { readonly remoteAddress?: string; readonly headers?: Record<string, string> }): Promise<number> => (await (app as FastifyInstance).inject({ url: '/metrics', ...options, headers: { host: '127.0.0.1:4000', ...options.headers } })).statusCode;
    expect(await status({})).toBe(200);
    expect(await status({ remoteAddress: '192.0.2.1' })).toBe(403);
    expect(await status({ headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(403);
    expect(await status({ headers: { host: 'elsewhere.example' } })).toBe(403);
    await app.close();
    app = await testApp({ environment: { METRICS_TOKEN: 'a-token-that-is-long' } });
    expect(await status({})).toBe(401);
    expect(await status({ headers: { authorization: 'Bearer a-token-that-is-lonG' } })).toBe(401);
    expect(await status({ remoteAddress: '192.0.2.1', headers: { authorization: 'Bearer a-token-that-is-long' } })).toBe(200);
  });
});
