import type { DelegatedAction } from '../../access/principal.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { sql } from '../sql-part.ts';
import { timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

export interface NewDelegation {
  readonly personId: string;
  readonly accountId: string;
  readonly actions: readonly DelegatedAction[];
  readonly from: Instant;
  readonly to: Instant;
  readonly grantedBy: string;
}

export async function insertDelegation(store: Sql, { personId, accountId, actions, from, to, grantedBy }: NewDelegation): Promise<string> {
  const { text, params } = sql`
    insert into delegation (person_id, account_id, actions, from_at, to_at, granted_by, recorded_at)
    values (${personId}::bigint, ${accountId}::bigint, ${`{${actions.join(',')}}`}::text[], ${timestamp(from)}, ${timestamp(to)}, ${grantedBy}::bigint, clock_timestamp()) returning id::text as id`;
  const [row] = await store.execute<{ id: string }>(text, params);
  if (!row) throw new Error('nothing was delegated');
  return row.id;
}

/** Ends a delegation at once, and gives the person who was acted for; null where there is none that whoever asks gave or holds. */
export async function revokeDelegation(store: Sql, id: string): Promise<string | null> {
  const [row] = await store.execute<{ person: string }>('update delegation set revoked_at = clock_timestamp() where id = ?::bigint and revoked_at is null returning person_id::text as person', [id]);
  return row?.person ?? null;
}

/** Whether an account gave a delegation or holds it, in force or not. */
export async function isOfAccount(store: Sql, id: string, accountId: string): Promise<boolean> {
  return (await store.execute<object>('select 1 as found from delegation where id = ?::bigint and ?::bigint in (granted_by, account_id)', [id, accountId])).length === 1;
}
