import { describe, expect, test } from 'vitest';
import { checkRules } from '../../src/cli/check-rules.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import { anyOf, eachYear, holds, onlyFor, part, text } from '../../src/plugin-kit.ts';
import type { Check, PluginManifest, ProfileSpec, RuleSpec } from '../../src/plugin-kit.ts';
import { agreement, entries, ledger, levelRow, minimal } from '../fixtures/broken/minimal.ts';
import { loadRegistry } from '../support/plugins.ts';

describe('the rulebooks of the product', async () => {
  const registry = await loadRegistry();
  const { code, out, error } = checkRules([], registry, 'en');

  test('all hold', () => {
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out.trimEnd()).toMatch(/5 rulebooks hold\.$/);
  });

  test('ask 36 credits of an ordinary teacher in both cycles of the one, hours and credits of the others', () => {
    for (const [ledgerId, on, least] of [['sh-2016', '2020-12-31', '36'], ['sh-2021', '2025-12-31', '36']]) expect(out).toContain(`${ledgerId} ${on} an ordinary teacher: ${least} credits`);
    expect(out).toContain('sh-2016 2020-12-31 senior teacher: 54 credits');
    expect(out).toContain('sh-2016 2020-12-31 teacher trainer: 50 credits');
    expect(out).toMatch(/zj-credits \S+ a full-time teacher: 360 credits/);
    expect(out).toMatch(/cn-hours \S+ .*: 360 class hours/);
  });

  test('of 2021 say which roles are not known', () => {
    expect(out).toMatch(/sh-2021 2025-12-31 head teacher of a class: 36 credits\n.*\n +not known besides: sh-2016-credit\/1\.5-head-teacher/);
  });

  test('have parts that do not add up in 2016, and parts that do in 2021', () => {
    expect(out).toContain('sh-2016-credit/1.1-total (total) 36: the parts do not add up: by level 30 (6 left open), by category 34 (2 left open)');
    expect(out).toContain('sh-2016-credit/1.3-self-directed (selfDirected) 3: the parts do not add up: by level 4 (1 more than the whole)');
    expect(out).toMatch(/sh-2021-credit\/1\.1-total \(total\) 36: the parts add up: .*by category 36/);
  });

  test('say what is not yet in use, and what follows each document', () => {
    expect(out).toMatch(/use: \d+ rules decide; not yet in use, \d+: .*sh-2016-credit\/4\.3-school/);
    expect(out).toContain('sh-2016-credit – 2020-12-31: followed by sh-2021-credit');
    expect(out).toContain('sh-2021-credit – 2025-12-31: No rule for 2026-2030 is known.');
  });

  test('can be proved one by one, in Chinese', () => {
    const alone = checkRules(['--jurisdiction', '330000', '--lang', 'zh'], registry, 'en');
    expect(alone.out).toMatch(/^330000 浙江省\n/);
    expect(alone.out).toContain('1个规则库全部成立');
    expect(alone.out).not.toContain('sh-2016');
  });

  test('answer a wrong option with what exists', () => {
    const wrong = checkRules(['--json'], registry, 'en');
    expect(wrong.code).toBe(2);
    expect(wrong.error).toContain('npm run rules:check');
  });
});

describe('a rulebook that does not hold', () => {
  const NAME = 'sample';
  const base = minimal(NAME, '990900');
  const profile = (change: Partial<ProfileSpec> = {}): ProfileSpec => ({ name: 'ordinary', label: text('普通', 'ordinary'), decision: 'agreement', on: ['2021-12-31'], facts: { isAgreed: true }, ...change });
  const withRow = (check: Check, change: Partial<PluginManifest> = {}): PluginManifest => ({ ...base, facts: [...base.facts, entries], ledgers: [ledger()], rules: [agreement(NAME, { check })], profiles: [profile()], ...change });
  const prove = (plugin: PluginManifest) => checkRules([], createRegistry([plugin]), 'en');
  const failures = (plugin: PluginManifest): string => {
    const { code, error } = prove(plugin);
    expect(code).toBe(error === '' ? 0 : 1);
    return error;
  };

  test('for comparison: one that does', () => {
    expect(failures(withRow(levelRow('a')))).toBe('');
    expect(prove(withRow(levelRow('a'))).out).toContain('book 2021-12-31 ordinary: 2 credit\n      = 2 (A)');
  });

  test('a row that binds in no profile', () => {
    expect(failures(withRow(levelRow('a'), { profiles: [] }))).toContain(`${NAME}/1-agreed: binds in no profile (ledger book, credits)`);
    expect(failures(withRow(onlyFor(holds('isAgreed'), levelRow('a')), { profiles: [profile({ facts: { isAgreed: false } })] }))).toContain('binds in no profile');
  });

  test('a profile that lacks a fact, has an unknown one, or asks an unknown decision', () => {
    expect(failures(withRow(onlyFor(holds('isAgreed'), levelRow('a')), { profiles: [profile({ facts: {} })] }))).toContain('lacks the fact isAgreed');
    expect(failures(withRow(levelRow('a'), { profiles: [profile({ facts: { isAgreeed: true } })] }))).toContain('isAgreeed UNKNOWN_FACT (isAgreed)');
    expect(failures(withRow(levelRow('a'), { profiles: [profile({ decision: 'completion' })] }))).toContain('decision completion');
  });

  test('a profile whose decision asks no ledger', () => {
    expect(failures({ ...base, profiles: [profile()] })).toContain('the decision agreement asks no ledger');
  });

  test('requirements that no transcript can meet', () => {
    const plugin = withRow(levelRow('c'), { ledgers: [ledger({ additional: [{ pool: 'main', at: { level: ['a'] } }] })] });
    expect(failures(plugin)).toContain('nobody can say what book asks for at least: RULE_NOT_KNOWN');
  });

  test('a rule of a kind that decides without anything to check, or without a decision', () => {
    const silent: RuleSpec = { ...agreement(NAME, { id: `${NAME}/2-silent` }), check: undefined };
    expect(failures({ ...base, rules: [...base.rules, silent] })).toContain(`${NAME}/2-silent: is of a kind that decides and has nothing to check`);
    expect(failures({ ...base, rules: [...base.rules, agreement(NAME, { id: `${NAME}/2-alone` })] })).toContain(`${NAME}/2-alone: no decision asks it`);
    expect(failures({ ...base, rules: [...base.rules, { ...silent, kind: 'data' }] })).toBe('');
  });

  test('a rule that lets units move decides through the ledger', () => {
    const offset: RuleSpec = { ...agreement(NAME, { id: `${NAME}/3-offset` }), kind: 'offset', check: undefined };
    const plugin = withRow(levelRow('a'), { ledgers: [ledger({ moves: [{ rule: offset.id, pool: 'main', from: { level: ['a'] }, to: { level: 'b' } }] })] });
    expect(failures({ ...plugin, rules: [...plugin.rules, offset] })).toBe('');
    expect(prove({ ...plugin, rules: [...plugin.rules, offset] }).out).not.toContain('not yet in use');
  });

  test('two versions on one day, and days without one', () => {
    const versions = (first: string, second: string): PluginManifest => ({ ...base, rules: [agreement(NAME, { inForce: { to: first } }), agreement(NAME, { inForce: { from: second } })] });
    expect(failures(versions('2020-12-31', '2021-01-01'))).toBe('');
    expect(failures(versions('2021-01-01', '2021-01-01'))).toContain('two versions on 2021-01-01');
    expect(failures(versions('2020-12-31', '2021-01-02'))).toContain('no rule between 2020-12-31 and 2021-01-02');
  });

  test('rows that bind nobody are no requirement to prove', () => {
    expect(failures(withRow(anyOf({ one: part(text('一', 'one'), levelRow('a')) }), { profiles: [] }))).toBe('');
  });

  test('a row of each year is proved year by year', () => {
    const yearly = withRow(eachYear(levelRow('a')), { ledgers: [ledger({ coordinates: { ...ledger().coordinates, year: { label: text('年', 'year'), values: {} } }, place: () => ({ home: { pool: 'main', level: 'a', year: '2020' } }), additional: [{ pool: 'main', at: { level: ['a'], year: ['*'] } }] })] });
    expect(prove(yearly).out).toContain('book 2021-12-31 ordinary: 4 credit');
  });
});
