import { DELEGATED_ACTIONS } from '../../access/principal.ts';
import type { Grant, HeldDelegation, Principal, Subject } from '../../access/principal.ts';
import { ROLES } from '../../access/roles.ts';
import type { Role } from '../../access/roles.ts';
import type { Sql } from '../sql.ts';

type GrantCells = [id: string, role: string, scope: 'self' | 'institution' | 'jurisdiction', institutionId: string | null, code: string | null];
type DelegationCells = [id: string, personId: string, actions: string[]];

interface AccountJson {
  readonly id: string;
  readonly kind: 'person' | 'client';
  readonly name: string | null;
  readonly person: string | null;
  readonly grants: readonly GrantCells[] | null;
  readonly delegations: readonly DelegationCells[] | null;
}

/**
 * Begins what a transaction of the application does for a subject: the database sets what its row policies go by, and
 * tells who that is. Null: a subject that nobody has been told of. Outside a transaction it only tells.
 */
export async function enter(sql: Sql, { issuer, subject }: Subject): Promise<Principal | null> {
  const [row] = await sql.execute<{ found: AccountJson | null }>('select access_enter(?, ?) as found', [issuer, subject]);
  return row?.found ? principalOf(row.found) : null;
}

function principalOf({ id, kind, name, person, grants, delegations }: AccountJson): Principal {
  const held = (grants ?? []).flatMap(grantOf);
  return {
    kind,
    accountId: id,
    displayName: name,
    personId: person,
    // Who is linked to a person of the register is that person, without a grant.
    grants: person === null ? held : [...held, { id: null, role: 'TEACHER', scope: { kind: 'self' } }],
    delegations: (delegations ?? []).map(([delegation, personId, actions]): HeldDelegation => ({ id: delegation, personId, actions: DELEGATED_ACTIONS.filter((action) => actions.includes(action)) })),
  };
}

const KNOWN: ReadonlySet<string> = new Set(ROLES);

/** A role that this version does not know gives nothing. */
function grantOf([id, role, kind, institutionId, code]: GrantCells): Grant[] {
  if (!KNOWN.has(role)) return [];
  if (kind === 'self') return [{ id, role: role as Role, scope: { kind } }];
  if (kind === 'institution') return institutionId === null || code === null ? [] : [{ id, role: role as Role, scope: { kind, institutionId, code } }];
  return code === null ? [] : [{ id, role: role as Role, scope: { kind, code } }];
}

const ACCOUNT_LOCK = 7_411_604;

/** Transactions that settle something of one subject come one after the other. */
export const inTurnOf = (sql: Sql, { issuer, subject }: Subject): Promise<unknown> => sql.execute(`select pg_advisory_xact_lock(${ACCOUNT_LOCK}, hashtext(?))`, [JSON.stringify([issuer, subject])]);

/** A subject as it comes with a token, with the key of the person that the provider says it is. */
export interface NewAccount extends Subject {
  readonly kind: 'person' | 'client';
  readonly name: string | null;
  readonly person: { readonly source: string; readonly key: string } | null;
}

/** The account of a subject, made when there is none, and linked to the person that the provider names, if it is linked to nobody yet. */
export async function join(sql: Sql, { issuer, subject, kind, name, person }: NewAccount): Promise<string> {
  const [row] = await sql.execute<{ id: string }>('select access_join(?, ?, ?, ?, ?, ?)::text as id', [issuer, subject, kind, name, person?.source ?? null, person?.key ?? null]);
  if (!row) throw new Error('no account was made');
  return row.id;
}

