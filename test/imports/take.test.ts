import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, importInto, rowsOf, told } from '../support/imports.ts';

// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('files of all four kinds', () => {
  test('are taken in the order in which they refer to each other', async () => {
    const results = await importInto(database, allFour());
    expect(results.map(({ file, status, rows, effects: { added } }) => [file, status, rows, added, ...told(results.find((one) => one.file === file))])).toEqual([
      ['institutions.csv', 'taken', 3, 3],
      ['teachers.csv', 'taken', 3, 3],
      ['courses.csv', 'taken', 1, 1],
      ['credits.csv', 'taken', 5, 5],
    ]);
    expect(await rowsOf(database, `select source_key as key, act, units::int, completed_on::text as day, book, attributes, (select d.source_key from credit_ledger d where d.id = l.decides_id) as decides from credit_ledger l order by source_key, id`)).toEqual([
      { key: 'E1', act: 'recognised', units: 150, day: '2018-06-30', book: 'entries', attributes: { level: 'district', category: 'knowledgeSkills' }, decides: null },
      { key: 'E2', act: 'declared', units: 25, day: '2019-07-01', book: 'entries', attributes: { level: 'school', category: 'practice' }, decides: null },
      { key: 'E3', act: 'recognised', units: 2400, day: '2018-06-30', book: 'entries', attributes: { purpose: 'cycle' }, decides: null },
      { key: 'E4', act: 'recognised', units: 200, day: '2020-01-05', book: 'entries', attributes: { level: 'none', category: 'none', degree: { certificate: true } }, decides: 'E3' },
      { key: 'E5', act: 'recognised', units: 1000, day: '2018-06-30', book: 'entries', attributes: { purpose: 'cycle' }, decides: null },
      { key: 'E5', act: 'reversed', units: null, day: null, book: 'entries', attributes: {}, decides: null },
    ]);
  });

  test('and once more change nothing', async () => {
    const before = await rowsOf(database, 'select count(*)::int as recordings from recording');
    const results = await importInto(database, allFour());
    expect(results.map(({ status, effects }) => [status, effects])).toEqual([3, 3, 1, 5].map((unchanged) => ['taken', { added: 0, unchanged, advanced: 0, amended: 0 }]));
    expect(await rowsOf(database, 'select count(*)::int as recordings from recording')).toEqual(before);
  });
});
