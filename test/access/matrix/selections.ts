import { ABOUT_PEOPLE } from './oracle.ts';
import { keyOf } from './paths.ts';
import type { Fielded, Path, Step } from './paths.ts';

/** What is asked of objects of a type: some of its fields, and what lies below others. */
export interface Place {
  readonly type: Fielded;
  readonly fields: Map<string, Step>;
  readonly below: Map<string, { readonly step: Step; readonly place: Place }>;
}

export const newPlace = (type: Fielded): Place => ({ type, fields: new Map(), below: new Map() });

/** Puts a path into a selection that has others of the same beginning. */
export function addPath(root: Place, { steps, fields }: Path): void {
  let place = root;
  for (const step of steps) {
    const key = keyOf(step);
    let next = place.below.get(key);
    if (!next) place.below.set(key, (next = { step, place: newPlace(step.below as Fielded) }));
    place = next.place;
  }
  for (const field of fields) place.fields.set(keyOf(field), field);
}

export const sizeOf = (place: Place): number => place.fields.size + [...place.below.values()].reduce((sum, { place: inner }) => sum + 1 + sizeOf(inner), 0);

/** Under which name a field is answered. */
export const aliasOf = ({ name, below, isOneOf }: Step): string => (isOneOf ? `${name}_${below?.name}` : name);

export interface Writing {
  /** Whether a field is asked for. */
  admits(step: Step): boolean;
  /** Whether it is also asked who each object is, from which the answers of others are worked out. */
  readonly identifies: boolean;
}

/** A selection as it is written in a query. */
export function textOf(place: Place, how: Writing): string {
  const below = [...place.below.values()].filter(({ step }) => how.admits(step));
  const deeper = new Set(below.map(({ step }) => aliasOf(step)));
  const parts = [
    ...[...place.fields.values()].filter((step) => how.admits(step) && !deeper.has(aliasOf(step))).map((step) => (step.below ? `${step.name}${step.args} { __typename ${identity(step.below, how)} }` : `${step.name}${step.args}`)),
    ...below.map(({ step, place: inner }) => `${aliasOf(step) === step.name ? '' : `${aliasOf(step)}: `}${step.name}${step.args} { ${step.isOneOf ? `__typename ... on ${inner.type.name} { ${textOf(inner, how)} }` : textOf(inner, how)} }`),
  ];
  return `${parts.length === 0 ? '__typename' : parts.join(' ')} ${identity(place.type, how)}`;
}

const isGuarded = (name: string): boolean => ABOUT_PEOPLE.has(name) || name === 'Correction' || name === 'Institution' || name === 'Node' || name === 'AuditNode';
/** Lists of what was done, which are seen as a whole or not at all. */
const isTrail = (name: string): boolean => /^(Audit|Access)EntryConnection$/.test(name);

/** What tells who an object is. */
function identity({ name }: Fielded, { identifies }: Writing): string {
  if (!identifies) return '';
  if (isGuarded(name)) return 'ref_id: id';
  if (name === 'AuditValue') return 'ref_name: name';
  if (isTrail(name)) return 'ref_edges: edges { cursor }';
  if (name.endsWith('Connection') && isGuarded(name.slice(0, -'Connection'.length))) return 'ref_edges: edges { cursor node { ref_id: id } }';
  if (name.endsWith('Edge') && isGuarded(name.slice(0, -'Edge'.length))) return 'ref_node: node { ref_id: id }';
  return '';
}
