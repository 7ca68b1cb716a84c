import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '../kernel/canonical.ts';
import type { Place } from '../kernel/place.ts';
import type { PluginManifest } from './contract.ts';
import type { Registry } from './registry.ts';

/** SHA-256 over the code that decides, part by part: stored with an answer, it says later what has changed since. */
export interface Engine {
  readonly kernel: string;
  /** The plugins in force for a place, by name. */
  readonly plugins: Readonly<Record<string, string>>;
}

/** The code of this process as it runs, for a place. Read from its files when it is first asked for, once. */
export const engineOf = (registry: Registry, place: Pick<Place, 'layers'>): Engine => ({
  kernel: kernelHash(),
  plugins: Object.fromEntries(
    place.layers.flatMap(({ name }) => {
      const hash = pluginHash(registry, name);
      return hash === null ? [] : [[name, hash] as const];
    }),
  ),
});

/** Code whose files are not as they were. */
export interface ChangedFiles {
  /** Null: the kernel. */
  readonly plugin: string | null;
  readonly then: string;
  /** Null: the plugin is there no more. */
  readonly now: string | null;
}

/** What is not as it was, the kernel first. */
export function changedParts(then: Engine, now: Engine): ChangedFiles[] {
  const all = [{ plugin: null, then: then.kernel, now: now.kernel }, ...Object.entries(then.plugins).map(([plugin, hash]) => ({ plugin, then: hash, now: now.plugins[plugin] ?? null }))];
  return all.filter((part) => part.then !== part.now);
}

const KERNEL_FOLDER = fileURLToPath(new URL('../kernel/', import.meta.url));
let kernel: string | undefined;
const kernelHash = (): string => (kernel ??= hashOfFolder(KERNEL_FOLDER, new Set([extname(import.meta.url)])));

const CODE = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']);
const plugins = new WeakMap<Registry, Map<string, string | null>>();

function pluginHash(registry: Registry, name: string): string | null {
  const known = plugins.get(registry) ?? new Map<string, string | null>();
  plugins.set(registry, known);
  let hash = known.get(name);
  if (hash === undefined) {
    const folder = registry.folders.get(name);
    const manifest = registry.plugins.find((plugin) => plugin.name === name);
    hash = folder !== undefined ? hashOfFolder(folder, CODE) : manifest ? hashOfManifest(manifest) : null;
    known.set(name, hash);
  }
  return hash;
}

const STARTED_MS = Date.now() - process.uptime() * 1_000;

/**
 * Every file of code below a folder with its path in it; packages of its own and declarations of types are not among them.
 * Files that came after this process began are not the code that runs: their hash is that of no other process.
 */
function hashOfFolder(folder: string, endings: ReadonlySet<string>): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.has(extname(entry.name)) && !/\.d\.[cm]?ts$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').includes('node_modules'))
    .sort();
  let isLater = false;
  for (const path of files) {
    hash.update(`${path}\0`).update(readFileSync(join(folder, path))).update('\0');
    isLater ||= statSync(join(folder, path)).ctimeMs > STARTED_MS;
  }
  return isLater ? `after-start:${hash.digest('hex')}` : hash.digest('hex');
}

/** A plugin that has no files here: its data and the text of its functions. */
function hashOfManifest(manifest: PluginManifest): string {
  const hash = createHash('sha256').update(canonicalJson(manifest));
  const visit = (value: unknown): void => {
    if (typeof value === 'function') hash.update(`\0${String(value)}`);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(manifest);
  return hash.digest('hex');
}
