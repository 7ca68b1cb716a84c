import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { numberText, XLSX_LIMITS } from '../../src/imports/read-xlsx.ts';
import { unpackedSize } from '../../src/imports/zip-size.ts';
import type { TestDatabase } from '../support/database.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, fileOf, importInto, rowsOf, told } from '../support/imports.ts';

const sheet = (rows: SheetData): Promise<Buffer> => writeExcelFile(rows).toBuffer();
const HEADER = ['key', 'teacher', 'jurisdiction', 'amount', 'completedOn', 'level', 'selfDirected'];
const day = (value: string) => ({ value: new Date(value), type: Date, format: 'yyyy/mm/dd' });

// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, allFour());
});
afterAll(() => database.close());

describe('a sheet', () => {
  test('has numbers, days and yes or no as a person sees them', async () => {
    const file = await sheet([HEADER, ['X1', 'T1', 310104, 1.1, day('2018-06-30'), '区级', true], [], [20180001, 'T1', '310104', '2.50', '2018/7/1', 'district', '否'], ['X3', 'T1', '310104', 0.1 + 0.2, day('2018-06-30'), null, null]]);
    const [result] = await importInto(database, [fileOf('entries.xlsx', file)], { isPartial: true });
    expect(told(result)).toEqual([]);
    expect(await rowsOf(database, `select source_key as key, units::int, completed_on::text as day, attributes from credit_ledger where source_key in ('X1', '20180001', 'X3') order by id`)).toEqual([
      { key: 'X1', units: 110, day: '2018-06-30', attributes: { level: 'district', selfDirected: true } },
      { key: 'X3', units: 30, day: '2018-06-30', attributes: {} },
      { key: '20180001', units: 250, day: '2018-07-01', attributes: { level: 'district', selfDirected: false } },
    ]);
  });

  test('tells problems by its own rows', async () => {
    const [result] = await importInto(database, [fileOf('entries.xlsx', await sheet([HEADER, [], ['Y1', 'T1', '310104', 1, new Date('2018-06-30T10:30:00Z'), '区级', 'x'].map((cell) => (cell instanceof Date ? { value: cell, type: Date, format: 'yyyy/mm/dd hh:mm' } : cell))]))]);
    expect(told(result)).toEqual(['WRONG_TYPE 3 completedOn', 'WRONG_TYPE 3 selfDirected']);
  });

  test('with identity numbers that Excel has made numbers of is refused, with what to do', async () => {
    const [result] = await importInto(database, [fileOf('teachers.xlsx', await sheet([['name', 'identityNumber', 'institution', 'from'], ['张三', 110101199003070054, 'S1', '2020-01-01']]))]);
    expect(told(result)).toEqual(['DAMAGED_NUMBER 2 identityNumber']);
  });

  test.each([
    ['1.1000000000000001', '1.1'],
    ['0.30000000000000004', '0.3'],
    ['20180001', '20180001'],
    ['1E-2', '0.01'],
    ['999999999999999', '999999999999999'],
    ['3.1010419800101123E+17', '3.10104198001011E+17'],
  ])('number %s', (written, seen) => expect(numberText(written)).toBe(seen));
});

describe('what is no sheet, or too much of one', () => {
  const codes = async (content: Buffer): Promise<string[]> => told((await importInto(database, [fileOf('x.xlsx', content, 'credits')]))[0]);

  test('an old Excel, a PDF, a broken archive', async () => {
    expect(await codes(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual(['FILE_KIND - -']);
    expect(await codes(Buffer.from('%PDF-1.7\n'))).toEqual(['FILE_KIND - -']);
    expect(await codes(Buffer.from('PK\x03\x04 and nothing that follows'))).toEqual(['FILE_BROKEN - -']);
    expect(await codes((await sheet([HEADER])).subarray(0, -30))).toEqual(['FILE_BROKEN - -']);
    expect(await codes(zip([{ name: 'a.xml', content: Buffer.from('<a/>') }]))).toEqual(['FILE_BROKEN - -']);
  });

  test('more bytes than are taken, packed or not', async () => {
    expect(await codes(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(XLSX_LIMITS.bytes)]))).toEqual(['FILE_TOO_LARGE - -']);
    const bomb = Buffer.alloc(60_000_000);
    expect(await codes(zip(Array.from({ length: 6 }, (_, index) => ({ name: `xl/${index}.xml`, content: bomb }))))).toEqual(['FILE_TOO_LARGE - -']);
  });

  test('an archive that lies about its sizes, or hides a file from its directory', async () => {
    const honest = [{ name: 'a.xml', content: Buffer.alloc(1_000_000) }];
    expect(await unpackedSize(zip(honest), 10_000_000)).toEqual({ bytes: 1_000_000 });
    expect(await unpackedSize(zip([{ ...honest[0], name: 'a.xml', content: Buffer.alloc(1_000_000), claimed: 10 }]), 500_000)).toEqual({ problem: 'too large' });
    const whole = zip(honest);
    const hidden = Buffer.concat([whole.subarray(0, 40), whole]);
    expect(await unpackedSize(hidden, 10_000_000)).toEqual({ problem: 'broken' });
  });

  test('more rows than are taken', async () => {
    const rows = Array.from({ length: XLSX_LIMITS.rows + 2 }, () => ['x']);
    expect(await codes(await sheet(rows))).toEqual([`TOO_MANY_ROWS ${XLSX_LIMITS.rows + 2} -`]);
  });
});

/** An archive as small as can be. */
function zip(entries: readonly { readonly name: string; readonly content: Buffer; readonly claimed?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claimed = content.length } of entries) {
    const data = deflateRawSync(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(claimed, 22);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const central = Buffer.alloc(46 + name.length);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(claimed, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    central.write(name, 46);
    parts.push(local, data);
    directory.push(central);
    at += local.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
