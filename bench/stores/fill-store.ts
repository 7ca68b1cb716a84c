import { importFiles } from '../../src/imports/import-files.ts';
import type { FileResult, SourceFile } from '../../src/imports/import-files.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import type { FileName } from '../../src/population/columns.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';

/** People that are taken in at once: enough that files cost nothing, few enough to lie in memory. */
const AT_ONCE = 10_000;

export interface Filled {
  readonly teachers: number;
  readonly entries: number;
}

interface Filling {
  readonly database: Database;
  readonly registry: Registry;
  readonly population: Population;
}

/** Generates a population and imports it as an office would, some thousand people at a time. */
export async function fillStore(database: Database, registry: Registry, { teachers, seed = 1 }: { readonly teachers: number; readonly seed?: number }, onFilled: (filled: Filled) => void = () => undefined): Promise<Filled> {
  const population = new Population(registry, await loadSpecs(registry), { teachers, seed });
  const filling: Filling = { database: withoutForeignKeys(database), registry, population };
  for (const kind of ['institutions', 'courses'] as const) await take(filling, kind, [...population.file(kind)]);
  let filled: Filled = { teachers: 0, entries: 0 };
  for (const people of chunks(population.people(), AT_ONCE)) {
    await take(filling, 'teachers', [population.rows.header.teachers, ...people.map((person) => population.rows.teacher(person))]);
    await take(filling, 'credits', [population.rows.header.credits, ...people.map((person) => population.rows.credits(person))]);
    filled = { teachers: filled.teachers + people.length, entries: people.reduce((sum, { entries }) => sum + entries.length, filled.entries) };
    onFilled(filled);
  }
  await vacuum(database);
  return filled;
}

/** As the server does by itself after a while. */
async function vacuum(database: Database): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function take({ database, registry }: Filling, kind: FileName, texts: readonly string[]): Promise<void> {
  const file: SourceFile = { name: `${kind}.csv`, kind, open: () => bytesOf(texts) };
  for (const result of await importFiles({ database, registry, source: 'bench', files: [file] })) requireTaken(result);
}

async function* bytesOf(texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const some of chunks(texts, 500)) yield Buffer.from(some.join(''));
}

function requireTaken({ file, status, problems }: FileResult): void {
  if (status !== 'taken') throw new Error(`${file} was ${status}: ${JSON.stringify(problems.slice(0, 3))}`);
}

/** The import has looked up whatever rows refer to: looked up a second time it would take twice as long. */
const withoutForeignKeys = (database: Database): Database => ({
  ...database,
  async connect() {
    const client = await database.connect();
    await client.query('set session_replication_role = replica');
    return client;
  },
});

export function* chunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let some: Item[] = [];
  for (const item of items) {
    some.push(item);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
