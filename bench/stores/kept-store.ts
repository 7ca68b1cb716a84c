import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';
import { chunks, fillStore } from './fill-store.ts';
import { say } from './say.ts';

/** Where filled stores are kept from one run to the next. */
const KEPT = resolve(process.env['BENCH_DATA'] ?? join(tmpdir(), 'shixun-bench'));
const NOTE = 'bench-version';

/** The data folder of an embedded server with so many invented teachers: made when there is none, or one of another version. */
export async function keptStore(registry: Registry, teachers: number): Promise<string> {
  const folder = join(KEPT, String(teachers));
  const version = await versionOf(registry, teachers);
  const note = join(folder, NOTE);
  if (existsSync(note) && readFileSync(note, 'utf8') === version) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await make(registry, folder, teachers);
  writeFileSync(note, version);
  return folder;
}

async function make(registry: Registry, folder: string, teachers: number): Promise<void> {
  say(`${teachers} teachers are generated and imported into ${folder}, once; 200,000 may take half an hour`);
  const { database: options } = readConfig({ DATA_DIR: folder });
  const database = await openDatabase(options, [...registry.jurisdictions.values()]);
  try {
    const began = performance.now();
    const seconds = (): string => ((performance.now() - began) / 1_000).toFixed(0);
    const filled = await fillStore(database, registry, { teachers }, (so) => say(`  ${so.teachers} teachers, ${so.entries} entries, ${seconds()} s`));
    say(`  ${filled.teachers} teachers with ${filled.entries} entries after ${seconds()} s`);
  } finally {
    await database.close();
  }
}

/** Other invented people: another store. One of an older schema is migrated when it is opened, as an office's is. */
async function versionOf(registry: Registry, teachers: number): Promise<string> {
  const population = new Population(registry, await loadSpecs(registry), { teachers, seed: 1 });
  const [people = []] = chunks(population.people(), 300);
  const hash = createHash('sha256');
  for (const person of people) hash.update(population.rows.teacher(person)).update(population.rows.credits(person));
  return hash.digest('hex');
}
