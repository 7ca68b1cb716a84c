import type { Grant } from '../access/principal.ts';
import { open } from './audit-row.ts';
import type { AuditEntry } from './audit-row.ts';

/** What is put on record of a role that was given (`after`) or ended (`before`), by whomever. */
export function grantOnRecord({ id, role, scope }: Grant, accountId: string, side: 'before' | 'after'): Pick<AuditEntry, 'nodes' | 'before' | 'after'> {
  const held = { role: open(role), scope: open(scope.kind === 'self' ? 'self' : scope.kind === 'institution' ? `institution ${scope.institutionId}` : scope.code) };
  return { nodes: [{ type: 'RoleGrant', id: id ?? '0' }, { type: 'Account', id: accountId }], [side]: held };
}
