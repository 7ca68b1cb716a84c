import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../../kernel/civil-day.ts';
import { sql } from '../sql-part.ts';
import { timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

const hashOf = (word: string): Buffer => createHash('sha256').update(`invitation ${word}`).digest();

/** Puts down an invitation and gives the word, which is kept nowhere. */
export async function insertInvitation(store: Sql, personId: string, invitedBy: string | null, expiresAt: Instant): Promise<string> {
  const word = randomBytes(18).toString('base64url');
  const { text, params } = sql`insert into invitation (person_id, word_hash, invited_by, recorded_at, expires_at) values (${personId}::bigint, ${hashOf(word)}, ${invitedBy}::bigint, clock_timestamp(), ${timestamp(expiresAt)})`;
  await store.execute(text, params);
  return word;
}

/** Links the account that asks to the person of the word; null: no such word, one that was used, or too late. */
export async function acceptInvitation(store: Sql, word: string): Promise<string | null> {
  const [row] = await store.execute<{ person: string | null }>('select access_accept(?)::text as person', [hashOf(word)]);
  return row?.person ?? null;
}
