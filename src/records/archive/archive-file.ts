import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Instant } from '../../kernel/civil-day.ts';
import type { ChainedRow, RecordTable } from '../chain-row.ts';
import type { LinkedRow } from '../verify/read-chains.ts';

/** What is in a file, by reading or writing it. */
export interface FileSum {
  readonly rows: number;
  /** SHA-256 of the lines, before they are compressed. */
  readonly hash: string;
}

interface Line extends Pick<ChainedRow, 'chain' | 'keyId' | 'content'> {
  readonly table: RecordTable;
  readonly seq: string;
  readonly at: string;
  readonly link: string;
}

const lineOf = ({ row: { table, chain, seq, recordedAt, keyId, content }, link }: LinkedRow): string =>
  `${JSON.stringify({ table, chain, seq: seq.toString(), at: new Date(recordedAt).toISOString(), keyId, content, link: link.toString('hex') } satisfies Line)}\n`;

function rowOfLine(text: string): LinkedRow {
  const { seq, at, link, ...rest } = JSON.parse(text) as Line;
  return { row: { ...rest, seq: BigInt(seq), recordedAt: Date.parse(at) as Instant }, link: Buffer.from(link, 'hex') };
}

/** Writes rows as lines of JSON, compressed, and waits for the disk. Personal values stay sealed, links stay as they are. */
export async function writeArchive(path: string, rows: AsyncIterable<LinkedRow>): Promise<FileSum> {
  const hash = createHash('sha256');
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const row of rows) {
      const line = lineOf(row);
      hash.update(line);
      count++;
      yield line;
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path, { mode: 0o600 }));
  await synced(path);
  return { rows: count, hash: hash.digest('hex') };
}

/** Reads a file to its end; `see` is told each row. Throws when it is not whole. */
export async function readArchive(path: string, see: (row: LinkedRow) => void): Promise<FileSum> {
  const hash = createHash('sha256');
  let count = 0;
  const source = createReadStream(path);
  const unzipped = createGunzip();
  const read = pipeline(source, unzipped);
  read.catch(() => undefined);
  try {
    for await (const line of createInterface({ input: unzipped, crlfDelay: Infinity })) {
      hash.update(`${line}\n`);
      count++;
      see(rowOfLine(line));
    }
  } finally {
    // Of a line that cannot be read the rest is not read either.
    if (!source.readableEnded) source.destroy();
  }
  await read;
  return { rows: count, hash: hash.digest('hex') };
}

/** Gives a file its name; that too is on the disk when this returns. */
export async function moveSynced(from: string, to: string): Promise<void> {
  await rename(from, to);
  await synced(dirname(to));
}

async function synced(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
