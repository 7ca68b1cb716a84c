import { buildSchema, GraphQLError, parse } from 'graphql';
import type { GraphQLObjectType, GraphQLScalarType, GraphQLSchema } from 'graphql';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompiledQueries } from '../../src/graphql/execution/compiled-queries.ts';
import { ExactScalar } from '../../src/graphql/scalars/exact.scalar.ts';
import { FactsScalar } from '../../src/graphql/scalars/facts.scalar.ts';
import { ask, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

let app: FastifyInstance;
const ran: string[] = [];
beforeAll(async () => {
  app = await testApp({ schema: inventedSchema() });
});
afterAll(() => app.close());

/** Everything in which a compiled query could differ from an interpreted one. */
function inventedSchema(): GraphQLSchema {
  const schema = buildSchema(`
    scalar Exact
    scalar Facts
    enum Colour { RED GREEN }
    input Options { size: Int = 7 colour: Colour names: [String!] facts: Facts }
    interface Named { name: String! }
    type Thing implements Named { name: String! needed: String! maybe: String colour: Colour! amount: Exact inner: Thing items: [Thing!] loose: [Thing] }
    type Other implements Named { name: String! other: Int! }
    type Query {
      thing(fail: String): Thing
      firm: Thing!
      named: [Named!]!
      echo(options: Options, facts: Facts, list: [Int!], text: String, colour: Colour = GREEN, amount: Exact): String!
      later: String
      refused: String
      broken: String!
      needs(count: Int!): Int
    }
    type Mutation { first: String second: String! third: String }
  `);
  copyScalar(schema, ExactScalar);
  copyScalar(schema, FactsScalar);
  resolve(schema, 'Query', {
    thing: ({ fail }) => thing(typeof fail === 'string' ? fail : undefined),
    firm: () => ({ ...thing(), needed: null }),
    named: () => [{ __typename: 'Thing', ...thing() }, { __typename: 'Other', name: 'o', other: 3 }],
    echo: (args) => JSON.stringify(sorted(args)),
    later: () => Promise.resolve('later'),
    refused: () => Promise.reject(new GraphQLError('not for you', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } })),
    broken: () => {
      throw new Error('password=secret');
    },
    needs: ({ count }) => count,
  });
  resolve(schema, 'Mutation', {
    first: () => note('first'),
    second: () => {
      ran.push('second');
      throw new Error('second failed');
    },
    third: () => note('third'),
  });
  return schema;
}

function note(name: string): string {
  ran.push(name);
  return name;
}

/** Names in order: arguments come in another one when the query is compiled. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

function copyScalar(schema: GraphQLSchema, scalar: GraphQLScalarType): void {
  const target = schema.getType(scalar.name) as GraphQLScalarType;
  target.serialize = scalar.serialize;
  target.parseValue = scalar.parseValue;
  target.parseLiteral = scalar.parseLiteral;
}

function resolve(schema: GraphQLSchema, name: string, resolvers: Record<string, (args: Record<string, unknown>) => unknown>): void {
  const fields = (schema.getType(name) as GraphQLObjectType).getFields();
  for (const [field, resolver] of Object.entries(resolvers)) {
    const found = fields[field];
    if (found) found.resolve = (_source, args: Record<string, unknown>) => resolver(args);
  }
}

const thing = (fail?: string): object => ({
  name: 'a "quoted" 名字',
  needed: fail === 'needed' ? null : 'x',
  maybe: null,
  colour: fail === 'colour' ? 'BLUE' : 'RED',
  amount: fail === 'amount' ? 1.5 : '4/3',
  inner: { name: 'inner', needed: fail === 'inner' ? null : 'y', colour: 'GREEN', amount: 36 },
  items: fail === 'items' ? [{ name: 'i', colour: 'RED' }, { name: null, colour: 'RED' }] : [{ name: 'i', colour: 'RED' }],
  loose: [{ name: null, colour: 'RED' }, null, { name: 'l', colour: 'RED' }],
});

const FIELDS = 'name needed maybe colour amount inner { name needed amount } items { name colour } loose { name }';

/** The same request as it is answered first (interpreted), second and third (compiled where that is possible). */
async function thrice(query: string, variables?: object): Promise<GraphqlAnswer> {
  const answers: unknown[] = [];
  let last: GraphqlAnswer | undefined;
  for (let round = 0; round < 3; round++) {
    last = await ask(app, query, variables, { 'x-request-id': 'same-request' });
    answers.push({ status: last.status, data: last.data, errors: last.errors?.map(({ message, path, extensions }) => ({ message, path, extensions })) });
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  if (!last) throw new Error('unreachable');
  return last;
}

test.each([
  ['plain', `{ thing { ${FIELDS} } named { name ... on Other { other } __typename } later }`, undefined],
  ['fragments', `{ thing { ...A inner { ...A } } } fragment A on Thing { name ...B } fragment B on Thing { colour amount }`, undefined],
  ['null where none may be', '{ firm { name needed } later }', undefined],
  ['null inside', '{ thing(fail: "inner") { name inner { needed } } }', undefined],
  ['null in a list of values that must be', '{ thing(fail: "items") { items { name } } }', undefined],
  ['a value that its enum does not have', '{ thing(fail: "colour") { name colour } }', undefined],
  ['an amount that is not exact', '{ thing(fail: "amount") { name amount } }', undefined],
  ['a refusal', '{ refused later }', undefined],
  ['a bug', '{ broken later }', undefined],
  ['literals', '{ echo(options: {colour: RED, names: ["a", "b"]}, list: 3, amount: "1.50") }', undefined],
  ['variables', 'query ($o: Options, $l: [Int!], $c: Colour, $a: Exact) { echo(options: $o, list: $l, colour: $c, amount: $a) }', { o: { names: 'one', facts: { a: [1, { b: null }] } }, l: 4, c: 'RED', a: 12 }],
  ['no variables given', 'query ($o: Options, $c: Colour, $t: String = "t") { echo(options: $o, colour: $c, text: $t) }', undefined],
  ['a variable inside an object, given', 'query ($s: Int, $f: Facts) { echo(options: {size: $s, facts: $f}) }', { s: 3, f: { a: 1 } }],
  ['a variable inside an object, not given', 'query ($s: Int, $f: Facts) { echo(options: {size: $s, facts: $f}) }', {}],
  ['a variable inside facts', 'query ($x: Int, $y: String) { echo(facts: {a: $x, b: [{c: $y}]}) }', { x: 5, y: 'why' }],
  ['null for a variable with a default', 'query ($n: Int = 3) { needs(count: $n) }', { n: null }],
  ['variables of the wrong type', 'query ($o: Options!) { echo(options: $o) }', { o: { colour: 'BLUE', nothing: 1 } }],
  ['a missing variable', 'query ($n: Int!) { needs(count: $n) }', {}],
  ['conditions', 'query ($yes: Boolean!, $no: Boolean!) { thing { name @include(if: $no) needed @skip(if: $yes) ...F @include(if: $no) ...F @include(if: $yes) } } fragment F on Thing { colour }', { yes: true, no: false }],
  ['a prototype as an alias', '{ thing { __proto__: name colour } }', undefined],
])('a query is answered the same when it comes again: %s', async (_name, query, variables) => {
  await thrice(query, variables);
});

test('operations of one document do not mix', async () => {
  const query = 'query A($on: Boolean!) { thing { ...F @include(if: $on) } } query B { thing { ...F } } fragment F on Thing { name }';
  for (let round = 0; round < 3; round++) {
    const inject = (operationName: string, variables: object): Promise<{ json(): unknown }> => app.inject({ method: 'POST', url: '/graphql', payload: { query, operationName, variables } });
    expect((await inject('A', { on: false })).json()).toMatchObject({ data: { thing: {} } });
    expect((await inject('B', {})).json()).toMatchObject({ data: { thing: { name: expect.stringContaining('quoted') as string } } });
  }
});

test('a mutation runs once each time, one field after the other', async () => {
  ran.length = 0;
  for (let round = 0; round < 3; round++) await ask(app, 'mutation { first third }');
  expect(ran).toEqual(['first', 'third', 'first', 'third', 'first', 'third']);
  ran.length = 0;
  expect((await thrice('mutation { first second third }')).data).toBeNull();
  expect(ran.filter((name) => name === 'second')).toHaveLength(3);
});

test('no text of a client becomes code', async () => {
  const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
  const scope = globalThis as { taken?: boolean };
  const { data } = await thrice(`{ echo(text: "${marker}(globalThis.taken=true,0)") }`);
  expect(data).toEqual({ echo: JSON.stringify({ colour: 'GREEN', text: `${marker}(globalThis.taken=true,0)` }) });
  await thrice(`{ echo(text: "\\u005f_MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.taken=true,0)") }`);
  await thrice('query ($t: String = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.taken=true,0)") { echo(text: $t) }');
  await thrice(`{ echo(facts: {a: "${marker}(globalThis.taken=true,0)"}) }`);
  expect(scope.taken).toBeUndefined();
});

test('bugs are masked with a reference, refusals are not', async () => {
  const { errors } = await thrice('{ broken }');
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL', reference: 'same-request' });
  expect(JSON.stringify(errors)).not.toContain('secret');
  expect((await thrice('{ refused }')).errors?.[0]).toMatchObject({ message: 'not for you', path: ['refused'], extensions: { code: 'FORBIDDEN' } });
});

test('what is compiled, and what never is', async () => {
  const schema = inventedSchema();
  const queries = new CompiledQueries(schema);
  const isCompiled = async (source: string, variables = {}): Promise<boolean> => {
    const find = (): Promise<unknown> => queries.find(source, source, parse(source), null, variables);
    expect(await find()).toBeNull();
    await find();
    return (await find()) !== null;
  };
  expect(await isCompiled(`{ thing { ${FIELDS} } }`)).toBe(true);
  expect(await isCompiled('query ($f: Facts) { echo(options: {facts: $f}) }', { f: {} })).toBe(true);
  expect(await isCompiled('query ($f: Facts) { echo(options: {facts: $f}) }')).toBe(false);
  expect(await isCompiled('query ($n: Int = 1) { needs(count: $n) }', { n: null })).toBe(false);
  expect(await isCompiled('query ($x: Int) { echo(facts: {a: $x}) }', { x: 1 })).toBe(false);
  expect(await isCompiled('{ thing { name @include(if: true) } }')).toBe(false);
  expect(await isCompiled('{ thing { __proto__: name } }')).toBe(false);
  expect(await isCompiled('{ echo(text: "__MAGIC") }')).toBe(false);
  expect(await isCompiled('query ($t: String = "__MAGIC") { echo(text: $t) }')).toBe(false);
});
