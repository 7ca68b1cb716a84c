import type { CourseKind, DatedCell, DescribedEntry, DescribedPerson, EntryFields, InstitutionKind, PersonAsked, PopulationSpec, RandomSource, ThresholdSpec, Weighted } from '../../src/plugin-kit.ts';
import { figureOf } from '../../src/plugin-kit.ts';
import { institutions as institutionRules } from './rules/institutions.ts';

/** Hours of a calendar year, in hundredths. */
const PER_YEAR = figureOf(institutionRules, 'kb-2022-offcampus/3-hours', 'classHoursPerYear', 100);
/** Hours of a cycle, which the nation asks of school teachers (cn-2011-1/cycle-hours). */
const PER_CYCLE = 36_000;
const YEARS = [2022, 2023, 2024, 2025];
const CYCLE = 'hours of the cycle';
const yearName = (year: number): string => `hours of ${year}`;

const thresholds: readonly ThresholdSpec[] = [
  { name: CYCLE, decision: 'creditCompletion', rule: 'cn-2011-1/cycle-hours', on: '2025-12-31', below: 'NOT_MET' },
  ...YEARS.map((year): ThresholdSpec => ({ name: yearName(year), decision: 'yearlyHours', rule: 'kb-2022-offcampus/3-hours', on: `${year}-12-31`, institution: year % 2 === 0 ? 'offCampusArts' : 'youthPalace', below: 'NOT_MET' })),
];

const SCHOOL_FIELDS: EntryFields = {};
const POLITICAL: EntryFields = { kind: 'political' };
const PROFESSIONAL: EntryFields = { kind: 'professional' };
const UNSAID: EntryFields = {};

const isOffCampus = ({ kind }: InstitutionKind): boolean => kind === 'offCampus' || kind === 'youthPalace';
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

function describe(random: RandomSource, asked: PersonAsked): DescribedPerson {
  const isProbe = asked.threshold !== null;
  // Yearly hours are asked of whole years from 2022 on: most were there before.
  const year = isProbe || random.chance(850) ? 1995 + random.below(26) : 2021 + random.below(4);
  const from = asked.from ?? random.day(`${year}-08-20`, `${year}-09-05`);
  const until = asked.until ?? '2025-12-31';
  const entries: DescribedEntry[] = [];
  if (isOffCampus(asked.institution)) yearly(random, entries, asked, from, until);
  else cycles(random, entries, asked, from, until);
  const born = Number(from.slice(0, 4)) - 22 - random.below(5);
  return { bornOn: asked.bornOn ?? random.day(`${born}-01-01`, `${born}-12-31`), employedFrom: from, employedTo: asked.until, roles: [], properties: propertiesOf(random, asked), entries };
}

const DONE: Weighted<(random: RandomSource) => number> = [
  [800, (random) => PER_CYCLE + 100 * random.below(40)],
  [120, (random) => PER_CYCLE - 100 * (1 + random.below(20))],
  [80, (random) => PER_CYCLE - 100 * (60 + random.below(200))],
];

function cycles(random: RandomSource, entries: DescribedEntry[], asked: PersonAsked, from: string, until: string): void {
  const hours = asked.threshold ? PER_CYCLE + asked.threshold.by : random.weighted(DONE)(random);
  add(random, entries, 'hourEntries', random.chance(900) ? PER_CYCLE : 20_000, [SCHOOL_FIELDS], later('2016-01-01', from), earlier('2020-12-31', until));
  add(random, entries, 'hourEntries', hours, [SCHOOL_FIELDS], later('2021-01-01', from), earlier('2025-12-31', until));
}

function yearly(random: RandomSource, entries: DescribedEntry[], asked: PersonAsked, from: string, until: string): void {
  for (const year of YEARS) {
    const by = asked.threshold?.name === yearName(year) ? asked.threshold.by : 0;
    const hours = asked.threshold ? PER_YEAR + by : random.chance(880) ? PER_YEAR + 100 * random.below(30) : PER_YEAR - 100 * (1 + random.below(60));
    const [first, last] = [later(`${year}-01-01`, from), earlier(`${year}-12-31`, until)];
    const half = Math.floor(hours / 200) * 100;
    add(random, entries, 'trainingEntries', half, [POLITICAL], first, last);
    add(random, entries, 'trainingEntries', hours - half, [PROFESSIONAL, PROFESSIONAL, UNSAID], first, last);
  }
}

function add(random: RandomSource, entries: DescribedEntry[], book: string, hours: number, fields: readonly EntryFields[], from: string, to: string): void {
  if (from >= to) return;
  for (const units of random.split(hours, book === 'hourEntries' ? 4_000 : 5_000)) {
    entries.push({ book, units, on: random.day(from, to), fields: random.pick(fields), course: book });
    if (random.chance(12)) entries.push({ book, units: 1_000, on: random.day(from, to), fields: random.pick(fields), course: book, act: random.pick(['declared', 'refused', 'reversed'] as const) });
  }
}

function propertiesOf(random: RandomSource, asked: PersonAsked): DescribedPerson['properties'] {
  const properties: Record<string, readonly DatedCell[]> = {};
  if (isOffCampus(asked.institution)) return properties;
  if (asked.from) properties['cycleStartOn'] = [{ value: asked.from, from: asked.from, to: null }];
  else if (asked.threshold || random.chance(930)) properties['cycleStartOn'] = [{ value: '2016-01-01', from: '2016-01-01', to: '2020-12-31' }, { value: '2021-01-01', from: '2021-01-01', to: null }];
  if (random.chance(800)) properties['trainingAppraisalPassed'] = [{ value: random.chance(950) ? 'true' : 'false' }];
  return properties;
}

const SUBJECTS = ['语文', '数学', '英语', '蒙古语文', '体育', '音乐', '美术', '信息科技'];
const ARTS = ['舞蹈', '书法', '美术', '马头琴', '围棋', '机器人', '游泳', '播音主持'];
const kinds: readonly InstitutionKind[] = [
  { name: 'primary', weight: 30, kind: 'school', stage: 'primary', endings: ['小学', '第二小学'], subjects: SUBJECTS, rural: 60 },
  { name: 'junior', weight: 18, kind: 'school', stage: 'junior', endings: ['中学', '初级中学'], subjects: SUBJECTS, rural: 60 },
  { name: 'senior', weight: 6, kind: 'school', stage: 'senior', endings: ['高级中学'], subjects: SUBJECTS },
  { name: 'kindergarten', weight: 12, kind: 'kindergarten', stage: 'kindergarten', endings: ['幼儿园'], subjects: ['学前教育'], private: 250, staff: 700 },
  { name: 'offCampusArts', weight: 20, kind: 'offCampus', stage: 'other', endings: ['艺术培训中心', '体育俱乐部', '科技培训学校', '书画院'], subjects: ARTS, private: 1_000, staff: 500, recognitions: ['四星级机构', '三星级机构', '名师工作室'] },
  { name: 'youthPalace', weight: 3, kind: 'youthPalace', stage: 'other', endings: ['少年宫'], subjects: ARTS },
];
const courses: readonly CourseKind[] = [
  { name: 'hourEntries', titles: ['师德师风专题培训', '学科教学能力研修', '信息技术应用培训', '班主任培训', '国家通用语言文字培训'], book: 'hourEntries', fields: SCHOOL_FIELDS },
  { name: 'trainingEntries', titles: ['政治理论学习', '职业道德与法规', '课程设计与教学法', '安全与应急', '艺术教学研讨'], book: 'trainingEntries', fields: UNSAID },
];
const localNames = { share: 180, first: ['乌云', '其其', '萨日', '娜仁', '阿拉坦', '巴雅尔', '苏日', '格日', '青格', '斯琴', '敖登', '哈斯'], last: ['图雅', '其木格', '高娃', '娜', '朝鲁', '巴特尔', '格日勒', '花', '夫'] };

/** Invented teachers of the district: of schools under the nation's hours, of off-campus institutions under its own. */
export const population: PopulationSpec = { share: 12, institutions: kinds, courses, thresholds, localNames, describe };
