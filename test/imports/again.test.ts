import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { FileResult } from '../../src/imports/import-files.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, COURSES, CREDITS, fileOf, importInto, INSTITUTIONS, rowsOf, TEACHERS, told } from '../support/imports.ts';
import type { ImportGiven } from '../support/imports.ts';

// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  await importInto(database, allFour());
});
afterEach(() => database.close());

const again = async (content: string, given: ImportGiven = {}): Promise<FileResult> => {
  const [result] = await importInto(database, [fileOf('again.csv', content)], given);
  if (!result) throw new Error('no result');
  return result;
};
const ledger = (key: string) => rowsOf(database, `select act, units::int, revision, entry_id is null as is_entry from credit_ledger where source_key = '${key}' order by id`);

describe('a changed entry', () => {
  const changed = CREDITS.replace(',1.5,', ',2,');

  test('is refused with both values, and nothing of the file is taken', async () => {
    const result = await again(`${changed}E9,T1,310104,,,1,2018-06-30,,,,,,\n`);
    expect(result).toMatchObject({ status: 'refused', effects: { added: 0 }, problems: [{ code: 'CHANGED', line: 2, column: 'amount', value: '2', expected: { params: { other: '1.5' } } }] });
    expect(await ledger('E9')).toEqual([]);
  });

  test('is reversed and entered anew on request, and then known', async () => {
    expect(await again(changed, { isAmending: true })).toMatchObject({ status: 'taken', effects: { added: 0, unchanged: 4, amended: 1 } });
    expect(await ledger('E1')).toEqual([
      { act: 'recognised', units: 150, revision: 1, is_entry: true },
      { act: 'reversed', units: null, revision: 1, is_entry: false },
      { act: 'recognised', units: 200, revision: 2, is_entry: true },
    ]);
    expect(await again(changed)).toMatchObject({ status: 'taken', effects: { unchanged: 5 } });
    // Back to what it was: a change like any other.
    expect(told(await again(CREDITS))).toEqual(['CHANGED 2 amount']);
  });

  test('may be another in every field', async () => {
    const other = 'key,teacher,jurisdiction,book,course,amount,completedOn,status,decides,level,category,purpose\nE2,T2,330102,,,1,2019-07-02,declared,,,,probation\n';
    expect(told(await again(other)).map((line) => line.split(' ').at(-1))).toEqual(['amount', 'category', 'completedOn', 'jurisdiction', 'level', 'purpose', 'teacher']);
    expect(await again(other, { isAmending: true })).toMatchObject({ status: 'taken', effects: { amended: 1 } });
    expect(await rowsOf(database, `select k.source_key as teacher, l.act from credit_ledger l join person_key k using (person_id) where l.source_key = 'E2' order by l.id`)).toEqual([{ teacher: 'T1', act: 'declared' }, { teacher: 'T1', act: 'reversed' }, { teacher: 'T2', act: 'declared' }]);
  });
});

describe('an entry whose status has moved on', () => {
  test('gets one more act; backwards only as a correction', async () => {
    const moved = CREDITS.replace('已申报', '已认定');
    expect(await again(moved)).toMatchObject({ status: 'taken', effects: { added: 0, unchanged: 4, advanced: 1 } });
    expect((await ledger('E2')).map((row) => (row as { act: string }).act)).toEqual(['declared', 'recognised']);
    expect(told(await again(CREDITS))).toEqual(['CHANGED 3 status']);
    expect(await again(moved)).toMatchObject({ effects: { unchanged: 5, advanced: 0 } });
    expect(await again(CREDITS.replace('已申报', '已撤销'))).toMatchObject({ effects: { unchanged: 4, advanced: 1 } });
    expect(told(await again(moved))).toEqual(['CHANGED 3 status']);
    expect(await again(moved, { isAmending: true })).toMatchObject({ effects: { amended: 1 } });
    expect((await ledger('E2')).map((row) => (row as { act: string }).act)).toEqual(['declared', 'recognised', 'reversed', 'recognised']);
  });
});

describe('dated rows', () => {
  test('of teachers are closed and written anew on request', async () => {
    const ended = TEACHERS.replace('S1,,2016-09-01,,primary', 'S1,,2016-09-01,2022-08-31,primary').replace('trainer,2016-09-01', 'trainer 2018-01-01..,2015-09-01');
    expect(told(await again(ended))).toEqual(['CHANGED 2 enteredSystemOn', 'CHANGED 2 roles', 'CHANGED 2 to']);
    expect(await again(ended, { isAmending: true })).toMatchObject({ status: 'taken', effects: { unchanged: 2, amended: 1 } });
    expect(await rowsOf(database, `select to_on::text as to, superseded_at is null as stands from employment e join institution i on i.id = e.institution_id where i.source_key = 'S1' order by e.id`)).toEqual([{ to: null, stands: false }, { to: '2022-08-31', stands: true }]);
    expect(await rowsOf(database, `select from_on::text as from, superseded_at is null as stands from person_role where role = 'trainer' order by id`)).toEqual([{ from: null, stands: false }, { from: '2018-01-01', stands: true }]);
    expect(await again(ended)).toMatchObject({ effects: { unchanged: 3 } });
    // What closed the old row is what wrote the new one.
    expect(await rowsOf(database, `select count(*)::int as pairs from employment o join employment n on n.recorded_at = o.superseded_at`)).toEqual([{ pairs: 1 }]);
  });

  test('of institutions and courses too', async () => {
    expect(told(await again(INSTITUTIONS.replace('public,false', 'private,false').replace('第一小学', '实验小学')))).toEqual(['CHANGED 2 name', 'CHANGED 2 ownership']);
    expect(await again(INSTITUTIONS.replace('public,false', 'private,false').replace('第一小学', '实验小学'), { isAmending: true })).toMatchObject({ effects: { unchanged: 2, amended: 1 } });
    expect(told(await again(COURSES.replace('课堂管理', '班级管理').replace('district', '市级')))).toEqual(['CHANGED 2 level', 'CHANGED 2 title']);
    expect(await again(COURSES.replace('课堂管理', '班级管理'), { isAmending: true })).toMatchObject({ effects: { amended: 1 } });
    // Entries keep the course that they named, and are the same when they come again.
    expect(await again(CREDITS)).toMatchObject({ effects: { unchanged: 5 } });
  });

  test('for other days are more, not changes', async () => {
    expect(await again('key,name,institution,main,from,to,roles,cycleStartOn\nT2,李强,S2,true,2017-08-01,,,2017-01-01\nT2,李强,S1,否,2020-08-01,2021-07-31,班主任 2020-08-01..2021-07-31,\n')).toMatchObject({ status: 'taken', effects: { added: 1, unchanged: 1, amended: 0 } });
  });
});

describe('with other wishes', () => {
  const mixed = 'key,teacher,jurisdiction,amount,completedOn,level\nP1,T1,310104,1,2018-01-01,区级\nP2,T1,310104,x,2018-01-01,区级\nP3,T9,310104,1,2018-01-01,区级\nP4,T1,310104,1,2018-01-02,区级\nP1,T1,310104,1,2018-01-03,区级\n';

  test('partial takes the rows that nothing is wrong with', async () => {
    const result = await again(mixed, { isPartial: true });
    expect(result).toMatchObject({ status: 'taken', rows: 5, effects: { added: 2 }, refused: 3 });
    expect(told(result)).toEqual(['WRONG_TYPE 3 amount', 'UNKNOWN_TEACHER 4 teacher', 'DUPLICATE_ROW 6 key']);
    expect(await rowsOf(database, `select counts from recording order by recorded_at desc limit 1`)).toEqual([{ counts: { added: 2, unchanged: 0, advanced: 0, amended: 0, refused: 3 } }]);
  });

  test('partial takes no decision about a row that is refused', async () => {
    const result = await again('key,teacher,jurisdiction,course,amount,completedOn,decides\nD1,T1,330102,C9,1,2018-01-01,\nD2,T1,310104,,1,2019-01-01,D1\nD3,T1,310104,,1,2019-01-01,D4\nD4,T1,330102,,1,2018-01-01,\n', { isPartial: true });
    expect(told(result)).toEqual(['UNKNOWN_COURSE 2 course', 'UNKNOWN_ENTRY 3 decides']);
    expect(await rowsOf(database, `select l.source_key as key, d.source_key as decides from credit_ledger l left join credit_ledger d on d.id = l.decides_id where l.source_key like 'D%' order by 1`)).toEqual([{ key: 'D3', decides: 'D4' }, { key: 'D4', decides: null }]);
  });

  test('partial keeps what a sound row says too', async () => {
    const result = await again('key,name,institution,main,from,to,cycleStartOn\nT8,赵一,S1,x,2016-09-01,,2016-01-01\nT8,赵一,S2,否,2016-09-01,,2016-01-01\nT8,赵一,S3,是,2016-09-01,,2016-01-01\n', { isPartial: true });
    expect(result).toMatchObject({ status: 'taken', effects: { added: 2 }, refused: 1 });
    expect(await rowsOf(database, `select count(*)::int as properties from person_property y join person p on p.id = y.person_id where p.name = '赵一'`)).toEqual([{ properties: 1 }]);
  });

  test('a dry run says the same and takes nothing, over files that need each other', async () => {
    const empty = await testDatabase();
    const results = await importInto(empty, allFour(), { isDryRun: true });
    expect(results.map(({ status, isDryRun, effects: { added } }) => [status, isDryRun, added])).toEqual([['taken', true, 3], ['taken', true, 3], ['taken', true, 1], ['taken', true, 5]]);
    expect(await rowsOf(empty, 'select (select count(*)::int from source) as sources, (select count(*)::int from person) as persons')).toEqual([{ sources: 0, persons: 0 }]);
    await empty.close();
  });

  test('after a refused file the others wait', async () => {
    const results = await importInto(database, [fileOf('t.csv', TEACHERS), fileOf('i.csv', INSTITUTIONS.replace('310104', '319999'))], { source: 'next' });
    expect(results.map(({ file, status }) => [file, status])).toEqual([['i.csv', 'refused'], ['t.csv', 'skipped']]);
  });

  test('what is wrong beyond a thousand is counted', async () => {
    const many = `key,teacher,jurisdiction,amount,completedOn\n${Array.from({ length: 1_500 }, (_, index) => `M${index},T1,310104,x,y\n`).join('')}`;
    const result = await again(many);
    expect([result.problems.length, result.problemCount, result.refused, result.rows]).toEqual([1_000, 3_000, 1_500, 1_500]);
  });

  test('a place for rows that name none', async () => {
    expect(await again('key,teacher,amount,completedOn\nJ1,T1,1,2018-01-01\n', { jurisdiction: '310104' })).toMatchObject({ status: 'taken', kind: 'credits', effects: { added: 1 } });
  });
});
