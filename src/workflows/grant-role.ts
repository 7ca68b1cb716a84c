import type { Principal, Scope } from '../access/principal.ts';
import { GIVEN_BY, SCOPE_OF, SEPARATED } from '../access/roles.ts';
import type { Role } from '../access/roles.ts';
import { chainOf } from '../kernel/jurisdiction.ts';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** A role for somebody, as it is asked for; where an institution lies comes from the store. */
export interface WantedGrant {
  readonly accountId: string;
  readonly role: Role;
  readonly scope: Scope;
}

const placeOf = (scope: Scope): string | null => (scope.kind === 'self' ? null : scope.code);

/** Whether a scope holds another: a place all below it, an institution itself. */
function holds(own: Scope, other: Scope): boolean {
  if (own.kind === 'jurisdiction') return other.kind !== 'self' && chainOf(other.code).includes(own.code);
  return own.kind === 'institution' && other.kind === 'institution' && own.institutionId === other.institutionId;
}

/**
 * All that forbids somebody to give a role: nobody gives one to oneself; only a role that gives it, over a scope that
 * holds the one given; an authority gives its own role only below its own place; and the three roles that watch each
 * other never meet in one person (`held`: what the other already holds, by whichever account).
 */
export function problemsOfGranting(principal: Principal, wanted: WantedGrant, held: readonly Role[]): Problem[] {
  const { accountId, role, scope } = wanted;
  const problems: Problem[] = [];
  if (accountId === principal.accountId) problems.push(problem('NOT_ALLOWED', 'account', null, 'access.not-to-oneself'));
  if (scope.kind !== SCOPE_OF[role]) problems.push(problem('CONFLICT', 'role', role, 'access.other-scope', [], { role, kind: SCOPE_OF[role] }));
  else if (!principal.grants.some((own) => mayGive(own, role, scope))) problems.push(problem('NOT_ALLOWED', 'role', role, 'access.not-yours-to-give', givers(role), { role, givers: givers(role).join(', ') || '—' }));
  const other = SEPARATED.includes(role) ? held.find((one) => one !== role && SEPARATED.includes(one)) : undefined;
  if (other) problems.push(problem('CONFLICT', 'role', role, 'access.separated', [], { role, other, all: SEPARATED.join(', ') }));
  return problems;
}

function mayGive(own: { readonly role: Role; readonly scope: Scope }, role: Role, scope: Scope): boolean {
  if (!GIVEN_BY[own.role]?.includes(role) || !holds(own.scope, scope)) return false;
  // Equals do not make each other: the one above does.
  return role !== own.role || role === 'SYSTEM_ADMINISTRATOR' || placeOf(own.scope) !== placeOf(scope);
}

const givers = (role: Role): Role[] => (Object.entries(GIVEN_BY) as [Role, readonly Role[]][]).flatMap(([giver, given]) => (given.includes(role) ? [giver] : []));
