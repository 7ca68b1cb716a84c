import type { DatedCell, DescribedEntry, DescribedPerson, EntryFields, PersonAsked, RandomSource, Weighted } from '../../../src/plugin-kit.ts';
import { due2016 } from './least.ts';
import { EARLIER, PIECES_2016, PIECES_2021 } from './pieces.ts';
import { probe2016, probe2021, TRAINER_SINCE, TRAINER_YEARS, unitsAt2016, unitsAt2021 } from './thresholds.ts';
import { addEntries, addPiece, addRole2016, development2016, ordinary2016, ordinary2021 } from './transcripts.ts';

const FIRST_CYCLE = ['2016-01-01', '2020-12-31'] as const;
const SECOND_CYCLE = ['2021-01-01', '2025-12-31'] as const;

/** Roles that someone has held for years; about half of all teachers hold one. */
const ROLES: Weighted<readonly string[]> = [
  [430, []],
  [250, ['headTeacher']],
  [20, ['headTeacher', 'senior']],
  [45, ['senior']],
  [100, ['middleLeader']],
  [15, ['middleLeader', 'senior']],
  [60, ['reserveCadre']],
  [30, ['trainer']],
  [28, ['principalServing']],
  [12, ['principalNew']],
  [3, ['collegeHead']],
];

/** First days at work: most came before the first cycle. */
const SINCE: Weighted<readonly [first: number, last: number]> = [
  [760, [1988, 2015]],
  [110, [2016, 2019]],
  [70, [2020, 2022]],
  [60, [2023, 2025]],
];

/** Schools take people on before the school year begins. */
function entering(random: RandomSource, [first, last]: readonly [number, number]): string {
  const year = first + random.below(last - first + 1);
  return random.day(`${year}-08-15`, `${year}-09-05`);
}

const TRAINER_DUE = due2016('1.6-trainer', 'creditsPerYear') * TRAINER_YEARS.length;

/** A day of the calendar so many years earlier; a leap day becomes the one before. */
const yearsBefore = (on: string, years: number): string => `${Number(on.slice(0, 4)) - years}${on.slice(4).replace('-02-29', '-02-28')}`;
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

export function describe(random: RandomSource, asked: PersonAsked): DescribedPerson {
  const probe = asked.threshold && { first: probe2016.get(asked.threshold.name), second: probe2021.get(asked.threshold.name), by: asked.threshold.by };
  const entered = probe?.first?.enteredOn ?? asked.from ?? entering(random, probe ? [1992, 2014] : random.weighted(SINCE));
  const from = asked.from ?? entered;
  const until = asked.until ?? '2025-12-31';
  const bornOn = asked.bornOn ?? random.day(yearsBefore(entered, 27), yearsBefore(entered, 22));
  const roles = probe?.first ? (probe.first.role ? [probe.first.role] : []) : from > '2019-12-31' ? [] : random.weighted(ROLES);
  const entries: DescribedEntry[] = [];
  const span = ([first, last]: readonly [string, string]): readonly [string, string] => [later(first, from), earlier(last, until)];
  addFirstCycle(random, entries, asked, roles, probe?.first, probe?.by ?? 0, span(FIRST_CYCLE));
  const second = span(SECOND_CYCLE);
  if (second[0] < second[1]) addEntries(random, entries, PIECES_2021, probe?.second ? unitsAt2021(probe.second, probe.by) : secondCycle(random, from), ...second);
  if (from < '2015-01-01' && random.chance(250)) addPiece(random, entries, EARLIER, 300 * (1 + random.below(3)), later(from, '2011-01-01'), '2015-12-31');
  if (!probe) addUnfinished(random, entries, later(from, '2019-01-01'), until);
  return { bornOn, employedFrom: from, employedTo: asked.until, roles: [...datedRoles(random, roles, from, probe !== null), ...novice(probe !== null, from)], properties: propertiesOf(random, roles, entered, probe !== null), entries };
}

function addFirstCycle(random: RandomSource, entries: DescribedEntry[], asked: PersonAsked, roles: readonly string[], probe: Parameters<typeof unitsAt2016>[0] | undefined, by: number, [from, to]: readonly [string, string]): void {
  if (from >= to) return;
  const units = probe ? unitsAt2016(probe, by) : asked.institution.properties?.['developmentSchool'] === 'municipal' ? development2016(random) : ordinary2016(random);
  // Two years are not five: who came late has as much of it as time allowed.
  if (!probe && from > '2018-01-01') for (const name of Object.keys(units) as (keyof typeof units)[]) if (random.chance(500)) units[name] = 0;
  if (!probe) for (const role of roles) if (role !== 'trainer') addRole2016(random, units, role);
  const trainer = units.trainer > 0 ? units.trainer : roles.includes('trainer') ? TRAINER_DUE : 0;
  units.trainer = 0;
  addEntries(random, entries, PIECES_2016, units, from, to);
  if (trainer > 0) addTrainerYears(random, entries, trainer, probe ? 0 : 120);
}

/** As much in each year; what is beside the figure lies in the last. */
function addTrainerYears(random: RandomSource, entries: DescribedEntry[], units: number, missed: number): void {
  const each = Math.round(units / TRAINER_YEARS.length);
  TRAINER_YEARS.forEach((year, index) => {
    const amount = index === TRAINER_YEARS.length - 1 ? units - each * index : each;
    if (!random.chance(missed)) addPiece(random, entries, PIECES_2016.trainer, amount, `${year}-01-01`, `${year}-12-31`);
  });
}

function secondCycle(random: RandomSource, from: string): ReturnType<typeof ordinary2021> {
  const units = ordinary2021(random);
  // Newcomers of the last years are still on the way.
  if (from > '2023-01-01') for (const name of Object.keys(units) as (keyof typeof units)[]) if (random.chance(from > '2024-06-01' ? 600 : 250)) units[name] = 0;
  return units;
}

const UNFINISHED: Weighted<DescribedEntry['act']> = [
  [45, 'declared'],
  [25, 'reviewed'],
  [15, 'refused'],
  [15, 'reversed'],
];

/** What was declared and not recognised, or taken back again: it counts for nothing. */
function addUnfinished(random: RandomSource, entries: DescribedEntry[], from: string, until: string): void {
  if (from >= until || !random.chance(220)) return;
  const { fields, course } = random.pick([PIECES_2021.districtKnowledge, PIECES_2021.schoolPractice, PIECES_2021.municipalKnowledge]);
  entries.push({ book: 'entries', units: 50 * (1 + random.below(6)), on: random.day(from, until), fields, course, act: random.weighted(UNFINISHED) });
}

function datedRoles(random: RandomSource, roles: readonly string[], from: string, isProbe: boolean): DatedCell[] {
  return roles.map((value) => {
    const since = value === 'trainer' ? TRAINER_SINCE : isProbe ? null : random.day(later(from, '2012-01-01'), '2019-09-01');
    // Posts change hands; a title stays.
    const to = isProbe ? '2021-01-31' : value !== 'senior' && random.chance(880) ? random.day('2021-01-31', '2025-08-31') : null;
    return { value, from: value === 'trainer' ? later(TRAINER_SINCE, from) : since === null ? null : later(since, from), to };
  });
}

/** The first year at work. */
const novice = (isProbe: boolean, from: string): DatedCell[] => (isProbe || from < '2016-01-01' ? [] : [{ value: 'novice', from, to: `${Number(from.slice(0, 4)) + 1}-08-31` }]);

function propertiesOf(random: RandomSource, roles: readonly string[], entered: string, isProbe: boolean): DescribedPerson['properties'] {
  const properties: Record<string, readonly DatedCell[]> = {};
  if (isProbe ? entered >= '2016-01-01' : random.chance(entered >= '2016-01-01' ? 150 : 700)) properties['enteredSystemOn'] = [{ value: entered }];
  if (!isProbe && roles.includes('senior') && random.chance(600)) properties['seniorTitleOn'] = [{ value: random.day(later(yearsBefore(entered, -6), '2004-01-01'), '2015-12-31') }];
  if (random.chance(600)) properties['trainingAppraisalPassed'] = [{ value: random.chance(950) ? 'true' : 'false' }];
  return properties;
}

const FIELDS: readonly EntryFields[] = [PIECES_2021.districtKnowledge.fields, PIECES_2021.districtSubject.fields, PIECES_2021.schoolPractice.fields];
const BUREAU = ['教师培训认定', '师训认定', '区教院认定'];

/** What the district says of an hour or credit from elsewhere (sh-2016-credit/2.3-elsewhere): about a tenth of a credit for one. */
export function decide(random: RandomSource, earned: DescribedEntry, on: string): DescribedEntry | null {
  if (on < FIRST_CYCLE[0]) return null;
  const number = `${random.pick(BUREAU)}〔${on.slice(0, 4)}〕${1 + random.below(400)}号`;
  return { book: 'entries', units: Math.max(10, Math.floor(earned.units / 10)), on: earned.on, fields: { ...random.pick(FIELDS), origin: 'elsewhere', districtDecision: number } };
}
