import { createReadStream } from 'node:fs';
import { readConfig } from '../../src/config.ts';
import { importFiles } from '../../src/imports/import-files.ts';
import type { SourceFile } from '../../src/imports/import-files.ts';
import { loadRegistry } from '../../src/load-registry.ts';
import { openDatabase } from '../../src/persistence/database.ts';

export interface Imported {
  readonly rows: number;
  readonly milliseconds: number;
  /** The most memory that the process had at once. */
  readonly peakMegabytes: number;
}

const AT_ONCE = 1 << 18;

/** Imports the files that it is given as JSON in BENCH_FILES into the database of DATABASE_URL, and says what that took. */
const paths = JSON.parse(process.env['BENCH_FILES'] ?? '[]') as readonly string[];
const files = paths.map((path): SourceFile => ({ name: path, kind: 'auto', open: () => createReadStream(path, { highWaterMark: AT_ONCE }) }));
const registry = await loadRegistry();
const database = await openDatabase(readConfig(process.env).database, [...registry.jurisdictions.values()]);
const began = performance.now();
const results = await importFiles({ database, registry, source: 'bench', files });
const milliseconds = performance.now() - began;
for (const { file, status, problems } of results) if (status !== 'taken') throw new Error(`${file} was ${status}: ${JSON.stringify(problems.slice(0, 3))}`);
await database.close();
const imported: Imported = { rows: results.reduce((sum, { rows }) => sum + rows, 0), milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1_000 };
process.stdout.write(`${JSON.stringify(imported)}\n`);
