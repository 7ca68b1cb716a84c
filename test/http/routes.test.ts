import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw } from '../support/raw-http.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp({ environment: { BODY_LIMIT_BYTES: '10000' } });
});
afterAll(() => app.close());

const QUERY = '{ about { name version startedAt } }';
const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('answers', () => {
  test('a query by POST and by GET', async () => {
    expect((await ask(app, QUERY)).data).toEqual({ about: { name: '师训 Shixun', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string, startedAt: '2020-12-31T12:00:00+08:00' } });
    const response = await app.inject({ url: `/graphql?query=${encodeURIComponent(QUERY)}`, headers: { accept: 'application/json' } });
    expect(response.json()).toHaveProperty('data.about.name');
  });

  test.each([
    [undefined, 'zh-CN'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr, en;q=0.5, zh;q=0.4', 'en'],
    ['zh-TW,en;q=0.9', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['*', 'zh-CN'],
    ['en;q=0, *', 'zh-CN'],
    ['en;q=none', 'zh-CN'],
  ])('Accept-Language: %s is answered in %s', async (asked, given) => {
    const { headers } = await ask(app, QUERY, {}, asked ? { 'accept-language': asked } : {});
    expect(headers['content-language']).toBe(given);
    expect(headers['vary']).toContain('accept-language');
  });

  test('the id of the request comes back; an odd one is replaced', async () => {
    expect((await ask(app, QUERY, {}, { 'x-request-id': 'proxy-12345678' })).headers['x-request-id']).toBe('proxy-12345678');
    for (const odd of ['x', 'a b c d e f g h', 'x'.repeat(100)]) expect((await ask(app, QUERY, {}, { 'x-request-id': odd })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('GraphiQL', () => {
  test('a browser gets one page, packed, that may load nothing from elsewhere', async () => {
    const response = await app.inject({ url: '/graphql', headers: { accept: HTML, 'accept-encoding': 'gzip, br' } });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    const page = gunzipSync(response.rawPayload).toString();
    expect(page).toContain('<title>师训 Shixun</title>');
    // The page is 9 MB: a failure must not print it.
    expect(page.includes('query Places')).toBe(true);
    expect(page).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=["']?(?:https?:)?\/\//);
    const again = await app.inject({ url: '/graphql', headers: { accept: HTML, 'if-none-match': response.headers['etag'] as string } });
    expect(again.statusCode).toBe(304);
  });

  test('without gzip it comes as it is', async () => {
    const response = await app.inject({ url: '/graphql', headers: { accept: HTML } });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.payload).toContain('<title>师训 Shixun</title>');
  });

  test('the root leads to it', async () => {
    expect((await app.inject({ url: '/' })).headers['location']).toBe('/graphql');
  });
});

describe('health', () => {
  test.each(['/health/live', '/health/ready'])('%s', async (url) => {
    const response = await app.inject({ url });
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
  });
});

describe('refused', () => {
  const post = (payload: string, type = 'application/json'): Promise<{ statusCode: number; json(): unknown }> => app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': type }, payload });
  const error = (code: string): object => ({ errors: [{ extensions: { code } }] });

  test.each([
    ['a body that is too large', `{"query": "${' '.repeat(10_000)}"}`, undefined, 413, 'BODY_TOO_LARGE'],
    ['text', 'x', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'query=1', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['broken JSON', '{', undefined, 400, 'INVALID_JSON'],
    ['a prototype in JSON', '{"query": "{ about { name } }", "variables": {"__proto__": {}}}', undefined, 400, 'INVALID_JSON'],
    ['an empty body', '', undefined, 400, 'INVALID_JSON'],
    ['no query', '{"a": 1}', undefined, 400, 'BAD_REQUEST'],
  ])('%s', async (_name, payload, type, status, code) => {
    const response = await post(payload, type);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject(error(code));
  });

  test.each([
    ['a byte that no letter has', [0xff], 10],
    ['a letter that is cut off', [0xc3], 10],
    ['half of a pair', [0xed, 0xa0, 0x80], 10],
    ['text of GB18030', [0xbd, 0xcc], 10],
    ['a written sign of replacement, and then a wrong byte', [0xef, 0xbf, 0xbd, 0xe5, 0xb8, 0x88, 0x80], 16],
  ])('a body that is not UTF-8, with the place in it: %s', async (_name, bytes, byte) => {
    const payload = Buffer.concat([Buffer.from('{"query":"'), Buffer.from(bytes), Buffer.from('"}')]);
    const response = await app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json; charset=utf-8', 'accept-language': 'en' }, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ message: `The body of the request is not UTF-8: byte ${byte + 1} is part of no letter. Send it encoded in UTF-8.`, extensions: { code: 'INVALID_JSON', byte: byte + 1 } }] });
  });

  test('a body with a mark of its order of bytes, and with the sign of replacement as a letter', async () => {
    const payload = Buffer.from('\ufeff{"query":"{ about { name } } # \ufffd"}');
    const response = await app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json' }, payload });
    expect(response.json()).toMatchObject({ data: { about: { name: '师训 Shixun' } } });
  });

  test('a mutation by GET', async () => {
    const response = await app.inject({ url: `/graphql?query=${encodeURIComponent('mutation { assessmentRecord(input: {at: "2020-12-31"}) { userErrors { code } } }')}` });
    expect(response.statusCode).toBe(405);
    expect(response.json()).not.toHaveProperty('data');
  });

  test('what does not exist says in both languages what does', async () => {
    const response = await app.inject({ url: '/nothing?x=1' });
    expect(response.statusCode).toBe(404);
    const { errors } = response.json() as { errors: { message: string; extensions: { messages: { zh: string; en: string } } }[] };
    for (const message of Object.values(errors[0]?.extensions.messages ?? {})) expect(message).toMatch(/\/nothing.*POST \/graphql.*\/health\/ready/);
  });

  test('a method that an address does not take', async () => {
    const response = await app.inject({ method: 'DELETE', url: '/graphql' });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe('GET, POST');
  });

  test('what is no request at all, and an address that is too long', async () => {
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    expect(await raw(url, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*BAD_REQUEST/);
    expect(await raw(url, `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 [\s\S]*POST/);
  });

  test('persisted queries are not offered, and validation has a code', async () => {
    const response = await app.inject({ method: 'POST', url: '/graphql', payload: { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } } });
    expect(response.json()).toMatchObject(error('PERSISTED_QUERY_NOT_SUPPORTED'));
    expect(codesOf(await ask(app, '{ nothing }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await ask(app, 'query ($at: Instant!) { about { name } }', { at: 'x' }))).not.toEqual([]);
  });
});
