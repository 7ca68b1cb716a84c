import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginManifest } from '../../src/plugin-host/contract.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';

/** The folder of the plugins that ship with the product. */
export const PLUGINS_FOLDER = fileURLToPath(new URL('../../plugins/', import.meta.url));
export const FIXTURES_FOLDER = fileURLToPath(new URL('../fixtures/plugins/', import.meta.url));

export async function loadManifests(folder: string): Promise<PluginManifest[]> {
  // PLUGINS=national,zhejiang runs the cases of some plugins alone, while another is being written.
  const chosen = process.env['PLUGINS']?.split(',');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && (chosen?.includes(entry.name) ?? true)).map(({ name }) => name).sort();
  return Promise.all(names.map(async (name) => ((await import(/* @vite-ignore */ pathToFileURL(`${folder}${name}/index.ts`).href)) as { default: PluginManifest }).default));
}

/** The shipped plugins, with those of other folders beside them. */
export async function loadRegistry(...more: string[]): Promise<Registry> {
  return createRegistry((await Promise.all([PLUGINS_FOLDER, ...more].map(loadManifests))).flat());
}
