import type { Instant } from '../kernel/civil-day.ts';
import { AUDIT_CHAIN } from './chain-row.ts';
import type { ChainedRow } from './chain-row.ts';
import type { RecordKeys } from './keys.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A value that everybody may read who reads the table: a code, a day, a role. */
export class Open {
  readonly value: Json;

  constructor(value: Json) {
    this.value = value;
  }
}
export const open = (value: Json): Open => new Open(value);

/** What something was or became, by field. What is not marked as open is personal, and sealed. */
export type AuditValues = Readonly<Record<string, Json | Open>>;

export interface NodeRef {
  /** The type in the API: `Teacher`. */
  readonly type: string;
  /** The id of its row, or its own name where it has no row. */
  readonly id: string;
}

/** Who acts. */
export interface Actor {
  /** The row of the account; null: nobody signed in, or the operator at a command. */
  readonly accountId: string | null;
  readonly displayName: string | null;
  /** The person for whom, and by which delegation; absent: for oneself. */
  readonly onBehalfOf?: string | null;
  readonly delegationId?: string | null;
}

/** One thing that was done. */
export interface AuditEntry {
  readonly who: Actor;
  readonly requestId: string | null;
  /** `roleGrant`, `assessmentRecord`. */
  readonly action: string;
  readonly nodes: readonly NodeRef[];
  readonly before?: AuditValues | null;
  readonly after?: AuditValues | null;
  readonly ruleIds?: readonly string[];
  readonly assessmentId?: string | null;
  readonly rulebookHash?: string | null;
  /** The instant of the recording, as `record()` gives it; absent: now. */
  readonly recordedAt?: string;
}

/** How a value is stored. */
export type StoredValue = { readonly open: Json } | { readonly sealed: string };
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** The columns of a row beside its place in the chain. */
export interface AuditContent {
  readonly requestId: string | null;
  readonly accountId: string | null;
  readonly actor: string | null;
  readonly onBehalfOf: string | null;
  readonly delegationId: string | null;
  readonly action: string;
  readonly nodes: readonly string[];
  readonly ruleIds: readonly string[];
  readonly assessmentId: string | null;
  readonly rulebookHash: string | null;
  readonly before: StoredValues | null;
  readonly after: StoredValues | null;
}

export const nodeKey = ({ type, id }: NodeRef): string => `${type}:${id}`;

export function nodeOfKey(key: string): NodeRef {
  const colon = key.indexOf(':');
  return { type: key.slice(0, colon), id: key.slice(colon + 1) };
}

/** Where a value stands: it is sealed for this place alone. */
const placeOf = (seq: bigint, part: string): string => `audit_trail/${seq}/${part}`;

export function contentOfEntry(entry: AuditEntry, seq: bigint, keys: RecordKeys): AuditContent {
  const { who, requestId, action, nodes, ruleIds = [], assessmentId = null, rulebookHash = null } = entry;
  return {
    requestId,
    accountId: who.accountId,
    actor: who.displayName === null ? null : keys.seal(who.displayName, placeOf(seq, 'actor')),
    onBehalfOf: who.onBehalfOf ?? null,
    delegationId: who.delegationId ?? null,
    action,
    nodes: nodes.map(nodeKey),
    ruleIds,
    assessmentId,
    rulebookHash,
    before: storedValues(entry.before, 'before', seq, keys),
    after: storedValues(entry.after, 'after', seq, keys),
  };
}

function storedValues(values: AuditValues | null | undefined, side: 'before' | 'after', seq: bigint, keys: RecordKeys): StoredValues | null {
  if (!values) return null;
  const stored = ([name, value]: [string, Json | Open]): [string, StoredValue] => [name, value instanceof Open ? { open: value.value } : { sealed: keys.seal(JSON.stringify(value), placeOf(seq, `${side}/${name}`)) }];
  return Object.fromEntries(Object.entries(values).map(stored));
}

/** A value as a reader gets it: as it is, or as one that the reader may not see. */
export type ReadValue = { readonly value: Json } | { readonly isSealed: true };

export function readValues(values: StoredValues | null, side: 'before' | 'after', seq: bigint, keys: RecordKeys | null): Readonly<Record<string, ReadValue>> | null {
  if (values === null) return null;
  const read = ([name, value]: [string, StoredValue]): [string, ReadValue] => {
    if ('open' in value) return [name, { value: value.open }];
    return [name, keys ? { value: JSON.parse(keys.unseal(value.sealed, placeOf(seq, `${side}/${name}`))) as Json } : { isSealed: true }];
  };
  return Object.fromEntries(Object.entries(values).map(read));
}

export const readActor = (actor: string | null, seq: bigint, keys: RecordKeys | null): string | null => (actor === null || keys === null ? null : keys.unseal(actor, placeOf(seq, 'actor')));

/** All of a row, for `auditRowOf`. */
export const AUDIT_COLUMNS = `seq::text as seq, (extract(epoch from recorded_at) * 1000)::bigint::text as "recordedAt", key_id as "keyId", request_id as "requestId",
  account_id::text as "accountId", actor, on_behalf_of::text as "onBehalfOf", delegation_id::text as "delegationId", action, to_json(nodes) as nodes, to_json(rule_ids) as "ruleIds",
  assessment_id::text as "assessmentId", rulebook_hash as "rulebookHash", before, after, encode(link, 'hex') as link`;

export interface AuditRow extends AuditContent {
  readonly seq: string;
  readonly recordedAt: string;
  readonly keyId: string;
  readonly link: string;
}

export function auditRowOf(row: AuditRow): { readonly row: ChainedRow & { readonly content: AuditContent }; readonly link: Buffer } {
  const { seq, recordedAt, keyId, link, ...content } = row;
  return { row: { table: 'audit_trail', chain: AUDIT_CHAIN, seq: BigInt(seq), recordedAt: Number(recordedAt) as Instant, keyId, content }, link: Buffer.from(link, 'hex') };
}
