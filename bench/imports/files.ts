import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';
import { chunks } from '../stores/fill-store.ts';

/** Of a generated teacher, a little less than there are on average. */
const ENTRIES_OF_ONE = 29;
/** People whose rows are written at once. */
const AT_ONCE = 2_000;

export interface CreditFiles {
  /** The institutions, courses and teachers that the credits refer to. */
  readonly parents: readonly string[];
  readonly credits: string;
  /** How many rows of credits there are. */
  readonly rows: number;
}

/** Writes files with at least so many rows of credits, all those of the last teacher included. */
export async function writeCreditFiles(registry: Registry, wanted: number, folder: string): Promise<CreditFiles> {
  const population = new Population(registry, await loadSpecs(registry), { teachers: Math.ceil(wanted / ENTRIES_OF_ONE), seed: 1 });
  const path = (kind: string): string => join(folder, `${kind}-${wanted}.csv`);
  for (const kind of ['institutions', 'courses'] as const) writeFileSync(path(kind), [...population.file(kind)].join(''));
  for (const kind of ['teachers', 'credits'] as const) writeFileSync(path(kind), population.rows.header[kind]);
  let rows = 0;
  for (const people of chunks(population.people(), AT_ONCE)) {
    appendFileSync(path('teachers'), people.map((person) => population.rows.teacher(person)).join(''));
    const kept = people.filter(({ entries }) => rows < wanted && (rows += entries.length) > 0);
    appendFileSync(path('credits'), kept.map((person) => population.rows.credits(person)).join(''));
  }
  if (rows < wanted) throw new Error(`the population has ${rows} entries only`);
  return { parents: ['institutions', 'courses', 'teachers'].map(path), credits: path('credits'), rows };
}
