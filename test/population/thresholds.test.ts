import { describe, expect, test } from 'vitest';
import { loadSpecs } from '../../src/population/generate.ts';
import type { Person } from '../../src/population/people.ts';
import { loadRegistry } from '../support/plugins.ts';
import { assessmentOf, populationOf } from '../support/population.ts';

const registry = await loadRegistry();
const specs = await loadSpecs(registry);

/** The first person at each figure, by place, figure and side. */
async function peopleAtFigures(): Promise<ReadonlyMap<string, Person>> {
  const found = new Map<string, Person>();
  for (const person of (await populationOf(registry, 2_000)).people()) {
    if (!person.threshold) continue;
    const { place, name, by } = person.threshold;
    const key = `${place} ${name} ${by}`;
    if (!found.has(key)) found.set(key, person);
  }
  return found;
}

const people = await peopleAtFigures();

describe.each(specs)('people of $code', ({ code, spec }) => {
  describe.each(spec.thresholds)('at $name', (threshold) => {
    const findingOf = (by: number) => {
      const person = people.get(`${code} ${threshold.name} ${by}`);
      if (!person) throw new Error(`nobody lies ${by} beside it`);
      const assessment = assessmentOf(registry, person, threshold.decision, threshold.on);
      const found = assessment?.findings.find(({ rule }) => rule === threshold.rule);
      return threshold.part === undefined ? found : found?.parts.find(({ part }) => part === threshold.part);
    };

    test('are met at it and above', () => {
      expect([0, 1].map((by) => findingOf(by)?.verdict)).toEqual(['MET', 'MET']);
    });

    test('and miss it by one unit below', () => {
      expect(findingOf(-1)?.verdict).toBe(threshold.below);
      expect(findingOf(-1)?.shortfall ?? '0.01').toBe('0.01');
    });
  });
});
