import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { checkDigitOf } from '../../src/kernel/identity-number.ts';
import { openPrivate } from '../../src/persistence/keys/private-values.ts';
import type { PrivateName } from '../../src/persistence/keys/private-values.ts';
import type { ImportGiven } from '../support/imports.ts';
import { problemLine } from '../../src/imports/report.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { fileOf, importInto, rowsOf, told } from '../support/imports.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const HEADER = 'key,name,identityKind,identityNumber,institution,main,from,to,birthDate,sex,phone\n';
/** Of a woman born on 1990-03-07. */
const WOMAN = `11010119900307002${checkDigitOf('11010119900307002')}`;
const MAN = '110101199003070054';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, [fileOf('i.csv', 'key,name,jurisdiction\nS1,校,310101\nS3,昌,360102\n')]);
});
afterAll(() => database.close());

const take = async (rows: string, given: ImportGiven = {}) => (await importInto(database, [fileOf('t.csv', HEADER + rows)], { today: '2026-06-15' as CivilDay, ...given }))[0];
/** What is stored of a person now, opened, with how many rows were superseded. */
async function stored(key: string): Promise<Record<string, string | number>> {
  const rows = await rowsOf<{ name: PrivateName; cipher: Buffer; isOld: boolean }>(database, `select v.name, v.value_cipher as cipher, v.superseded_at is not null as "isOld" from person_private v join person_key k using (person_id) where k.source_key = '${key}' order by v.id`);
  return { ...Object.fromEntries(rows.filter(({ isOld }) => !isOld).map(({ name, cipher }) => [name, openPrivate(database.keys, name, cipher)])), old: rows.filter(({ isOld }) => isOld).length };
}

describe('telephone, day of birth and sex', () => {
  test('are taken from their columns and from the identity number, and lie sealed', async () => {
    expect(await take(`A1,甲,,${WOMAN},S1,,2016-09-01,,1990/3/7,女,138 0013-8000\nA2,乙,,${MAN},S1,,2016-09-01,,,,\nA3,丙,,,S1,,2016-09-01,,1985-01-31,male,+86 (010) 8765 4321\nA4,丁,passport,E12345678,S1,,2016-09-01,,,,+44 20 7946 0958\n`)).toMatchObject({ status: 'taken', effects: { added: 4 } });
    expect(await Promise.all(['A1', 'A2', 'A3', 'A4'].map(stored))).toEqual([
      { phone: '13800138000', birthDate: '1990-03-07', sex: 'female', old: 0 },
      { birthDate: '1990-03-07', sex: 'male', old: 0 },
      { phone: '01087654321', birthDate: '1985-01-31', sex: 'male', old: 0 },
      { phone: '+442079460958', old: 0 },
    ]);
    for (const { name } of await rowsOf<{ name: string }>(database, `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)) {
      expect([name, await rowsOf(database, `select 1 from "${name}" t where t::text ~ '13800138000|01087654321|442079460958|1990-03-07|1985-01-31'`)]).toEqual([name, []]);
    }
  });

  test('change nothing when they are taken again, and another value is a correction', async () => {
    const again = `A1,甲,,${WOMAN},S1,,2016-09-01,,1990-03-07,female,13800138000\n`;
    expect(await take(again)).toMatchObject({ status: 'taken', effects: { unchanged: 1 } });
    expect(await take(`A1,甲,,,S1,,2016-09-01,,,,13800138000\n`)).toMatchObject({ effects: { unchanged: 1 } });
    const changed = again.replace('13800138000', '13900139000');
    const refused = await take(changed);
    expect(told(refused)).toEqual(['CHANGED_PRIVATE 2 phone']);
    for (const language of ['zh', 'en'] as const) expect(problemLine(refused?.problems[0] as never, language)).not.toMatch(/13[89]00|import\.|\{/);
    expect(await stored('A1')).toMatchObject({ phone: '13800138000', old: 0 });
    expect(await take(changed, { isAmending: true })).toMatchObject({ status: 'taken', effects: { amended: 1 } });
    expect(await stored('A1')).toEqual({ phone: '13900139000', birthDate: '1990-03-07', sex: 'female', old: 1 });
  });

  test('of one person are the same in all rows of a file', async () => {
    expect(told(await take(`B1,戊,,,S1,,2016-09-01,,,,13700000001\nB1,戊,,,S3,no,2016-09-01,,,,13700000002\n`))).toEqual(['CONFLICT 3 phone']);
    expect(told(await take(`B1,戊,,,S1,,2016-09-01,,1990-03-08,,\nB1,戊,,${MAN.replace('0054', '0142')},S3,no,2016-09-01,,,,\n`))).toEqual(['IDENTITY_DISAGREES 3 identityNumber']);
    expect(await take(`B1,戊,,,S1,,2016-09-01,,,,13700000001\nB1,戊,,,S3,no,2016-09-01,,,男,13700000001\n`)).toMatchObject({ status: 'taken' });
    expect(await stored('B1')).toEqual({ phone: '13700000001', sex: 'male', old: 0 });
  });
});

describe('what contradicts an identity number is refused, with where and why', () => {
  test.each([
    [`C1,己,,${WOMAN},S1,,2016-09-01,,1990-03-08,,\n`, 'IDENTITY_DISAGREES 2 birthDate'],
    [`C1,己,,${WOMAN},S1,,2016-09-01,,1990-03-07,男,\n`, 'IDENTITY_DISAGREES 2 sex'],
    [`C1,己,residencePermit,810000199408230021,S1,,2016-09-01,,1994-08-24,,\n`, 'IDENTITY_DISAGREES 2 birthDate'],
    [`C1,己,外国人永久居留身份证,932682198501010017,S1,,2016-09-01,,,女,\n`, 'IDENTITY_DISAGREES 2 sex'],
    [`C1,己,,932682198501010017,S1,,2016-09-01,,,,\n`, 'WRONG_IDENTITY 2 identityNumber'],
    [`C1,己,residencePermit,810000199408230022,S1,,2016-09-01,,,,\n`, 'WRONG_IDENTITY 2 identityNumber'],
    [`C1,己,,11010520260616002${checkDigitOf('11010520260616002')},S1,,2016-09-01,,,,\n`, 'WRONG_IDENTITY 2 identityNumber'],
    ['C1,己,,,S1,,2016-09-01,,2026-06-16,,\n', 'OUT_OF_RANGE 2 birthDate'],
    ['C1,己,,,S1,,2016-09-01,,1990-02-30,,\n', 'WRONG_TYPE 2 birthDate'],
    ['C1,己,,,S1,,2016-09-01,,,不详,\n', 'UNKNOWN_VALUE 2 sex'],
    ['C1,己,,,S1,,2016-09-01,,,,12345678901\n', 'WRONG_TYPE 2 phone'],
    ['C1,己,,,S1,,2016-09-01,,,,1380013800\n', 'WRONG_TYPE 2 phone'],
    ['C1,己,,,S1,,2016-09-01,,,,+8612345\n', 'WRONG_TYPE 2 phone'],
    ['C1,己,,,S1,,2016-09-01,,,,1.38E+10\n', 'DAMAGED_NUMBER 2 phone'],
  ])('%s', async (row, expected) => {
    const result = await take(row);
    expect(told(result)).toEqual([expected]);
    for (const language of ['zh', 'en'] as const) expect(problemLine(result?.problems[0] as never, language)).not.toMatch(/1990-03|199003|\d{6,}(?!0000)1?$|import\.|\{\w/);
    expect(await stored('C1')).toEqual({ old: 0 });
  });

  test('a day of birth against the number that is stored, amending or not', async () => {
    for (const isAmending of [false, true]) expect(told(await take(`A2,乙,,,S1,,2016-09-01,,1990-03-08,,\n`, { isAmending }))).toEqual(['IDENTITY_DISAGREES 2 birthDate']);
    expect(await take(`A2,乙,,,S1,,2016-09-01,,1990-03-07,男,\n`)).toMatchObject({ effects: { unchanged: 1 } });
  });

  test('a number against the day of birth that is stored; with --amend the number corrects it', async () => {
    const number = `11010119850201001${checkDigitOf('11010119850201001')}`;
    const row = `A3,丙,,${number},S1,,2016-09-01,,,,\n`;
    expect(told(await take(row))).toEqual(['IDENTITY_DISAGREES 2 identityNumber']);
    expect(await take(row, { isAmending: true })).toMatchObject({ status: 'taken', effects: { amended: 1 } });
    expect(await stored('A3')).toMatchObject({ birthDate: '1985-02-01', sex: 'male', old: 1 });
  });
});

test('today is a day on which people are born, tomorrow is not', async () => {
  expect(told(await take('D1,庚,,,S1,,2016-09-01,,2026-06-15,,\n', { isDryRun: true }))).toEqual([]);
  expect(told(await take('D1,庚,,,S1,,2016-09-01,,2026-06-16,,\n', { isDryRun: true }))).toEqual(['OUT_OF_RANGE 2 birthDate']);
});
