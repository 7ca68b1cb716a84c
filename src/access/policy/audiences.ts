import { GIVEN_BY, RELATION_OF, SCOPE_OF } from '../roles.ts';
import type { Relation, Role } from '../roles.ts';
import { ROW_READERS } from '../row-classes.ts';

/** Whom a field is for: everyone, everyone once it is known who asks, whoever has a token, whoever has an account, whoever is linked to a person of the register, or roles in some relations to what is looked at. */
export type Audience = 'everyone' | 'anyone' | 'bearer' | 'signedIn' | 'linked' | Readonly<Partial<Record<Role, readonly Relation[]>>>;

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
  /** A teacher, and the school that keeps the file: the day of birth in full. */
  FILE: { TEACHER: ['own'], SCHOOL_ADMINISTRATOR: ['institution'] },
  /** Nobody: what is shown in full by `reveal` alone. */
  NOBODY: {},
  /** Whoever answers for people: may have a verdict kept, and asks for what is private, of which the rows of `private` are seen. */
  RECORDERS: ROW_READERS.recorded,
  /** Whoever gives a role to somebody. */
  GRANTERS: Object.fromEntries((Object.keys(GIVEN_BY) as Role[]).map((role) => [role, [RELATION_OF[SCOPE_OF[role]]]])),
  /** Whoever answers for teachers and may ask them in. */
  INVITERS: { ...ROW_READERS.recorded, TEACHER: [] },
  /** Whoever may see what is asked to be corrected, and whoever decides about it. */
  CORRECTIONS: ROW_READERS.corrections,
  CORRECTORS: { ...ROW_READERS.corrections, TEACHER: [] },
  /** Whoever sees what was changed, and whoever sees who saw whom. */
  AUDITORS: ROW_READERS.audit,
  ACCESS_AUDITORS: ROW_READERS.accesses,
  /** Whoever takes in files for the places of the role, beside the operator. */
  IMPORTERS: { AUTHORITY: ['jurisdiction'], SYSTEM_ADMINISTRATOR: ['jurisdiction'] },
  /** A teacher, about oneself. */
  ONESELF: { TEACHER: ['own'] },
  /** A person of the register, by the own account: nobody who acts for them. */
  LINKED: 'linked',
  /** Everyone, once it is known who that is. */
  WHOEVER: 'anyone',
  /** Whoever brought a good token, with or without an account. */
  BEARER: 'bearer',
} as const satisfies Record<string, Audience>;

export type AudienceName = keyof typeof AUDIENCES;
