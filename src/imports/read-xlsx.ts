import { message } from '../kernel/text.ts';
import { UnreadableFile } from './table.ts';
import type { RowBatch, Table } from './table.ts';
import { unpackedSize } from './zip-size.ts';

const MEGABYTE = 1_000_000;
/** What is taken of XLSX, which has to be unpacked and read as a whole. */
export const XLSX_LIMITS = { bytes: 20 * MEGABYTE, unpacked: 300 * MEGABYTE, rows: 100_000 } as const;
const ROWS_AT_ONCE = 1_000;

const tooLarge = (): UnreadableFile => new UnreadableFile('FILE_TOO_LARGE', null, message('import.file-too-large', { limit: XLSX_LIMITS.bytes / MEGABYTE, unzipped: XLSX_LIMITS.unpacked / MEGABYTE }));
const broken = (reason: string): UnreadableFile => new UnreadableFile('FILE_BROKEN', null, message('import.file-broken', { reason }));

/** Reads the first sheet as texts: numbers as a person would write them, days as YYYY-MM-DD. Lines are rows of the sheet. */
export async function* readXlsx(file: AsyncIterable<Buffer>): Table {
  const bytes = await collect(file);
  const size = await unpackedSize(bytes, XLSX_LIMITS.unpacked);
  if ('problem' in size) throw size.problem === 'broken' ? broken('zip') : tooLarge();
  const { readSheet } = await import('read-excel-file/node');
  let rows: (readonly unknown[])[];
  try {
    rows = await readSheet<string>(bytes, { parseNumber: numberText, trim: false });
  } catch (error) {
    throw broken(error instanceof Error ? error.message.slice(0, 200) : 'xlsx');
  }
  if (rows.length > XLSX_LIMITS.rows + 1) throw new UnreadableFile('TOO_MANY_ROWS', XLSX_LIMITS.rows + 2, message('import.too-many-rows', { limit: XLSX_LIMITS.rows }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield batchOf(rows, from, bytes.length);
}

async function collect(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of file) {
    length += chunk.length;
    if (length > XLSX_LIMITS.bytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Takes rows out of the sheet: what was read need not be kept. */
function batchOf(rows: (readonly unknown[])[], from: number, bytes: number): RowBatch {
  const texts: string[][] = [];
  const lines: number[] = [];
  for (let index = from; index < Math.min(from + ROWS_AT_ONCE, rows.length); index++) {
    const row = (rows[index] ?? []).map(cellText);
    rows[index] = [];
    if (row.every((cell) => cell.trim() === '')) continue;
    texts.push(row);
    lines.push(index + 1);
  }
  return { rows: texts, lines, bytes: Math.round((bytes * Math.min(from + ROWS_AT_ONCE, rows.length)) / rows.length) };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dayText(cell);
  return String(cell);
}

/** Excel computes with 15 digits and writes 17: 1.1000000000000001 is the 1.1 that was typed. */
const DIGITS = 15;

/**
 * A number as its author sees it. One of more digits than Excel keeps is shown as Excel does, with an exponent: what was
 * typed is lost.
 */
export function numberText(written: string): string {
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  const seen = Number(value.toPrecision(DIGITS));
  return Math.abs(seen) >= 10 ** DIGITS ? seen.toExponential().replace('e', 'E') : String(seen);
}

const MIDNIGHT = 'T00:00:00.000Z';

/** A day; with a time of day the time stays, and is refused where a day is expected. */
function dayText(at: Date): string {
  const iso = at.toISOString();
  return iso.endsWith(MIDNIGHT) ? iso.slice(0, -MIDNIGHT.length) : iso.slice(0, 19);
}
