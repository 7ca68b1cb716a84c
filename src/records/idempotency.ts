import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import type { Json, NodeRef } from './audit-row.ts';
import type { RecordKeys } from './keys.ts';
import { RecordError } from './record-error.ts';

/** How long what came of a request is kept. */
export const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 86_400_000;

/** What it takes to answer again: never the answer itself, which is put together by the rights of the day on which it is given. */
export interface StoredAnswer {
  /** What was made or changed, in the order in which the answer names it. */
  readonly nodes: readonly NodeRef[];
  /** Why nothing was done, as the mutation says it. */
  readonly userErrors: readonly Json[];
}

export interface OnceRequest {
  /** Whose key it is: `account:17`. */
  readonly principalKey: string;
  /** As the caller gave it. */
  readonly key: string;
  readonly fingerprint: Buffer;
}

/** What is asked, as 32 bytes: equal for equal actions with equal normalised input. */
export const fingerprintOf = (action: string, input: unknown): Buffer => createHash('sha256').update(canonicalJson({ action, input })).digest();

/** Throws a RecordError IDEMPOTENCY_KEY_INVALID for a key that is not 8 to 128 visible ASCII characters. */
export function checkIdempotencyKey(key: string): void {
  if (!/^[!-~]{8,128}$/.test(key)) throw new RecordError('IDEMPOTENCY_KEY_INVALID', { params: { found: key.length, least: 8, most: 128 } });
}

interface Row {
  readonly fingerprint: string;
  readonly answer: { readonly nodes: readonly NodeRef[]; readonly userErrors: string };
  readonly isKept: boolean;
}

/** Effects that happen once, however often they are asked for. */
export class Idempotency {
  readonly #keys: RecordKeys;
  readonly #clock: () => number;

  constructor(keys: RecordKeys, clock: () => number) {
    this.#keys = keys;
    this.#clock = clock;
  }

  /**
   * Runs an effect in the open transaction (read committed), or tells what came of it before. The key is stored with the
   * effect: when the transaction fails, neither stays. Throws a RecordError for a bad key, one used for something else, and
   * one that another transaction is using; none of them waits.
   */
  async runOnce(sql: Sql, { principalKey, key, fingerprint }: OnceRequest, effect: () => Promise<StoredAnswer>): Promise<{ readonly replayed: boolean; readonly answer: StoredAnswer }> {
    checkIdempotencyKey(key);
    const [lock] = await sql.execute<{ held: boolean }>('select pg_try_advisory_xact_lock(?::bigint) as held', [lockOf(principalKey, key)]);
    if (!lock?.held) throw new RecordError('IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 });
    const now = this.#clock();
    // A statement of its own, begun under the lock: it sees what the transaction before has committed.
    const [known] = await sql.execute<Row>(`select encode(fingerprint, 'hex') as fingerprint, answer, recorded_at > ?::timestamptz as "isKept" from idempotency where principal_key = ? and key = ?`, [timestamp(now - KEPT_MS), principalKey, key]);
    const place = `idempotency/${principalKey}/${key}`;
    if (known?.isKept) {
      if (known.fingerprint !== fingerprint.toString('hex')) throw new RecordError('IDEMPOTENCY_KEY_REUSED');
      return { replayed: true, answer: { nodes: known.answer.nodes, userErrors: JSON.parse(this.#keys.unseal(known.answer.userErrors, place)) as Json[] } };
    }
    if (known) await sql.execute('delete from idempotency where principal_key = ? and key = ?', [principalKey, key]);
    const answer = await effect();
    // Refusals may say what was found.
    const stored = { nodes: answer.nodes, userErrors: this.#keys.seal(JSON.stringify(answer.userErrors), place) };
    await sql.execute(`insert into idempotency (principal_key, key, fingerprint, answer, recorded_at) values (?, ?, decode(?, 'hex'), ?::jsonb, ?::timestamptz)`, [principalKey, key, fingerprint.toString('hex'), JSON.stringify(stored), timestamp(now)]);
    return { replayed: false, answer };
  }

  /** Removes some of what need not be kept any longer; how many there were. Fewer than `limit`: nothing is left of them. */
  async cleanUp(sql: Sql, limit = 1_000): Promise<number> {
    const [row] = await sql.execute<{ count: number }>(
      `with old as (select principal_key, key from idempotency where recorded_at <= ?::timestamptz order by recorded_at limit ?::int),
        gone as (delete from idempotency using old where idempotency.principal_key = old.principal_key and idempotency.key = old.key returning 1)
       select count(*)::int as count from gone`,
      [timestamp(this.#clock() - KEPT_MS), limit],
    );
    return row?.count ?? 0;
  }
}

/** 63 bits and a sign: that two keys share one is not to be expected. */
const lockOf = (principalKey: string, key: string): string => createHash('sha256').update(`idempotency\0${principalKey}\0${key}`).digest().readBigInt64BE(0).toString();
