import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import { goldenCases, placeOf } from '../../src/testing/golden-cases.ts';
import type { QuestionInput } from '../../src/workflows/ask-question.ts';
import { removables } from '../support/missing-facts.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';
import { inputOf, Kept } from '../support/stored.ts';

const registry = await loadRegistry();
const cases = goldenCases(PLUGINS_FOLDER, await loadManifests(PLUGINS_FOLDER));
/** The same code with other data everywhere: whatever is stored has to be made of its content. */
const later = createRegistry(registry.plugins.map((plugin) => ({ ...plugin, facts: plugin.facts.map((fact) => ({ ...fact, meaning: { zh: '—', en: '—' } })) })));

/** A golden case, with or without one of its facts, asked with all readings or those of the case. */
const questions: fc.Arbitrary<QuestionInput> = fc.record({ index: fc.nat(cases.length - 1), without: fc.option(fc.nat(200)), allReadings: fc.boolean() }).map(({ index, without, allReadings }) => {
  const item = cases[index] ?? (cases[0] as (typeof cases)[number]);
  const input = inputOf(item);
  const removable = without === null ? [] : removables(placeOf(registry, item), item.facts ?? {});
  const facts = without === null || removable.length === 0 ? input.facts : (removable[without % removable.length]?.without(input.facts) ?? input.facts);
  return { ...input, facts, ...(allReadings ? { allReadings, readings: null } : {}) };
});

describe('a stored assessment', () => {
  it('recomputes the same, by the plugins that it was made with and by later ones', async () => {
    const kept = new Kept();
    await fc.assert(
      fc.asyncProperty(questions, async (input) => {
        const stored = kept.keep(registry, input);
        const again = await kept.recompute(registry, stored);
        expect(again).toMatchObject({ same: true, changedFiles: [], changedCode: [] });
        const muchLater = await kept.recompute(later, stored);
        expect(muchLater).toMatchObject({ same: true, changedCode: [], differences: [] });
        expect(JSON.stringify(muchLater.assessment)).toBe(stored.answer);
      }),
      { numRuns: 400, seed: 2024 },
    );
  }, 60_000);
});
