import { chainOf, NATION } from '../kernel/jurisdiction.ts';
import type { DelegatedAction, Principal } from './principal.ts';
import type { Relation, Role } from './roles.ts';
import { DELEGATED, ROW_READERS } from './row-classes.ts';
import type { RowClass } from './row-classes.ts';

/** Which rows of a class somebody reads: those of some people, institutions and places with all below. */
export interface Reach {
  /** The nation: no row is beyond it. */
  readonly isWhole: boolean;
  readonly personIds: readonly string[];
  readonly institutionIds: readonly string[];
  readonly codes: readonly string[];
}

export const NO_REACH: Reach = { isWhole: false, personIds: [], institutionIds: [], codes: [] };
export const WHOLE: Reach = { ...NO_REACH, isWhole: true };

export const reachesNothing = ({ isWhole, personIds, institutionIds, codes }: Reach): boolean => !isWhole && personIds.length + institutionIds.length + codes.length === 0;

/** Built from the table of readers alone: by each role held, the rows that stand to it in a relation it may read. */
export const reachOf = (principal: Principal, rowClass: RowClass): Reach => reachBy(principal, ROW_READERS[rowClass], DELEGATED[rowClass]);

/** The same by other readers, and what lets somebody act for a teacher among them. */
export function reachBy(principal: Principal, readers: Readonly<Partial<Record<Role, readonly Relation[]>>>, action: DelegatedAction | undefined): Reach {
  const may = (role: Role, relation: Relation): boolean => readers[role]?.includes(relation) ?? false;
  const [personIds, institutionIds, codes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { role, scope } of principal.grants) {
    if (scope.kind === 'self' && principal.personId !== null && may(role, 'own')) personIds.add(principal.personId);
    if (scope.kind === 'institution' && may(role, 'institution')) institutionIds.add(scope.institutionId);
    if (scope.kind === 'jurisdiction' && may(role, 'jurisdiction')) codes.add(scope.code);
  }
  for (const { personId, actions } of principal.delegations) if (action && actions.includes(action)) personIds.add(personId);
  return { isWhole: codes.has(NATION), personIds: [...personIds], institutionIds: [...institutionIds], codes: [...codes].filter((code) => !chainOf(code).slice(0, -1).some((above) => codes.has(above))) };
}

/** Whether all of a reach lies in another one by itself: each person, institution and place of it. */
export const isInside = (inner: Reach, outer: Reach): boolean =>
  outer.isWhole ||
  (!inner.isWhole &&
    inner.personIds.every((id) => outer.personIds.includes(id)) &&
    inner.institutionIds.every((id) => outer.institutionIds.includes(id)) &&
    inner.codes.every((code) => chainOf(code).some((above) => outer.codes.includes(above))));

/** One of the ways by which a row can be seen, as the database tells it: of a person, in an institution, in a place with those above it. */
export type Way = readonly [personId: string | null, institutionId: string | null, codes: readonly string[]];

/** Whether one of the ways to a row lies in a reach. */
export const liesIn = (ways: readonly Way[], { isWhole, personIds, institutionIds, codes }: Reach): boolean =>
  isWhole || ways.some(([person, institution, chain]) => (person !== null && personIds.includes(person)) || (institution !== null && institutionIds.includes(institution)) || chain.some((code) => codes.includes(code)));

/** Where a person is met: by the job that is looked at. */
export interface Place {
  readonly personId: string;
  readonly institutionId: string | null;
  readonly code: string | null;
}

/** Every relation in which somebody stands to a person, with the role by which. */
export function relationsTo({ personId: own, grants, delegations }: Principal, { personId, institutionId, code }: Place): (readonly [Role, Relation])[] {
  const chain = code === null ? [NATION] : chainOf(code);
  const found = grants.map(({ role, scope }): readonly [Role, Relation] => {
    if (scope.kind === 'self') return [role, own === personId ? 'own' : 'elsewhere'];
    if (scope.kind === 'institution') return [role, institutionId === scope.institutionId ? 'institution' : 'elsewhere'];
    return [role, chain.includes(scope.code) ? 'jurisdiction' : 'elsewhere'];
  });
  // Who acts for a teacher sees what the teacher sees.
  return delegations.some((held) => held.personId === personId) ? [...found, ['TEACHER', 'own']] : found;
}
