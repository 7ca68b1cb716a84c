import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadRegistry } from '../../src/load-registry.ts';
import { compare } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { endProcess, startProcess } from '../processes.ts';
import { temporaryCluster } from '../stores/cluster.ts';
import type { Cluster } from '../stores/cluster.ts';
import { say } from '../stores/say.ts';
import { copyLedger, saveLedger } from './bare-copy.ts';
import { writeCreditFiles } from './files.ts';
import type { CreditFiles } from './files.ts';
import type { Imported } from './import-child.ts';

/** The larger file takes minutes. */
const SIZES = [
  { rows: 100_000, rounds: 4 },
  { rows: 1_000_000, rounds: 2 },
];
const MOST_MEGABYTES = 300;
const IDENTITY_KEY = randomBytes(32).toString('base64');

/** Rows a second of the import of credits against a bare COPY of the rows that it wrote; and its memory. */
export async function benchImports(): Promise<Comparison[]> {
  const cluster = await temporaryCluster();
  try {
    const registry = await loadRegistry();
    const compared: Comparison[] = [];
    for (const { rows, rounds } of SIZES) {
      say(`import of ${rows.toLocaleString('en')} rows: files and what they refer to are made`);
      compared.push(...(await compareSize(cluster, await writeCreditFiles(registry, rows, cluster.folder), rounds)));
    }
    return compared;
  } finally {
    await cluster.stop();
  }
}

/** Each run in a copy of the database that holds all but the credits. */
async function compareSize(cluster: Cluster, files: CreditFiles, rounds: number): Promise<Comparison[]> {
  const ledger = join(cluster.folder, `ledger-${files.rows}`);
  await cluster.create('parents');
  await importInto(cluster, 'parents', files.parents);
  const peaks: number[] = [];
  const fresh = async (measure: (database: string) => Promise<number>): Promise<number> => {
    await cluster.create('work', 'parents');
    try {
      return await measure('work');
    } finally {
      await cluster.drop('work');
    }
  };
  const ours = (): Promise<number> =>
    fresh(async (database) => {
      const { rows, milliseconds, peakMegabytes } = await importInto(cluster, database, [files.credits]);
      if (peaks.push(peakMegabytes) === 1) await saveLedger(cluster.url(database), ledger);
      return (rows / milliseconds) * 1_000;
    });
  const reference = (): Promise<number> => fresh(async (database) => (files.rows / (await copyLedger(cluster.url(database), ledger))) * 1_000);
  const name = `import of ${files.rows.toLocaleString('en')} credits`;
  const speed = await compare({ name, unit: 'rows/s', target: { relation: 'atLeast', ratio: 0.25 } }, rounds, ours, reference);
  await cluster.drop('parents');
  return [speed, memory(name, peaks)];
}

/** Against its limit. */
function memory(name: string, peaks: readonly number[]): Comparison {
  const most = Math.max(...peaks);
  return { name: `${name}: most memory, of ${MOST_MEGABYTES} MB`, unit: 'MB', ours: most, reference: MOST_MEGABYTES, ratio: most / MOST_MEGABYTES, least: Math.min(...peaks) / MOST_MEGABYTES, most: most / MOST_MEGABYTES, target: { relation: 'atMost', ratio: 1 } };
}

async function importInto(cluster: Cluster, database: string, files: readonly string[]): Promise<Imported> {
  const child = await startProcess('./imports/import-child.js', { DATABASE_URL: cluster.url(database), DATA_DIR: cluster.folder, IDENTITY_KEY, BENCH_FILES: JSON.stringify(files) });
  await endProcess(child);
  return JSON.parse(child.line) as Imported;
}
