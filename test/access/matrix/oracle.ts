import { AUDIENCES } from '../../../src/access/policy/audiences.ts';
import type { Audience, AudienceName } from '../../../src/access/policy/audiences.ts';
import { FIELDS, NAMES, ROUTES } from '../../../src/access/policy/fields.ts';
import { ROW_READERS } from '../../../src/access/row-classes.ts';
import type { RowClass } from '../../../src/access/row-classes.ts';
import type { Relation, Role } from '../../../src/access/roles.ts';
import type { Standing } from '../../support/access-world.ts';
import { codeOfSchool, WORKS_AT } from './world.ts';
import type { Asker, Hold, School } from './world.ts';

/*
 * What each asker has to be answered, worked out from the tables as they are written and from what the world says of the
 * asker. Nothing of what the product makes of its tables is called here.
 */

type Readers = Readonly<Partial<Record<Role, readonly Relation[]>>>;
/** Whom something is about. */
export type About = Standing | { readonly code: string };

/** The tables as they stood before anybody flips a row. */
const AS_WRITTEN = structuredClone({ FIELDS, NAMES, ROUTES, AUDIENCES, ROW_READERS });

/** `Teacher.name` and the audience in whose line it stands. */
const AUDIENCE_OF: ReadonlyMap<string, AudienceName> = new Map([
  ...Object.entries(AS_WRITTEN.FIELDS).flatMap(([type, lines]) => Object.entries(lines).flatMap(([audience, line]) => line.replace(/\([^)]*\)/g, '').split(' ').map((field): [string, AudienceName] => [`${type}.${field}`, audience as AudienceName]))),
  ...Object.entries(AS_WRITTEN.ROUTES),
]);

export const audienceOf = (coordinate: string): AudienceName => {
  const found = AUDIENCE_OF.get(coordinate);
  if (!found) throw new Error(`no row for ${coordinate} in the table of fields`);
  return found;
};
export const allCoordinates = (): readonly string[] => [...AUDIENCE_OF.keys()];
/** What can be asked and done: fields of the roots, and routes. */
export const entrances = (): readonly string[] => allCoordinates().filter((name) => /^(Query|Mutation)\.|^[A-Z]+ \//.test(name));
export const readersOf = (name: AudienceName): Audience => AS_WRITTEN.AUDIENCES[name];

const isUnder = (code: string, above: string): boolean => above === 'CN' || code.startsWith(above.replace(/(00)+$/, ''));

/** How a role stands to whom something is about. */
function relationOf(hold: Hold, { person }: Asker, about: About): Relation {
  if (typeof about === 'object') return hold.over === 'place' && isUnder(about.code, hold.code) ? 'jurisdiction' : 'elsewhere';
  if (hold.over === 'self') return person === about ? 'own' : 'elsewhere';
  if (hold.over === 'school') return WORKS_AT[about] === hold.school ? 'institution' : 'elsewhere';
  return isUnder(codeOfSchool(WORKS_AT[about]), hold.code) ? 'jurisdiction' : 'elsewhere';
}

const isAmong = (readers: Readers, asker: Asker, about: About): boolean =>
  asker.holds.some((hold) => readers[hold.role]?.includes(relationOf(hold, asker, about))) || (asker.actsFor !== null && asker.actsFor === about && (readers.TEACHER?.includes('own') ?? false));

const USUAL: Readonly<Record<Hold['over'], Relation>> = { self: 'own', school: 'institution', place: 'jurisdiction' };

/** Whether a field may stand in an operation of this asker at all; else all of it is refused. */
export function mayAsk(asker: Asker, coordinate: string): boolean {
  return belongs(asker, readersOf(audienceOf(coordinate)));
}

/** Whether somebody belongs to an audience for anything at all. */
export function belongs(asker: Asker, audience: Audience): boolean {
  if (audience === 'everyone' || audience === 'anyone') return true;
  if (audience === 'bearer') return asker.subject !== null;
  if (audience === 'signedIn') return asker.hasAccount;
  if (audience === 'linked') return asker.person !== null;
  return asker.hasAccount && (asker.holds.some(({ role, over }) => audience[role]?.includes(USUAL[over])) || (asker.actsFor !== null && (audience.TEACHER?.includes('own') ?? false)));
}

/** The code of an operation that is refused as a whole. */
export const refusedWith = (asker: Asker): string => (asker.subject === null ? 'UNAUTHENTICATED' : 'FORBIDDEN');

/** Whether the rows about somebody are there for this asker: else they do not exist. What is delegated is to look at people alone. */
export const sees = (asker: Asker, about: About, rowClass: RowClass = 'people'): boolean => isAmong(AS_WRITTEN.ROW_READERS[rowClass], rowClass === 'people' ? asker : { ...asker, actsFor: null }, about);

/** Whether a field of an object that is seen is shown, too. Who is no reader by the relation to a person gets an error in its place. */
export function isShown(asker: Asker, coordinate: string, about: About): boolean {
  const audience = readersOf(audienceOf(coordinate));
  return typeof audience === 'string' || isAmong(audience, asker, about);
}

/** A name is shown in full, or by its first character. */
export const nameShown = (asker: Asker, coordinate: string, about: About, name: string): string => {
  const audience = readersOf(AS_WRITTEN.NAMES[coordinate] ?? 'EVERYONE');
  return typeof audience === 'string' || isAmong(audience, asker, about) ? name : `${[...name][0]}**`;
};
/** Whether nobody is seen whose name is shown in part: then names may stand in cursors. */
export function knowsAllSeen({ holds }: Asker): boolean {
  const named = readersOf(AS_WRITTEN.NAMES['Teacher.name'] ?? 'EVERYONE');
  const reads = (readers: Readers, { role, over }: Hold): boolean => readers[role]?.includes(USUAL[over]) ?? false;
  return typeof named === 'string' || holds.every((hold) => !reads(AS_WRITTEN.ROW_READERS.people, hold) || reads(named, hold));
}
export const isName = (coordinate: string): boolean => coordinate in AS_WRITTEN.NAMES;

/** Fields of objects about a person that are for fewer than see the object: looked at one by one. */
export const isNarrower = (coordinate: string): boolean => {
  const name = audienceOf(coordinate);
  return typeof readersOf(name) === 'object' && name !== 'PEOPLE' && ABOUT_PEOPLE.has(coordinate.slice(0, coordinate.indexOf('.')));
};

/** Types whose objects are about a person, or lie in a list of such. */
export const ABOUT_PEOPLE: ReadonlySet<string> = new Set(['Teacher', 'CreditEntry', 'StoredAssessment']);

export const staffOf = (school: School): Standing[] => (Object.keys(WORKS_AT) as Standing[]).filter((standing) => WORKS_AT[standing] === school);
/** Those of its teachers who are seen. */
export const seesStaff = (asker: Asker, school: School): Standing[] => staffOf(school).filter((standing) => sees(asker, standing));
