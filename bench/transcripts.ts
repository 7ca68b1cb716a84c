import type { FactInput } from '../src/kernel/facts.ts';

export type Entry = Readonly<Record<string, FactInput>>;

/** So many entries of one kind, each with these credits. */
type Kind = readonly [count: number, credits: string, fields: Entry];

const ETHICS = { category: 'ethicsLiteracy' };
const KNOWLEDGE = { category: 'knowledgeSkills' };
const PRACTICE = { category: 'practice' };
const municipal = (fields: Entry): Entry => ({ level: 'municipal', ...fields });
const district = (fields: Entry): Entry => ({ level: 'district', ...fields });
const school = (fields: Entry): Entry => ({ level: 'school', ...fields });

const SCHOOL: readonly Kind[] = [
  [4, '1', school({ ...ETHICS, subcategory: 'ethics' })],
  [2, '1', school({ ...ETHICS, subcategory: 'literacy' })],
  [9, '1', school(PRACTICE)],
  [1, '1', school({ ...PRACTICE, itCourse: 'applied' })],
  [2, '0.5', school({ ...PRACTICE, selfDirected: true })],
];
const MUNICIPAL: readonly Kind[] = [
  [2, '1', municipal(ETHICS)],
  [2, '1', municipal(KNOWLEDGE)],
  [1, '1', municipal({ ...KNOWLEDGE, itCourse: 'general' })],
];
const DISTRICT: readonly Kind[] = [
  [4, '1', district(ETHICS)],
  [3, '1', district(KNOWLEDGE)],
  [2, '1.5', district({ ...KNOWLEDGE, selfDirected: true })],
  [3, '1', district({ ...KNOWLEDGE, itCourse: 'professional' })],
  [5, '0.5', district(PRACTICE)],
];

/** Entries spread over the cycle, the kinds one after the other. */
function transcript(...kinds: readonly Kind[]): Entry[] {
  const fields = kinds.flatMap(([count, credits, of]) => Array.from({ length: count }, () => ({ credits, ...of })));
  return fields.map((entry, index) => ({ id: `e-${index + 1}`, completedOn: `${2016 + (index % 5)}-${String(1 + (index % 9)).padStart(2, '0')}-15`, ...entry }));
}

const person = (entries: readonly Entry[], ...roles: readonly string[]) => ({ staffKind: 'school', developmentSchool: 'none', roles: roles.map((role) => ({ role })), entries });
export type Person = ReturnType<typeof person>;

/** 40 entries, nothing short on the last day of the cycle. */
export const ordinary = person(transcript(...SCHOOL, ...MUNICIPAL, ...DISTRICT));

/** The same with two roles, in 40 entries again: one level in fewer and larger entries. */
export const headAndSenior = person(
  transcript(
    [2, '2', school({ ...ETHICS, subcategory: 'ethics' })],
    [2, '1', school({ ...ETHICS, subcategory: 'literacy' })],
    [4, '2.25', school(PRACTICE)],
    [1, '1', school({ ...PRACTICE, itCourse: 'applied' })],
    [2, '0.5', school({ ...PRACTICE, selfDirected: true })],
    ...MUNICIPAL,
    [4, '1', district(ETHICS)],
    [3, '1', district({ ...KNOWLEDGE, training: 'headTeacher' })],
    [2, '1.5', district({ ...KNOWLEDGE, selfDirected: true })],
    [3, '1', district({ ...KNOWLEDGE, itCourse: 'professional' })],
    [4, '0.5', district(PRACTICE)],
    [6, '2.5', { forSenior: true, leading: true }],
    [2, '1.5', { forSenior: true }],
  ),
  'headTeacher',
  'senior',
);

/** Three credits short at district level and three too many at municipal: met once they are moved (3.2). */
export const municipalSurplus = person(
  transcript(
    ...SCHOOL,
    [2, '1', municipal(ETHICS)],
    [5, '1', municipal(KNOWLEDGE)],
    [1, '1', municipal({ ...KNOWLEDGE, itCourse: 'general' })],
    [4, '1', district(ETHICS)],
    [2, '1.5', district({ ...KNOWLEDGE, selfDirected: true })],
    [3, '1', district({ ...KNOWLEDGE, itCourse: 'professional' })],
    [5, '0.5', district(PRACTICE)],
  ),
);

/** Short at both levels; national credits reach the municipal one and through it the district (3.1, 3.2). */
export const nationalChain = person(
  transcript(
    ...SCHOOL,
    [2, '1', municipal(ETHICS)],
    [1, '1', municipal({ ...KNOWLEDGE, itCourse: 'general' })],
    [5, '1', { level: 'national', ...KNOWLEDGE }],
    [4, '1', district(ETHICS)],
    [2, '1.5', district({ ...KNOWLEDGE, selfDirected: true })],
    [3, '1', district({ ...KNOWLEDGE, itCourse: 'professional' })],
    [5, '0.5', district(PRACTICE)],
  ),
);

/** 18 entries of the first two years; short nearly everywhere, and no offset helps. */
export const withGap = person(
  transcript(
    [2, '1', school({ ...ETHICS, subcategory: 'ethics' })],
    [6, '1', school(PRACTICE)],
    [1, '1', municipal(ETHICS)],
    [2, '1', municipal(KNOWLEDGE)],
    [1, '1', district(ETHICS)],
    [3, '1', district(KNOWLEDGE)],
    [1, '1', district({ ...KNOWLEDGE, itCourse: 'professional' })],
    [2, '1', district({ ...KNOWLEDGE, selfDirected: true })],
  ),
);

/** The first `count` entries of the ordinary teacher: someone on the way. */
export const beginner = (count: number): Person => person(ordinary.entries.slice(0, count));
