import type { Instant } from '../kernel/civil-day.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { allOf, raw, sql as part } from '../persistence/sql-part.ts';
import type { SqlPart } from '../persistence/sql-part.ts';
import { ACCESS_COLUMNS, accessRowOf, readPurpose } from './access-row.ts';
import type { AccessRow } from './access-row.ts';
import type { RecordKeys } from './keys.ts';

/** A place in the order of accesses. */
export interface AccessPosition {
  readonly recordedAt: Instant;
  readonly chain: string;
  readonly seq: string;
}

/** The newest first; `before`: what follows this place. */
export interface AccessPage {
  readonly size: number;
  readonly before?: AccessPosition | null;
}

/** An access as it is told to whoever may ask. */
export interface AccessRecord extends AccessPosition {
  readonly accountId: string | null;
  readonly onBehalfOf: string | null;
  readonly delegationId: string | null;
  readonly requestId: string;
  readonly operation: string | null;
  readonly purpose: string | null;
  /** Whom it was about; only the person that was asked for, where one was. */
  readonly persons: readonly string[];
  readonly kinds: readonly string[];
  readonly count: number;
}

export interface AccessRecords {
  readonly records: readonly AccessRecord[];
  readonly next: AccessPosition | null;
}

/** Who saw whom. */
export class AccessReads {
  readonly #keys: RecordKeys;

  constructor(keys: RecordKeys) {
    this.#keys = keys;
  }

  /** Who saw this person; who else was seen at the same time is not theirs to know. */
  async ofPerson(sql: Sql, personId: string, page: AccessPage): Promise<AccessRecords> {
    const { records, next } = await this.#read(sql, part`persons @> array[${personId}]::bigint[]`, page);
    return { records: records.map((record) => ({ ...record, persons: [personId], count: 1 })), next };
  }

  /** Whom this account saw. */
  byAccount(sql: Sql, accountId: string, page: AccessPage): Promise<AccessRecords> {
    return this.#read(sql, part`account_id = ${accountId}::bigint`, page);
  }

  /** How often an account saw a person with one kind of field since an instant: what a limit on it goes by. */
  async countSince(sql: Sql, { accountId, personId, kind, since }: { readonly accountId: string; readonly personId: string; readonly kind: string; readonly since: Instant }): Promise<number> {
    const { text, params } = part`select count(*)::int as count from access_record where account_id = ${accountId}::bigint and recorded_at >= ${timestamp(since)}::timestamptz and persons @> array[${personId}]::bigint[] and kinds @> array[${kind}]::text[]`;
    const [row] = await sql.execute<{ count: number }>(text, params);
    return row?.count ?? 0;
  }

  async #read(sql: Sql, which: SqlPart, { size, before = null }: AccessPage): Promise<AccessRecords> {
    const beyond = before && part`(recorded_at, chain, seq) < (${timestamp(before.recordedAt)}::timestamptz, ${before.chain}::uuid, ${before.seq}::bigint)`;
    const key = raw('recorded_at, chain, seq');
    const order = raw('recorded_at desc, chain desc, seq desc');
    // Found by the index and then sorted: in the order of time the whole table may be read until enough rows happen to fit.
    const { text, params } = part`
      with found as materialized (select ${key} from access_record where ${allOf([which, beyond])}), page as materialized (select ${key} from found order by ${order} limit ${size + 1})
      select ${raw(ACCESS_COLUMNS)} from access_record join page using (recorded_at, chain, seq) order by ${raw('access_record.recorded_at desc, access_record.chain desc, access_record.seq desc')}`;
    const rows = await sql.execute<AccessRow>(text, params);
    const records = rows.slice(0, size).map((row) => this.#recordOf(row));
    const last = records.at(-1);
    return { records, next: rows.length > size && last ? { recordedAt: last.recordedAt, chain: last.chain, seq: last.seq } : null };
  }

  #recordOf(stored: AccessRow): AccessRecord {
    const { row } = accessRowOf(stored);
    const { chain, seq, recordedAt, content } = row;
    return { ...content, chain, seq: seq.toString(), recordedAt, purpose: readPurpose(content.purpose, chain, seq, this.#keys) };
  }
}
