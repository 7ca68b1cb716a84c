import type { Entry, Person } from './transcripts.ts';

/** One minimum of the Shanghai rules of 2016-2020, in hundredths, and what an entry has to be to count for it. */
export interface Threshold {
  readonly name: string;
  readonly required: number;
  /** Each field has this value. */
  readonly fields: readonly (readonly [name: string, value: unknown])[];
  /** In the 36, in the 18 of senior teachers, or in either. */
  readonly pool: 'common' | 'senior' | 'any';
}

const ETHICS = { category: 'ethicsLiteracy' };
const KNOWLEDGE = { category: 'knowledgeSkills' };
const PRACTICE = { category: 'practice' };
const least = (name: string, required: number, fields: Entry): Threshold => ({ name, required, fields: Object.entries(fields), pool: 'common' });

const OF_EVERYONE: readonly Threshold[] = [
  least('1.1-total', 3600, {}),
  least('1.1-ethics-literacy', 1200, ETHICS),
  least('1.1-knowledge-skills', 1200, KNOWLEDGE),
  least('1.1-practice', 1000, PRACTICE),
  least('1.1-municipal', 400, { level: 'municipal' }),
  least('1.1-municipal-ethics', 100, { level: 'municipal', ...ETHICS }),
  least('1.1-municipal-knowledge/credits', 300, { level: 'municipal', ...KNOWLEDGE }),
  least('1.1-municipal-knowledge/itGeneral', 100, { level: 'municipal', ...KNOWLEDGE, itCourse: 'general' }),
  least('1.1-district', 1100, { level: 'district' }),
  least('1.1-district-ethics', 200, { level: 'district', ...ETHICS }),
  least('1.1-district-knowledge/credits', 900, { level: 'district', ...KNOWLEDGE }),
  least('1.1-district-knowledge/itProfessional', 300, { level: 'district', ...KNOWLEDGE, itCourse: 'professional' }),
  least('1.1-school', 1500, { level: 'school' }),
  least('1.1-school-ethics', 400, { level: 'school', ...ETHICS, subcategory: 'ethics' }),
  least('1.1-school-literacy', 100, { level: 'school', ...ETHICS, subcategory: 'literacy' }),
  least('1.1-school-practice/credits', 1000, { level: 'school', ...PRACTICE }),
  least('1.1-school-practice/itApplied', 100, { level: 'school', ...PRACTICE, itCourse: 'applied' }),
  least('1.3-self-directed/selfDirected', 300, { selfDirected: true }),
  least('1.3-self-directed/district', 300, { selfDirected: true, level: 'district' }),
  least('1.3-self-directed/school', 100, { selfDirected: true, level: 'school' }),
];
const OF_ROLES: Readonly<Record<string, readonly Threshold[]>> = {
  headTeacher: [least('1.5-head-teacher', 300, { training: 'headTeacher', level: 'district' })],
  senior: [
    least('1.7-senior/base', 3600, {}),
    { name: '1.7-senior/selfDirected', required: 1800, fields: [], pool: 'senior' },
    { name: '1.7-senior/leading', required: 1400, fields: [['leading', true]], pool: 'senior' },
    { name: '1.7-senior/sum', required: 5400, fields: [], pool: 'any' },
  ],
};

/** The minima that bind a person, one for each row and each part of a row. */
export const thresholdsOf = ({ roles }: Person): readonly Threshold[] => [...OF_EVERYONE, ...roles.flatMap(({ role }) => OF_ROLES[role] ?? [])];

/** An entry with its amount in hundredths, read beforehand. */
export interface Amount {
  readonly entry: Entry;
  readonly hundredths: number;
}
export const amountsOf = ({ entries }: Person): Amount[] => entries.map((entry) => ({ entry, hundredths: Math.round(Number(entry['credits']) * 100) }));

/** What counts for each threshold, every entry where it lies: a plain loop. */
export function sumsOf(thresholds: readonly Threshold[], amounts: readonly Amount[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const threshold of thresholds) {
    let sum = 0;
    for (const { entry, hundredths } of amounts) if (counts(threshold, entry)) sum += hundredths;
    sums[threshold.name] = sum;
  }
  return sums;
}

function counts({ fields, pool }: Threshold, entry: Entry): boolean {
  if (pool !== 'any' && (pool === 'senior') !== (entry['forSenior'] === true)) return false;
  for (const [name, value] of fields) if (entry[name] !== value) return false;
  return true;
}
