import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assess } from '../../src/kernel/assess.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import { loadPlugins } from '../../src/plugin-host/load-plugins.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { FIXTURES_FOLDER, PLUGINS_FOLDER } from '../support/plugins.ts';

const folder = mkdtempSync(join(tmpdir(), 'plugins-'));
afterAll(() => rmSync(folder, { recursive: true }));

const add = (from: string, name: string): void => symlinkSync(join(from, name), join(folder, name), 'dir');
const remove = (name: string): void => rmSync(join(folder, name));

async function load(): Promise<Registry> {
  const loaded = await loadPlugins({ folders: [folder], packagesRoot: null });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ code, plugin, path }) => `${plugin} ${code} ${path}`).join('\n'));
  return loaded.registry;
}

const names = readdirSync(PLUGINS_FOLDER);
for (const name of names) add(PLUGINS_FOLDER, name);

/** Others read the facts that it declares for all. */
const FLOOR = 'national';

test.each(names.filter((name) => name !== FLOOR))('without its folder the rules of %s are gone, and every other place stands', async (name) => {
  const before = await load();
  remove(name);
  const without = await load();
  add(PLUGINS_FOLDER, name);
  const rules = before.plugins.find((plugin) => plugin.name === name)?.rules ?? [];
  expect(rules.length).toBeGreaterThan(0);
  expect(without.plugins.map((plugin) => plugin.name)).toEqual(names.filter((other) => other !== name));
  expect(rules.filter(({ id }) => without.ruleIds.includes(id))).toEqual([]);
  expect([...without.ruleIds, ...new Set(rules.map(({ id }) => id))].sort()).toEqual([...before.ruleIds].sort());
});

test('what builds on a place above that was taken away says which plugin is not there', async () => {
  remove(FLOOR);
  const loaded = await loadPlugins({ folders: [folder], packagesRoot: null });
  add(PLUGINS_FOLDER, FLOOR);
  const faults = loaded.ok ? [] : loaded.faults;
  expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['UNKNOWN_FACT']));
  expect(faults.every(({ expected }) => expected.en.includes('there is no plugin for CN') && expected.zh.includes('CN'))).toBe(true);
});

test('a folder put beside the others adds its place, which answers at once', async () => {
  expect((await load()).place('990000')).toBeNull();
  add(FIXTURES_FOLDER, 'arcadia');
  const registry = await load();
  const place = registry.place('990000');
  if (!place) throw new Error('the place is not there');
  const { verdict, findings } = assess(place, { subject: { decision: 'creditCompletion' }, facts: {}, at: instantOf('2020-06-30') });
  expect(verdict).toBe('UNDETERMINED');
  expect(findings.map(({ rule }) => rule)).toContain('ar-2018/1-total');
  remove('arcadia');
  expect((await load()).place('990000')).toBeNull();
});

test('a folder without an index, a file and a folder that does not exist are no plugins', async () => {
  mkdirSync(join(folder, 'notes'));
  const loaded = await loadPlugins({ folders: [folder, join(folder, 'nowhere')], packagesRoot: join(folder, 'nowhere') });
  expect(loaded.ok && loaded.registry.plugins.map((plugin) => plugin.name)).toEqual(names);
});

test('what was loaded cannot be changed any more', async () => {
  const [plugin] = (await load()).plugins;
  const rule = plugin?.rules.find(({ params }) => params) as { params: Record<string, unknown> };
  expect(() => Object.assign(rule, { id: 'another' })).toThrow(TypeError);
  expect(() => Object.assign(rule.params, { credits: 1 })).toThrow(TypeError);
});
