import { isName, knowsAllSeen, nameShown, sees, seesStaff } from './oracle.ts';
import type { About } from './oracle.ts';
import { aliasOf } from './selections.ts';
import type { Place, Writing } from './selections.ts';
import type { Step } from './paths.ts';
import type { Standing } from '../../support/access-world.ts';
import { SEALED } from './world.ts';
import type { Asker, School, World } from './world.ts';
import { globalId } from '../../../src/graphql/relay/global-id.ts';

/** An answer as it came. */
export type Found = null | string | number | boolean | readonly Found[] | { readonly [name: string]: Found };
type FoundObject = Readonly<Record<string, Found>>;

/** Stands for whatever is there: what differs with each request, such as what is left of a budget. */
export const ANYTHING = '\u0000anything';

/** Which walls stand: with the one of the API off, fields are neither refused nor hidden nor shown in part. */
export interface Walls {
  readonly api: boolean;
}

interface Seen {
  readonly asker: Asker;
  readonly world: World;
  readonly walls: Walls;
  readonly writing: Writing;
  /** What lies above: the list in which something stands, and the school that is looked at. */
  readonly edges?: readonly FoundObject[];
  readonly school?: School;
  readonly about?: About;
  /** The class of rows in which somebody is looked at, where it is not people themselves; and whether there is nothing for the asker. */
  readonly trail?: NonNullable<Step['trail']>['rowClass'];
  readonly isEmpty?: boolean;
  /** About whom alone corrections are listed; null: about nobody. */
  readonly correctionsOf?: Standing | null;
  /** Whether the value in the trail is not for the asker. */
  readonly isSealed?: boolean;
  /** Whose place in a list is looked at. */
  readonly idOfEdge?: string;
}

const isPrivateTo = ({ asker, about }: Seen): boolean => about !== undefined && sees(asker, about, 'private');

const isObject = (value: Found | undefined): value is FoundObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer that an asker has to get, cut out of what whoever sees everybody is answered to the same. */
export function cut(place: Place, found: FoundObject, seen: Seen): FoundObject {
  const inside = enter(place, found, seen);
  const below = [...place.below.values()].filter(({ step }) => seen.writing.admits(step));
  const deeper = new Set(below.map(({ step }) => aliasOf(step)));
  const fields = [...place.fields.values()].filter((step) => seen.writing.admits(step) && !deeper.has(aliasOf(step)));
  return Object.fromEntries([
    ...(fields.length + below.length === 0 ? [['__typename', place.type.name] as const] : []),
    ...fields.map((step) => [step.name, step.below ? objects(step, null, found[step.name] ?? null, inside) : value(step, found[step.name] ?? null, inside)] as const),
    ...below.map(({ step, place: inner }) => [aliasOf(step), objects(step, inner, found[aliasOf(step)] ?? null, inside)] as const),
  ]);
}

function enter({ type }: Place, found: FoundObject, seen: Seen): Seen {
  const edges = found['ref_edges'];
  const about = aboutOf(found, seen.world);
  return {
    ...seen,
    ...(about !== undefined && seen.trail === undefined && { about }),
    ...(type.name === 'TeacherEdge' && { idOfEdge: String(idOf(found)) }),
    ...(type.name === 'AuditValue' && { isSealed: found['ref_name'] === SEALED && !isPrivateTo(seen) }),
    ...(Array.isArray(edges) && { edges: edges.filter((edge) => isObject(edge) && !seen.isEmpty && (!isObject(edge['node']) || isSeen(edge['node'], seen))) as FoundObject[] }),
    ...(type.name === 'Institution' && { school: schoolOf(found, seen.world) }),
  };
}

const schoolOf = (found: FoundObject, { schools }: World): School | undefined => (Object.keys(schools) as School[]).find((school) => globalId('Institution', schools[school]) === found['ref_id']);

const idOf = (found: FoundObject): Found | undefined => (isObject(found['ref_node']) ? found['ref_node'] : found)['ref_id'];
const aboutOf = (found: FoundObject, { about }: World): About | undefined => about.get(String(idOf(found)));

/** Whether an object is there for the asker. */
function isSeen(found: FoundObject, { asker, world, trail, correctionsOf }: Seen): boolean {
  const about = aboutOf(found, world);
  if (Object.values(world.corrections).includes(String(idOf(found)))) return about !== undefined && sees(asker, about, 'corrections') && (correctionsOf === undefined || about === correctionsOf);
  if (about !== undefined) return sees(asker, about, trail);
  // Institutions are for whoever has an account: the API refuses the field, and the database has no rows for others.
  return idOf(found) === undefined || asker.hasAccount;
}

/** A cursor of teachers by name holds the name, but for those who see people whose names they do not know: then the row alone. */
function cursorShown({ cursor, node }: FoundObject, asker: Asker, { api }: Walls): Found {
  const id = Buffer.from(String((node as FoundObject | undefined)?.['ref_id']), 'base64url').toString();
  if (!api || knowsAllSeen(asker) || !id.startsWith('Teacher:')) return cursor ?? null;
  return Buffer.from(JSON.stringify(['NAME_OF_ROW', '', id.slice('Teacher:'.length)])).toString('base64url');
}

const isOpen = ({ id, rowClass }: NonNullable<Step['trail']>, { asker, world }: Seen): boolean => {
  const about = world.about.get(id);
  return about !== undefined && sees(asker, about, rowClass);
};

const aboutOfTrail = ({ id }: NonNullable<Step['trail']>, { world }: Seen): { readonly about?: About } => {
  const about = world.about.get(id);
  return about === undefined ? {} : { about };
};

/** The objects of a field: those that are not seen are absent from a list of what is seen, and null in the place of what was asked for. */
function objects(step: Step, place: Place | null, found: Found, around: Seen): Found {
  const seen = step.trail ? { ...around, trail: step.trail.rowClass, isEmpty: !isOpen(step.trail, around), ...aboutOfTrail(step.trail, around) } : around;
  if (isEmptySummary(step, seen)) return [];
  const one = (item: Found): Found => (isObject(item) && isSeen(item, seen) ? (place ? within(step, place, item, seen) : { __typename: item['__typename'] ?? null }) : null);
  if (!Array.isArray(found)) return one(found);
  const all = found.map(one);
  if (!/(Connection\.nodes|Connection\.edges|^AuditEntry\.nodes)$/.test(step.coordinate)) return all;
  return seen.isEmpty && step.coordinate.includes('Connection') ? [] : all.filter((item) => item !== null);
}

const within = ({ isOneOf }: Step, place: Place, item: FoundObject, seen: Seen): FoundObject => (!isOneOf ? cut(place, item, seen) : item['__typename'] === place.type.name ? { __typename: place.type.name, ...cut(place, item, seen) } : { __typename: item['__typename'] ?? null });

function value({ coordinate }: Step, found: Found, { asker, walls, edges, about, school, isSealed, idOfEdge }: Seen): Found {
  if (isSealed && coordinate === 'AuditValue.value') return null;
  if (isSealed && coordinate === 'AuditValue.isSealed') return true;
  const ends = edges?.map((edge) => cursorShown(edge, asker, walls)) ?? [];
  if (edges && coordinate.endsWith('Connection.totalCount')) return edges.length;
  if (edges && coordinate === 'PageInfo.startCursor') return ends[0] ?? null;
  if (edges && coordinate === 'PageInfo.endCursor') return ends.at(-1) ?? null;
  // The teachers of a school of this world are alike: whatever is found of one is found of all.
  if (school && COUNTS.test(coordinate) && typeof found === 'number' && found > 0) return seesStaff(asker, school).length;
  if (coordinate === 'TeacherEdge.cursor') return cursorShown({ cursor: found, node: { ref_id: idOfEdge ?? null } }, asker, walls);
  if (walls.api && isName(coordinate) && about !== undefined && typeof found === 'string') return nameShown(asker, coordinate, about, found);
  return found;
}

const COUNTS = /^(InstitutionSummary|RuleSummary|NotJudged)\.(?!at$|lawAt$)/;
const isEmptySummary = ({ coordinate }: Step, { asker, school }: Seen): boolean => coordinate.startsWith('InstitutionSummary.') && school !== undefined && seesStaff(asker, school).length === 0;
