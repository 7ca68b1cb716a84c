import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/kernel/canonical.ts';
import { addDays, day } from '../../src/kernel/civil-day.ts';
import { chainOf } from '../../src/kernel/jurisdiction.ts';
import type { RuleStatus } from '../../src/kernel/place.ts';
import { loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry();
const status = (code: string, rule: string, on: string): RuleStatus => {
  const place = registry.place(code);
  if (!place) throw new Error(code);
  return place.rulebookOn(day(on)).status(rule);
};
const state = (code: string, rule: string, on: string): string => status(code, rule, on).state;

describe('the chain of a jurisdiction', () => {
  it.each([
    ['CN', ['CN']],
    ['310000', ['CN', '310000']],
    ['310100', ['CN', '310000', '310100']],
    ['310101', ['CN', '310000', '310100', '310101']],
  ])('%s', (code, chain) => expect(chainOf(code)).toEqual(chain));
});

describe('the standing of a rule', () => {
  const hours = 'cn-2011-1/cycle-hours';
  it('of the nation holds where no place below has its own', () => {
    expect(state('110101', hours, '2020-12-31')).toBe('inForce');
    expect(state('360000', hours, '2020-12-31')).toBe('inForce');
    expect(state('110101', hours, '2010-12-31')).toBe('notInForce');
    expect(state('110101', hours, '2011-01-01')).toBe('inForce');
  });
  it('is carried out by the rule below, and does not step in when that one has ended', () => {
    expect(status('310101', hours, '2020-12-31')).toMatchObject({ state: 'carriedOut', by: { spec: { id: 'sh-2016-credit/1.1-total' } } });
    expect(status('310101', hours, '2021-01-01')).toMatchObject({ state: 'carriedOut', by: { spec: { id: 'sh-2021-credit/1.1-total' } } });
    expect(status('310101', hours, '2026-01-01')).toMatchObject({ state: 'ended', last: { spec: { id: 'sh-2021-credit/1.1-total' } } });
    expect(state('310101', hours, '2015-12-31')).toBe('inForce');
    expect(state('330000', hours, '2016-08-31')).toBe('inForce');
    expect(state('330000', hours, '2016-09-01')).toBe('carriedOut');
  });
  it('ends with its document, and names its successor', () => {
    expect(status('310000', 'sh-2016-credit/1.1-total', '2021-01-01')).toMatchObject({ state: 'notInForce', last: { period: { to: '2020-12-31' } }, successor: { spec: { id: 'sh-2021-credit/1.1-total' } } });
    expect(status('310000', 'sh-2016-credit/1.1-total', '2026-06-30')).toMatchObject({ state: 'notInForce', successor: null });
    expect(status('310000', 'sh-2016-credit/1.1-total', '2015-12-31')).toMatchObject({ state: 'notInForce', last: null, next: { spec: { id: 'sh-2016-credit/1.1-total' } } });
  });
  it('is not known where a later document settles its topic in a part that was not read', () => {
    expect(status('310000', 'sh-2016-credit/3.2-levels', '2021-01-01')).toMatchObject({ state: 'unread', document: { id: 'sh-2021-credit' } });
    expect(state('310000', 'sh-2016-credit/3.2-levels', '2026-01-01')).toBe('notInForce');
  });
  it('of a row with days of its own goes by these', () => {
    expect(state('330000', 'zj-2019-357/2.4-vocational', '2020-12-31')).toBe('inForce');
    expect(state('330000', 'zj-2019-357/2.4-vocational', '2021-01-01')).toBe('notInForce');
    expect(state('330000', 'zj-2019-357/2.1-school-review', '2020-08-31')).toBe('inForce');
    expect(state('330000', 'zj-2019-357/2.1-school-review', '2020-09-01')).toBe('notInForce');
  });
  it('of another place is unknown here', () => expect(state('330000', 'sh-2016-credit/1.1-total', '2020-01-01')).toBe('unknown'));
});

describe('rulebooks', () => {
  it.each(['310101', '330106', '360102', '150603', '110101'])('of %s change on the days said, and on no other', (code) => {
    const place = registry.place(code);
    expect(place?.changes.length).toBeGreaterThan(0);
    for (const change of place?.changes ?? []) {
      const [before, after] = [place?.rulebookOn(addDays(change, -1)), place?.rulebookOn(change)];
      expect(before?.hash === after?.hash).toBe(before === after);
      expect(after?.period.from).toBe(change);
      expect(place?.rulebookOn(after?.period.to ?? day('2099-01-01'))).toBe(after);
    }
  });
  it('of a district without rules of its own are those of its province, under its own name', () => {
    const ids = (code: string): string[] | undefined => registry.place(code)?.rulebookOn(day('2020-12-31')).rules.map(({ spec }) => spec.id);
    expect(ids('310115')).toEqual(ids('310000'));
  });
  it('of places without rules of their own are the same law, put together once, and each has its own hash', () => {
    const on = day('2020-12-31');
    const [above, below, elsewhere] = ['310000', '310115', '330106'].map((code) => registry.place(code)?.rulebookOn(on));
    expect(below?.standing).toBe(above?.standing);
    expect(below?.hash).not.toBe(above?.hash);
    expect(elsewhere?.standing).not.toBe(above?.standing);
    expect(registry.place('150603')?.law).not.toBe(registry.place('150602')?.law);
  });
});

it.each(['CN', '310101', '330106', '360100', '150603'])('the hash of a rulebook of %s is that of the canonical JSON of its content', (code) => {
  const place = registry.place(code);
  const rulebook = place?.rulebookOn(day('2018-06-30'));
  const rules = rulebook?.rules.map(({ spec, document }) => ({ spec, document }));
  expect(rulebook?.hash).toBe(contentHash({ jurisdiction: code, rules, ledgers: [...(place?.ledgers.values() ?? [])], facts: [...(place?.facts.values() ?? [])] }));
});
