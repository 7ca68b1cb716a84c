import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/imports/read-csv.ts';
import type { Encoding } from '../../src/imports/decode.ts';
import { UnreadableFile } from '../../src/imports/table.ts';
import { fileOf } from '../support/imports.ts';

async function read(content: string | Buffer, pieces = 1 << 16, encoding: Encoding | null = null): Promise<[number, ...string[]][]> {
  const all: [number, ...string[]][] = [];
  for await (const { rows, lines } of readCsv(fileOf('x', content, 'auto', pieces).open(), encoding)) rows.forEach((row, index) => all.push([lines[index] ?? 0, ...row]));
  return all;
}
const failure = (content: string | Buffer): Promise<unknown> => read(content).then(() => null, (error: unknown) => (error instanceof UnreadableFile ? [error.problem.code, error.problem.line] : error));

describe('rows and their lines', () => {
  test.each<[string, string, (readonly (string | number)[])[]]>([
    ['line ends of every kind', 'a,b\r\n1,2\n3,4', [[1, 'a', 'b'], [2, '1', '2'], [3, '3', '4']]],
    ['line ends of old', 'a,b\r1,2\r', [[1, 'a', 'b'], [2, '1', '2']]],
    ['line ends inside quotes', 'a,b\r\n1,"x\r\ny"\r\n\r\n3,4\n5,"6\n7"\n8,9', [[1, 'a', 'b'], [2, '1', 'x\r\ny'], [5, '3', '4'], [6, '5', '6\n7'], [8, '8', '9']]],
    ['quotes inside quotes, and separators', 'a;b\n"x;""y""";"";\n', [[1, 'a', 'b'], [2, 'x;"y"', '', '']]],
    ['quotes inside a cell that has none', 'a\tb\n5" pipe\t1\n', [[1, 'a', 'b'], [2, '5" pipe', '1']]],
    ['rows without anything', 'a,b\n,,\n \n1,\n', [[1, 'a', 'b'], [4, '1', '']]],
    ['a line that names the separator', 'sep=;\na,b;c\n', [[2, 'a,b', 'c']]],
    ['a header in quotes', '"a,b";"c"\n1;2', [[1, 'a,b', 'c'], [2, '1', '2']]],
    ['one row without end', '"a"', [[1, 'a']]],
  ])('%s', async (_name, content, expected) => {
    expect(await read(content)).toEqual(expected);
    // However the bytes come.
    for (const pieces of [1, 2, 3, 7]) expect(await read(content, pieces)).toEqual(expected);
  });

  test('that cannot be told are refused with their line', async () => {
    expect(await failure('a,b\n1,"2\n3,4\n')).toEqual(['BROKEN_QUOTES', 2]);
    expect(await failure('a,b\n"x\ny"z,2\n')).toEqual(['BROKEN_QUOTES', 3]);
    expect(await failure('x'.repeat(2_000_000))).toEqual(['ROW_TOO_LONG', 1]);
    expect(await failure(`a,b\n"${'x\n'.repeat(1_000_000)}`)).toEqual(['BROKEN_QUOTES', 2]);
  });
});

describe('encodings', () => {
  const text = '姓名,备注\n王𠮷,"多\n行"\n李,é\n';
  const rows = [[1, '姓名', '备注'], [2, '王𠮷', '多\n行'], [4, '李', 'é']];
  const utf16le = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const gb18030 = Buffer.from('d0d5c3fb2cb1b8d7a20acdf59534b2352c22b6e00ad0d0220ac0ee2ca8a60a', 'hex');

  test.each<[string, Buffer, Encoding | null]>([
    ['UTF-8', Buffer.from(text), null],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), null],
    ['UTF-8, given', Buffer.from(text), 'utf-8'],
    ['GB18030', gb18030, null],
    ['GB18030, given', gb18030, 'gb18030'],
    ['UTF-16', utf16le, null],
    ['UTF-16 the other way round', Buffer.from(utf16le).swap16(), null],
  ])('%s', async (_name, content, given) => {
    for (const pieces of [1 << 16, 1, 5]) expect(await read(content, pieces, given)).toEqual(rows);
  });

  test('the choice waits for the first byte that tells', async () => {
    const ascii = 'a,b\n'.repeat(40_000);
    expect((await read(Buffer.concat([Buffer.from(ascii), gb18030]), 1_000)).at(-1)).toEqual([40_004, '李', 'é']);
  });

  test('a file of two encodings is refused where the second begins', async () => {
    expect(await failure(Buffer.concat([Buffer.from(text.repeat(20_000)), gb18030]))).toEqual(['WRONG_ENCODING', 80_001]);
    expect(await read(Buffer.from(text), 1 << 16, 'gb18030').catch((error: UnreadableFile) => error.problem.code)).toBe('WRONG_ENCODING');
  });
});
