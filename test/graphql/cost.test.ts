import { getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { COSTS, QUESTION, STAFF_QUESTION } from '../../src/graphql/limits/costs.ts';
import { REQUEST_LIMITS } from '../../src/graphql/limits/limits.ts';
import { RequestGuard } from '../../src/graphql/limits/request-guard.ts';
import type { Judgement } from '../../src/graphql/limits/request-guard.ts';
import { apiSchema } from '../../src/graphql/schema.ts';

const guard = new RequestGuard(apiSchema());

function judge(query: string, variables: Readonly<Record<string, unknown>> = {}): Judgement {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return guard.judge(document, operation, variables);
}
const costOf = (query: string, variables?: Readonly<Record<string, unknown>>): number => judge(query, variables).cost;

describe('the cost of a page', () => {
  const page = (size: string): string => `query ($n: Int = 20) { teachers(${size}) { nodes { name credits(first: 2) { nodes { id } } } } }`;

  test('is that of its items, however its size is given', () => {
    expect(costOf(page('first: 100')) - costOf(page('first: 50'))).toBe(50 * (costOf(page('first: 2')) - costOf(page('first: 1'))));
    for (const [size, variables] of [['last: 20', {}], ['first: $n', {}], ['first: $n', { n: 20 }], ['last: $n', { n: 20 }]] as const) expect(costOf(page(size), variables)).toBe(costOf(page('first: 20')));
    expect(costOf('{ teachers { nodes { name } } }')).toBe(costOf('{ teachers(first: 20) { nodes { name } } }'));
    expect(costOf('{ jurisdictions { nodes { name } } }')).toBe(costOf('{ jurisdictions(first: 100) { nodes { name } } }'));
  });

  test('multiplies with that of the page it is in', () => {
    const nested = (outer: number, inner: number): number => costOf(`{ institutions(first: ${outer}) { nodes { teachers(first: ${inner}) { nodes { name id } } } } }`);
    expect(nested(100, 100)).toBeGreaterThan(100 * 100 * 2);
    expect(nested(100, 100)).toBeGreaterThan(90 * nested(1, 100));
  });

  test('counts ids and inputs, written out and in variables', () => {
    const ids = Array.from({ length: 30 }, (_, index) => String(index));
    expect(costOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toBe(costOf(`{ nodes(ids: ${JSON.stringify(ids)}) { id } }`));
    const settings = [{}, {}, {}];
    const query = (given: string): string => `query ($s: [CompareSetting!]!, $i: CompareInput!) { compare(input: ${given}) { outcomes { knownAt } } }`;
    expect(costOf(query('$i'), { i: { settings } })).toBe(costOf(query('{decision: "x", facts: {}, settings: $s}'), { s: settings }));
    expect(costOf(query('$i'), { i: { settings } })).toBe(costOf(query('{decision: "x", facts: {}, settings: [{} {} {}]}')));
  });
});

describe('work', () => {
  test('weighs more than values: a question, all readings of it, a staff', () => {
    const asked = (args = ''): number => costOf(`{ teachers(first: 10) { nodes { assessment(decision: "x"${args}) { knownAt } } } }`);
    expect(asked()).toBeGreaterThan(10 * QUESTION);
    expect(asked(', allReadings: true')).toBeGreaterThan(7 * asked());
    expect(costOf('query ($i: [AssessInput!]!) { assessMany(inputs: $i) { knownAt } }', { i: [{ allReadings: true }, {}] })).toBeGreaterThan(9 * QUESTION);
    expect(costOf('{ institution(id: "x") { teachers(verdict: {decision: "x", is: MET}) { totalCount } } }')).toBeGreaterThan(REQUEST_LIMITS.staff * STAFF_QUESTION);
    expect(costOf('{ institution(id: "x") { teachers { totalCount } } }')).toBeLessThan(100);
  });

  test('of staffs is bounded for the whole request, as what is judged is', () => {
    const one = costOf('{ institutions(first: 1) { nodes { summary(decision: "x") { knownAt } } } }');
    expect(costOf('{ institutions(first: 20) { nodes { summary(decision: "x") { knownAt } } } }')).toBeLessThan(one + 1_000);
  });
});

describe('over the limit', () => {
  test.each([
    ['{ teachers(first: 100) { nodes { name credits(first: 100) { nodes { id history { act recordedAt source } labelledAttributes { name label value valueLabel } } } } } }', 'teachers.nodes.credits.nodes.labelledAttributes'],
    ['{ about { name } institutions(first: 100) { nodes { teachers(first: 100) { nodes { name roles { role label from to } employments { from to isMain stage subject institution { name } } } } } } }', 'institutions.nodes.teachers.nodes.employments'],
    ['{ ...A } fragment A on Query { rulebook(jurisdiction: "310101") { rules { id a: facts { schema } b: facts { schema } c: facts { schema } d: facts { schema } e: facts { schema } f: facts { schema } g: facts { schema } h: facts { schema } i: facts { schema } j: facts { schema } k: facts { schema } } } }', 'rulebook.rules'],
  ])('the refusal names cost, limit and where most of it lies: %s', (query, path) => {
    const { cost, refusal } = judge(query);
    expect(refusal).toMatchObject({ code: 'QUERY_TOO_COSTLY', params: { found: cost, limit: REQUEST_LIMITS.cost, path } });
  });
});

describe('a field inside itself', () => {
  const nested = (levels: number): string => `{ teachers(first: 1) { nodes { ${'institution { teachers(first: 1) { nodes { '.repeat(levels)} name ${'} } }'.repeat(levels)} } } }`;

  test('is taken three times', () => {
    expect(judge(nested(2)).refusal).toBeNull();
    expect(judge(nested(3)).refusal).toMatchObject({ code: 'QUERY_TOO_RECURSIVE', params: { limit: 3 } });
  });

  test('by fragments and in introspection too', () => {
    expect(judge('{ teachers(first: 1) { nodes { ...A } } } fragment A on Teacher { institution { teachers { nodes { ...B } } } } fragment B on Teacher { institution { teachers { nodes { ...C } } } } fragment C on Teacher { institution { teachers { nodes { name } } } }').refusal?.code).toBe('QUERY_TOO_RECURSIVE');
    expect(judge(`{ __type(name: "Query") { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } }`).refusal?.code).toBe('QUERY_TOO_RECURSIVE');
  });
});

test('every row of the table is of a field that there is', () => {
  const types = apiSchema().getTypeMap();
  const missing = Object.keys(COSTS).filter((key) => {
    const [type = '', field = ''] = key.split('.');
    const found = types[type];
    return !(found && 'getFields' in found && field in found.getFields());
  });
  expect(missing).toEqual([]);
});
