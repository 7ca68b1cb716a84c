import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../../kernel/civil-day.ts';
import { sql } from '../sql-part.ts';
import { timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

const hashOf = (word: string): Buffer => createHash('sha256').update(`invitation ${word}`).digest();

/** Puts down an invitation and gives its row and the word, which is kept nowhere. */
export async function insertInvitation(store: Sql, personId: string, invitedBy: string | null, expiresAt: Instant): Promise<{ readonly id: string; readonly word: string }> {
  const word = randomBytes(18).toString('base64url');
  const { text, params } = sql`insert into invitation (person_id, word_hash, invited_by, recorded_at, expires_at) values (${personId}::bigint, ${hashOf(word)}, ${invitedBy}::bigint, clock_timestamp(), ${timestamp(expiresAt)}) returning id::text as id`;
  const [row] = await store.execute<{ id: string }>(text, params);
  if (!row) throw new Error('nobody was invited');
  return { id: row.id, word };
}

/** Until when an invitation is good; null: there is none that this account made. */
export async function expiryOfInvitation(store: Sql, id: string, invitedBy: string): Promise<Instant | null> {
  const [row] = await store.execute<{ at: string }>('select (extract(epoch from expires_at) * 1000)::bigint::text as at from invitation where id = ?::bigint and invited_by = ?::bigint', [id, invitedBy]);
  return row ? (Number(row.at) as Instant) : null;
}

/** Links the account that asks to the person of the word; null: no such word, one that was used, or too late. */
export async function acceptInvitation(store: Sql, word: string): Promise<string | null> {
  const [row] = await store.execute<{ person: string | null }>('select access_accept(?)::text as person', [hashOf(word)]);
  return row?.person ?? null;
}
