import { getIntrospectionQuery, getNamedType, getNullableType, isLeafType, isListType, isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { expandSelections } from '../../src/graphql/limits/expand-selections.ts';
import { QUERY_LIMITS } from '../../src/graphql/limits/limits.ts';
import { COSTS } from '../../src/graphql/limits/costs.ts';
import { apiSchema } from '../../src/graphql/schema.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

/** Each level spreads the next one twice: 2^levels selections out of a few hundred characters. */
const doubling = (levels: number): string =>
  `{ about { ...F0 } } ${Array.from({ length: levels }, (_, level) => `fragment F${level} on About { ...F${level + 1} ...F${level + 1} }`).join(' ')} fragment F${levels} on About { name }`;
const doublingTypes = `{ __schema { types { ...T0 } } } ${Array.from({ length: 15 }, (_, level) => `fragment T${level} on __Type { a: ofType { ...T${level + 1} } b: ofType { ...T${level + 1} } }`).join(' ')} fragment T15 on __Type { name }`;
const many = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, index) => part(index)).join(' ');
const nested = (depth: number): string => `{ __type(name: "About") ${'{ ofType '.repeat(depth)}{ name }${' }'.repeat(depth)} }`;

const attacks: [name: string, code: string, query: string][] = [
  ['doubling fragments', 'QUERY_TOO_WIDE', doubling(40)],
  ['doubling fragments with fields', 'QUERY_TOO_WIDE', doublingTypes],
  ['a flood of characters', 'QUERY_TOO_LONG', `{ about { name } } # ${'x'.repeat(QUERY_LIMITS.characters)}`],
  ['a flood of tokens', 'QUERY_TOO_LONG', `{ about(x: [${'1 '.repeat(QUERY_LIMITS.tokens)}]) { name } }`],
  ['deep fields', 'QUERY_TOO_DEEP', nested(30)],
  ['deep brackets', 'QUERY_TOO_DEEP', `{ about(x: ${'['.repeat(3_000)}`],
  ['deep fields through fragments', 'QUERY_TOO_DEEP', `{ __type(name: "About") { ...D0 } } ${many(25, (level) => `fragment D${level} on __Type { ofType { ...D${level + 1} } }`)} fragment D25 on __Type { name }`],
  ['aliases', 'TOO_MANY_ALIASES', `{ about { ${many(101, (index) => `a${index}: name`)} } }`],
  ['directives', 'TOO_MANY_DIRECTIVES', `{ about { name ${'@include(if: true) '.repeat(60)} } }`],
  ['directives that do not exist', 'TOO_MANY_DIRECTIVES', `query ${'@a '.repeat(60)} { about { name } }`],
  ['root fields', 'TOO_MANY_ROOT_FIELDS', `{ ${many(21, (index) => `a${index}: about { name }`)} }`],
  ['root fields in fragments', 'TOO_MANY_ROOT_FIELDS', `{ ${'...R '.repeat(21)} } fragment R on Query { about { name } }`],
  ['one field over and over', 'TOO_MANY_REPEATED_FIELDS', `{ about { ${'name '.repeat(2_000)} } }`],
  ['one object over and over', 'TOO_MANY_REPEATED_FIELDS', `{ __type(name: "About") { ${'ofType { name } '.repeat(1_000)} } }`],
  ['the same in an unused fragment', 'TOO_MANY_REPEATED_FIELDS', `{ about { name } } fragment U on About { ${'name '.repeat(2_000)} }`],
  ['the schema again and again', 'TOO_MUCH_INTROSPECTION', `{ ${many(3, (index) => `s${index}: __schema { queryType { name } }`)} }`],
  ['operations', 'TOO_MANY_OPERATIONS', many(21, (index) => `query Q${index} { about { name } }`)],
  ['definitions', 'QUERY_TOO_WIDE', `{ about { name } } ${many(100, (index) => `fragment D${index} on About { name }`)}`],
  ['a fragment that spreads itself', 'FRAGMENT_CYCLE', '{ about { ...A } } fragment A on About { name ...A }'],
  ['fragments in a circle', 'FRAGMENT_CYCLE', '{ __type(name: "About") { ...A } } fragment A on __Type { ofType { ...B } } fragment B on __Type { name ...A }'],
  ['a huge page', 'PAGE_SIZE', '{ jurisdictions(first: 100000) { totalCount } }'],
  ['a page below zero', 'PAGE_SIZE', '{ jurisdictions(last: -1) { totalCount } }'],
  ['a huge default page', 'PAGE_SIZE', 'query ($n: Int = 1000) { jurisdictions(first: $n) { totalCount } }'],
];

describe('refused before it runs', () => {
  test.each(attacks)('%s', async (_name, code, query) => {
    const started = performance.now();
    const answer = await ask(app, query);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.data).toBeUndefined();
  });

  test('again, from memory, and by GET', async () => {
    for (let round = 0; round < 2; round++) expect(codesOf(await ask(app, doubling(20)))).toEqual(['QUERY_TOO_WIDE']);
    const response = await app.inject({ url: `/graphql?query=${encodeURIComponent(doubling(20))}`, headers: { accept: 'application/graphql-response+json' } });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/graphql-response+json');
  });

  test('a page size in a variable', async () => {
    const query = 'query ($n: Int) { jurisdictions(first: $n) { totalCount } }';
    expect(codesOf(await ask(app, query, { n: 101 }))).toEqual(['PAGE_SIZE']);
    expect(codesOf(await ask(app, query, { n: 100 }))).toEqual([]);
  });

  test('deep variables', async () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
    expect(codesOf(await ask(app, 'query ($x: Int) { about { name } }', { x: deep }))).toEqual(['VARIABLES_TOO_DEEP']);
  });

  test('several operations in one body', async () => {
    const response = await app.inject({ method: 'POST', url: '/graphql', payload: [{ query: '{ about { name } }' }, { query: '{ about { name } }' }] });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'BATCH_REFUSED', found: 2 } }] });
  });

  test('the answer says the limit, what was found and what would help, in the language asked for', async () => {
    const query = `{ about { ${many(101, (index) => `a${index}: name`)} } }`;
    const chinese = (await ask(app, query)).errors?.[0];
    const english = (await ask(app, query, {}, { 'accept-language': 'en' })).errors?.[0];
    expect(chinese?.extensions).toMatchObject({ limit: 100, found: 101 });
    expect(chinese?.message).toMatch(/101.*100.*assessMany/);
    expect(english?.message).toMatch(/101 aliases.*100.*assessMany/);
  });
});

describe('admitted', () => {
  test('the introspection query with everything in it', async () => {
    const query = getIntrospectionQuery({ descriptions: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true, inputValueDeprecation: true, oneOf: true });
    expect(codesOf(await ask(app, query))).toEqual([]);
  });

  test('twenty root fields, a hundred aliases, fragments used in many places', async () => {
    expect(codesOf(await ask(app, `{ ${many(20, (index) => `a${index}: about { ...F }`)} } fragment F on About { name version startedAt }`))).toEqual([]);
    expect(codesOf(await ask(app, `{ about { ${many(100, (index) => `a${index}: name`)} } }`))).toEqual([]);
  });

  test('what cannot be parsed or is not there is told by the server', async () => {
    expect(codesOf(await ask(app, '{ about { '))).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(codesOf(await ask(app, '{ about { ...Missing } }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

test('every list of an answer has a size, by which what stands below it is counted', () => {
  const isCounted = (key: string): boolean => COSTS[key]?.items !== undefined || COSTS[key]?.times !== undefined;
  const lists = Object.values(apiSchema().getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__') ? Object.values(type.getFields()).flatMap((field) => (isListType(getNullableType(field.type)) && !isLeafType(getNamedType(field.type)) ? [`${type.name}.${field.name}`] : [])) : [],
  );
  expect(lists.filter((key) => !isCounted(key))).toEqual([]);
  expect(lists.length).toBeGreaterThan(40);
});

test('selections are counted as they expand', () => {
  expect(expandSelections(parse(doubling(8))).selections).toBe(2 + 2 * (2 ** 8 - 1) + 2 ** 8);
});
