import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where plugins are looked for. */
export interface PluginLocations {
  /** Each sub-folder with an `index.js` or `index.ts` is a plugin. */
  readonly folders: readonly string[];
  /** A `node_modules` folder; null: no installed package is looked for. */
  readonly packagesRoot: string | null;
}

/** A module that says it is a plugin; not imported yet. */
export interface FoundPlugin {
  readonly name: string;
  readonly file: string;
  /** All its code lies in here. */
  readonly folder: string;
  readonly isInstalled: boolean;
}

const HERE = dirname(fileURLToPath(import.meta.url));

/** The folder of plugins beside the running code, and the packages installed beside the product. */
export const defaultLocations = (): PluginLocations => ({ folders: [resolve(HERE, '../../plugins')], packagesRoot: nearestPackages(HERE) });

function nearestPackages(from: string): string | null {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'node_modules');
  }
  return null;
}

/** Every plugin there is, by name; nothing is imported. A folder that does not exist has none. */
export function findPlugins({ folders, packagesRoot }: PluginLocations): FoundPlugin[] {
  const found = [...folders.flatMap(inFolder), ...(packagesRoot === null ? [] : installedIn(packagesRoot))];
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function inFolder(folder: string): FoundPlugin[] {
  return subFolders(folder).flatMap((name): FoundPlugin[] => {
    const file = ['index.js', 'index.ts'].map((index) => join(folder, name, index)).find(existsSync);
    return file === undefined ? [] : [{ name, file: realpathSync(file), folder: realpathSync(join(folder, name)), isInstalled: false }];
  });
}

/** Links count: package managers and authors at work on a plugin use them. */
function subFolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.name.startsWith('.') || !(entry.isDirectory() || entry.isSymbolicLink()) ? [] : [entry.name]));
}

/** Packages, scoped ones too, whose `package.json` carries `"shixun": {"plugin": "./index.js"}`. */
function installedIn(root: string): FoundPlugin[] {
  const packages = subFolders(root).flatMap((name) => (name.startsWith('@') ? subFolders(join(root, name)).map((below) => join(root, name, below)) : [join(root, name)]));
  return packages.flatMap((folder): FoundPlugin[] => {
    const entry = pluginField(join(folder, 'package.json'));
    return entry === null ? [] : [{ name: basename(folder), file: resolve(folder, entry), folder, isInstalled: true }];
  });
}

/** Some hundred packages are installed and few are plugins: only those that have the word at all are parsed. */
function pluginField(file: string): string | null {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  if (!content.includes('"shixun"')) return null;
  try {
    const { shixun } = JSON.parse(content) as { readonly shixun?: { readonly plugin?: unknown } };
    return typeof shixun?.plugin === 'string' ? shixun.plugin : null;
  } catch {
    return null;
  }
}
