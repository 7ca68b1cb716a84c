import { isObjectType } from 'graphql';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryBudgets } from '../../src/access/budget/memory-budgets.ts';
import { apiSchema } from '../../src/graphql/schema.ts';
import type { Database } from '../../src/persistence/database.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { statementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

/** Each field that has a resolver tells when it runs. The schema is this process's own. */
let resolved = 0;
function countResolvers(): void {
  for (const type of Object.values(apiSchema().getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (...given) => {
        resolved++;
        return resolve(...given) as unknown;
      };
    }
  }
}

let app: FastifyInstance;
let poor: FastifyInstance;
let database: Database;
beforeAll(async () => {
  countResolvers();
  database = await testDatabase();
  const registry = await loadRegistry();
  app = await testApp({ database, registry });
  poor = await testApp({ database: { ...database, close: async () => undefined }, registry, budgets: new MemoryBudgets({ windowSeconds: 60, most: { anonymous: 10, person: 10, client: 10 } }) });
});
afterAll(async () => {
  await poor.close();
  await app.close();
});

const times = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, index) => part(index)).join(' ');
const list = <Item>(count: number, item: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => item(index));
const input = (more: object = {}): object => ({ jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts: {}, ...more });
const MANY = 'query ($i: [AssessInput!]!) { assessMany(inputs: $i) { userErrors { code } } }';
const ONE = 'query ($i: AssessInput!) { assess(input: $i) { userErrors { code } } }';
const JUDGED = 'assessment(decision: "creditCompletion") { userErrors { code } }';
const FACTS = 'facts { name meaning schema }';
const nest = (levels: number, open: string, close: string, core: string): string => `${open.repeat(levels)}${core}${close.repeat(levels)}`;

type Attack = readonly [name: string, code: string, query: string, variables?: object];
const ATTACKS: readonly Attack[] = [
  // The text itself
  ['a megabyte of blanks', 'QUERY_TOO_LONG', `{ teachers { totalCount } }${' '.repeat(1_000_000)}`],
  ['a flood of tokens', 'QUERY_TOO_LONG', `{ nodes(ids: [${'"x" '.repeat(8_001)}]) { id } }`],
  ['a wall of brackets', 'QUERY_TOO_DEEP', `{ teachers(filter: ${'['.repeat(5_000)}`],
  ['depth', 'QUERY_TOO_DEEP', `{ ${nest(7, 'teachers { nodes { institution { ', ' } } }', 'name')} }`],
  ['depth by fragments', 'QUERY_TOO_DEEP', `{ teachers { ...A } } fragment A on TeacherConnection { nodes { institution { teachers { ...B } } } } fragment B on TeacherConnection { nodes { institution { teachers { ...C } } } } fragment C on TeacherConnection { nodes { institution { teachers { ...D } } } } fragment D on TeacherConnection { nodes { institution { teachers { ...E } } } } fragment E on TeacherConnection { nodes { institution { teachers { ...F } } } } fragment F on TeacherConnection { nodes { institution { teachers { nodes { name } } } } }`],
  ['aliases', 'TOO_MANY_ALIASES', `{ teachers { ${times(101, (index) => `a${index}: totalCount`)} } }`],
  ['directives', 'TOO_MANY_DIRECTIVES', `{ teachers { totalCount ${'@include(if: true) '.repeat(51)} } }`],
  ['unknown directives', 'TOO_MANY_DIRECTIVES', `{ teachers ${'@x '.repeat(51)} { totalCount } }`],
  ['root fields', 'TOO_MANY_ROOT_FIELDS', `{ ${times(21, (index) => `a${index}: teachers { totalCount }`)} }`],
  ['mutations by the dozen', 'TOO_MANY_ROOT_FIELDS', `mutation { ${times(21, (index) => `a${index}: assessmentRecord(input: {at: "2020-01-01"}) { userErrors { code } }`)} }`],
  ['operations', 'TOO_MANY_OPERATIONS', times(21, (index) => `query Q${index} { teachers { totalCount } }`)],
  ['definitions', 'QUERY_TOO_WIDE', `{ teachers { totalCount } } ${times(100, (index) => `fragment F${index} on Teacher { id }`)}`],
  ['fragments that double', 'QUERY_TOO_WIDE', `{ teachers { nodes { ...F0 } } } ${times(30, (level) => `fragment F${level} on Teacher { ...F${level + 1} ...F${level + 1} }`)} fragment F30 on Teacher { id }`],
  ['a fragment within itself', 'FRAGMENT_CYCLE', '{ teachers { nodes { ...F } } } fragment F on Teacher { institution { teachers { nodes { ...F } } } }'],
  ['fragments in a ring', 'FRAGMENT_CYCLE', '{ teachers { nodes { ...A } } } fragment A on Teacher { ...B } fragment B on Teacher { ...C } fragment C on Teacher { ...A }'],
  ['one field two thousand times', 'TOO_MANY_REPEATED_FIELDS', `{ teachers { ${'totalCount '.repeat(2_000)} } }`],
  ['one page two hundred times', 'TOO_MANY_REPEATED_FIELDS', `{ institutions { nodes { ${'teachers { totalCount } '.repeat(200)} } } }`],
  ['the schema three times', 'TOO_MUCH_INTROSPECTION', `{ ${times(3, (index) => `s${index}: __schema { types { name } }`)} }`],
  ['types of fields of types', 'GRAPHQL_VALIDATION_FAILED', `{ __schema { types { ${nest(4, 'fields { type { ', ' } }', 'name')} } } }`],
  ['the schema ninety times in one', 'QUERY_TOO_COSTLY', `{ __schema { types { ${times(90, (index) => `f${index}: fields { name description args { name description type { name kind } } type { name kind } }`)} } } }`],
  // Pages
  ['a page of a million', 'PAGE_SIZE', '{ teachers(first: 1000000) { totalCount } }'],
  ['a page of a million in a variable', 'PAGE_SIZE', 'query ($n: Int) { teachers(first: $n) { totalCount } }', { n: 1_000_000 }],
  ['a page of a million as a default', 'PAGE_SIZE', 'query ($n: Int = 1000000) { teachers(last: $n) { totalCount } }'],
  ['a page below zero', 'PAGE_SIZE', '{ institutions(first: -1) { totalCount } }'],
  ['a page of a page of a page', 'QUERY_TOO_COSTLY', '{ institutions(first: 100) { nodes { teachers(first: 100) { nodes { credits(first: 100) { nodes { id } } } } } } }'],
  ['the same with pages that nobody sized', 'QUERY_TOO_COSTLY', '{ institutions { nodes { teachers { nodes { credits { nodes { id history { act recordedAt source } labelledAttributes { name label value valueLabel } institution { name teachers { nodes { id } } } } } } } } } }'],
  ['the same in variables', 'QUERY_TOO_COSTLY', 'query ($n: Int) { institutions(first: $n) { nodes { teachers(first: $n) { nodes { credits(last: $n) { nodes { id } } } } } } }', { n: 100 }],
  ['the same by edges', 'QUERY_TOO_COSTLY', '{ institutions(first: 100) { edges { node { teachers(first: 100) { edges { node { credits(first: 100) { edges { cursor } } } } } } } } }'],
  ['teachers of institutions of teachers', 'QUERY_TOO_RECURSIVE', `{ ${nest(4, 'teachers(first: 1) { nodes { institution { ', ' } } }', 'name').replace('{ teachers', '{ teachers')} }`],
  ['twenty roots of full pages', 'QUERY_TOO_COSTLY', `{ ${times(20, (index) => `a${index}: teachers(first: 100) { nodes { id name employments { from to institution { id name properties { name value } } } roles { role from to } credits(first: 100) { nodes { id amount } } } }`)} }`],
  ['parts of parts of parts', 'QUERY_TOO_RECURSIVE', `query ($i: AssessInput!) { assess(input: $i) { assessment { findings { ${nest(4, 'parts { ', ' }', 'ruleId')} } } } }`, { i: input() }],
  // Lists
  ['a hundred and one ids', 'TOO_MANY', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: list(101, String) }],
  ['a hundred and one ids written out', 'TOO_MANY', `{ nodes(ids: [${times(101, (index) => `"${index}"`)}]) { id } }`],
  ['a hundred thousand ids', 'TOO_MANY', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: list(100_000, String) }],
  ['readings by the thousand', 'TOO_MANY', ONE, { i: input({ readings: list(1_000, () => ({ rule: 'x', reading: 'y' })) }) }],
  ['readings by the hundred, written out', 'TOO_MANY', `{ assess(input: {jurisdiction: "310101", decision: "x", at: "2020-12-31", facts: {}, readings: [${'{rule: "x", reading: "y"} '.repeat(251)}]}) { userErrors { code } } }`],
  ['a hundred and one questions', 'TOO_MANY', MANY, { i: list(101, () => input()) }],
  ['questions in two fields that share them', 'TOO_MANY', `query ($i: [AssessInput!]!) { a: assessMany(inputs: $i) { knownAt } b: assessMany(inputs: $i) { knownAt } }`, { i: list(60, () => input()) }],
  ['a hundred and one settings', 'TOO_MANY', 'query ($i: CompareInput!) { compare(input: $i) { userErrors { code } } }', { i: { decision: 'x', facts: {}, settings: list(101, () => ({ jurisdiction: 'CN', at: '2020-01-01' })) } }],
  ['eleven thousand entries', 'TOO_MANY', MANY, { i: list(11, () => input({ facts: { entries: list(1_000, () => ({ credits: '1' })) } })) }],
  ['entries below a fact that is none', 'TOO_MANY', ONE, { i: input({ facts: { x: list(10_001, () => 1) } }) }],
  ['variables nested a hundred deep', 'VARIABLES_TOO_DEEP', ONE, { i: input({ facts: JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) as object }) }],
  // Work
  ['two hundred assessments by pages', 'TOO_MANY', `{ a: teachers(first: 100) { nodes { ${JUDGED} } } b: teachers(first: 100) { nodes { ${JUDGED} } } }`],
  ['assessments of the teachers of all institutions', 'TOO_MANY', `{ institutions { nodes { teachers { nodes { ${JUDGED} } } } } }`],
  ['assessments of a hundred nodes, twice', 'TOO_MANY', `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Teacher { a: ${JUDGED} b: ${JUDGED} } } }`, { ids: list(100, String) }],
  ['summaries of a hundred institutions', 'TOO_MANY', '{ institutions(first: 100) { nodes { summary(decision: "creditCompletion") { knownAt } } } }'],
  ['a filter by verdict in a hundred institutions', 'TOO_MANY', '{ institutions(first: 100) { nodes { teachers(verdict: {decision: "creditCompletion", is: MET}) { totalCount } } } }'],
  ['all stored answers computed again', 'TOO_MANY', '{ teachers(first: 100) { nodes { storedAssessments(first: 100) { nodes { recomputed { same } } } } } }'],
  ['the schema of every fact of every rule, a hundred times', 'QUERY_TOO_COSTLY', `{ rulebook(jurisdiction: "310101") { rules { ${times(99, (index) => `f${index}: ${FACTS}`)} } } }`],
  ['the facts of all decisions of twenty places', 'QUERY_TOO_COSTLY', `{ ${times(20, (index) => `a${index}: decisions(jurisdiction: "310101") { ${FACTS} factsSchema rules { ${FACTS} } }`)} }`],
  ['stored facts of everybody', 'QUERY_TOO_COSTLY', '{ teachers(first: 100) { nodes { storedAssessments(first: 100) { nodes { facts } } } } }'],
  ['rules below the findings of a hundred people', 'QUERY_TOO_COSTLY', `query ($i: [AssessInput!]!) { assessMany(inputs: $i) { assessment { allFindings { rule { ${FACTS} } parts { rule { ${FACTS} } } } } } }`, { i: list(100, () => input()) }],
];

async function expectNothingRan(server: FastifyInstance, [, code, query, variables]: Attack, status: number): Promise<void> {
  for (let round = 0; round < 3; round++) {
    resolved = 0;
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const statements = await statementsOf(async () => {
      answer = await ask(server, query, variables);
    });
    expect([answer && codesOf(answer), answer?.status, answer?.data, statements, resolved]).toEqual([[code], status, undefined, [], 0]);
  }
}

describe(`${ATTACKS.length} attacks, each refused before any resolver or statement runs`, () => {
  test.each(ATTACKS.map((attack) => [attack[0], attack] as const))('%s', (_name, attack) => expectNothingRan(app, attack, attack[1] === 'GRAPHQL_VALIDATION_FAILED' ? 200 : 400));

  test('what may be asked runs, so that the counts count', async () => {
    resolved = 0;
    const statements = await statementsOf(() => ask(app, '{ teachers { nodes { name } } }'));
    expect(statements.length).toBeGreaterThan(0);
    expect(resolved).toBeGreaterThan(0);
  });

  test('what is more than is left of a budget', () => expectNothingRan(poor, ['', 'BUDGET_EXHAUSTED', '{ teachers(first: 50) { nodes { name } } }'], 429));
});
