import { describe, expect, it } from 'vitest';
import { goldenCases, normal, project, runCase } from '../../src/testing/golden-cases.ts';
import { FIXTURES_FOLDER, loadManifests, loadRegistry } from '../support/plugins.ts';

// The invented place tests the interpreter: what every check, row and reason does, without any real rule in between.
const registry = await loadRegistry(FIXTURES_FOLDER);
const manifests = await loadManifests(FIXTURES_FOLDER);
const cases = goldenCases(FIXTURES_FOLDER, manifests);

describe('the invented place', () => {
  it.each(cases.map((item) => [`${item.file}: ${item.name}`, item] as const))('%s', (_, item) => {
    expect(normal(project(runCase(registry, item), item.expect, item.rule !== undefined))).toEqual(normal(item.expect));
  });

  it('has every kind of rule and a case for each that decides', () => {
    const rules = manifests.flatMap((manifest) => manifest.rules);
    expect(new Set(rules.map(({ kind }) => kind)).size).toBe(10);
    const asked = new Set(cases.map(({ rule }) => rule));
    expect(rules.filter(({ check, id }) => check && !asked.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('uses every operation of a check', () => {
    const used = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('op' in value && typeof value.op === 'string') used.add(value.op);
      Object.values(value).forEach(visit);
    };
    manifests.forEach(({ rules }) => rules.forEach(visit));
    expect([...used].sort()).toEqual(
      ['allOf', 'anyOf', 'compare', 'complete', 'doneBy', 'eachYear', 'either', 'every', 'formula', 'inside', 'is', 'not', 'onlyFor', 'outcome', 'remark', 'row', 'rule', 'some', 'steps', 'undetermined', 'window'],
    );
  });
});
