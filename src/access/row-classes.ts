import type { DelegatedAction } from './principal.ts';
import type { Relation, Role } from './roles.ts';

/** Kinds of rows that are guarded alike. */
export const ROW_CLASSES = ['people', 'recorded', 'private', 'grants', 'audit', 'accesses', 'corrections'] as const;
export type RowClass = (typeof ROW_CLASSES)[number];

type Readers = Readonly<Partial<Record<Role, readonly Relation[]>>>;

/**
 * Who reads which rows, by the relation in which a role stands to them. Both walls are built from it: the conditions
 * that the API adds to its own statements, and the row policies of the database, which keeps a copy.
 *
 * - `people`: who is employed where, roles, properties, credits, stored assessments.
 * - `recorded`: about whom an assessment may be put on record; whoever may, and is not the teacher, may ask the teacher in.
 * - `private`: identity numbers and other things that nobody needs to see in order to judge.
 * - `audit`: what was changed, on whom and what, by whom; what is sealed in it is for those who read what is `private`.
 * - `accesses`: who saw whom, when and what for.
 * - `grants`: which account holds which role; where they may be seen they may be given and ended, by the roles that give.
 * - `corrections`: what people ask to have corrected; who reads it by a role over its place decides about it, and the person asks.
 */
export const ROW_READERS: Readonly<Record<RowClass, Readers>> = {
  people: {
    TEACHER: ['own'],
    SCHOOL_ADMINISTRATOR: ['institution'],
    OFF_CAMPUS_INSTITUTION: ['institution'],
    DISTRICT_REVIEWER: ['jurisdiction'],
    AUTHORITY: ['jurisdiction'],
    ANALYST: ['jurisdiction'],
  },
  recorded: {
    TEACHER: ['own'],
    SCHOOL_ADMINISTRATOR: ['institution'],
    DISTRICT_REVIEWER: ['jurisdiction'],
    AUTHORITY: ['jurisdiction'],
  },
  private: {
    TEACHER: ['own'],
    SCHOOL_ADMINISTRATOR: ['institution'],
    DISTRICT_REVIEWER: ['jurisdiction'],
    AUTHORITY: ['jurisdiction'],
  },
  grants: {
    DISTRICT_REVIEWER: ['jurisdiction'],
    AUTHORITY: ['jurisdiction'],
    PROVIDER_LEAD: ['institution'],
    SECURITY_OFFICER: ['jurisdiction'],
    SYSTEM_ADMINISTRATOR: ['jurisdiction'],
  },
  corrections: {
    TEACHER: ['own'],
    SCHOOL_ADMINISTRATOR: ['institution'],
    DISTRICT_REVIEWER: ['jurisdiction'],
    AUTHORITY: ['jurisdiction'],
  },
  audit: {
    TEACHER: ['own'],
    AUDITOR: ['jurisdiction'],
  },
  accesses: {
    TEACHER: ['own'],
    AUDITOR: ['jurisdiction'],
    SECURITY_OFFICER: ['jurisdiction'],
  },
};

/** What lets somebody act for a teacher in a class of rows; a class that is not here is left to nobody. */
export const DELEGATED: Readonly<Partial<Record<RowClass, DelegatedAction>>> = { people: 'VIEW', recorded: 'RECORD_ASSESSMENT', corrections: 'REQUEST_CORRECTION' };

/** Every row of the table, for the database's copy and for tests that flip each. */
export const rowRules = (): { readonly rowClass: RowClass; readonly role: Role; readonly relation: Relation }[] =>
  ROW_CLASSES.flatMap((rowClass) => Object.entries(ROW_READERS[rowClass]).flatMap(([role, relations]) => relations.map((relation) => ({ rowClass, role: role as Role, relation }))));
