import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { raw } from '../support/raw-http.ts';
import { testApp } from '../support/server.ts';

let app: FastifyInstance;
let url: URL;
beforeAll(async () => {
  app = await testApp({ environment: { BODY_LIMIT_BYTES: '100000', REQUEST_TIMEOUT_MS: '600' } });
  url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(() => app.close());

const BODY = '{"query":"{ about { name } }"}';
const ANSWER = '{"data":{"about":{"name":"师训 Shixun"}},';
const post = (headers: string, body: string, close = true): string => `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}${close ? 'Connection: close\r\n' : ''}\r\n${body}`;
const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`;
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe('bodies', () => {
  test('in chunks and without a length', async () => {
    expect(await raw(url, post('Transfer-Encoding: chunked\r\n', `5\r\n${BODY.slice(0, 5)}\r\n${(BODY.length - 5).toString(16)}\r\n${BODY.slice(5)}\r\n0\r\n\r\n`))).toContain(ANSWER);
  });

  test.each([
    ['in chunks and too large', post('Transfer-Encoding: chunked\r\n', `${(200_000).toString(16)}\r\n${' '.repeat(200_000)}\r\n0\r\n\r\n`), 413, 'BODY_TOO_LARGE'],
    ['with a length that is too large, without a body', post('Content-Length: 50000000\r\n', ''), 413, 'BODY_TOO_LARGE'],
    ['with two ways to tell where it ends', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400, 'BAD_REQUEST'],
    ['with two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n', '{}{}{}'), 400, 'BAD_REQUEST'],
    ['with a length below zero', post('Content-Length: -5\r\n', BODY), 400, 'BAD_REQUEST'],
    ['with no length at all', post('', ''), 400, 'INVALID_JSON'],
    ['longer than its length', post('Content-Length: 9\r\n', BODY), 400, 'BAD_REQUEST'],
    ['nested a hundred thousand deep', post('Content-Length: 99999\r\n', '['.repeat(99_999)), 400, 'INVALID_JSON'],
    ['of text', post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('application/json', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of several parts', post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('application/json', 'multipart/form-data; boundary=x'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of two types', post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('application/json', 'application/json, text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of a type like JSON', post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('application/json', 'application/jsonx'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of no type', post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('Content-Type: application/json\r\n', ''), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('%s', async (_name, sent, status, code) => {
    const answer = await raw(url, sent);
    expect(statusOf(answer)).toBe(status);
    expect(answer).toContain(`"code":"${code}"`);
  });

  test('that are too large and sent to their end before anything is read get their answer each time', async () => {
    const size = 3_000_000;
    for (let round = 0; round < 20; round++) expect(statusOf(await raw(url, post(`Content-Length: ${size}\r\n`, ' '.repeat(size))))).toBe(413);
  });

  test('that come too slowly are ended with what to do', async () => {
    const started = performance.now();
    const answer = await raw(url, post('Content-Length: 100\r\n', '{', false), 10_000);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(statusOf(answer)).toBe(408);
    expect(answer).toContain('REQUEST_TIMEOUT');
  });

  test('and headers too', async () => {
    const started = performance.now();
    expect(statusOf(await raw(url, 'POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: ', 10_000))).toBe(408);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('sent one behind the other are answered in order', async () => {
    const one = (name: string, close: boolean): string => {
      const body = `{"query":"{ ${name}: about { name } }"}`;
      return post(`Content-Length: ${body.length}\r\n`, body, close);
    };
    const answer = await raw(url, one('first', false) + one('second', false) + one('third', true));
    expect(answer.match(/first|second|third/g)).toEqual(['first', 'second', 'third']);
  });
});

describe('addresses', () => {
  test.each([
    ['up and out', '/../../etc/passwd', 404],
    ['up and out in percent', '/%2e%2e%2f%2e%2e%2fetc/passwd%00', 404],
    ['that percent cannot write', '/%zz', 400],
    ['below the one there is', '/graphql/../health', 404],
    ['with markup', '/<script>alert(1)</script>', 404],
    ['of a file of the product', '/package.json', 404],
  ])('%s', async (_name, path, status) => {
    const answer = await raw(url, get(path));
    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(/content-type: application\/json/i);
    expect(answer).toContain('"errors":');
    expect(answer).not.toContain('root:');
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'HEAD', 'PROPFIND'])('%s is told what is taken', async (method) => {
    const answer = await raw(url, `${method} /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(statusOf(answer)).toBe(405);
    expect(answer).toMatch(/allow: GET, POST/i);
  });

  test.each([
    ['twice the query', '/graphql?query=%7Babout%7Bname%7D%7D&query=x', 400],
    ['variables that are no JSON', '/graphql?query=%7Babout%7Bname%7D%7D&variables=%7B', 400],
    ['variables that are nested', `/graphql?query=%7Babout%7Bname%7D%7D&variables=${'%5B'.repeat(2_000)}`, 400],
    ['a mutation', `/graphql?query=${encodeURIComponent('mutation { assessmentRecord(input: {at: "2020-12-31"}) { userErrors { code } } }')}`, 405],
    ['a prototype', '/graphql?__proto__=1&constructor=2&query=%7Babout%7Bname%7D%7D', 200],
  ])('GET with %s', async (_name, path, status) => {
    expect(statusOf(await raw(url, get(path)))).toBe(status);
  });
});

describe('headers', () => {
  test.each([
    ['eight kilobytes of languages', `Accept-Language: ${'en;q=0.1,'.repeat(900)}zh\r\n`, 200],
    ['a language of control characters', 'Accept-Language: \x07\x08en\r\n', 400],
    ['thousands of them', Array.from({ length: 1_900 }, (_, index) => `A${index}: b\r\n`).join(''), 431],
    ['one of 20 KB', `X-Long: ${'x'.repeat(20_000)}\r\n`, 431],
    ['an id of a request with a tab', 'X-Request-Id: 12345678\t9\r\n', 200],
  ])('%s', async (_name, headers, status) => {
    const answer = await raw(url, get('/health/live', headers));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toContain('12345678');
  });

  test('an id of a request cannot write a header', async () => {
    const answer = await app.inject({ url: '/health/live', headers: { 'x-request-id': 'abcdefgh%0d%0aset-cookie: x' } });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('no host, and one that is no host', async () => {
    expect(statusOf(await raw(url, 'GET /health/live HTTP/1.1\r\n\r\n'))).toBe(400);
    expect(statusOf(await raw(url, post(`Content-Length: ${BODY.length}\r\n`, BODY).replace('Host: x', 'Host: [:::')))).toBe(400);
  });
});

describe('requests that GraphQL over HTTP does not have', () => {
  test.each([
    ['a list of operations', [{ query: '{ about { name } }' }, { query: '{ about { name } }' }], 'BATCH_REFUSED'],
    ['a list within a list', [[[[]]]], 'BATCH_REFUSED'],
    ['a query that is a number', { query: 7 }, 'BAD_REQUEST'],
    ['a query that is a list', { query: ['{ about { name } }'] }, 'BAD_REQUEST'],
    ['a name of an operation that is a number', { query: '{ about { name } }', operationName: 7 }, 'BAD_REQUEST'],
    ['variables as a list', { query: '{ about { name } }', variables: [] }, 'BAD_REQUEST'],
    ['variables as text', { query: '{ about { name } }', variables: '{}' }, 'BAD_REQUEST'],
    ['extensions as a list', { query: '{ about { name } }', extensions: [] }, 'BAD_REQUEST'],
    ['a persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    ['a query to be persisted', { query: '{ about { name } }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    ['two operations and no name', { query: 'query A { about { name } } query B { about { name } }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['an operation that is not there', { query: 'query A { about { name } }', operationName: '__proto__' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['a part to be sent later', { query: '{ ... @defer { about { name } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a list to be sent in pieces', { query: '{ jurisdictions { nodes @stream { code } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', { query: 'subscription { about { name } }' }, 'BAD_USER_INPUT'],
    ['a question as a mutation', { query: 'mutation { about { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['one variable twice', { query: 'query ($a: Int, $a: Int) { about { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable that is not declared', { query: '{ rule(id: $a) { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_name, payload, code) => {
    const response = await app.inject({ method: 'POST', url: '/graphql', payload });
    expect((response.json() as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code).toBe(code);
    expect(response.json()).not.toHaveProperty('data.about');
  });
});
