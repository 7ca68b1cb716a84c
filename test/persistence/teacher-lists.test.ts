import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/civil-day.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { day } from '../../src/kernel/civil-day.ts';
import type { TestDatabase } from '../support/database.ts';
import type { Page, Position } from '../../src/persistence/keyset.ts';
import { TeacherLists } from '../../src/persistence/repositories/teacher-lists.ts';
import type { TeacherFilter, TeacherOrder } from '../../src/persistence/repositories/teacher-lists.ts';
import type { Sql } from '../../src/persistence/sql.ts';
import { write } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';

let database: TestDatabase;
let institution = '';
const knownAt = Date.parse('2199-01-01') as Instant;

beforeAll(async () => {
  database = await testDatabase();
  await write(database, async (writer) => {
    for (const place of ['310101', '310104', '330106', '360102', '150603']) {
      institution = await writer.institution({ name: place, place });
      await writer.crowd(8_000, institution, place);
    }
  });
  const em = database.admin.em.fork();
  // Names and first days spread out, in another order than the rows.
  await em.execute(`update employment set name_key = md5(person_id::text), from_on = date '1990-01-01' + (person_id * 7919 % 12000)::int`);
  await em.execute('vacuum analyze employment');
  await em.execute('analyze person');
}, 120_000);
afterAll(() => database.close());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** How the database reads a page. */
async function planOf(filter: TeacherFilter, order: TeacherOrder, page: Page): Promise<Plan[]> {
  const em = database.admin.em.fork();
  const plans: Plan[] = [];
  const explaining = {
    async execute(query: string, params: readonly unknown[]) {
      const [row] = await em.execute<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(`explain (analyze, format json) ${query}`, [...params]);
      if (row) plans.push(row['QUERY PLAN'][0].Plan);
      return [];
    },
  };
  await new TeacherLists(explaining as unknown as Sql, WHOLE).page({ filter, order, time: { day: day('2025-12-31'), knownAt } }, page);
  return plans.flatMap(nodesOf);
}

const first = (after: Position | null): Page => ({ size: 50, fromEnd: false, after, before: null });
const SCOPES: readonly (readonly [name: string, filter: () => TeacherFilter])[] = [
  ['all', () => ({})],
  ['province', () => ({ jurisdiction: '310000' })],
  ['prefecture', () => ({ jurisdiction: '330100' })],
  ['county', () => ({ jurisdiction: '310104' })],
  ['institution', () => ({ institutionId: institution })],
];
const ORDERS: readonly (readonly [TeacherOrder, index: string, middle: string])[] = [
  ['NAME', 'name', '8'],
  ['STARTED_ON', 'start', '2010-01-01'],
  ['STARTED_ON_DESC', 'start', '2010-01-01'],
];

describe.each(SCOPES)('pages of %s', (scope, filter) => {
  test.each(ORDERS)('by %s are read from an index of that order: the first, one deep in the list and the last', async (order, index, middle) => {
    const positions: Page[] = [first(null), first({ key: middle, id: '1' }), { size: 50, fromEnd: true, after: null, before: { key: middle, id: '1' } }];
    for (const page of positions) {
      const nodes = await planOf(filter(), order, page);
      const reading = nodes.filter(({ 'Index Name': name }) => name?.startsWith('employment_'));
      expect(new Set(reading.map(({ 'Index Name': name }) => name))).toEqual(new Set([`employment_${scope}_${index}`]));
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && ['employment', 'person'].includes(node['Relation Name'] ?? ''))).toEqual([]);
      // Nothing is read that is not given out, but for the row that says there are more and those whose time is over.
      for (const node of reading) expect(node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(51);
    }
  });
});

test('the pages of a list come from one place in it, whatever was read before', async () => {
  const lists = new TeacherLists(database.admin.em.fork(), WHOLE);
  const list = { filter: { jurisdiction: '310000' }, order: 'NAME', time: { day: day('2025-12-31'), knownAt } } as const;
  const page = await lists.page(list, first({ key: '8', id: '1' }));
  expect(page.rows).toHaveLength(50);
  expect(page.rows.every(({ key }, index) => key >= '8' && key >= (page.rows[index - 1]?.key ?? ''))).toBe(true);
  expect(await lists.count(list, 10_001)).toBe(10_001);
  expect(await lists.count({ ...list, filter: { jurisdiction: '310104' } }, 10_001)).toBe(8_000);
});
