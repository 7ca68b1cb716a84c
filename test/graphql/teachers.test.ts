import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cursorOf } from '../../src/graphql/relay/cursor.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import type { TestDatabase } from '../support/database.ts';
import { write } from '../support/builders.ts';
import type { TeacherSpec, Writer } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { namesOf, pageOf, walk } from '../support/paging.ts';
import type { Page } from '../support/paging.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
let database: TestDatabase;
const schools: Record<string, string> = {};

/** Seven names for 42 people, so that most of the order is ties; starts that tie across names. */
const NAMES = ['安娜', '王芳', '王伟', 'Zoe', 'anna', 'Ánna', '李'];
const someone = (index: number, institution: string, more: Partial<TeacherSpec> = {}): TeacherSpec => ({
  name: NAMES[index % NAMES.length] ?? '',
  jobs: [{ institution, from: `20${String(10 + (index % 4)).padStart(2, '0')}-09-01`, stage: index % 2 === 0 ? 'primary' : 'juniorHigh', subject: index % 3 === 0 ? 'mathematics' : 'physics' }],
  roles: index % 5 === 0 ? [{ role: 'headTeacher', province: '310000', from: '2016-01-01', to: index % 2 === 0 ? null : '2018-12-31' }] : [],
  ...more,
});

async function fill(writer: Writer): Promise<void> {
  for (const [name, place] of Object.entries({ huangpu: '310101', xuhui: '310104', hangzhou: '330106', nanchang: '360102', kangbashi: '150603' })) schools[name] = await writer.institution({ name: `School ${name}`, place });
  for (let index = 0; index < 42; index++) await writer.teacher(someone(index, Object.values(schools)[index % 5] ?? ''));
}

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp({ database, registry: await loadRegistry() });
  await write(database, fill);
}, 120_000);
afterAll(() => app.close());

const idsOf = (pages: readonly Page[]): string[] => pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));

describe('pages', () => {
  test.each(['NAME', 'STARTED_ON', 'STARTED_ON_DESC'])('hold each teacher once, forward and backward, over ties: %s', async (orderBy) => {
    const whole = await pageOf(app, 'teachers', { orderBy, first: 100 });
    expect(whole).toMatchObject({ totalCount: 42, totalCountIsExact: true, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    const all = idsOf([whole]);
    expect(new Set(all).size).toBe(42);
    for (const size of [1, 4, 21, 42]) {
      expect(idsOf(await walk(app, 'teachers', { orderBy }, { size }))).toEqual(all);
      expect(idsOf((await walk(app, 'teachers', { orderBy }, { size, backward: true })).reverse())).toEqual(all);
    }
  });

  test('are in the order of sounds, and of days in either direction', async () => {
    const names = namesOf(await pageOf(app, 'teachers', { first: 100 }));
    expect([...new Set(names)]).toEqual(['安娜', 'anna', '李', '王芳', '王伟', 'Zoe', 'Ánna']);
    const startedOn = async (orderBy: string): Promise<string[]> => {
      const { data } = await ask(app, `{ teachers(orderBy: ${orderBy}, first: 100) { nodes { employment { from } } } }`);
      return (data?.['teachers'] as { nodes: { employment: { from: string } }[] }).nodes.map(({ employment }) => employment.from);
    };
    const days = await startedOn('STARTED_ON');
    expect(days).toEqual([...days].sort());
    expect(await startedOn('STARTED_ON_DESC')).toEqual([...days].reverse());
  });

  test('say what is on either side, also between two cursors and beyond the end', async () => {
    const [first, second, third] = await walk(app, 'teachers', {}, { size: 14 });
    expect([first, second, third].map((page) => [page?.pageInfo.hasPreviousPage, page?.pageInfo.hasNextPage])).toEqual([[false, true], [true, true], [true, false]]);
    const between = await pageOf(app, 'teachers', { after: first?.pageInfo.endCursor, before: third?.pageInfo.startCursor, first: 100 });
    expect(idsOf([between])).toEqual(idsOf([second ?? between]));
    expect(between.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    const beyond = await pageOf(app, 'teachers', { after: third?.pageInfo.endCursor });
    expect(beyond).toMatchObject({ nodes: [], totalCount: 42, pageInfo: { hasPreviousPage: true, hasNextPage: false, startCursor: null, endCursor: null } });
    expect((await pageOf(app, 'teachers', {})).nodes).toHaveLength(20);
  });

  test('neither shift nor lose anyone when rows come, go and are corrected between them', async () => {
    const before = idsOf([await pageOf(app, 'teachers', { first: 100 })]);
    const moved = before[30] ?? '';
    const pages = await walk(app, 'teachers', {}, {
      size: 10,
      between: (index) =>
        write(database, async (writer) => {
          // One that sorts before all that was read, one far behind, and a correction of someone still to come.
          await writer.teacher({ name: '!new', jobs: [{ institution: schools['huangpu'] ?? '' }] });
          await writer.teacher({ name: '龘new', jobs: [{ institution: schools['huangpu'] ?? '' }] });
          if (index !== 1) return;
          const row = Buffer.from(moved, 'base64url').toString().split(':')[1] ?? '';
          await writer.supersedeJobs(row);
          await writer.job(row, '龘corrected', { institution: schools['xuhui'] ?? '' });
        }),
    });
    const read = idsOf(pages);
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((id) => before.includes(id) && id !== moved)).toEqual(before.filter((id) => id !== moved));
    expect(read.filter((id) => id === moved)).toHaveLength(1);
    const names = pages.flatMap(namesOf);
    expect(names.filter((name) => name === '!new')).toEqual([]);
  });

  test('of one knownAt stay the same whatever is recorded later', async () => {
    const first = await pageOf(app, 'teachers', { first: 15 });
    const { knownAt } = first;
    await write(database, (writer) => writer.teacher({ name: '!later', jobs: [{ institution: schools['huangpu'] ?? '' }] }));
    expect(await pageOf(app, 'teachers', { first: 15, knownAt })).toEqual(first);
    expect(namesOf(await pageOf(app, 'teachers', { first: 15 }))[0]).toBe('!later');
    // Before anything was recorded there is nobody.
    expect(await pageOf(app, 'teachers', { knownAt: '2020-01-01' })).toMatchObject({ nodes: [], totalCount: 0, knownAt: '1970-01-01T08:00:00+08:00' });
  });
});

describe('filters', () => {
  const count = async (filter: object, more: object = {}): Promise<number> => {
    const page = await pageOf(app, 'teachers', { filter, first: 100, ...more });
    expect(page.totalCount).toBe(page.nodes.length);
    return page.totalCount;
  };
  let knownAt = '';
  beforeAll(async () => {
    const moment = (await write(database, async () => undefined)).recordedAt;
    knownAt = new Date(moment).toISOString();
  });

  test('a place takes all below it', async () => {
    const of = (code: string): Promise<number> => count({ jurisdiction: code }, { knownAt });
    const [nation, province, county] = [await of('CN'), await of('310000'), await of('310101')];
    expect(nation).toBe(await count({}, { knownAt }));
    expect(province).toBe(county + (await of('310104')));
    expect(province + (await of('330000')) + (await of('360000')) + (await of('150000'))).toBe(nation);
    expect(await of('330100')).toBe(await of('330106'));
    expect(await of('110000')).toBe(0);
  });

  test('an institution, a stage, a subject, and all together', async () => {
    const institution = globalId('Institution', schools['hangzhou'] ?? '');
    const all = await count({ institution });
    expect(all).toBeGreaterThan(5);
    const [primary, junior] = [await count({ institution, stage: 'primary' }), await count({ institution, stage: 'juniorHigh' })];
    expect(primary + junior).toBe(all);
    expect(await count({ institution, stage: 'primary', subject: 'mathematics', jurisdiction: '330106' })).toBeLessThan(primary);
    expect(await count({ institution, jurisdiction: '310000' })).toBe(0);
    expect(await count({ institution: globalId('Institution', '999999') })).toBe(0);
  });

  test('a role is held on the day, in the province of the employment', async () => {
    // Indices 0, 5, … of the school in Huangpu: every other one gave the role back.
    expect(await count({ role: 'headTeacher' }, { at: '2018-12-31' })).toBe(9);
    expect(await count({ role: 'headTeacher' }, { at: '2019-01-01' })).toBe(5);
    expect(await count({ role: 'headTeacher', jurisdiction: '330000' }, { at: '2018-12-31' })).toBe(0);
  });

  test('the beginning of a name: characters, sounds, and Latin letters in any case', async () => {
    const named = async (name: string): Promise<Set<string>> => new Set(namesOf(await pageOf(app, 'teachers', { filter: { name }, first: 100, knownAt })));
    expect(await named('王')).toEqual(new Set(['王芳', '王伟']));
    expect(await named('王芳')).toEqual(new Set(['王芳']));
    expect(await named('AN')).toEqual(new Set(['安娜', 'anna']));
    expect(await named('Ann')).toEqual(new Set(['anna']));
    expect(await named('wang')).toEqual(new Set(['王芳', '王伟']));
    expect(await named('zoE')).toEqual(new Set(['Zoe']));
    expect(await named('%')).toEqual(new Set());
    expect(await count({ name: '王', jurisdiction: '310000' }, { orderBy: 'STARTED_ON_DESC' })).toBeGreaterThan(0);
  });

  test('the day of `at` decides who is employed where', async () => {
    expect(await count({ jurisdiction: '310101' }, { at: '2009-01-01' })).toBe(0);
    expect(await count({}, { at: '2010-09-01', knownAt })).toBeLessThan(await count({}, { knownAt }));
  });
});

describe('refused', () => {
  const order = (name: string, key = 'x', id = '1'): string => cursorOf(name, { key, id });
  test.each([
    ['an unknown place, with the nearest', 'filter: {jurisdiction: "310199"}', 'UNKNOWN_JURISDICTION', 'filter.jurisdiction', '310000'],
    ['the name of a place', 'filter: {jurisdiction: "上海"}', 'UNKNOWN_JURISDICTION', 'filter.jurisdiction', '310000'],
    ['an unknown role, with the nearest', 'filter: {role: "headTeecher"}', 'UNKNOWN_VALUE', 'filter.role', 'headTeacher'],
    ['an id that is none', 'filter: {institution: "17"}', 'INVALID_ID', 'filter.institution', undefined],
    ['the id of something else', `filter: {institution: "${globalId('Teacher', '1')}"}`, 'INVALID_ID', 'filter.institution', undefined],
    ['first and last', 'first: 3, last: 3', 'CONFLICT', 'last', undefined],
    ['a page of nothing', 'first: 0', 'OUT_OF_RANGE', 'first', undefined],
    ['a last page of nothing', 'last: 0', 'OUT_OF_RANGE', 'last', undefined],
    ['a cursor that is none', 'after: "garbage"', 'INVALID_CURSOR', 'after', undefined],
    ['a cursor with NUL', `after: "${cursorOf('NAME', { key: '\0', id: '1' })}"`, 'INVALID_CURSOR', 'after', undefined],
    ['a cursor of another order', `after: "${order('STARTED_ON', '2010-01-01')}"`, 'INVALID_CURSOR', 'after', undefined],
    ['a cursor of institutions', `before: "${order('INSTITUTION_NAME')}"`, 'INVALID_CURSOR', 'before', undefined],
    ['a cursor whose key is no day', `orderBy: STARTED_ON, after: "${order('STARTED_ON', '2010-13-01')}"`, 'INVALID_CURSOR', 'after', undefined],
    ['a name of control characters', 'filter: {name: "a\\u0000"}', 'OUT_OF_RANGE', 'filter.name', undefined],
    ['an empty name', 'filter: {name: ""}', 'OUT_OF_RANGE', 'filter.name', undefined],
    ['a name that is too long', `filter: {name: "${'王'.repeat(101)}"}`, 'OUT_OF_RANGE', 'filter.name', undefined],
  ])('%s', async (_name, args, code, path, nearest) => {
    for (const language of ['zh-CN', 'en']) {
      const answer = await ask(app, `{ teachers(${args}) { nodes { id } } }`, undefined, { 'accept-language': language });
      expect(codesOf(answer)).toEqual([code]);
      const [found] = answer.errors?.[0]?.extensions['problems'] as { path: string; nearest: string[]; message: string }[];
      expect(found).toMatchObject({ path });
      expect(found?.nearest[0]).toBe(nearest);
      expect(/[一-鿿]/.test(found?.message.replaceAll(/「[^」]*」|`[^`]*`/g, '') ?? '')).toBe(language === 'zh-CN');
    }
  });

  test('everything that is wrong at once', async () => {
    const { errors } = await ask(app, '{ teachers(filter: {jurisdiction: "1", role: "x"}, first: 0, after: "y") { nodes { id } } }');
    expect((errors?.[0]?.extensions['problems'] as { path: string }[]).map(({ path }) => path)).toEqual(['filter.jurisdiction', 'filter.role', 'first', 'after']);
  });

  test('days outside the calendar and pages beyond the limit, before anything is read', async () => {
    expect(codesOf(await ask(app, '{ teachers(at: "1850-01-01") { nodes { id } } }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await ask(app, 'query ($at: Instant) { teachers(at: $at) { nodes { id } } }', { at: '2300-01-01' }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(app, '{ teachers(first: 101) { nodes { id } } }'))).toEqual(['PAGE_SIZE']);
  });
});
