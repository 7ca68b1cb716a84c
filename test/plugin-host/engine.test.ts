import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PluginManifest } from '../../src/plugin-host/contract.ts';
import { changedParts, engineOf } from '../../src/plugin-host/engine.ts';
import type { Engine } from '../../src/plugin-host/engine.ts';
import { loadPlugins } from '../../src/plugin-host/load-plugins.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import { loadManifests, PLUGINS_FOLDER } from '../support/plugins.ts';

const folder = mkdtempSync(join(tmpdir(), 'shixun-engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifests = await loadManifests(PLUGINS_FOLDER);
const [first] = manifests as [PluginManifest, ...PluginManifest[]];

/** As a new start would read it. */
function engine(): Engine {
  const registry = createRegistry(manifests, new Map([[first.name, folder]]));
  const place = registry.place(first.jurisdiction.code);
  if (!place) throw new Error('no place');
  return engineOf(registry, place);
}

test('every file of code counts, by its path; other files and packages do not', () => {
  mkdirSync(join(folder, 'formulas'));
  writeFileSync(join(folder, 'index.js'), 'export default 1;');
  writeFileSync(join(folder, 'formulas', 'a.js'), 'export const a = 1;');
  const before = engine();
  expect(engine()).toEqual(before);
  mkdirSync(join(folder, 'node_modules', 'p'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'p', 'index.js'), '1');
  writeFileSync(join(folder, 'index.d.ts'), 'export {};');
  writeFileSync(join(folder, 'README.md'), 'text');
  expect(engine()).toEqual(before);
  writeFileSync(join(folder, 'formulas', 'a.js'), 'export const a = 2;');
  const after = engine();
  expect(changedParts(before, after)).toEqual([{ plugin: first.name, then: before.plugins[first.name], now: after.plugins[first.name] }]);
  rmSync(join(folder, 'formulas'), { recursive: true });
  writeFileSync(join(folder, 'formulas-a.js'), 'export const a = 2;');
  expect(changedParts(after, engine())).toHaveLength(1);
});

test('files that came after the process began are not the code that runs, and are those of no other', () => {
  writeFileSync(join(folder, 'index.js'), 'export default 1;');
  expect(engine().plugins[first.name]).toMatch(/^after-start:[0-9a-f]{64}$/);
});

test('the plugins of a place are those of the places above it too, and the shipped ones have their folders', async () => {
  const loaded = await loadPlugins();
  if (!loaded.ok) throw new Error('the shipped plugins do not load');
  const place = loaded.registry.place('150603');
  if (!place) throw new Error('no place');
  const { kernel, plugins } = engineOf(loaded.registry, place);
  expect(kernel).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(plugins)).toEqual(['national', 'kangbashi']);
  expect([...loaded.registry.folders.keys()]).toEqual(expect.arrayContaining(['national', 'kangbashi', 'shanghai']));
});
