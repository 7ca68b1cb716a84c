import { anyOf, type Check, is, not, onlyFor, part, type Sight, some, text, type Text } from '../../../src/plugin-kit.ts';

/** Whom the credit rules name: teachers of primary and secondary schools and of kindergartens. */
export const isBound = is('staffKind', ['school', 'kindergarten']);
export const OTHER_STAFF = text('本条适用于中小学、幼儿园教师。', 'This rule binds teachers of schools and kindergartens.');

/** Only municipal development schools change what is required. */
export const isDevelopmentSchool = is('developmentSchool', ['municipal']);
export const NOT_DEVELOPMENT_SCHOOL = text('本条适用于上海市教师专业发展学校的教师。', 'This rule binds teachers of municipal teacher development schools.');

/** The level rows of clause 1 exempt the teachers of municipal development schools by their own words. */
export const isOrdinarySchool = is('developmentSchool', ['none', 'district']);
/** Clause 2 takes the place of the category rows of clause 1, unless the other reading of it is chosen. */
export const categoryRowsHold = anyOf({
  ordinary: part(text('不在上海市教师专业发展学校', 'not at a municipal development school'), isOrdinarySchool),
  kept: part(text('第2条与第1条并行的解读', 'the reading that keeps clause 1 beside clause 2'), is('reading:sh-2016-credit/1.2-external', ['kept'])),
});
/** 原则上: binding unless an exception from this very row is recorded. */
export const unlessExcepted = (rule: string, check: Check): Check =>
  onlyFor(not(is('levelExceptions', [rule])), check, text('已记录对本条“原则上”要求的例外。', 'An exception from this requirement “in principle” is recorded.'));
export const REPLACED_BY_CLAUSE_2 = text('上海市教师专业发展学校的教师适用第一部分第2条。', 'Teachers of municipal development schools come under clause 2.');

export const HELD = { from: 'from', to: 'to' } as const;
/** Holds one of the roles on the day asked about. */
export const hasRole = (...roles: readonly string[]): Check => some('roles', { role: roles }, { heldAt: HELD });
export const onlyRole = (zh: string, en: string): Text => text(`本条适用于${zh}。`, `This rule binds ${en}.`);

const PRINCIPALS = ['principal', 'qualification'];

/**
 * Cells of the 36 that a teacher's row counts. Principals' training is seen by offset alone (3.3); probation training
 * recognised without a level belongs to its own row (1.4).
 */
export const seenByTeachers = (where: Readonly<Record<string, readonly string[]>>): readonly Sight[] => [
  { pool: 'common', where, except: [{ training: PRINCIPALS }, { training: ['probation'], level: ['none'] }] },
  { pool: 'common', where: { ...where, training: PRINCIPALS }, byOffset: 'sh-2016-credit/3.3-principal' },
];

/** Cells of the 36 of one special training. */
export const seenInTraining = (where: Readonly<Record<string, readonly string[]>>): readonly Sight[] => [{ pool: 'common', where }];
