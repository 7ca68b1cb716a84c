import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireNode } from './require-node.ts';
import { starting } from './start-bundle.ts';

requireNode('npm start');

/** Beside the packages, for it is code as they are: in a folder that everyone can write to, anyone could put some. */
const packages = new URL('../../node_modules/', import.meta.url);
if (existsSync(packages)) module.enableCompileCache(fileURLToPath(new URL('.cache/shixun/', packages)));
const { load, keepCompiled, ...found } = starting(module.getCompileCacheDir() ?? null);
const { start } = await load();
await start(found);

/** By then requests have been answered, and what they need is compiled. */
const KEEP_AFTER_MS = 20_000;
const keeping = keepCompiled();
function keepAll(): void {
  while (!keeping.next().done);
}
function keepInTurn(): void {
  if (keeping.next().done) module.flushCompileCache();
  else setImmediate(keepInTurn).unref();
}
// Of a process that ends before.
process.once('exit', keepAll);
setTimeout(keepInTurn, KEEP_AFTER_MS).unref();
