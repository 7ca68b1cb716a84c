import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { nodeKey, nodeOfKey } from './audit-row.ts';
import type { NodeRef } from './audit-row.ts';
import type { RecordKeys } from './keys.ts';
import { RecordError } from './record-error.ts';

/** How long what came of a request is kept, unless the operator wants it longer; the database lets nothing go earlier. */
export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

const LONGEST_KEY = 200;

/** A change that is asked for with a key. */
export interface OnceRequest {
  /** As the caller gave it. */
  readonly key: string;
  /** The field of the schema: `roleGrant`. */
  readonly action: string;
  /** What is asked, in canonical JSON: equal for equal actions with equal normalised input. */
  readonly content: string;
}

/** Throws a RecordError IDEMPOTENCY_KEY_INVALID for a key that is not 1 to 200 visible ASCII characters. */
export function onceRequest(key: string, action: string, input: unknown): OnceRequest {
  if (!/^[!-~]+$/.test(key) || key.length > LONGEST_KEY) throw new RecordError('IDEMPOTENCY_KEY_INVALID', { params: { found: key.length, most: LONGEST_KEY } });
  return { key, action, content: canonicalJson({ action, input }) };
}

/** Whose keys they are. */
export const principalKeyOf = (accountId: string): string => `account:${accountId}`;

/** What came of a request before. Never the answer itself: that is put together by the rights of the day on which it is given. */
export interface Earlier {
  /** What was made or changed, in the order in which the record of it names it. */
  readonly nodes: readonly NodeRef[];
  readonly at: Instant;
}

/** What an effect made, and the nodes by which that is found again; null: nothing was changed, so nothing is to be kept. */
export interface Effect<Made> {
  readonly made: Made;
  readonly nodes: readonly NodeRef[] | null;
}

export type Once<Made> = { readonly earlier: Earlier } | { readonly earlier: null; readonly made: Made };

interface StoredAnswer {
  readonly action: string;
  /** By which key the fingerprint was made. */
  readonly keyId: string;
  readonly nodes: readonly string[];
}

interface Row {
  readonly fingerprint: string;
  readonly answer: StoredAnswer;
  readonly at: string;
}

/** Effects that happen once, however often they are asked for. */
export class Idempotency {
  readonly #keys: RecordKeys;
  readonly #clock: () => number;
  readonly #keptMs: number;

  constructor(keys: RecordKeys, clock: () => number, keptDays: number = KEPT_DAYS) {
    this.#keys = keys;
    this.#clock = clock;
    this.#keptMs = keptDays * DAY_MS;
  }

  /** What came of it before; null: nothing, or too long ago. Throws a RecordError IDEMPOTENCY_KEY_REUSED for a key that was used for something else. */
  async find(sql: Sql, principalKey: string, { key, content }: OnceRequest): Promise<Earlier | null> {
    const [known] = await sql.execute<Row>(
      `select encode(fingerprint, 'hex') as fingerprint, answer, (extract(epoch from recorded_at) * 1000)::bigint::text as at from idempotency where principal_key = ? and key = ? and recorded_at > ?::timestamptz`,
      [principalKey, key, timestamp(this.#clock() - this.#keptMs)],
    );
    if (!known) return null;
    const at = Number(known.at) as Instant;
    const { action, keyId, nodes } = known.answer;
    // Under a key that is not known any more nothing can be compared: the careful answer is that it is something else.
    const isSame = this.#keys.has(keyId) && this.#keys.fingerprint(keyId, content).toString('hex') === known.fingerprint;
    if (!isSame) throw new RecordError('IDEMPOTENCY_KEY_REUSED', { params: { action, at: new Date(at).toISOString() } });
    return { nodes: nodes.map(nodeOfKey), at };
  }

  /**
   * Runs an effect in the open transaction (read committed), or tells what came of it before. The key is stored with the
   * effect: when the transaction fails, neither stays. Throws a RecordError for a key that was used for something else, and
   * for one that another transaction is using; neither waits.
   */
  async runOnce<Made>(sql: Sql, principalKey: string, request: OnceRequest, effect: () => Promise<Effect<Made>>): Promise<Once<Made>> {
    const { key, action, content } = request;
    const [lock] = await sql.execute<{ held: boolean }>('select pg_try_advisory_xact_lock(?::bigint) as held', [lockOf(principalKey, key)]);
    if (!lock?.held) throw new RecordError('IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 });
    // A statement of its own, begun under the lock: it sees what the transaction before has committed.
    const earlier = await this.find(sql, principalKey, request);
    if (earlier) return { earlier };
    const { made, nodes } = await effect();
    if (nodes !== null) {
      const keyId = this.#keys.id;
      const answer: StoredAnswer = { action, keyId, nodes: nodes.map(nodeKey) };
      // One that is too old makes room.
      await sql.execute('delete from idempotency where principal_key = ? and key = ? and recorded_at <= ?::timestamptz', [principalKey, key, timestamp(this.#clock() - this.#keptMs)]);
      await sql.execute(`insert into idempotency (principal_key, key, fingerprint, answer, recorded_at) values (?, ?, decode(?, 'hex'), ?::jsonb, ?::timestamptz)`, [
        principalKey,
        key,
        this.#keys.fingerprint(keyId, content).toString('hex'),
        JSON.stringify(answer),
        timestamp(this.#clock()),
      ]);
    }
    return { earlier: null, made };
  }

  /** Removes some of what need not be kept any longer; how many there were. Fewer than `limit`: nothing is left of them. */
  async cleanUp(sql: Sql, limit = 1_000): Promise<number> {
    const [row] = await sql.execute<{ count: number }>(
      `with old as (select principal_key, key from idempotency where recorded_at <= ?::timestamptz order by recorded_at limit ?::int),
        gone as (delete from idempotency using old where idempotency.principal_key = old.principal_key and idempotency.key = old.key returning 1)
       select count(*)::int as count from gone`,
      [timestamp(this.#clock() - this.#keptMs), limit],
    );
    return row?.count ?? 0;
  }
}

/** 63 bits and a sign: that two keys share one is not to be expected. */
const lockOf = (principalKey: string, key: string): string => createHash('sha256').update(`idempotency\0${principalKey}\0${key}`).digest().readBigInt64BE(0).toString();
