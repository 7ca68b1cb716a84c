import { describe, expect, test } from 'vitest';
import { listRules } from '../../src/cli/list-rules.ts';
import { FIXTURES_FOLDER, loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry(FIXTURES_FOLDER);
const ask = (...given: string[]) => listRules(given, registry, 'en');

interface Line {
  readonly id: string;
  readonly inForce: { readonly from: string; readonly to: string | null };
  readonly reading: { readonly name: string; readonly zh: string; readonly en: string } | null;
  readonly alternatives: readonly { readonly name: string; readonly values: unknown }[];
}
const lines = (out: string): Line[] => out.trim().split('\n').map((line) => JSON.parse(line) as Line);

describe('--json', () => {
  const all = lines(ask('--json').out);

  test('prints one object a line, every rule of every plugin, the nation first', () => {
    expect([...new Set(all.map(({ id }) => id))].sort()).toEqual([...registry.ruleIds].sort());
    expect(all[0]?.id).toBe('cn-2011-1/cycle-hours');
    for (const line of all) expect(Object.keys(line)).toEqual(['id', 'document', 'clause', 'kind', 'inForce', 'evidence', 'params', 'reading', 'alternatives']);
  });

  test('has exactly the 144 rules of the product without the fixtures', async () => {
    const shipped = lines(listRules(['--json'], await loadRegistry(), 'en').out);
    expect(new Set(shipped.map(({ id }) => id)).size).toBe(144);
  });

  test('says days, figures, readings and other readings of one rule', () => {
    expect(all.find(({ id }) => id === 'sh-2016-credit/1.1-municipal')).toMatchObject({ document: 'sh-2016-credit', kind: 'credit', inForce: { from: '2016-01-01', to: '2020-12-31' }, evidence: 'founding', params: { credits: [4, 7] } });
    const open = all.find(({ id }) => id === 'sh-2016-credit/2.2-practice');
    expect(open?.reading?.zh).toBeTruthy();
    expect(open?.alternatives.every(({ name, values }) => name !== '' && typeof values === 'object')).toBe(true);
    expect(open?.alternatives.length).toBeGreaterThan(0);
  });

  test('gives each version of a rule a line of its own', () => {
    const versions = registry.ruleIds.flatMap((id) => registry.versionsOf(id));
    expect(all).toHaveLength(versions.length);
  });
});

describe('the table', () => {
  test('groups rules by document and counts them', () => {
    const { out } = ask('--jurisdiction', '360000');
    expect(out).toMatch(/^cn-2011-1 {2}/);
    expect(out).toMatch(/\njx-2014-36 {2}/);
    expect(out).toMatch(/\n {2}jx-2014-36\/\S+ +\w+ +2014-11-24 – .* founding /);
    expect(out.trimEnd()).toMatch(/12 rules in 2 documents$/);
  });

  test('is written in the language asked for, or that of the system', () => {
    expect(ask('--jurisdiction', '360000', '--lang', 'zh').out).toContain('2份文件,12条规则');
    expect(listRules(['--jurisdiction', '360000'], registry, 'zh').out).toContain('2份文件,12条规则');
  });

  test('on a day shows what is in force, and by what a rule is carried out', () => {
    const then = ask('--jurisdiction', '310000', '--at', '2020-12-31').out;
    expect(then).toContain('sh-2016-credit/1.1-total');
    expect(then).not.toContain('sh-2021-credit/1.1-total');
    expect(then).toMatch(/cn-2011-1\/cycle-hours .*\(carried out by sh-2016-credit\/1\.1-total\)/);
    expect(ask('--jurisdiction=310000', '--at=2021-01-01').out).toMatch(/cn-2011-1\/cycle-hours .*\(carried out by sh-2021-credit\/1\.1-total\)/);
    expect(ask('--jurisdiction', '310000', '--at', '2026-01-01').out).toMatch(/cn-2011-1\/cycle-hours .*\(sh-2021-credit\/1\.1-total has ended\)/);
  });

  test('of a district has the rules of all places above it', () => {
    const { out } = ask('--jurisdiction', '310101', '--at', '2020-01-01');
    expect(out).toContain('sh-2016-credit/1.1-total');
    expect(out).toContain('cn-2011-1/cycle-hours');
  });
});

describe('a wrong option', () => {
  test.each<[string[], string[]]>([
    [['--jsn'], ['--jsn', 'did you mean --json', '--jurisdiction', '--at', '--lang']],
    [['--lang', 'fr'], ['--lang fr', 'zh and en']],
    [['--at', '2020-02-30'], ['2020-02-30', '2020-12-31']],
    [['--at'], ['--at needs a value']],
    [['--jurisdiction', '310199'], ['310199', 'did you mean 310000 Shanghai', '360000 Jiangxi', '330000 Zhejiang']],
    [['--jurisdiction', 'Jiangxi'], ['did you mean 360000 Jiangxi']],
  ])('%j is answered with what exists', (given, named) => {
    const { code, out, error } = ask(...given);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const word of named) expect(error).toContain(word);
  });

  test('is named with every other one', () => {
    const { error } = ask('--jsn', '--lang', 'fr', 'all');
    for (const word of ['--jsn', '--lang fr', 'all: there is no such option']) expect(error).toContain(word);
  });
});
