import { request } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { testDatabase } from '../support/database.ts';
import { INSTITUTIONS, rowsOf, TEACHERS } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';
import { testApp } from '../support/server.ts';

const TOKEN = 'a-token-of-this-test';
// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
let app: FastifyInstance;
let open: FastifyInstance;
let url: URL;

beforeAll(async () => {
  database = await testDatabase();
  const registry = await loadRegistry();
  const keep = { ...database, close: async () => undefined };
  app = await testApp({ registry, database: keep, as: null, environment: { IMPORT_BODY_LIMIT_BYTES: '6000000', REQUEST_TIMEOUT_MS: '1500' } });
  open = await testApp({ registry, database: keep, as: null, environment: { IMPORT_TOKEN: TOKEN } });
  url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
});
afterAll(async () => {
  await app.close();
  await open.close();
  await database.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly lines: readonly Record<string, unknown>[];
}

function start(path: string, options: RequestOptions = {}): { sent: ClientRequest; answer: Promise<Answer> } {
  const sent = request(new URL(path, url), { method: 'POST', ...options, headers: { 'content-type': 'text/csv', 'accept-language': 'en', ...(options.headers as object) } });
  const answer = new Promise<Answer>((resolve, reject) => {
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => (text += data)).on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text, lines: text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) }));
    });
  });
  return { sent, answer };
}
function post(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const { sent, answer } = start(path, { headers });
  sent.end(body);
  return answer;
}
const codeOf = ({ lines }: Answer): unknown => (lines[0]?.['errors'] as { extensions: { code: string } }[] | undefined)?.[0]?.extensions.code;

describe('a file sent by HTTP', () => {
  test('is answered line by line: progress, then the result', async () => {
    const { status, headers, lines } = await post('/import/institutions?source=http&name=schools.csv', INSTITUTIONS);
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('application/x-ndjson');
    expect(lines[0]).toMatchObject({ type: 'progress', phase: 'reading', rows: 3 });
    expect(lines.at(-1)).toMatchObject({ type: 'result', file: 'schools.csv', kind: 'institutions', status: 'taken', rows: 3, added: 3, problems: 0 });
  });

  test('tells each problem before the result, without an identity number', async () => {
    const { lines, text } = await post('/import/auto?source=http', TEACHERS.replace('110101199003070054', '110101199003070055').replace('S2,true', 'S9,true'));
    expect(lines.slice(-3)).toMatchObject([
      { type: 'problem', code: 'WRONG_IDENTITY', line: 2, column: 'identityNumber', value: '11**************55' },
      { type: 'problem', code: 'UNKNOWN_INSTITUTION', line: 4, column: 'institution', value: 'S9', nearest: ['S1', 'S2', 'S3'] },
      { type: 'result', status: 'refused', rows: 3, added: 0, problems: 2 },
    ]);
    expect(text).not.toContain('11010119900307');
  });

  test('is taken as it comes, however slowly, and larger than what questions may be', async () => {
    const { sent, answer } = start('/import/institutions?source=slow');
    sent.write('key,name,jurisdiction\n');
    for (let part = 0; part < 5; part++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      sent.write(Array.from({ length: 15_000 }, (_, index) => `K${part}-${index},${'学'.repeat(15)},310104\n`).join(''));
    }
    sent.end();
    expect((await answer).lines.at(-1)).toMatchObject({ type: 'result', status: 'taken', rows: 75_000 });
  });

  test('that is too large, or stops coming, leaves nothing', async () => {
    const large = await post('/import/institutions?source=large', `key,name,jurisdiction\n${'K,校,310104\n'.repeat(500_000)}`);
    expect(large.lines.at(-1)).toMatchObject({ type: 'error', code: 'BODY_TOO_LARGE' });
    const { sent, answer } = start('/import/institutions?source=large');
    sent.write('key,name,jurisdiction\nK1,校,310104\n');
    expect((await answer).lines.at(-1)).toMatchObject({ type: 'error', code: 'REQUEST_TIMEOUT' });
    sent.destroy();
    expect(await rowsOf(database, `select 1 from source where name = 'large'`)).toEqual([]);
  });

  test('whose client goes away leaves nothing, and others go on', async () => {
    const { sent, answer } = start('/import/institutions?source=gone');
    answer.catch(() => undefined);
    sent.write(`key,name,jurisdiction\n${Array.from({ length: 20_000 }, (_, index) => `G${index},校,310104\n`).join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    sent.destroy();
    expect((await post('/import/institutions?source=after', 'key,name,jurisdiction\nA1,校,310104\n')).lines.at(-1)).toMatchObject({ status: 'taken', added: 1 });
    expect(await rowsOf(database, `select 1 from institution i join source s on s.id = i.source_id where s.name = 'gone'`)).toEqual([]);
  });

  test('and another at the same time are both taken', async () => {
    const many = (prefix: string): string => `key,name,jurisdiction\n${Array.from({ length: 3_000 }, (_, index) => `${prefix}${index},校,310104\n`).join('')}`;
    const answers = await Promise.all(['A', 'B', 'A'].map((prefix) => post('/import/institutions?source=both', many(prefix))));
    expect(answers.map(({ lines }) => lines.at(-1)?.['status'])).toEqual(['taken', 'taken', 'taken']);
    expect(answers.map(({ lines }) => lines.at(-1)?.['added']).sort()).toEqual([0, 3_000, 3_000]);
  });
});

describe('what is refused', () => {
  test.each([
    ['another kind', '/import/pupils?source=x', {}, 404, 'NOT_FOUND'],
    ['no source', '/import/credits', {}, 400, 'BAD_REQUEST'],
    ['an unknown parameter', '/import/credits?source=x&patial=1', {}, 400, 'BAD_REQUEST'],
    ['an unknown place', '/import/credits?source=x&jurisdiction=999999', {}, 400, 'BAD_REQUEST'],
    ['an unknown encoding', '/import/credits?source=x&encoding=big5', {}, 400, 'BAD_REQUEST'],
    ['a type that a form can send', '/import/credits?source=x', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', '/import/credits?source=x', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['what a proxy sends on', '/import/credits?source=x', { 'x-forwarded-for': '127.0.0.1' }, 403, 'IMPORT_NOT_ALLOWED'],
    ['a page of another site', '/import/credits?source=x', { origin: 'http://example.org' }, 403, 'IMPORT_NOT_ALLOWED'],
    ['a name that leads here', '/import/credits?source=x', { host: 'rebound.example.org' }, 403, 'IMPORT_NOT_ALLOWED'],
  ])('%s', async (_name, path, headers, status, code) => {
    const answer = await post(path, 'key\n', headers);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test('another machine, with how to open imports; and everyone without the token once there is one', async () => {
    const far = await app.inject({ method: 'POST', url: '/import/credits?source=x', remoteAddress: '10.0.0.7', headers: { 'content-type': 'text/csv', 'accept-language': 'en', host: 'localhost' }, payload: 'key\n' });
    expect([far.statusCode, far.body.includes('IMPORT_TOKEN')]).toEqual([403, true]);
    const near = (authorization?: string) => open.inject({ method: 'POST', url: '/import/institutions?source=token', remoteAddress: '10.0.0.7', headers: { 'content-type': 'text/csv', ...(authorization && { authorization }) }, payload: INSTITUTIONS });
    expect((await near()).statusCode).toBe(401);
    expect((await near(`Bearer ${TOKEN}x`)).statusCode).toBe(401);
    expect((await near(`Bearer ${TOKEN}`)).body).toContain('"status":"taken"');
  });
});

test('templates are given out, and can be sent back', async () => {
  for (const kind of ['institutions', 'teachers', 'courses', 'credits']) {
    const template = await app.inject({ url: `/import/${kind}/template?jurisdiction=310104` });
    expect(template.headers['content-disposition']).toContain(`${kind}.xlsx`);
    const answer = await post(`/import/${kind}?source=template`, template.rawPayload, { 'content-type': String(template.headers['content-type']) });
    expect(answer.lines.at(-1)).toMatchObject({ type: 'result', status: 'taken', rows: 1, added: 1 });
  }
});
