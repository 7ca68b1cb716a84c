import type { Instant } from '../kernel/civil-day.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { allOf, sql as part } from '../persistence/sql-part.ts';
import { AUDIT_COLUMNS, auditRowOf, contentOfEntry, nodeKey, nodeOfKey, readActor, readValues } from './audit-row.ts';
import type { AuditEntry, AuditRow, NodeRef, ReadValue } from './audit-row.ts';
import { AUDIT_CHAIN, CHAIN_BEGINNING, linkOf } from './chain-row.ts';
import type { Advance } from './head-writer.ts';
import type { RecordKeys } from './keys.ts';

/** What was added; to be told to `committed` once it is sure to stay. */
export interface Appended {
  readonly seq: string;
  readonly link: Buffer;
}

/** Which entries are asked for; what is absent does not matter. */
export interface AuditFilter {
  readonly node?: NodeRef;
  readonly accountId?: string;
  readonly action?: string;
  /** Included. */
  readonly since?: Instant;
  /** Not included. */
  readonly until?: Instant;
}

/** The newest first. `before`: what follows the entry with this number. */
export interface AuditPage {
  readonly size: number;
  readonly before?: string | null;
}

export interface AuditRecord {
  readonly seq: string;
  readonly recordedAt: Instant;
  readonly accountId: string | null;
  /** The name by which the account went then; null: it had none, or the reader may not see what is sealed. */
  readonly actor: string | null;
  readonly onBehalfOf: string | null;
  readonly delegationId: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly nodes: readonly NodeRef[];
  readonly ruleIds: readonly string[];
  readonly assessmentId: string | null;
  readonly rulebookHash: string | null;
  readonly before: Readonly<Record<string, ReadValue>> | null;
  readonly after: Readonly<Record<string, ReadValue>> | null;
}

interface Head {
  readonly seq: string | null;
  readonly link: string | null;
  readonly moment: string;
}

/** What was done, each entry linked to the one before it. */
export class AuditTrail {
  readonly #keys: RecordKeys;
  readonly #advance: Advance;

  constructor(keys: RecordKeys, advance: Advance) {
    this.#keys = keys;
    this.#advance = advance;
  }

  /**
   * Adds an entry in the open transaction of what it tells of: after `record()`, as late as can be. The lock that orders
   * recordings orders links too, and is taken here when it is not held yet.
   */
  async append(sql: Sql, entry: AuditEntry): Promise<Appended> {
    const [head] = await sql.execute<Head>(`select last_seq::text as seq, encode(last_link, 'hex') as link, (extract(epoch from moment) * 1000)::bigint::text as moment from audit_head(?::timestamptz)`, [entry.recordedAt ?? null]);
    if (!head) throw new Error('the audit trail has no head');
    const seq = BigInt(head.seq ?? 0) + 1n;
    const recordedAt = Number(head.moment) as Instant;
    const content = contentOfEntry(entry, seq, this.#keys);
    const link = linkOf(this.#keys, head.link === null ? CHAIN_BEGINNING : Buffer.from(head.link, 'hex'), { table: 'audit_trail', chain: AUDIT_CHAIN, seq, recordedAt, keyId: this.#keys.id, content: { ...content } });
    const list = (value: readonly string[]) => part`array(select jsonb_array_elements_text(${JSON.stringify(value)}::jsonb))`;
    const json = (value: object | null): string | null => value && JSON.stringify(value);
    const { text, params } = part`
      insert into audit_trail (seq, recorded_at, key_id, request_id, account_id, actor, on_behalf_of, delegation_id, action, nodes, rule_ids, assessment_id, rulebook_hash, before, after, link)
      values (${seq.toString()}, ${timestamp(recordedAt)}::timestamptz, ${this.#keys.id}, ${content.requestId}, ${content.accountId}, ${content.actor}, ${content.onBehalfOf}, ${content.delegationId}, ${content.action},
        ${list(content.nodes)}, ${list(content.ruleIds)}, ${content.assessmentId}, ${content.rulebookHash}, ${json(content.before)}::jsonb, ${json(content.after)}::jsonb, decode(${link.toString('hex')}, 'hex'))`;
    await sql.execute(text, params);
    return { seq: seq.toString(), link };
  }

  /** To be told after the commit of what was added, in any order: the head is then signed and kept outside the database. */
  committed({ seq, link }: Appended): void {
    this.#advance({ table: 'audit_trail', chain: AUDIT_CHAIN, seq: BigInt(seq), link });
  }

  /**
   * One page of entries, the newest first. `mayUnseal`: the reader may see personal values; otherwise each is shown to be
   * there and no more. `next`: the `before` of the page that follows; null: there is none.
   */
  async read(sql: Sql, filter: AuditFilter, { size, before = null }: AuditPage, mayUnseal: boolean): Promise<{ readonly entries: readonly AuditRecord[]; readonly next: string | null }> {
    const { node, accountId, action, since, until } = filter;
    const conditions = allOf([
      node === undefined ? null : part`nodes @> array[${nodeKey(node)}]::text[]`,
      accountId === undefined ? null : part`account_id = ${accountId}::bigint`,
      action === undefined ? null : part`action = ${action}`,
      since === undefined ? null : part`recorded_at >= ${timestamp(since)}::timestamptz`,
      until === undefined ? null : part`recorded_at < ${timestamp(until)}::timestamptz`,
      before === null ? null : part`seq < ${before}::bigint`,
    ]);
    // What a node or an account has is found by its index and then sorted: in the order of the chain the whole of it would
    // be read until enough rows happen to fit.
    const isNarrow = node !== undefined || accountId !== undefined;
    const { text, params } = isNarrow
      ? part`with found as materialized (select seq, recorded_at from audit_trail where ${conditions}), page as materialized (select seq, recorded_at from found order by seq desc limit ${size + 1})
          select ${{ text: AUDIT_COLUMNS, params: [] }} from audit_trail join page using (seq, recorded_at) order by audit_trail.seq desc`
      : part`select ${{ text: AUDIT_COLUMNS, params: [] }} from audit_trail where ${conditions} order by audit_trail.seq desc limit ${size + 1}`;
    const rows = await sql.execute<AuditRow>(text, params);
    const entries = rows.slice(0, size).map((row) => this.#recordOf(row, mayUnseal));
    return { entries, next: rows.length > size ? (entries.at(-1)?.seq ?? null) : null };
  }

  #recordOf(stored: AuditRow, mayUnseal: boolean): AuditRecord {
    const { row } = auditRowOf(stored);
    const { seq, recordedAt, content } = row;
    const keys = mayUnseal ? this.#keys : null;
    const { accountId, onBehalfOf, delegationId, requestId, action, ruleIds, assessmentId, rulebookHash } = content;
    return {
      seq: seq.toString(),
      recordedAt,
      accountId,
      actor: readActor(content.actor, seq, keys),
      onBehalfOf,
      delegationId,
      requestId,
      action,
      nodes: content.nodes.map(nodeOfKey),
      ruleIds,
      assessmentId,
      rulebookHash,
      before: readValues(content.before, 'before', seq, keys),
      after: readValues(content.after, 'after', seq, keys),
    };
  }
}
