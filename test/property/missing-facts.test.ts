import { describe, expect, it } from 'vitest';
import { goldenCases, placeOf } from '../../src/testing/golden-cases.ts';
import { faultAfterRemoval, removables } from '../support/missing-facts.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';

const registry = await loadRegistry();
const manifests = await loadManifests(PLUGINS_FOLDER);
const cases = goldenCases(PLUGINS_FOLDER, manifests);

describe('a fact taken out of a golden case', () => {
  it.each(manifests.map(({ name }) => name))('is asked for, or cannot matter, or is a required field, or has a declared default: %s', (name) => {
    let removed = 0;
    const faults: string[] = [];
    for (const item of cases.filter(({ plugin }) => plugin.name === name)) {
      const place = placeOf(registry, item);
      for (const fact of removables(place, item.facts ?? {})) {
        removed++;
        const fault = faultAfterRemoval(place, item, fact);
        if (fault) faults.push(`${item.file}: ${item.name}: ${fault}`);
      }
    }
    expect(faults.slice(0, 40)).toEqual([]);
    expect(removed).toBeGreaterThan(50);
  }, 120_000);
});
