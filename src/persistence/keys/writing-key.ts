import type { Sql } from '../sql.ts';
import type { DataKey, DataKeys } from './data-keys.ts';

/** Held by whoever writes something sealed, to the end of the transaction; whoever changes the key waits for all of them. */
export const KEY_LOCK = 7_411_603;

/** The key with which the open transaction (read committed) seals what it writes: until its end it stays the one. */
export async function writingKey(sql: Sql, keys: DataKeys): Promise<DataKey> {
  await sql.execute(`select pg_advisory_xact_lock_shared(${KEY_LOCK})`);
  // A statement of its own, begun under the lock: it sees what was committed before.
  const [row] = await sql.execute<{ value: string }>(`select value from store_info where name = 'identityKey'`);
  return keys.use(row?.value ?? '');
}
