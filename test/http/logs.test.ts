import { GraphQLError, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiContext } from '../../src/graphql/context.ts';
import { safeError } from '../../src/http/safe-error.ts';
import type { Database } from '../../src/persistence/database.ts';
import { testDatabase } from '../support/database.ts';
import { testApp } from '../support/server.ts';

/** One of each form in which a value of a person comes. */
const MARKERS = ['PLANTEDMARKER', '张志强甲', '310101199001011234', '13800138000'];
const [WORD = '', NAME = '', NUMBER = '', PHONE = ''] = MARKERS;

const text = { type: GraphQLString, args: { value: { type: GraphQLString } } };
type Resolve = (source: unknown, args: { readonly value?: string }, context: ApiContext) => unknown;
const failing = (resolve: Resolve) => ({ ...text, resolve });
const run = (statement: string): Resolve => async (_source, { value }, { store }) => store?.execute(statement, [value]);
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fails: failing((_source, { value }) => {
        throw new RangeError(`not a row id: ${value}`);
      }),
      quotes: failing((_source, { value }) => JSON.parse(`["${value}", ${value}]`)),
      wrapped: failing((_source, { value }) => {
        throw new Error('outer', { cause: new Error(`inner: ${value}`) });
      }),
      refuses: failing((_source, { value }) => {
        throw new GraphQLError(`no such thing: ${value}`, { extensions: { code: 'BAD_USER_INPUT' } });
      }),
      casts: failing(run('select ?::int')),
      missing: failing(run('select ? from nowhere')),
      breaks: failing(run(`insert into source (name, recorded_at) select ?::text, now() from generate_series(1, 2)`)),
      returns: failing(() => ({ [WORD]: NAME })),
    },
  }),
});

let app: FastifyInstance;
let database: Database;
let lines: string[] = [];
beforeAll(async () => {
  database = await testDatabase();
  app = await testApp({ schema, database, environment: { LOG_LEVEL: 'trace', NODE_ENV: 'development' }, logTo: { write: (line) => void lines.push(line) } });
});
afterAll(() => app.close());
beforeEach(() => {
  lines = [];
});

const headers = { authorization: `Bearer ${WORD}${NUMBER}`, cookie: `session=${WORD}`, 'user-agent': `${WORD} ${PHONE}`, referer: `http://x/${WORD}`, 'x-forwarded-for': WORD };
const FIELDS = ['fails', 'quotes', 'wrapped', 'refuses', 'casts', 'missing', 'breaks', 'returns'];

async function logged(send: () => Promise<unknown>): Promise<string> {
  await send();
  // The line of a request is written when its answer has been sent.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return lines.join('');
}
const expectClean = (log: string): void => {
  for (const marker of MARKERS) expect(log).not.toContain(marker);
};

describe.each(MARKERS)('%s never gets into the log', (value) => {
  test('from variables, aliases and comments of a query, whatever fails', async () => {
    for (let round = 0; round < 3; round++) {
      const log = await logged(() => app.inject({ method: 'POST', url: '/graphql', headers, payload: { query: `query ${WORD} ($value: String) { ${FIELDS.map((field) => `${WORD}${field}: ${field}(value: $value)`).join(' ')} } # ${value}`, variables: { value } } }));
      expectClean(log);
      expect(log).toContain('"internal error"');
    }
  });

  test('from literals, invalid queries, bodies that are no JSON, and addresses', async () => {
    const log = await logged(async () => {
      await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query: `{ fails(value: ${JSON.stringify(value)}) }` } });
      await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query: `{ nothing(value: ${JSON.stringify(value)}) }` } });
      await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query: `{ ${value}` } });
      await app.inject({ method: 'POST', url: '/graphql', headers: { ...headers, 'content-type': 'application/json' }, payload: `{"query": ${value}` });
      await app.inject({ url: `/graphql?query=${encodeURIComponent(`{ fails(value: ${JSON.stringify(value)}) }`)}`, headers });
      await app.inject({ url: `/${encodeURIComponent(value)}/x?token=${encodeURIComponent(value)}`, headers });
      await app.inject({ method: 'POST', url: `/import/${encodeURIComponent(value)}?source=${encodeURIComponent(value)}`, headers: { ...headers, 'content-type': 'text/csv' }, payload: value });
      await app.inject({ url: '/%zz', headers });
    });
    expectClean(log);
    expect(log).toContain('"route":"/graphql"');
  });
});

test('an error in the log says where it was met and of what kind, and the request by its id', async () => {
  const log = await logged(() => app.inject({ method: 'POST', url: '/graphql', headers: { 'x-request-id': 'request-4711' }, payload: { query: '{ a: fails(value: "x") b: breaks(value: "x") }' } }));
  const errors = log.split('\n').filter((line) => line.includes('internal error')).map((line) => JSON.parse(line) as { readonly reqId: string; readonly reference: string; readonly err: ReturnType<typeof safeError> });
  expect(errors).toHaveLength(2);
  for (const { reqId, reference } of errors) expect([reqId, reference]).toEqual(['request-4711', 'request-4711']);
  expect(errors.map(({ err }) => err)).toContainEqual(expect.objectContaining({ type: 'RangeError', message: 'not a row id', stack: expect.stringContaining('logs.test.ts') as string }));
  expect(errors.map(({ err }) => err)).toContainEqual(expect.objectContaining({ message: 'unique', constraint: 'source_name_key' }));
});
