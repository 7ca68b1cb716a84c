import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

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
  readonly start: string;
}

/** What starts the product. */
export interface Starting {
  /** The address of the module: in the bundle where that is up to date, else beside this one. */
  readonly module: string;
  /** The files of plugins that have been checked as they are now, together and with no others. */
  readonly checkedPlugins: readonly string[];
}

export function starting(): Starting {
  const compiled = new URL('../', import.meta.url);
  const folder = new URL(`${BUNDLE_FOLDER}/`, compiled);
  const bundle = readBundle(folder);
  if (bundle === null || !bundle.inputs.every((input) => isUnchanged(input, compiled))) return { module: new URL('./start.js', import.meta.url).href, checkedPlugins: [] };
  const plugins = bundle.plugins.filter(({ inputs }) => inputs.every((input) => isUnchanged(input, compiled)));
  answerFrom(folder, new Map([...bundle.kits, ...plugins].map(({ path, file }) => [new URL(path, compiled).href, new URL(file, folder).href])));
  const isSound = bundle.isSound && plugins.length === bundle.plugins.length;
  return { module: new URL(bundle.start, folder).href, checkedPlugins: isSound ? plugins.map(({ path }) => fileURLToPath(compiled) + path) : [] };
}

function readBundle(folder: URL): Bundle | null {
  try {
    return JSON.parse(readFileSync(new URL(INPUTS_FILE, folder), 'utf8')) as Bundle;
  } catch {
    return null;
  }
}

function isUnchanged({ path, size, modifiedMs, changedMs, sha256 }: Input, compiled: URL): boolean {
  const file = fileURLToPath(compiled) + path;
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size !== size) return false;
  return (found.mtimeMs === modifiedMs && found.ctimeMs === changedMs) || createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
}

/** From now on these modules are those of the bundle, by whatever name and from wherever they are imported. */
function answerFrom({ href: folder }: URL, addresses: ReadonlyMap<string, string>): void {
  const endings = [...addresses.keys()].map((address) => address.slice(address.lastIndexOf('/')));
  module.registerHooks({
    resolve(specifier, context, next) {
      // Most are parts of the bundle, which are where they are: to look for each would take a good part of what it saves.
      if (specifier.startsWith('./') && context.parentURL?.startsWith(folder)) return { url: folder + specifier.slice(2), format: 'module', shortCircuit: true };
      if (specifier.startsWith('node:')) return { url: specifier, format: 'builtin', shortCircuit: true };
      if (!endings.some((ending) => specifier.endsWith(ending))) return next(specifier, context);
      const resolved = next(specifier, context);
      const url = addresses.get(resolved.url);
      return url === undefined ? resolved : { url, format: 'module', shortCircuit: true };
    },
  });
}
