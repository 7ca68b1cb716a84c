import type { ThresholdSpec } from '../../../src/plugin-kit.ts';
import { due2016, least2016, leastDevelopment2016, least2021 } from './least.ts';
import type { Name2016, Name2021 } from './pieces.ts';

type Whole2016 = Record<Name2016, number>;

/** Someone at one figure of 2016-2020 who meets all else with as little as can be. */
export interface Probe2016 {
  readonly rule: string;
  readonly part?: string;
  readonly school?: 'development';
  readonly role?: string;
  /** First day in the education system, where it matters. */
  readonly enteredOn?: string;
  readonly below?: ThresholdSpec['below'];
  /** What lies at the figure; from `give` comes what keeps the other rows as they are. */
  readonly take: Name2016;
  readonly give?: Name2016;
  /** What the person has otherwise than the least: so many units from one kind to another, or (without `from`) on top. */
  readonly arrange?: readonly { readonly from?: Name2016; readonly to: Name2016; readonly units: number }[];
}

const LEAST = least2016();
/** Ethics and literacy that no level asks for, and practice that none does: they may as well lie elsewhere. */
const spareEthics = LEAST.schoolEthics - due2016('1.1-school-ethics');
const noSparePractice = { from: 'districtPractice', to: 'schoolKnowledge', units: LEAST.districtPractice } as const;
const ethicsAtDistrict = { from: 'schoolEthics', to: 'districtEthics', units: spareEthics } as const;
const onTop = (to: Name2016, units: number) => ({ to, units });

const CLAUSE_1: readonly Probe2016[] = [
  { rule: '1.1-total', take: 'districtPractice' },
  { rule: '1.1-ethics-literacy', take: 'schoolEthics', give: 'districtPractice' },
  { rule: '1.1-knowledge-skills', take: 'districtKnowledge', give: 'districtPractice' },
  { rule: '1.1-practice', take: 'schoolPractice', give: 'schoolKnowledge', arrange: [noSparePractice] },
  { rule: '1.1-municipal', take: 'municipalKnowledge', give: 'districtPractice' },
  { rule: '1.1-municipal-ethics', take: 'municipalEthics', give: 'schoolEthics' },
  { rule: '1.1-municipal-knowledge', part: 'credits', take: 'municipalKnowledge', give: 'districtPractice' },
  { rule: '1.1-municipal-knowledge', part: 'itGeneral', take: 'municipalGeneral', give: 'municipalKnowledge' },
  { rule: '1.1-district', take: 'districtKnowledge', give: 'schoolKnowledge', arrange: [noSparePractice] },
  { rule: '1.1-district-ethics', take: 'districtEthics', give: 'schoolEthics' },
  { rule: '1.1-district-knowledge', part: 'credits', take: 'districtKnowledge', give: 'districtPractice' },
  { rule: '1.1-district-knowledge', part: 'itProfessional', take: 'districtProfessional', give: 'districtKnowledge' },
  { rule: '1.1-school', take: 'schoolPractice', give: 'districtPractice', arrange: [ethicsAtDistrict] },
  { rule: '1.1-school-ethics', take: 'schoolEthics', give: 'districtEthics', arrange: [ethicsAtDistrict] },
  { rule: '1.1-school-literacy', take: 'schoolLiteracy', give: 'schoolEthics' },
  { rule: '1.1-school-practice', part: 'credits', take: 'schoolPractice', give: 'districtPractice' },
  { rule: '1.1-school-practice', part: 'itApplied', take: 'schoolApplied', give: 'schoolPractice' },
  { rule: '1.3-self-directed', part: 'district', take: 'districtSelf', give: 'districtKnowledge' },
  { rule: '1.3-self-directed', part: 'school', take: 'schoolSelf', give: 'schoolPractice' },
];

const DEVELOPMENT: readonly Probe2016[] = (
  [
    { rule: '1.1-total', take: 'schoolKnowledge' },
    { rule: '1.2-external', part: 'external', take: 'districtProfessional', give: 'schoolKnowledge' },
    { rule: '1.2-external', part: 'ethicsLiteracy', take: 'districtEthics', give: 'districtKnowledge', arrange: [{ from: 'municipalEthics', to: 'districtKnowledge', units: 100 }, { from: 'districtEthics', to: 'districtKnowledge', units: 99 }] },
    { rule: '1.2-external', part: 'itGeneral', take: 'municipalGeneral', give: 'districtKnowledge', arrange: [{ from: 'municipalGeneral', to: 'districtKnowledge', units: 99 }] },
    { rule: '1.2-external', part: 'itProfessional', take: 'districtProfessional', give: 'districtKnowledge', arrange: [{ from: 'districtProfessional', to: 'districtKnowledge', units: due2016('1.2-external') - 301 }] },
    { rule: '1.2-school', take: 'schoolKnowledge', give: 'districtPractice', arrange: [onTop('districtPractice', 100)] },
    { rule: '1.2-school-ethics', take: 'schoolEthics', give: 'schoolKnowledge' },
    { rule: '1.2-school-literacy', take: 'schoolLiteracy', give: 'schoolKnowledge' },
    { rule: '1.2-school-practice', part: 'credits', take: 'schoolPractice', give: 'schoolKnowledge' },
    { rule: '1.2-school-practice', part: 'itApplied', take: 'schoolApplied', give: 'schoolPractice' },
    { rule: '1.3-self-directed', part: 'selfDirected', take: 'schoolSelf', give: 'schoolPractice' },
  ] satisfies Probe2016[]
).map((probe) => ({ ...probe, school: 'development' as const }));

const seniorWhole = [onTop('seniorLeading', due2016('1.7-senior', 'leading')), onTop('seniorOther', due2016('1.7-senior') - due2016('1.7-senior', 'leading'))];
const principalWhole = [onTop('principalFullTime', due2016('1.8-principal-serving', 'fullTime')), onTop('principalPartTime', due2016('1.8-principal-serving') - due2016('1.8-principal-serving', 'fullTime'))];

/** Years of a trainer are whole ones from this on. */
export const TRAINER_SINCE = '2018-01-01';
export const TRAINER_YEARS = ['2018', '2019', '2020'];

const ROLES: readonly Probe2016[] = [
  { rule: '1.4-novice', role: 'novice', take: 'probation', arrange: [onTop('probation', due2016('1.4-novice'))] },
  { rule: '1.5-head-teacher', role: 'headTeacher', take: 'headTeacher', arrange: [onTop('headTeacher', due2016('1.5-head-teacher'))] },
  { rule: '1.6-trainer', role: 'trainer', take: 'trainer', arrange: [onTop('trainer', due2016('1.6-trainer', 'creditsPerYear') * TRAINER_YEARS.length)] },
  { rule: '1.7-senior', part: 'base', role: 'senior', take: 'districtPractice', arrange: seniorWhole },
  { rule: '1.7-senior', part: 'selfDirected', role: 'senior', take: 'seniorOther', arrange: seniorWhole },
  { rule: '1.7-senior', part: 'leading', role: 'senior', take: 'seniorLeading', give: 'seniorOther', arrange: seniorWhole },
  { rule: '1.7-senior', part: 'sum', role: 'senior', take: 'seniorOther', arrange: seniorWhole },
  { rule: '1.8-principal-new', role: 'principalNew', take: 'qualification', arrange: [onTop('qualification', due2016('1.8-principal-new'))] },
  { rule: '1.8-principal-serving', part: 'principal', role: 'principalServing', take: 'principalPartTime', arrange: principalWhole },
  { rule: '1.8-principal-serving', part: 'fullTime', role: 'principalServing', take: 'principalFullTime', give: 'principalPartTime', arrange: principalWhole },
  { rule: '1.9-middle-leader', role: 'middleLeader', take: 'middleLeader', arrange: [onTop('middleLeader', due2016('1.9-middle-leader'))] },
  { rule: '1.9-middle-leader', role: 'reserveCadre', take: 'middleLeader', arrange: [onTop('middleLeader', due2016('1.9-middle-leader'))] },
  { rule: '1.10-college-head', role: 'collegeHead', take: 'municipalKnowledge', arrange: [onTop('municipalKnowledge', due2016('1.10-college-head') - due2016('1.1-municipal'))] },
  { rule: '1.11-taper', part: 'newTeacher', enteredOn: '2016-09-01', take: 'districtPractice', below: 'UNDETERMINED' },
];

export const PROBES_2016: readonly Probe2016[] = [...CLAUSE_1, ...DEVELOPMENT, ...ROLES];

/** Someone at one figure of 2021-2025: a unit less of it is a unit less in all. */
export interface Probe2021 {
  readonly rule: string;
  readonly part?: string;
  readonly below?: ThresholdSpec['below'];
  readonly take: Name2021;
}

/** Other cells hold more than their own rows ask for, and by offsets that were not read it might stand in. */
const isOpen = (rule: string, part: string): boolean => part === 'credits' || OPEN.has(`${rule} ${part}`);
const OPEN: ReadonlySet<string> = new Set([
  '1.1-municipal counselling',
  ...['subjectTeaching', 'assessmentDesign', 'itProfessional'].map((part) => `1.1-district ${part}`),
  ...['familyGuidance', 'subjectTeaching', 'assessmentDesign', 'crossSubjectTeaching', 'itApplied'].map((part) => `1.1-school ${part}`),
]);
const partsOf = (rule: string, parts: Readonly<Record<string, Name2021>>): Probe2021[] => Object.entries(parts).map(([part, take]) => ({ rule, part, take, below: isOpen(rule, part) ? 'UNDETERMINED' : 'NOT_MET' }));

export const PROBES_2021: readonly Probe2021[] = [
  { rule: '1.1-total', take: 'schoolPractice' },
  { rule: '1.1-ethics-literacy', take: 'schoolEthics' },
  { rule: '1.1-knowledge-skills', take: 'districtKnowledge' },
  { rule: '1.1-practice', take: 'schoolPractice' },
  { rule: '1.1-self-directed', take: 'selfDirected' },
  ...partsOf('1.1-municipal', {
    credits: 'municipalEthics',
    ethicsLiteracy: 'municipalEthics',
    counselling: 'municipalCounselling',
    knowledgeSkills: 'municipalSubject',
    subjectTeaching: 'municipalSubject',
    assessmentDesign: 'municipalAssessment',
    itGeneral: 'municipalIt',
    practice: 'municipalExperiment',
    experimentTeaching: 'municipalExperiment',
  }),
  ...partsOf('1.1-district', {
    credits: 'districtKnowledge',
    ethicsLiteracy: 'districtFamily',
    counselling: 'districtCounselling',
    familyGuidance: 'districtFamily',
    knowledgeSkills: 'districtKnowledge',
    subjectTeaching: 'districtSubject',
    assessmentDesign: 'districtAssessment',
    itProfessional: 'districtIt',
    practice: 'districtExperiment',
    experimentTeaching: 'districtExperiment',
    crossSubjectTeaching: 'districtCross',
  }),
  ...partsOf('1.1-school', {
    credits: 'schoolPractice',
    ethics: 'schoolEthics',
    literacy: 'schoolLiteracy',
    familyGuidance: 'schoolFamily',
    practice: 'schoolPractice',
    subjectTeaching: 'schoolSubject',
    assessmentDesign: 'schoolAssessment',
    crossSubjectTeaching: 'schoolCross',
    itApplied: 'schoolIt',
  }),
];

const nameOf = (document: string, { rule, part, ...more }: Probe2016 | Probe2021): string => [document, rule, part, 'school' in more ? more.school : undefined, 'role' in more ? more.role : undefined].filter(Boolean).join(' ');

const spec = (document: string, on: string, probe: Probe2016 | Probe2021): ThresholdSpec => ({
  name: nameOf(document, probe),
  decision: 'creditCompletion',
  rule: `${document}/${probe.rule}`,
  ...(probe.part !== undefined && { part: probe.part }),
  on,
  ...('school' in probe && { institution: 'developmentPrimary' }),
  below: probe.below ?? 'NOT_MET',
});

export const thresholds: readonly ThresholdSpec[] = [...PROBES_2016.map((probe) => spec('sh-2016-credit', '2020-12-31', probe)), ...PROBES_2021.map((probe) => spec('sh-2021-credit', '2025-12-31', probe))];

export const probe2016 = new Map(PROBES_2016.map((probe) => [nameOf('sh-2016-credit', probe), probe]));
export const probe2021 = new Map(PROBES_2021.map((probe) => [nameOf('sh-2021-credit', probe), probe]));

/** What someone beside a figure has: the least of all, arranged so that only this figure is touched. */
export function unitsAt2016(probe: Probe2016, by: number): Whole2016 {
  const units = probe.school ? leastDevelopment2016() : least2016();
  for (const { from, to, units: moved } of probe.arrange ?? []) {
    if (from !== undefined) units[from] -= moved;
    units[to] += moved;
  }
  units[probe.take] += by;
  if (probe.give !== undefined) units[probe.give] -= by;
  return units;
}

export function unitsAt2021(probe: Probe2021, by: number): Record<Name2021, number> {
  const units = least2021();
  units[probe.take] += by;
  return units;
}
