import { describe, expect, test } from 'vitest';
import type { PluginManifest } from '../../src/plugin-host/contract.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import type { PopulationSpec } from '../../src/plugin-host/population.ts';
import { InvalidPopulation, loadSpecs } from '../../src/population/generate.ts';
import { loadManifests, PLUGINS_FOLDER } from '../support/plugins.ts';

const manifests = await loadManifests(PLUGINS_FOLDER);

/** The shipped plugins, of which one describes its people otherwise. */
async function faultsWith(change: (spec: PopulationSpec) => unknown): Promise<readonly { readonly code: string; readonly path: string }[]> {
  const changed = manifests.map((plugin): PluginManifest => {
    const { population } = plugin;
    if (plugin.name !== 'jiangxi' || !population) return plugin;
    return { ...plugin, population: async () => ({ population: change((await population()).population) as PopulationSpec }) };
  });
  try {
    await loadSpecs(createRegistry(changed));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidPopulation)) throw error;
    return error.faults;
  }
}

describe('a description of people', () => {
  test('of a shipped plugin is sound', async () => {
    expect(await faultsWith((spec) => spec)).toEqual([]);
  });

  test.each([
    ['no share', (spec: PopulationSpec) => ({ ...spec, share: undefined }), 'MANIFEST_SHAPE', 'population.share'],
    ['no institutions', (spec: PopulationSpec) => ({ ...spec, institutions: [] }), 'MANIFEST_SHAPE', 'population.institutions'],
    ['a field that nobody knows', (spec: PopulationSpec) => ({ ...spec, thresholdz: [] }), 'MANIFEST_SHAPE', 'population.thresholdz'],
    ['a figure of no rule', (spec: PopulationSpec) => ({ ...spec, thresholds: spec.thresholds.map((threshold) => ({ ...threshold, rule: 'x-1/1' })) }), 'UNKNOWN_RULE', 'population.thresholds[hours of the cycle].rule'],
    ['a figure on no day', (spec: PopulationSpec) => ({ ...spec, thresholds: spec.thresholds.map((threshold) => ({ ...threshold, on: '2025-02-30' })) }), 'MANIFEST_SHAPE', 'population.thresholds[hours of the cycle].on'],
    ['a figure at no kind of institution', (spec: PopulationSpec) => ({ ...spec, thresholds: spec.thresholds.map((threshold) => ({ ...threshold, institution: 'university' })) }), 'NAME_MISMATCH', 'population.thresholds[hours of the cycle].institution'],
    ['two kinds of one name', (spec: PopulationSpec) => ({ ...spec, institutions: [...spec.institutions, ...spec.institutions] }), 'DUPLICATE_NAME', 'population.institutions'],
    ['no module', () => undefined, 'MANIFEST_SHAPE', 'population.'],
  ])('with %s is refused, and says where', async (_name, change, code, path) => {
    expect(await faultsWith(change)).toEqual(expect.arrayContaining([expect.objectContaining({ code, path })]));
  });
});
