import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { problemLine } from '../../src/imports/report.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, fileOf, importInto, rowsOf, told } from '../support/imports.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/imports/', import.meta.url));
// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
let stored: object[];

const everything = (): Promise<object[]> => rowsOf(database, `select (select count(*) from recording) as recordings, (select count(*) from source) as sources, (select count(*) from person) as persons, (select count(*) from person_key) as keys, (select count(*) from person_identity) as numbers, (select count(*) from employment) as employments, (select count(*) from person_property) as properties, (select count(*) from credit_ledger) as acts, (select count(*) from institution) as institutions, (select count(*) from course) as courses`);

beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, allFour());
  stored = await everything();
});
afterAll(() => database.close());

test.each([
  ['empty.csv', 'FILE_EMPTY - -'],
  ['only-blank-lines.csv', 'FILE_EMPTY - -'],
  ['unknown-column.csv', 'UNKNOWN_COLUMN 1 levle'],
  ['missing-column.csv', 'MISSING_COLUMN 1 amount'],
  ['duplicate-column.csv', 'DUPLICATE_COLUMN 1 学分'],
  ['header-of-something-else.csv', 'UNKNOWN_KIND 1 -'],
  ['quotes-open.csv', 'BROKEN_QUOTES 2 -'],
  ['quotes-inside.csv', 'BROKEN_QUOTES 2 -'],
  ['too-many-cells.csv', 'CELL_COUNT 2 6'],
  ['one-cell.csv', 'CELL_COUNT 3 key', 'REQUIRED 3 teacher', 'REQUIRED 3 jurisdiction', 'REQUIRED 3 completedOn'],
  ['gb18030-late.csv', 'WRONG_ENCODING 3 -'],
  ['broken-utf8.csv', 'WRONG_ENCODING 2 -'],
  ['control-character.csv', 'CONTROL_CHARACTER 2 courseTitle'],
  ['empty-key.csv', 'REQUIRED 2 key'],
  ['no-teacher.csv', 'REQUIRED 2 teacher'],
  ['float-noise.csv', 'TOO_FINE 2 amount'],
  ['negative-amount.csv', 'OUT_OF_RANGE 2 amount'],
  ['no-amount.csv', 'REQUIRED 2 amount'],
  ['amount-in-words.csv', 'WRONG_TYPE 2 amount'],
  ['no-such-day.csv', 'WRONG_TYPE 2 completedOn'],
  ['american-day.csv', 'WRONG_TYPE 2 completedOn'],
  ['unknown-choice.csv', 'UNKNOWN_VALUE 2 level'],
  ['unknown-status.csv', 'UNKNOWN_VALUE 2 status'],
  ['unknown-place.csv', 'UNKNOWN_PLACE 2 jurisdiction'],
  ['no-place.csv', 'REQUIRED 2 jurisdiction'],
  ['unknown-book.csv', 'UNKNOWN_BOOK 2 book'],
  ['field-of-another-place.csv', 'NOT_IN_BOOK 2 purpose'],
  ['wrong-boolean.csv', 'WRONG_TYPE 2 selfDirected'],
  ['unknown-teacher.csv', 'UNKNOWN_TEACHER 2 teacher'],
  ['unknown-course.csv', 'UNKNOWN_COURSE 2 course'],
  ['unknown-entry.csv', 'UNKNOWN_ENTRY 2 decides'],
  ['decides-decision.csv', 'DECIDES_DECISION 3 decides'],
  ['duplicate-entry.csv', 'DUPLICATE_ROW 5 key'],
  ['changed-entry.csv', 'CHANGED 2 amount'],
  ['status-goes-back.csv', 'CHANGED 2 status'],
  ['wrong-check-digit.csv', 'WRONG_IDENTITY 2 identityNumber'],
  ['born-on-no-day.csv', 'WRONG_IDENTITY 2 identityNumber'],
  ['damaged-by-excel.csv', 'DAMAGED_NUMBER 2 identityNumber', 'DAMAGED_NUMBER 3 identityNumber'],
  ['identity-as-key.csv', 'IDENTITY_AS_KEY 2 key'],
  ['sex-differs.csv', 'IDENTITY_DISAGREES 2 sex'],
  ['birth-differs.csv', 'IDENTITY_DISAGREES 2 birthDate'],
  ['unknown-institution.csv', 'UNKNOWN_INSTITUTION 2 institution'],
  ['no-start.csv', 'REQUIRED 2 from'],
  ['ends-before-it-begins.csv', 'PERIOD_REVERSED 2 to'],
  ['main-overlap-in-file.csv', 'MAIN_OVERLAP 3 from'],
  ['main-overlap-stored.csv', 'MAIN_OVERLAP 2 from'],
  ['same-number-other-name.csv', 'OTHER_NAME 2 name'],
  ['key-of-another-person.csv', 'OTHER_PERSON 2 identityNumber'],
  ['two-numbers.csv', 'OTHER_IDENTITY 3 identityNumber'],
  ['unknown-role.csv', 'UNKNOWN_VALUE 2 roles'],
  ['role-with-wrong-days.csv', 'PERIOD_REVERSED 2 roles'],
  ['property-twice-on-a-day.csv', 'PERIODS_OVERLAP 2 cycleStartOn'],
  ['rows-that-disagree.csv', 'PERIODS_OVERLAP 3 cycleStartOn'],
  ['institution-elsewhere.csv', 'CANNOT_CHANGE 2 jurisdiction'],
  ['name-too-long.csv', 'TOO_LONG 2 name'],
  ['number-in-the-wrong-column.csv', 'UNKNOWN_PLACE 2 jurisdiction'],
  ['course-of-unknown-institution.csv', 'UNKNOWN_INSTITUTION 2 institution'],
  ['json-that-is-none.csv', 'WRONG_TYPE 2 failedTraining'],
  ['fields-of-json.csv', 'UNKNOWN_FIELD 2 failedTraining'],
])('%s', async (name, ...expected) => {
  const [result] = await importInto(database, [fileOf(name, readFileSync(FOLDER + name))]);
  expect(told(result)).toEqual(expected);
  expect(result?.status).toBe('refused');
  expect(await everything()).toEqual(stored);
  for (const language of ['zh', 'en'] as const) {
    const lines = (result?.problems ?? []).map((problem) => problemLine(problem, language));
    for (const line of lines) {
      expect(line.startsWith(name)).toBe(true);
      // Every sentence is there, with every parameter; no identity number is.
      expect(line).not.toMatch(/import\.|input\.|\{\w+\}|undefined|1101011990030\d/);
    }
  }
});
