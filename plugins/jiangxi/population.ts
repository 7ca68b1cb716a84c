import type { CourseKind, DatedCell, DescribedEntry, DescribedPerson, InstitutionKind, PersonAsked, PopulationSpec, RandomSource, ThresholdSpec, Weighted } from '../../src/plugin-kit.ts';

/** Hours of a cycle, which the nation asks for (cn-2011-1/cycle-hours), in hundredths. */
const HOURS = 36_000;
const FIELDS = {};

const thresholds: readonly ThresholdSpec[] = [{ name: 'hours of the cycle', decision: 'creditCompletion', rule: 'cn-2011-1/cycle-hours', on: '2025-12-31', below: 'NOT_MET' }];

/** Hours of the cycle that ends in 2025. */
const KINDS: Weighted<(random: RandomSource) => number> = [
  [770, (random) => HOURS + 100 * random.below(60)],
  [120, (random) => HOURS - 100 * (1 + random.below(24))],
  [70, (random) => HOURS - 100 * (40 + random.below(120))],
  [40, (random) => 100 * random.below(120)],
];
const STARTS: Weighted<string | null> = [
  [870, '2021-01-01'],
  [80, '2020-09-01'],
  [50, null],
];
const YEAR = ['2021-01-01', '2025-08-31'] as const;

function describe(random: RandomSource, asked: PersonAsked): DescribedPerson {
  const isProbe = asked.threshold !== null;
  const year = isProbe || random.chance(940) ? 1986 + random.below(30) : 2016 + random.below(9);
  const from = asked.from ?? random.day(`${year}-08-20`, `${year}-09-05`);
  const until = asked.until ?? '2025-12-31';
  const start = isProbe ? '2021-01-01' : asked.from ? asked.from : random.weighted(STARTS);
  const hours = asked.threshold ? HOURS + asked.threshold.by : random.weighted(KINDS)(random);
  const entries: DescribedEntry[] = [];
  for (const [first, last] of [['2011-09-01', '2015-08-31'], ['2016-01-01', '2020-08-31']] as const) addHours(random, entries, random.chance(900) ? 36_000 : 24_000, first, last, from, until);
  // Newcomers have not had five years yet.
  addHours(random, entries, !isProbe && from > '2023-01-01' ? Math.floor(hours / 3) : hours, ...YEAR, from, until);
  if (!isProbe && random.chance(120) && until >= '2023-01-01') entries.push({ book: 'hourEntries', units: 2_000, on: random.day(from > '2022-01-01' ? from : '2022-01-01', until), fields: FIELDS, course: 'training', act: random.pick(['declared', 'refused', 'reversed'] as const) });
  const born = Number(from.slice(0, 4)) - 22 - random.below(6);
  const bornOn = asked.bornOn ?? random.day(`${born}-01-01`, `${born}-12-31`);
  return { bornOn, employedFrom: from, employedTo: asked.until, roles: [], properties: propertiesOf(random, asked, bornOn, from, start), entries };
}

function addHours(random: RandomSource, entries: DescribedEntry[], hours: number, first: string, last: string, from: string, until: string): void {
  const since = first > from ? first : from;
  const to = last < until ? last : until;
  if (since >= to) return;
  for (const units of random.split(hours, random.pick([4_500, 5_000, 6_000]))) entries.push({ book: 'hourEntries', units, on: random.day(since, to), fields: FIELDS, course: 'training' });
}

function propertiesOf(random: RandomSource, asked: PersonAsked, bornOn: string, from: string, start: string | null): DescribedPerson['properties'] {
  const properties: Record<string, readonly DatedCell[]> = { sex: [{ value: asked.sex }], birthDate: [{ value: bornOn }] };
  if (start !== null) properties['cycleStartOn'] = asked.from === null ? [{ value: '2016-01-01', from: '2016-01-01', to: dayBefore(start) }, { value: start, from: start, to: null }] : [{ value: start, from: start, to: null }];
  const isKnown = asked.threshold !== null || random.chance(955);
  if (isKnown) properties['onStaffList'] = [{ value: asked.threshold !== null || random.chance(940) ? 'true' : 'false' }];
  if (isKnown || random.chance(500)) properties['inPost'] = asked.threshold === null && random.chance(25) ? [{ value: 'true', from: null, to: '2025-06-30' }, { value: 'false', from: '2025-07-01', to: null }] : [{ value: 'true' }];
  if (random.chance(700)) properties['trainingAppraisalPassed'] = [{ value: random.chance(960) ? 'true' : 'false' }];
  if (from < '2012-09-01' && random.chance(800)) properties['failedTraining'] = [{ value: failures(random) }];
  return properties;
}

const dayBefore = (start: string): string => (start.endsWith('-01-01') ? `${Number(start.slice(0, 4)) - 1}-12-31` : `${start.slice(0, 4)}-08-31`);

/** School years recorded as failed, for the make-up training of 2014-2015. */
const failures = (random: RandomSource): string =>
  JSON.stringify(
    random.weighted([
      [820, []],
      [70, [{ year: '2012-2013', completedProgramme: 'none' }]],
      [50, [{ year: '2013-2014', completedProgramme: 'none' }]],
      [20, [{ year: '2012-2013', completedProgramme: 'nationalDistance', checkOutcome: 'failureRemoved' }]],
      [20, [{ year: '2013-2014', completedProgramme: 'itAbility', checkOutcome: 'pending' }]],
      [20, [{ year: '2012-2013', completedProgramme: 'none' }, { year: '2013-2014', completedProgramme: 'none' }]],
    ]),
  );

const SUBJECTS = ['语文', '数学', '英语', '科学', '体育', '音乐', '美术', '道德与法治', '信息科技'];
const school = (name: string, weight: number, stage: string, endings: readonly string[]): InstitutionKind => ({ name, weight, kind: 'school', stage, endings, subjects: SUBJECTS, private: 60, rural: 450 });
const institutions: readonly InstitutionKind[] = [
  school('primary', 45, 'primary', ['小学', '中心小学', '完全小学']),
  school('junior', 28, 'junior', ['初级中学', '中学']),
  school('senior', 12, 'senior', ['高级中学']),
  { name: 'kindergarten', weight: 12, kind: 'kindergarten', stage: 'kindergarten', endings: ['幼儿园', '中心幼儿园'], subjects: ['学前教育'], private: 350, rural: 300, staff: 600 },
];
const courses: readonly CourseKind[] = [{ name: 'training', titles: ['中小学教师全员远程培训', '信息技术应用能力提升培训', '师德师风专题学习', '县级学科集中培训', '校本研修'], book: 'hourEntries', fields: FIELDS }];

/** Invented teachers of Jiangxi: hours of three cycles, the staff list, failed training years. */
export const population: PopulationSpec = { share: 18, institutions, courses, thresholds, describe };
