import { describe, expect, test } from 'vitest';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { chainOf } from '../../src/kernel/jurisdiction.ts';
import { readIdentity } from '../../src/imports/cells/identity-cell.ts';
import type { Person } from '../../src/population/people.ts';
import { loadRegistry } from '../support/plugins.ts';
import { assessmentOf, populationOf } from '../support/population.ts';

const registry = await loadRegistry();
const people = [...(await populationOf(registry, 2_000)).people()];
const institutions = (await populationOf(registry, 20_000)).plan.places.flatMap((place) => place.institutions);

describe('identity numbers', () => {
  const numbered = people.filter(({ identityNumber }) => identityNumber !== '');

  test('are valid and agree with birth date and sex', () => {
    const wrong = numbered.filter(({ identityNumber, bornOn, sex }) => {
      const read = readIdentity(identityNumber, 'resident', '2026-06-01' as CivilDay);
      return 'problem' in read || read.birthDate !== bornOn || read.sex !== sex;
    });
    expect(wrong).toEqual([]);
  });

  test('are given once', () => {
    expect(new Set(numbered.map(({ identityNumber }) => identityNumber)).size).toBe(numbered.length);
  });

  test('can be nobody’s: their area is a whole province, in which nobody is registered', () => {
    expect(numbered.filter(({ identityNumber }) => !/^[1-9]\d0000/.test(identityNumber))).toEqual([]);
  });

  test('come with telephone numbers, each of them one person’s', () => {
    expect(people.filter(({ phone }) => !/^154\d{8}$/.test(phone))).toEqual([]);
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length);
  });

  test('are missing for a few', () => {
    expect(numbered.length).toBeLessThan(people.length);
    expect(numbered.length).toBeGreaterThan(people.length * 0.95);
  });
});

describe('institutions', () => {
  test('have a name of their own, with a county of their place', () => {
    expect(new Set(institutions.map(({ name }) => name)).size).toBe(institutions.length);
    expect(institutions.filter(({ name, jurisdiction }) => !name.startsWith(registry.jurisdictions.get(jurisdiction)?.name.zh ?? '-'))).toEqual([]);
  });

  test('bear none of the names that documents mention', () => {
    const mentioned = registry.plugins.flatMap(({ documents, rules }) => [...documents.map(({ title }) => title.zh), ...rules.map(({ summary }) => summary.zh)]).join('\n');
    expect(institutions.filter(({ name }) => mentioned.includes(name))).toEqual([]);
  });
});

const employedOn = ({ employments }: Person, day: string): Person['employments'] => employments.filter(({ from, to }) => from <= day && (to === null || day <= to));
const share = (isOne: (person: Person) => boolean): number => people.filter(isOne).length / people.length;
const provinceOf = (code: string): string => chainOf(code)[1] ?? code;

describe('a population has', () => {
  test('people who moved between places, some of their credits decided about', () => {
    const moved = people.filter(({ employments }) => new Set(employments.map(({ institution }) => provinceOf(institution.jurisdiction))).size > 1);
    expect(moved.length / people.length).toBeGreaterThan(0.01);
    expect(moved.filter(({ entries }) => entries.some(({ decides }) => decides !== null)).length).toBeGreaterThan(3);
    expect(moved.filter(({ entries }) => entries.every(({ decides }) => decides === null)).length).toBeGreaterThan(3);
  });

  test('people with two employments at once, and people who left', () => {
    expect(share((person) => employedOn(person, '2025-12-31').length > 1)).toBeGreaterThan(0.01);
    expect(share((person) => employedOn(person, '2025-12-31').length === 0)).toBeGreaterThan(0.01);
  });

  test('no two main employments of a person on one day', () => {
    const days = ['2016-09-01', '2019-08-31', '2019-09-01', '2022-06-30', '2025-12-31'];
    expect(people.filter((person) => days.some((day) => employedOn(person, day).filter(({ isMain }) => isMain).length > 1))).toEqual([]);
  });

  test('entries of every standing, and about thirty for each person', () => {
    const acts = new Set(people.flatMap(({ entries }) => entries.map(({ entry }) => entry.act ?? 'recognised')));
    expect([...acts].sort()).toEqual(['declared', 'recognised', 'refused', 'reversed', 'reviewed']);
    const each = people.reduce((sum, { entries }) => sum + entries.length, 0) / people.length;
    expect(each).toBeGreaterThan(27);
    expect(each).toBeLessThan(33);
  });

  test('no entry on a day before its person worked anywhere', () => {
    const early = people.filter(({ entries, employments }) => {
      const first = employments.map(({ from }) => from).sort()[0] ?? '';
      return entries.some(({ entry }) => entry.on < first);
    });
    expect(early).toEqual([]);
  });
});

/** How people of a province are judged on a day: how many of each verdict. */
function verdicts(province: string, decision: string, day: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const person of people) {
    const main = employedOn(person, day).find(({ isMain }) => isMain);
    if (!main || provinceOf(main.institution.jurisdiction) !== province) continue;
    const verdict = assessmentOf(registry, person, decision, day)?.verdict ?? 'none';
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return counts;
}

describe('on 2025-12-31', () => {
  test.each(['310000', '330000', '360000', '150000'])('most people of %s who are judged have completed, and every verdict occurs', (province) => {
    const counts = verdicts(province, 'creditCompletion', '2025-12-31');
    const of = (verdict: string): number => counts.get(verdict) ?? 0;
    const judged = of('MET') + of('NOT_MET') + of('UNDETERMINED');
    expect(of('MET') / judged).toBeGreaterThan(0.5);
    expect(of('NOT_MET') / judged).toBeGreaterThan(0.03);
    expect(of('UNDETERMINED') / judged).toBeGreaterThan(0.02);
  }, 30_000);

  test('off-campus staff are judged by their yearly hours', () => {
    const counts = verdicts('150000', 'yearlyHours', '2025-12-31');
    expect(counts.get('MET')).toBeGreaterThan(counts.get('NOT_MET') ?? 0);
  });
});

describe('on 2020-12-31, of the people in the place with roles and offsets', () => {
  const judged = people.filter((person) => employedOn(person, '2020-12-31').some(({ isMain, institution }) => isMain && provinceOf(institution.jurisdiction) === '310000'));
  const holds = (day: string, { from = null, to = null }: { from?: string | null; to?: string | null }): boolean => (from === null || from <= day) && (to === null || day <= to);

  test('about half hold a role', () => {
    const withRole = judged.filter(({ employments }) => employments.some(({ described }) => described?.roles.some((role) => holds('2020-12-31', role))));
    expect(withRole.length / judged.length).toBeGreaterThan(0.42);
    expect(withRole.length / judged.length).toBeLessThan(0.58);
  });

  test('about a quarter need offsets', () => {
    const moved = judged.filter((person) => assessmentOf(registry, person, 'creditCompletion', '2020-12-31')?.ledgers.some(({ entries }) => entries.some(({ movedBy }) => movedBy.length > 0)));
    expect(moved.length / judged.length).toBeGreaterThan(0.2);
    expect(moved.length / judged.length).toBeLessThan(0.33);
  }, 30_000);
});
