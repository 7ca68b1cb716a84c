import type { Principal } from '../principal.ts';
import type { Place } from '../reach.ts';
import { relationsTo } from '../reach.ts';
import { RELATION_OF } from '../roles.ts';
import type { Relation, Role } from '../roles.ts';
import type { Audience } from './audiences.ts';

const includes = (audience: Exclude<Audience, string>, role: Role, relation: Relation): boolean => audience[role]?.includes(relation) ?? false;

/** Whether somebody belongs to an audience for any object at all: decided before anything is read. */
export function mayAdmit(audience: Audience, principal: Principal): boolean {
  if (audience === 'everyone' || audience === 'anyone') return true;
  if (audience === 'bearer') return principal.kind !== 'anonymous';
  if (principal.accountId === null) return false;
  if (audience === 'signedIn') return true;
  if (audience === 'linked') return principal.personId !== null;
  return principal.grants.some(({ role, scope }) => includes(audience, role, RELATION_OF[scope.kind])) || (principal.delegations.length > 0 && includes(audience, 'TEACHER', 'own'));
}

/** Whether somebody belongs to an audience for what is about a person. */
export function admits(audience: Audience, principal: Principal, place: Place): boolean {
  if (typeof audience === 'string') return mayAdmit(audience, principal);
  return relationsTo(principal, place).some(([role, relation]) => includes(audience, role, relation));
}

/** The roles of an audience, for whoever is told that they are not among them. */
export const rolesOf = (audience: Audience): readonly Role[] => (typeof audience === 'string' ? [] : (Object.entries(audience) as [Role, readonly Relation[]][]).flatMap(([role, relations]) => (relations.length > 0 ? [role] : [])));
