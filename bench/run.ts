import { benchGrowth } from './growth/growth.ts';
import { benchHttp } from './http.ts';
import { benchImports } from './imports/imports.ts';
import { benchKernel } from './kernel.ts';
import type { Comparison } from './measure.ts';
import { benchPages } from './pages/pages.ts';
import { benchStarts } from './start/starts.ts';
import { table } from './table.ts';

/** Each measures on its own and cleans up after itself. */
const PARTS: Readonly<Record<string, () => Promise<Comparison[]>>> = {
  pages: benchPages,
  growth: benchGrowth,
  import: benchImports,
  start: benchStarts,
  http: benchHttp,
  kernel: benchKernel,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(', ')}: there is no such part; parts: ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
const comparisons: Comparison[] = [];
for (const [name, bench] of Object.entries(PARTS)) if (wanted.length === 0 || wanted.includes(name)) comparisons.push(...(await bench()));
process.stdout.write(`${table(comparisons)}\n`);
