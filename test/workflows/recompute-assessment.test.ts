import { describe, expect, test } from 'vitest';
import { exact } from '../../src/kernel/exact.ts';
import type { RuleSpec } from '../../src/kernel/rule.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import { goldenCases } from '../../src/testing/golden-cases.ts';
import type { LocatedCase } from '../../src/testing/golden-cases.ts';
import { readAnswer } from '../../src/workflows/stored-assessment.ts';
import { loadManifests, loadRegistry, PLUGINS_FOLDER } from '../support/plugins.ts';
import { inputOf, Kept, withFormula, withRule } from '../support/stored.ts';

const registry = await loadRegistry();
const { plugins } = registry;
const manifests = await loadManifests(PLUGINS_FOLDER);
const cases = goldenCases(PLUGINS_FOLDER, manifests);

function caseOf(rule: string, verdict: string): LocatedCase {
  const found = cases.find((item) => item.rule === rule && item.expect.verdict === verdict);
  if (!found) throw new Error(`no case of ${rule} is ${verdict}`);
  return found;
}

const AGE = 'jx-2014-36/3.1-age';
const kept = new Kept();
const oldest = kept.keep(registry, inputOf(caseOf(AGE, 'MET')));
const named = (name: string) => (rule: RuleSpec, change: Parameters<typeof withFormula>[2]): RuleSpec => ({ ...rule, check: rule.check && withFormula(rule.check, name, change) });
const ageOfMen = named('jiangxi.age-men');

describe('what was stored is computed again', () => {
  test('to the same bytes, with nothing changed', async () => {
    expect(await kept.recompute(registry, oldest)).toMatchObject({ same: true, changedFiles: [], changedCode: [], differences: [], unavailable: null });
  });

  test('under its own rules after a plugin changed its figures', async () => {
    const later = withRule(plugins, AGE, (rule) => ({ ...rule, params: { ...rule.params, men: 40, women: 40 } }));
    const again = await kept.recompute(later, oldest);
    expect(again).toMatchObject({ same: true, changedFiles: [{ plugin: 'jiangxi' }], changedCode: [], unavailable: null });
    for (const on of again.place.changes) expect(again.place.rulebookOn(on).hash).toBe(registry.place('360000')?.rulebookOn(on).hash);
    const now = kept.keep(later, inputOf(caseOf(AGE, 'MET')));
    expect(now.verdict).toBe('NOT_MET');
    expect(now.rulebookHash).not.toBe(oldest.rulebookHash);
    expect(now.contentHash).not.toBe(oldest.contentHash);
  });

  test('and by that plugin as it is: the later one is stored beside it', async () => {
    const later = withRule(plugins, AGE, (rule) => ({ ...rule, params: { ...rule.params, men: 40, women: 40 } }));
    const stored = kept.keep(later, inputOf(caseOf(AGE, 'MET')));
    expect(await kept.recompute(later, stored)).toMatchObject({ same: true, changedFiles: [] });
    expect(await kept.recompute(registry, stored)).toMatchObject({ same: true, changedFiles: [{ plugin: 'jiangxi' }], assessment: { verdict: 'NOT_MET' } });
  });

  test('after its rule, or its whole plugin, was taken away, where data alone decides', async () => {
    const item = cases.find(({ rule, expect: { verdict } }) => rule === 'cn-2011-1/cycle-hours' && verdict === 'NOT_MET');
    const rule = item?.rule ?? '';
    const stored = kept.keep(registry, inputOf(item as LocatedCase));
    expect(await kept.recompute(withRule(plugins, rule, () => null), stored)).toMatchObject({ same: true });
  });
});

describe('code that changed is told', () => {
  test('a formula of another version, with what differs', async () => {
    const later = withRule(plugins, AGE, (rule) => ageOfMen(rule, (formula) => ({ ...formula, version: 2, run: () => ({ verdict: 'NOT_MET', actual: exact(99), unit: 'yearOfAge' }) })));
    const again = await kept.recompute(later, oldest);
    expect(again).toMatchObject({ same: false, changedFiles: [{ plugin: 'jiangxi' }], changedCode: [{ kind: 'formula', of: AGE, name: 'jiangxi.age-men', then: 1, now: 2 }], moreDifferences: 0, unavailable: null });
    expect(again.differences).toContainEqual({ path: 'verdict', then: 'MET', now: 'NOT_MET' });
    expect(again.differences.some(({ path, now }) => path === 'findings[0].actual' && now === '99')).toBe(true);
    expect(readAnswer(oldest).verdict).toBe('MET');
  });

  test('a formula of another version that finds the same: the same bytes, and told', async () => {
    const later = withRule(plugins, AGE, (rule) => ageOfMen(rule, (formula) => ({ ...formula, version: 2 })));
    expect(await kept.recompute(later, oldest)).toMatchObject({ same: true, changedCode: [{ then: 1, now: 2 }], differences: [] });
  });

  test('a formula that is gone: no answer, and its name', async () => {
    const later = withRule(plugins, AGE, (rule) => ageOfMen(rule, (formula) => ({ ...formula, name: 'jiangxi.age' })));
    const again = await kept.recompute(later, oldest);
    expect(again).toMatchObject({ same: null, assessment: null, changedCode: [{ kind: 'formula', of: AGE, name: 'jiangxi.age-men', then: 1, now: null }] });
    expect(again.unavailable).toEqual({ key: 'recompute.code-gone', params: { name: 'jiangxi.age-men', of: AGE, version: 1 } });
  });

  test('a plugin that is gone: its answers are named by what they lack, those of data alone go on', async () => {
    const later = createRegistry(plugins.filter(({ name }) => name !== 'jiangxi'));
    expect(await kept.recompute(later, oldest)).toMatchObject({ same: null, changedFiles: [{ plugin: 'jiangxi', now: null }], unavailable: { key: 'recompute.code-gone' } });
  });

  test('code that wants what the older rules do not have', async () => {
    const later = withRule(plugins, AGE, (rule) => ageOfMen(rule, (formula) => ({ ...formula, version: 2, run: (_known, { exact: figure }) => ({ verdict: 'MET', required: figure('sinceThen') }) })));
    expect(await kept.recompute(later, oldest)).toMatchObject({ same: null, unavailable: { key: 'recompute.code-failed', params: { what: expect.stringContaining('sinceThen') as string } } });
  });

  test('a placement of another version, or gone', async () => {
    const item = cases.find(({ plugin, expect: { entries } }) => plugin.name === 'shanghai' && entries) as LocatedCase;
    const stored = kept.keep(registry, inputOf(item));
    const raised = createRegistry(plugins.map((plugin) => ({ ...plugin, ledgers: plugin.ledgers?.map((ledger) => ({ ...ledger, version: 9 })) })));
    const again = await kept.recompute(raised, stored);
    expect(again).toMatchObject({ same: true, unavailable: null });
    expect(again.changedCode.map(({ kind, now }) => [kind, now])).toContainEqual(['placement', 9]);
    const without = createRegistry(plugins.map((plugin) => ({ ...plugin, ledgers: [] })));
    expect(await kept.recompute(without, stored)).toMatchObject({ same: null, unavailable: { key: 'recompute.code-gone' } });
  });

  test('another kernel: by its files, whatever the answer', async () => {
    const stored = { ...oldest, engine: JSON.stringify({ ...(JSON.parse(oldest.engine) as object), kernel: '0'.repeat(64) }) };
    expect(await kept.recompute(registry, stored)).toMatchObject({ same: true, changedFiles: [{ plugin: null, then: '0'.repeat(64) }] });
  });

  test('differences without end are counted', async () => {
    const changed = { ...readAnswer(oldest), missing: Array.from({ length: 300 }, (_, index) => `fact${index}`) };
    const stored = { ...oldest, answer: JSON.stringify(changed), answerHash: 'another' };
    const again = await kept.recompute(registry, stored);
    expect(again.same).toBe(false);
    expect(again.differences).toHaveLength(100);
    expect(again.moreDifferences).toBe(200);
  });
});

test('content that is not what was written answers nothing', async () => {
  const broken = new Kept();
  const stored = broken.keep(registry, inputOf(caseOf(AGE, 'MET')));
  broken.texts.set(stored.contentHash, (broken.texts.get(stored.contentHash) ?? '').replace('360000', '360001'));
  await expect(broken.recompute(createRegistry([]), stored)).rejects.toThrow(stored.contentHash);
  broken.texts.delete(stored.contentHash);
  await expect(broken.recompute(createRegistry([]), stored)).rejects.toThrow(stored.contentHash);
});

test('answers are kept with the keys of their sentences', () => {
  for (const item of cases.slice(0, 300)) {
    const { answer } = kept.keep(registry, inputOf(item));
    const keys = readAnswer({ answer }).findings.flatMap(({ reasons, notes }) => [...reasons.map(({ message }) => message.key), ...notes.map(({ key }) => key)]);
    expect(keys.every((key) => /^[a-z][a-zA-Z0-9-]*([./][a-zA-Z0-9-]+)+$/.test(key)), keys.join()).toBe(true);
  }
});
