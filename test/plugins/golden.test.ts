import { describe, expect, it } from 'vitest';
import { goldenCases, normal, project, runCase } from '../support/golden.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';

const registry = await loadRegistry();
const manifests = await loadManifests(PLUGINS_FOLDER);
const cases = goldenCases(PLUGINS_FOLDER, manifests);

describe.each(manifests.map(({ name }) => name))('%s', (name) => {
  const own = cases.filter(({ plugin }) => plugin.name === name);
  it.each(own.map((item) => [`${item.file}: ${item.name}`, item] as const))('%s', (_, item) => {
    const found = project(runCase(registry, item), item.expect, item.rule !== undefined);
    expect(normal(found)).toEqual(normal(item.expect));
  });

  it('has a case for every rule that decides', () => {
    const manifest = manifests.find((plugin) => plugin.name === name);
    const asked = new Set(own.flatMap(({ rule, expect: { findings } }) => [...(rule ? [rule] : []), ...Object.keys(findings ?? {})]));
    expect(manifest?.rules.filter(({ check, id }) => check && !asked.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
