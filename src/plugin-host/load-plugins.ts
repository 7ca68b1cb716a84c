import { pathToFileURL } from 'node:url';
import { text } from '../kernel/text.ts';
import { checkPlugins } from './check/check-plugin.ts';
import type { Candidate } from './check/check-plugin.ts';
import type { PluginManifest } from './contract.ts';
import { defaultLocations, findPlugins } from './discover.ts';
import type { FoundPlugin, PluginLocations } from './discover.ts';
import { reportInto } from './faults.ts';
import type { Fault } from './faults.ts';
import { answerHostModules } from './host-modules.ts';
import { createRegistry } from './registry.ts';
import type { Registry } from './registry.ts';

export type LoadedPlugins = { readonly ok: true; readonly registry: Registry } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Finds, imports, checks and composes all plugins. Any fault refuses the whole, with every fault of every plugin at once.
 * What passes is frozen: nothing that a plugin keeps can change a rule later. `checked`: files of plugins that were without
 * fault together, and have not changed since; where they are all that is found, they are not checked again.
 */
export async function loadPlugins(locations: PluginLocations = defaultLocations(), checked: readonly string[] = []): Promise<LoadedPlugins> {
  const found = findPlugins(locations);
  const own = defaultLocations().folders;
  if (found.some(({ file, isInstalled }) => isInstalled || !own.some((folder) => file.startsWith(folder)))) answerHostModules();
  const imported = await Promise.all(found.map(importPlugin));
  const candidates = imported.flatMap((item) => ('exported' in item ? [item] : []));
  const { plugins, faults } = isAll(found, checked) ? { plugins: candidates.map(({ exported }) => exported as PluginManifest), faults: [] } : checkPlugins(candidates);
  const all = [...imported.flatMap((item) => ('exported' in item ? [] : item.faults)), ...faults];
  if (all.length > 0) return { ok: false, faults: all };
  plugins.forEach(freeze);
  return { ok: true, registry: createRegistry(plugins, new Map(found.map(({ name, folder }) => [name, folder]))) };
}

const isAll = (found: readonly FoundPlugin[], checked: readonly string[]): boolean => found.length === checked.length && found.every(({ file }) => checked.includes(file));

async function importPlugin({ name, file }: FoundPlugin): Promise<Candidate | { readonly faults: readonly Fault[] }> {
  try {
    const module = await importInTime(file);
    return { name, exported: module.default };
  } catch (error) {
    const faults: Fault[] = [];
    const expected = text('可导入的JavaScript模块,默认导出为definePlugin({...})', 'a module that can be imported, whose default export is definePlugin({...})');
    reportInto(faults, name)('IMPURE_LOAD', file, error instanceof Error ? error.message : String(error), expected);
    return { faults };
  }
}

/** A module that waits for something that never comes would end the process without a word. */
const IMPORT_MS = 10_000;

async function importInTime(file: string): Promise<{ readonly default?: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not imported after ${IMPORT_MS / 1_000} s`)), IMPORT_MS);
  });
  try {
    return (await Promise.race([import(/* @vite-ignore */ pathToFileURL(file).href), late])) as { readonly default?: unknown };
  } finally {
    clearTimeout(timer);
  }
}

/** Plain objects and lists alone: an instance of a class looks after itself. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
