import { canonicalJson } from '../kernel/canonical.ts';
import { dayOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { RecordKeys } from './keys.ts';

/** The two tables whose rows are chained. */
export const RECORD_TABLES = ['audit_trail', 'access_record'] as const;
export type RecordTable = (typeof RECORD_TABLES)[number];

/** The audit trail is one chain; access records have one for each process. */
export const AUDIT_CHAIN = 'audit';

/** A row of a chain, apart from its link: what the link vouches for. */
export interface ChainedRow {
  readonly table: RecordTable;
  readonly chain: string;
  readonly seq: bigint;
  readonly recordedAt: Instant;
  readonly keyId: string;
  /** Everything else that is stored, by column. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the first row of a chain follows. */
export const CHAIN_BEGINNING: Buffer = Buffer.alloc(32);

/** The link of a row after another one; `seq`: as if it stood there. */
export function linkOf(keys: RecordKeys, before: Buffer, { table, chain, seq, recordedAt, keyId, content }: ChainedRow, asSeq: bigint = seq): Buffer {
  return keys.link(keyId, before, canonicalJson({ table, chain, seq: asSeq.toString(), at: new Date(recordedAt).toISOString(), keyId, content }));
}

/** The year in whose partition an instant lies. */
export const yearOfInstant = (at: Instant): number => Number(dayOf(at).slice(0, 4));
