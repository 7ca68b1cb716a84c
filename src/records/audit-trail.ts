import { liesIn } from '../access/reach.ts';
import type { Reach, Way } from '../access/reach.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { pageOf } from '../persistence/keyset.ts';
import type { Page, PageRows } from '../persistence/keyset.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { sql as part } from '../persistence/sql-part.ts';
import { AUDIT_COLUMNS, auditRowOf, contentOfEntry, nodeKey, nodeOfKey, readActor, readValues } from './audit-row.ts';
import type { AuditEntry, AuditRow, NodeRef, ReadValue } from './audit-row.ts';
import { chainEnd } from './chain-end.ts';
import { AUDIT_CHAIN, linkOf } from './chain-row.ts';
import type { Advance } from './head-writer.ts';
import type { RecordKeys } from './keys.ts';

/** What was added; to be told to `committed` once it is sure to stay. */
export interface Appended {
  readonly seq: string;
  readonly link: Buffer;
}

/** For whom entries are read: which of them, and of which what is sealed in them. */
export interface AuditReach {
  readonly audit: Reach;
  readonly private: Reach;
}

export interface AuditRecord {
  readonly seq: string;
  readonly recordedAt: Instant;
  readonly accountId: string | null;
  /** The name by which the account went then; null: it had none. */
  readonly actor: string | null;
  /** The person for whom, where the reader may see them. */
  readonly onBehalfOf: string | null;
  readonly delegationId: string | null;
  readonly requestId: string | null;
  readonly action: string;
  /** Those that the reader may see. */
  readonly nodes: readonly NodeRef[];
  /** The people behind them. */
  readonly persons: readonly string[];
  readonly ruleIds: readonly string[];
  readonly assessmentId: string | null;
  readonly rulebookHash: string | null;
  readonly before: Readonly<Record<string, ReadValue>> | null;
  readonly after: Readonly<Record<string, ReadValue>> | null;
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
    const { seq, recordedAt, before } = await chainEnd(sql, 'audit_head(?::timestamptz)', entry.recordedAt ?? null);
    const content = contentOfEntry(entry, seq, this.#keys);
    const link = linkOf(this.#keys, before, { table: 'audit_trail', chain: AUDIT_CHAIN, seq, recordedAt, keyId: this.#keys.id, content: { ...content } });
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
   * One page of what was done to a node, the newest first: nothing of one that is not in reach, as of one that there is not.
   * The database judges by itself, and tells how it came to it; both have to agree. Of values that are sealed it is shown
   * that they are there, unless all people of the entry are in the reach of what is private.
   */
  async ofNode(sql: Sql, node: NodeRef, { size, fromEnd, after, before }: Page, reach: AuditReach): Promise<PageRows<AuditRecord>> {
    const rows = await sql.execute<FoundRow>(
      `select ${AUDIT_COLUMNS}, seen, "isPrivate" from (select (f.entry).*, f.seen, f.is_private as "isPrivate" from audit_of_node(?, ?::bigint, ?::bigint, ?::boolean, ?::int) f) found order by found.seq ${fromEnd ? '' : 'desc'}`,
      [nodeKey(node), after?.id ?? null, before?.id ?? null, fromEnd, size + 1],
    );
    const seen = rows.filter((row) => row.seen[nodeKey(node)] !== undefined && liesIn(row.seen[nodeKey(node)] ?? [], reach.audit));
    // Whatever a cursor names is there for ever.
    return pageOf(seen.map((row) => this.#recordOf(row, reach)), { size, fromEnd, after, before }, after !== null, before !== null);
  }

  /** How many there are in all, counted no further than the limit. */
  async countOfNode(sql: Sql, node: NodeRef, limit: number, reach: Pick<AuditReach, 'audit'>): Promise<number> {
    const [row] = await sql.execute<{ count: number; places: readonly Way[] }>('select count, places from audit_count(?, ?::int)', [nodeKey(node), limit]);
    return row && liesIn(row.places, reach.audit) ? row.count : 0;
  }

  #recordOf({ seen, isPrivate, ...stored }: FoundRow, reach: AuditReach): AuditRecord {
    const { row } = auditRowOf(stored);
    const { seq, recordedAt, content } = row;
    const inReach = Object.entries(seen).filter(([, ways]) => liesIn(ways, reach.audit));
    const persons = [...new Set(inReach.flatMap(([, ways]) => ways.flatMap(([person]) => person ?? [])))];
    const arePrivate = persons.length > 0 && inReach.every(([, ways]) => ways.every(([person]) => person === null) || liesIn(ways, reach.private));
    const keys = isPrivate && arePrivate ? this.#keys : null;
    const { accountId, onBehalfOf, delegationId, requestId, action, ruleIds, assessmentId, rulebookHash } = content;
    const forWhom = onBehalfOf !== null && persons.includes(onBehalfOf);
    return {
      seq: seq.toString(),
      recordedAt,
      accountId,
      actor: readActor(content.actor, seq, this.#keys),
      onBehalfOf: forWhom ? onBehalfOf : null,
      delegationId: forWhom ? delegationId : null,
      requestId,
      action,
      nodes: inReach.map(([key]) => nodeOfKey(key)),
      persons,
      ruleIds,
      assessmentId,
      rulebookHash,
      before: readValues(content.before, 'before', seq, keys),
      after: readValues(content.after, 'after', seq, keys),
    };
  }
}

type FoundRow = AuditRow & {
  /** The nodes that may be seen, with the ways to each. */
  readonly seen: Readonly<Record<string, readonly Way[]>>;
  readonly isPrivate: boolean;
};
