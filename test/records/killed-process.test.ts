import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlOf } from '../../src/persistence/sql.ts';
import { headLines } from '../../src/records/chain-head.ts';
import { headSigner, recordKeys } from '../../src/records/record-secrets.ts';
import { verifyRecords } from '../../src/records/verify/verify-records.ts';
import { AUDIT_KEY, openBench } from './records.ts';
import type { Bench } from './records.ts';

const WRITER = fileURLToPath(new URL('./writing-process.ts', import.meta.url));

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** What a process says to be stored until it is killed, some time after it began to say so. */
async function killed(name: string, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER], { env: { ...process.env, RECORDS_URL: bench.database.url, RECORDS_FOLDER: bench.folder, RECORDS_KEY: AUDIT_KEY, RECORDS_NAME: name }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const began = new Promise<void>((resolve) => child.stdout.on('data', (chunk) => ((said += chunk), resolve())));
  const ended = once(child, 'close');
  await Promise.race([began, ended]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  // Killed by us, while it wrote.
  expect(child.kill('SIGKILL')).toBe(true);
  expect((await ended)[1]).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

test('a process that is killed has stored all that it said, and leaves chains that are whole', async () => {
  const said = (await Promise.all([killed('a', 150), killed('b', 400), killed('c', 700)])).flat();
  expect(new Set(said.map((id) => id.replace(/-.*/, '')))).toEqual(new Set(['a', 'b', 'c']));
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  try {
    // What a killed process had sent may still be on its way in.
    await expect.poll(async () => (await client.query(`select 1 from pg_stat_activity where datname = current_database() and application_name like 'shixun%' and pid <> pg_backend_pid() and state <> 'idle'`)).rowCount, { timeout: 20_000 }).toBe(0);
    const { rows } = await client.query<{ id: string }>('select request_id as id from audit_trail union all select request_id from access_record');
    const stored = rows.map(({ id }) => id);
    expect(said.filter((id) => !new Set(stored).has(id))).toEqual([]);
    expect(stored).toHaveLength(new Set(stored).size);
    const { findings, chains } = await verifyRecords(sqlOf(client), { keys: recordKeys(AUDIT_KEY, ''), signer: headSigner(bench.folder), heads: headLines(bench.folder), from: null });
    expect(findings.filter(({ isNote }) => !isNote)).toEqual([]);
    // The trail, the accesses of changes by whichever process, and those of each.
    expect(chains).toBe(5);
  } finally {
    await client.end();
  }
});
