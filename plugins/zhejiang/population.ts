import type { CourseKind, DatedCell, DescribedEntry, DescribedPerson, EntryFields, InstitutionKind, PersonAsked, PopulationSpec, RandomSource, ThresholdSpec, Weighted } from '../../src/plugin-kit.ts';
import { figureOf } from '../../src/plugin-kit.ts';
import { creditRules } from './rules/credits.ts';

const due = (slug: string, param = 'credits'): number => figureOf(creditRules, `zj-2016-71/${slug}`, param, 100);
const CYCLE = due('2-cycle');
const YEAR = due('2-year', 'creditsPerYear');
const YEARS = [2021, 2022, 2023, 2024, 2025];

const ENTRY = {
  cycle: {},
  probation: { purpose: 'probation', practical: 'false' },
  probationPractical: { purpose: 'probation', practical: 'true' },
  probationUnsaid: { purpose: 'probation' },
  principal: { purpose: 'newPrincipal', centralised: 'false' },
  principalCentralised: { purpose: 'newPrincipal', centralised: 'true' },
} as const satisfies Record<string, EntryFields>;

/** Credits beside the cycle, by kind, in hundredths. */
type Beside = Partial<Record<Exclude<keyof typeof ENTRY, 'cycle'>, number>>;

/** Someone at one figure: hundredths of the years 2021 to 2025, and what stands beside the cycle. */
interface Probe {
  readonly rule: string;
  readonly part?: string;
  readonly name: string;
  readonly role?: 'newTeacher' | 'newPrincipal';
  readonly years: (by: number) => readonly number[];
  readonly beside?: (by: number) => Beside;
}

const even = (total: number): number[] => YEARS.map((_, index) => Math.floor(total / YEARS.length) + (index === 0 ? total % YEARS.length : 0));
const plus = (years: readonly number[], index: number, by: number): number[] => years.map((units, at) => (at === index ? units + by : units));
const PROBATION = { probation: due('2-new-teacher') - due('2-new-teacher', 'practical'), probationPractical: due('2-new-teacher', 'practical') };
const PRINCIPAL = { principal: due('2-new-principal') - due('2-new-principal', 'centralised'), principalCentralised: due('2-new-principal', 'centralised') };
/** Half of a new principal's training counts in the cycle (2-new-principal, countsInCycle). */
const HALF = due('2-new-principal') / 2;

const PROBES: readonly Probe[] = [
  { name: 'cycle', rule: '2-cycle', years: (by) => plus(even(CYCLE), 2, by) },
  ...YEARS.map((year, index): Probe => ({ name: `year ${year}`, rule: '2-year', years: (by) => YEARS.map((_, at) => (at === index ? YEAR + by : (CYCLE - YEAR) / 4 + (at === (index + 1) % 5 ? -by : 0))) })),
  { name: 'probation', rule: '2-new-teacher', part: 'total', role: 'newTeacher', years: () => even(CYCLE), beside: (by) => ({ ...PROBATION, probation: PROBATION.probation + by }) },
  { name: 'probation practical', rule: '2-new-teacher', part: 'practical', role: 'newTeacher', years: () => even(CYCLE), beside: (by) => ({ probation: PROBATION.probation - by, probationPractical: PROBATION.probationPractical + by }) },
  { name: 'new principal', rule: '2-new-principal', part: 'total', role: 'newPrincipal', years: () => even(CYCLE), beside: (by) => ({ ...PRINCIPAL, principal: PRINCIPAL.principal + by }) },
  { name: 'new principal centralised', rule: '2-new-principal', part: 'centralised', role: 'newPrincipal', years: () => even(CYCLE), beside: (by) => ({ principal: PRINCIPAL.principal - by, principalCentralised: PRINCIPAL.principalCentralised + by }) },
  { name: 'cycle with a principal’s half', rule: '2-cycle', role: 'newPrincipal', years: (by) => plus(even(CYCLE - HALF), 2, by), beside: () => PRINCIPAL },
];
const probes = new Map(PROBES.map((probe) => [probe.name, probe]));
const thresholds: readonly ThresholdSpec[] = PROBES.map(({ name, rule, part }) => ({ name, decision: 'creditCompletion', rule: `zj-2016-71/${rule}`, ...(part !== undefined && { part }), on: '2025-12-31', below: 'NOT_MET' }));

type Years = readonly number[];
type Kind = (random: RandomSource) => Years;
const spread = (random: RandomSource, total: number): number[] => {
  const years = even(total);
  for (let turn = 0; turn < 4; turn++) {
    const from = random.below(5);
    const moved = Math.min(100 * random.below(15), Math.max(0, (years[from] ?? 0) - YEAR));
    const to = random.below(5);
    years[from] = (years[from] ?? 0) - moved;
    years[to] = (years[to] ?? 0) + moved;
  }
  return years;
};
const missing = (random: RandomSource, most: number): Years => plus(spread(random, CYCLE - 50 * (1 + random.below(most))), 0, 0);
const KINDS: Weighted<Kind> = [
  [800, (random) => spread(random, CYCLE + 50 * random.below(80))],
  [80, (random) => missing(random, 40)],
  [70, (random) => plus(spread(random, CYCLE + 4_000), random.below(5), 0).map((units, index) => (index === 1 + random.below(4) ? Math.min(units, YEAR - 100 * (1 + random.below(12))) : units))],
  [50, (random) => spread(random, 12_000 + 100 * random.below(150))],
];

/** Where cycles begin: for most with the years of the plan. Null: nobody has recorded it. */
const STARTS: Weighted<string | null> = [
  [910, '2021-01-01'],
  [30, '2022-01-01'],
  [15, '2023-01-01'],
  [45, null],
];

const later = (a: string, b: string): string => (a > b ? a : b);

function describe(random: RandomSource, asked: PersonAsked): DescribedPerson {
  const probe = asked.threshold ? probes.get(asked.threshold.name) : undefined;
  const role = probe ? probe.role : asked.from ? undefined : random.weighted<Probe['role']>([[950, undefined], [25, 'newTeacher'], [25, 'newPrincipal']]);
  const from = asked.from ?? sinceWhen(random, role, probe !== undefined);
  const until = asked.until ?? '2025-12-31';
  const start = probe ? '2021-01-01' : asked.from ? `${Number(asked.from.slice(0, 4)) + 1}-01-01` : random.weighted(STARTS);
  const by = asked.threshold?.by ?? 0;
  const entries: DescribedEntry[] = [];
  if (from < '2016-09-01') earlierCycle(random, entries, from, until);
  const years = probe ? probe.years(by) : random.weighted(KINDS)(random);
  YEARS.forEach((year, index) => addYear(random, entries, years[index] ?? 0, later(`${year}-01-01`, from), `${year}-12-31` < until ? `${year}-12-31` : until));
  addBeside(random, entries, probe ? (probe.beside?.(by) ?? {}) : besideOf(random, role), role);
  if (!probe) addUnfinished(random, entries, later(from, '2021-01-01'), until);
  const roles: DatedCell[] = role ? [{ value: role, from: role === 'newTeacher' ? '2025-08-20' : '2025-03-01', to: null }] : [];
  const age = role === 'newTeacher' ? 24 : 26;
  const bornOn = asked.bornOn ?? random.day(`${Number(from.slice(0, 4)) - age - 2}-01-01`, `${Number(from.slice(0, 4)) - age + 3}-12-31`);
  return { bornOn, employedFrom: from, employedTo: asked.until, roles, properties: propertiesOf(random, start, probe !== undefined), entries };
}

function sinceWhen(random: RandomSource, role: Probe['role'], isProbe: boolean): string {
  if (role === 'newTeacher' && !isProbe) return '2025-08-20';
  const year = isProbe || random.chance(950) ? 1990 + random.below(27) : 2017 + random.below(7);
  return random.day(`${year}-08-15`, `${year}-09-05`);
}

function addYear(random: RandomSource, entries: DescribedEntry[], units: number, from: string, to: string): void {
  if (from >= to) return;
  for (const part of random.split(units, 4_800)) entries.push({ book: 'entries', units: part, on: random.day(from, to), fields: random.chance(10) ? unvetted(random, from) : ENTRY.cycle, course: 'cycle' });
}

/** Run by an institution that was not vetted: the school had to agree before. */
function unvetted(random: RandomSource, from: string): EntryFields {
  const startedOn = random.day(from, `${from.slice(0, 4)}-12-31`);
  const isInTime = random.chance(700);
  return { institutionVetted: 'false', startedOn, schoolAgreedOn: isInTime ? random.day(`${Number(startedOn.slice(0, 4)) - 1}-12-01`, `${Number(startedOn.slice(0, 4)) - 1}-12-31`) : startedOn };
}

function earlierCycle(random: RandomSource, entries: DescribedEntry[], from: string, until: string): void {
  for (const year of [2016, 2017, 2018, 2019, 2020]) if (`${year}-12-31` < until) addYear(random, entries, random.chance(970) ? 7_200 : 2_000, later(`${year}-02-01`, from), `${year}-12-31`);
}

const besideOf = (random: RandomSource, role: Probe['role']): Beside => {
  if (role === 'newTeacher') return random.chance(120) ? { ...PROBATION, probationPractical: 0, probationUnsaid: PROBATION.probationPractical } : random.chance(500) ? PROBATION : { probation: 4_000, probationPractical: 3_000 };
  return role === 'newPrincipal' ? (random.chance(800) ? PRINCIPAL : { ...PRINCIPAL, principal: 9_000 }) : {};
};

function addBeside(random: RandomSource, entries: DescribedEntry[], beside: Beside, role: Probe['role']): void {
  const [from, to] = role === 'newTeacher' ? ['2025-08-25', '2025-12-31'] : ['2025-03-01', '2025-12-31'];
  for (const [kind, units] of Object.entries(beside)) {
    for (const part of random.split(units, 6_000)) entries.push({ book: 'entries', units: part, on: random.day(from as string, to as string), fields: ENTRY[kind as keyof typeof ENTRY], course: role });
  }
}

function addUnfinished(random: RandomSource, entries: DescribedEntry[], from: string, until: string): void {
  if (from >= until || !random.chance(200)) return;
  entries.push({ book: 'entries', units: 100 * (4 + random.below(30)), on: random.day(from, until), fields: ENTRY.cycle, course: 'cycle', act: random.weighted([[50, 'declared'], [15, 'reviewed'], [15, 'refused'], [20, 'reversed']] as const) });
}

function propertiesOf(random: RandomSource, start: string | null, isProbe: boolean): DescribedPerson['properties'] {
  const properties: Record<string, readonly DatedCell[]> = {};
  if (start !== null) properties['cycleStartOn'] = start === '2021-01-01' ? [{ value: '2016-01-01', from: '2016-01-01', to: '2020-12-31' }, { value: start, from: start, to: null }] : [{ value: start, from: start, to: null }];
  if (!isProbe && random.chance(30)) properties['employment'] = [{ value: 'partTime' }];
  else if (random.chance(800)) properties['employment'] = [{ value: 'fullTime' }];
  return properties;
}

const SUBJECTS = ['语文', '数学', '英语', '科学', '社会', '体育', '音乐', '美术', '信息科技', '道德与法治'];
const school = (name: string, weight: number, stage: string, endings: readonly string[]): InstitutionKind => ({ name, weight, kind: 'school', stage, endings, subjects: SUBJECTS, private: 110, rural: 300, recognitions: ['县级教师发展学校', '浙派教研联盟校'] });
const institutions: readonly InstitutionKind[] = [
  school('primary', 40, 'primary', ['小学', '中心小学']),
  school('junior', 22, 'junior', ['初级中学', '中学']),
  school('senior', 12, 'senior', ['高级中学']),
  { name: 'kindergarten', weight: 16, kind: 'kindergarten', stage: 'kindergarten', endings: ['幼儿园', '实验幼儿园'], subjects: ['学前教育'], private: 400, staff: 600 },
  { name: 'vocational', weight: 6, kind: 'vocational', stage: 'vocational', endings: ['职业高级中学'], subjects: ['机械', '电子商务', '旅游服务', '数学', '语文'], staff: 700 },
];
const course = (name: string, titles: readonly string[]): CourseKind => ({ name, titles, book: 'entries', fields: {} });
const courses: readonly CourseKind[] = [
  course('cycle', ['学科核心素养与课堂变革', '作业管理与评价', '乡村教师专业发展研修', '班主任育人能力提升', '数字化教学应用', '心理健康教育C证培训']),
  course('newTeacher', ['新教师入职培训', '新教师教学基本功实践']),
  course('newPrincipal', ['新任校长任职资格培训', '学校管理跟岗研修']),
];

/** Invented teachers of Zhejiang: two cycles of five years, probation and new principals. */
export const population: PopulationSpec = { share: 30, institutions, courses, thresholds, describe };
