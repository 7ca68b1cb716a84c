import { describe, expect, it } from 'vitest';
import { goldenCases, normal, project, runCase } from '../../src/testing/golden-cases.ts';
import { rulesWithoutCase } from '../../src/testing/test-kit.ts';
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
    expect(manifest && rulesWithoutCase(manifest, own)).toEqual([]);
  });
});
