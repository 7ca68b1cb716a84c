import { message } from '../kernel/text.ts';
import type { Encoding } from './decode.ts';
import { readCsv } from './read-csv.ts';
import { UnreadableFile } from './table.ts';
import type { Table } from './table.ts';

const ZIP = 'PK\x03\x04';
/** Office files before 2007. */
const COMPOUND = '\xd0\xcf\x11\xe0';
const PDF = '%PDF';

/** Reads a file as a table: XLSX and text are told apart by their first bytes, whatever the name says. */
export async function* readTable(file: AsyncIterable<Buffer>, encoding: Encoding | null): Table {
  const { start, whole } = await beginning(file);
  const head = start.subarray(0, 4).toString('latin1');
  if (start.length === 0) throw new UnreadableFile('FILE_EMPTY', null, message('import.file-empty'));
  if (head === COMPOUND) throw new UnreadableFile('FILE_KIND', null, message('import.file-xls'));
  if (head === PDF) throw new UnreadableFile('FILE_KIND', null, message('import.file-kind'));
  if (head !== ZIP) return yield* readCsv(whole, encoding);
  const { readXlsx } = await import('./read-xlsx.ts');
  yield* readXlsx(whole);
}

/** The first bytes, and the file with them. */
async function beginning(file: AsyncIterable<Buffer>): Promise<{ start: Buffer; whole: AsyncIterable<Buffer> }> {
  const chunks = file[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 4) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      if (start.length > 0) yield start;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  return { start, whole: whole() };
}
