import { importFiles } from '../imports/import-files.ts';
import type { FileResult } from '../imports/import-files.ts';
import type { Database } from '../persistence/database.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { PutOnRecord } from '../records/operator-records.ts';
import { FILES } from '../population/columns.ts';
import { loadSpecs, Population } from '../population/generate.ts';
import { bytesOf } from '../population/source-file.ts';
import { sqlOf } from '../persistence/sql.ts';
import { grantDemoIdentities } from './identities.ts';
import { DEMO_SOURCE } from './first-start.ts';

export const DEMO_TEACHERS = 2_000;
const SEED = 20_251_231;

/**
 * Invents about 2,000 people and takes them in as an office would. Each file is a transaction of its own, and the same
 * rows again change nothing: what a killed start left behind is completed by the next one.
 */
export async function fillDemo(database: Database, registry: Registry, teachers = DEMO_TEACHERS, putOnRecord?: PutOnRecord): Promise<void> {
  const population = new Population(registry, await loadSpecs(registry), { seed: SEED, teachers });
  const files = FILES.map((kind) => ({ name: `${kind}.csv`, kind, open: () => bytesOf(population, kind) }));
  const results = await importFiles({ database, registry, source: DEMO_SOURCE, files, putOnRecord });
  for (const result of results) requireTaken(result);
  await finish(database, JSON.stringify({ seed: SEED, teachers }), putOnRecord);
}

async function finish(database: Database, value: string, putOnRecord: PutOnRecord | undefined): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('begin');
    const settle = await grantDemoIdentities(sqlOf(client), putOnRecord);
    await client.query(`insert into store_info (name, value) values ('demo', $1) on conflict (name) do update set value = excluded.value`, [value]);
    await client.query('commit');
    settle();
  } finally {
    await client.end();
  }
}

/** What is invented here is right, or a plugin's description of people is wrong: a bug, told with the first rows. */
function requireTaken({ file, status, problems }: FileResult): void {
  if (status !== 'taken') throw new Error(`the demo's ${file} was ${status}: ${JSON.stringify(problems.slice(0, 3))}`);
}
