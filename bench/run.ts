import { loadRegistry } from '../src/load-registry.ts';
import { benchHttp } from './http.ts';
import { benchKernel } from './kernel.ts';
import { benchStart } from './start.ts';
import { table } from './table.ts';

const comparisons = [...(await benchStart()), ...(await benchHttp()), ...(await benchKernel(await loadRegistry()))];
process.stdout.write(`${table(comparisons)}\n`);
