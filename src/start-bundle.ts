import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BundleParts, moduleOf, useParts } from './bundle-parts.ts';

/**
 * The product and all packages that it loads are some 2,500 small files, and finding and linking them takes longer than all
 * else that a start does. `npm run build` puts them together, in a folder beside the compiled files. A start reads them from
 * there as long as every compiled file is what it was when that was done; else, and where there is no bundle, it reads
 * them one by one, and nothing else changes.
 */
export const BUNDLE_FOLDER = 'start';
/** Written last: without it there is no bundle. */
export const INPUTS_FILE = 'inputs.json';

/** A file as it was read: by its times and size, which cost nothing to ask, and by its content, for one that was copied or touched. */
export interface Input {
  /** Below the folder of compiled files, or above it. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** Of the entry in the file system: whoever writes to a file cannot set this one back. */
  readonly changedMs: number;
  readonly sha256: string;
}

/** A folder of packages as it stood: whatever is put into it or taken out sets its times. */
export type Folder = Pick<Input, 'path' | 'modifiedMs' | 'changedMs'>;

/** Modules that are imported by their own address, and what of the bundle answers for them. */
export interface BundledModule {
  /** Below the folder of compiled files. */
  readonly path: string;
  /** In the folder of the bundle. */
  readonly file: string;
}

export interface BundledPlugin extends BundledModule {
  readonly inputs: readonly Input[];
}

export interface Bundle {
  /** What has to be unchanged for the bundle to be used at all: packages and the product's own code. */
  readonly inputs: readonly Input[];
  /** What plugins may import: those that are no part of the bundle have to get the very same modules. */
  readonly kits: readonly BundledModule[];
  /** Each is taken from the bundle if it is unchanged itself. */
  readonly plugins: readonly BundledPlugin[];
  /** Whether all of them together were found to be without fault when the bundle was made. */
  readonly isSound: boolean;
  /** Where packages lie of which none was a plugin; null: one was. */
  readonly withoutPlugins: readonly Folder[] | null;
  readonly start: string;
}

/** What starts the product. */
export interface Starting {
  /** From the bundle where that is up to date, else from beside this file. */
  load(): Promise<typeof import('./start.ts')>;
  /** The files of plugins that have been checked as they are now, together and with no others. */
  readonly checkedPlugins: readonly string[];
  /** Whether no installed package is a plugin: reading what some hundred say of themselves takes as long as reading all plugins. */
  readonly withoutPackages: boolean;
  /** Keeps what has been compiled for the next start, some of it at each step. */
  keepCompiled(): Generator<void, void>;
}

/** `kept`: where what has been compiled is kept between starts; null: nowhere. */
export function starting(kept: string | null): Starting {
  const compiled = new URL('../', import.meta.url);
  const folder = new URL(`${BUNDLE_FOLDER}/`, compiled);
  const root = fileURLToPath(compiled);
  const bundle = readBundle(folder);
  if (bundle === null || !bundle.inputs.every((input) => isUnchanged(root, input))) return { load: () => import('./start.ts'), checkedPlugins: [], withoutPackages: false, keepCompiled: keepNothing };
  const plugins = bundle.plugins.filter(({ inputs }) => inputs.every((input) => isUnchanged(root, input)));
  const parts = new BundleParts(fileURLToPath(folder), kept === null ? null : join(kept, BUNDLE_FOLDER));
  answerFrom(parts, new Map([...bundle.kits, ...plugins].map(({ path, file }) => [new URL(path, compiled).href, file])));
  const isSound = bundle.isSound && plugins.length === bundle.plugins.length;
  return {
    load: () => Promise.resolve(parts.load(bundle.start) as unknown as typeof import('./start.ts')),
    checkedPlugins: isSound ? plugins.map(({ path }) => root + path) : [],
    withoutPackages: bundle.withoutPlugins?.every((packages) => isAsItWas(root, packages)) ?? false,
    keepCompiled: () => parts.keep(),
  };
}

function* keepNothing(): Generator<void, void> {}

function readBundle(folder: URL): Bundle | null {
  try {
    return JSON.parse(readFileSync(new URL(INPUTS_FILE, folder), 'utf8')) as Bundle;
  } catch {
    return null;
  }
}

function isUnchanged(root: string, { path, size, modifiedMs, changedMs, sha256 }: Input): boolean {
  const file = root + path;
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size !== size) return false;
  return (found.mtimeMs === modifiedMs && found.ctimeMs === changedMs) || createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
}

function isAsItWas(root: string, { path, modifiedMs, changedMs }: Folder): boolean {
  const found = statSync(root + path, { throwIfNoEntry: false });
  return found?.mtimeMs === modifiedMs && found.ctimeMs === changedMs;
}

/** From now on these modules are those of the bundle, from wherever they are imported. */
function answerFrom(parts: BundleParts, files: ReadonlyMap<string, string>): void {
  useParts(parts);
  module.registerHooks({
    load(url, context, next) {
      const file = files.get(url);
      return file === undefined ? next(url, context) : { format: 'module', shortCircuit: true, source: moduleOf(file) };
    },
  });
}
