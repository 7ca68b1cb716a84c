import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { openIdentity } from '../../src/persistence/keys/private-values.ts';
import { nameKey } from '../../src/persistence/name-key.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, fileOf, importInto, rowsOf, told } from '../support/imports.ts';

const NUMBER = '110101199003070054';
const OLD_NUMBER = '110101900307005';
const HEADER = 'key,name,identityKind,identityNumber,institution,main,from,to\n';
// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, allFour());
});
afterAll(() => database.close());

const keysOf = (name: string) => rowsOf<{ key: string }>(database, `select k.source_key as key from person p join person_key k on k.person_id = p.id where p.name = '${name}' order by k.source_id, k.source_key`).then((rows) => rows.map(({ key }) => key));
const persons = () => rowsOf<{ count: number }>(database, `select count(*)::int as count from person`).then((rows) => rows[0]?.count);

describe('one person', () => {
  test('has two employments', async () => {
    expect(await rowsOf(database, `select e.is_main, e.name_key, i.source_key as school, e.county_code from employment e join person p on p.id = e.person_id join institution i on i.id = e.institution_id where p.name = '王芳' order by e.from_on`)).toEqual([
      { is_main: true, name_key: 'wang 王 fang 芳 ', school: 'S1', county_code: '310104' },
      { is_main: false, name_key: 'wang 王 fang 芳 ', school: 'S2', county_code: '330102' },
    ]);
  });

  test('is recognised by the identity number under another key, from another source, and by the number of old', async () => {
    const before = await persons();
    const [own] = await importInto(database, [fileOf('t.csv', `${HEADER}T7,王芳,,${NUMBER.toLowerCase()},S3,否,2020-01-01,\n`)]);
    expect(own).toMatchObject({ status: 'taken', effects: { added: 1 } });
    const other = await importInto(database, [fileOf('i.csv', 'key,name,jurisdiction\nX,校,310101\n'), fileOf('t.csv', `${HEADER},王芳,居民身份证,${OLD_NUMBER},X,no,2021-01-01,\n`)], { source: 'other' });
    expect(other.map(({ status }) => status)).toEqual(['taken', 'taken']);
    expect(await persons()).toBe(before);
    expect((await keysOf('王芳')).map((key) => key.replace(/:.*/, ''))).toEqual(['T1', 'T7', 'identity']);
  });

  test('under two keys in one file is one', async () => {
    const before = (await persons()) ?? 0;
    const [result] = await importInto(database, [fileOf('t.csv', `${HEADER}A1,赵钱,passport,E12345678,S1,,2020-01-01,2020-12-31\nA2,赵钱,护照,e12345678,S2,,2021-01-01,\nA1,赵钱,,,S3,no,2021-01-01,\n`)]);
    expect(told(result)).toEqual([]);
    expect(await persons()).toBe(before + 1);
    expect(await keysOf('赵钱')).toEqual(['A1', 'A2']);
  });

  test('keeps the entries that name the identity number instead of a key', async () => {
    const [result] = await importInto(database, [fileOf('c.csv', `key,identityNumber,jurisdiction,amount,completedOn\nI1,${NUMBER},310104,1,2018-01-01\n`)]);
    expect(result).toMatchObject({ status: 'taken', effects: { added: 1 } });
  });

  test('takes another number or name only as a correction', async () => {
    const second = `${HEADER}T1,王芳,,110101199003070142,S1,,2016-09-01,\n`;
    expect(told((await importInto(database, [fileOf('t.csv', second)]))[0])).toEqual(['OTHER_IDENTITY 2 identityNumber']);
    expect((await importInto(database, [fileOf('t.csv', second)], { isAmending: true }))[0]).toMatchObject({ status: 'taken' });
    const renamed = `${HEADER}T2,李壮,,,S2,,2017-08-01,\n`;
    expect(told((await importInto(database, [fileOf('t.csv', renamed)]))[0])).toEqual(['CHANGED 2 name']);
    expect((await importInto(database, [fileOf('t.csv', renamed)], { isAmending: true }))[0]).toMatchObject({ status: 'taken', effects: { amended: 1 } });
    expect(await rowsOf(database, `select p.name_key, e.name_key as listed from person p join employment e on e.person_id = p.id where p.name = '李壮' and superseded_at is null`)).toEqual([{ name_key: 'li 李 zhuang 壮 ', listed: 'li 李 zhuang 壮 ' }]);
  });
});

test('identity numbers lie encrypted in the store, and in no other cell of it', async () => {
  const [stored] = await rowsOf<{ cipher: Buffer; index: Buffer }>(database, `select number_cipher as cipher, number_index as index from person_identity i join person p on p.id = i.person_id where p.name = '王芳' order by i.recorded_at limit 1`);
  expect(openIdentity(database.keys, stored?.cipher as Buffer)).toBe(NUMBER);
  expect(stored?.index).toEqual(database.keys.current.index(NUMBER));
  for (const { name } of await rowsOf<{ name: string }>(database, `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)) {
    expect(await rowsOf(database, `select 1 from "${name}" t where t::text ~ '${NUMBER}|${OLD_NUMBER}|E12345678'`)).toEqual([]);
  }
});

describe('names are sorted by sound, then by character', () => {
  test('and the beginning of a name gives the beginning of its key', async () => {
    const names = ['张伟', '王芳', '王方', '汪芳', '欧阳娜娜', '阿明', 'Wang Fang', '吕布', '刘备', '重阳'];
    const keys = await Promise.all(names.map(async (name) => ({ name, key: await nameKey(name) })));
    for (const { name, key } of keys) expect(key.startsWith(await nameKey(name.slice(0, 1)))).toBe(true);
    keys.sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(keys.map(({ name }) => name)).toEqual(['阿明', '刘备', '吕布', '欧阳娜娜', 'Wang Fang', '汪芳', '王方', '王芳', '张伟', '重阳']);
    expect(await nameKey('吕布')).toBe('lv 吕 bu 布 ');
    expect(await nameKey('Wang')).toBe('wang');
  });
});
