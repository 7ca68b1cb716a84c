import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';

const AT_ONCE = 1 << 18;

async function connected<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Writes the rows of a ledger into a file, in the order in which they were recorded. */
export const saveLedger = (url: string, file: string): Promise<void> => connected(url, (client) => pipeline(client.query(to('copy (select * from credit_ledger order by id) to stdout')), createWriteStream(file)));

/** Milliseconds to copy them into the ledger of a database that has all they refer to. The ids come along: entries point to each other. */
export function copyLedger(url: string, file: string): Promise<number> {
  return connected(url, async (client) => {
    const began = performance.now();
    await pipeline(createReadStream(file, { highWaterMark: AT_ONCE }), client.query(from('copy credit_ledger from stdin')));
    return performance.now() - began;
  });
}
