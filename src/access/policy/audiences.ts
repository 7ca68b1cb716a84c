import type { Relation, Role } from '../roles.ts';
import { ROW_READERS } from '../row-classes.ts';

/** Whom a field is for: everyone, whoever has an account, or roles in some relations to what is looked at. */
export type Audience = 'everyone' | 'signedIn' | Readonly<Partial<Record<Role, readonly Relation[]>>>;

const { TEACHER, SCHOOL_ADMINISTRATOR, DISTRICT_REVIEWER, AUTHORITY } = ROW_READERS.people;

/** The audiences that fields have, by the names under which the table of fields speaks of them. */
export const AUDIENCES = {
  EVERYONE: 'everyone',
  SIGNED_IN: 'signedIn',
  /** Whoever reads the people of a scope. */
  PEOPLE: ROW_READERS.people,
  /** Whoever answers for the whole staff of an institution. */
  STAFF: { ...ROW_READERS.people, TEACHER: [] },
  /** The record of a person as it was put down, and the name in full. Analysts count people and do not know them. */
  RECORD: { ...ROW_READERS.people, ANALYST: [] },
  /** Whoever may have a verdict kept. */
  RECORDERS: { TEACHER, SCHOOL_ADMINISTRATOR, DISTRICT_REVIEWER, AUTHORITY },
} as const satisfies Record<string, Audience>;

export type AudienceName = keyof typeof AUDIENCES;
