import type { CivilDay } from '../../kernel/civil-day.ts';
import { chainOf, NATION } from '../../kernel/jurisdiction.ts';
import type { Scope } from '../../access/principal.ts';
import { ROLES } from '../../access/roles.ts';
import type { Role } from '../../access/roles.ts';
import { sql } from '../sql-part.ts';
import type { Sql } from '../sql.ts';

export interface NewGrant {
  readonly accountId: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly from: CivilDay;
  readonly to: CivilDay | null;
  /** Null: the operator, by a command. */
  readonly grantedBy: string | null;
}

/** Writes a grant and gives its row; null where the same one is in force already. A role that excludes another of the account is an exclusion violation. */
export async function insertGrant(store: Sql, { accountId, role, scope, from, to, grantedBy }: NewGrant): Promise<string | null> {
  const code = scope.kind === 'self' ? null : scope.code;
  const [, province = null, prefecture = null, county = null] = code === null || code === NATION ? [] : levelsOf(code);
  const { text, params } = sql`
    insert into role_grant (account_id, role, scope_kind, institution_id, jurisdiction_code, province_code, prefecture_code, county_code, from_on, to_on, granted_by, recorded_at)
    values (${accountId}::bigint, ${role}, ${scope.kind}, ${scope.kind === 'institution' ? scope.institutionId : null}::bigint, ${code}, ${province}, ${prefecture}, ${county}, ${from}::date, ${to}::date, ${grantedBy}::bigint, clock_timestamp())
    on conflict (account_id, role, scope_kind, institution_id, jurisdiction_code, from_on) where revoked_at is null do nothing returning id::text as id`;
  return (await store.execute<{ id: string }>(text, params))[0]?.id ?? null;
}

const levelsOf = (code: string): (string | null)[] => {
  const [nation = null, province = null] = chainOf(code);
  return [nation, province, code.endsWith('0000') ? null : `${code.slice(0, 4)}00`, code.endsWith('00') ? null : code];
};

/** Ends a grant; false where there is none that whoever asks may end. */
export async function revokeGrant(store: Sql, id: string, revokedBy: string): Promise<boolean> {
  const rows = await store.execute<{ id: string }>('update role_grant set revoked_at = clock_timestamp(), revoked_by = ?::bigint where id = ?::bigint and revoked_at is null returning id::text as id', [revokedBy, id]);
  return rows.length === 1;
}

export interface GrantRow {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scope: Scope;
}

/** A grant that is not revoked and may be seen. */
export const grantById = (store: Sql, id: string): Promise<GrantRow | null> => readGrant(store, id, 'revoked_at is null');

/** The same of one that may be revoked. */
export const anyGrantById = (store: Sql, id: string): Promise<GrantRow | null> => readGrant(store, id, 'true');

async function readGrant(store: Sql, id: string, condition: string): Promise<GrantRow | null> {
  type Row = { id: string; accountId: string; role: Role; kind: Scope['kind']; institution: string | null; code: string | null };
  const [row] = await store.execute<Row>(
    `select id::text as id, account_id::text as "accountId", role, scope_kind as kind, institution_id::text as institution, jurisdiction_code as code from role_grant where id = ?::bigint and ${condition}`,
    [id],
  );
  if (!row) return null;
  const code = row.code ?? '';
  const scope: Scope = row.kind === 'self' ? { kind: 'self' } : row.kind === 'institution' ? { kind: 'institution', institutionId: row.institution ?? '', code } : { kind: 'jurisdiction', code };
  return { id: row.id, accountId: row.accountId, role: row.role, scope };
}

/** The roles that an account holds or will hold, and every other account of the same person, as far as they may be seen. */
export async function rolesOfPerson(store: Sql, accountId: string): Promise<Role[]> {
  const rows = await store.execute<{ role: Role }>('select distinct g.role from role_grant g join account a on a.id = g.account_id where g.revoked_at is null and (a.id = ?::bigint or a.person_id = (select person_id from account where id = ?::bigint))', [accountId, accountId]);
  return rows.map(({ role }) => role).filter((role) => ROLES.includes(role));
}
