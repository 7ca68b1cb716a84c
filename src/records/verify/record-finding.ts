import type { RecordTable } from '../chain-row.ts';

/** What can be wrong with records. */
export type RecordFindingCode =
  | 'ALTERED'
  | 'INSERTED'
  | 'REMOVED'
  | 'REORDERED'
  | 'CUT_TAIL'
  | 'HEAD_MISMATCH'
  | 'FOREIGN_HEAD'
  | 'UNKNOWN_KEY'
  | 'MISSING_PARTITION'
  | 'FORGED_CLOSING'
  | 'CLOSING_MISMATCH'
  | 'ARCHIVE_MISSING'
  | 'ARCHIVE_ALTERED'
  | 'NO_HEADS'
  | 'TORN_HEAD';

/** One of them: in which table, which chain, where, and what was expected there. Said by `record.verify.<code>`. */
export interface RecordFinding {
  readonly code: RecordFindingCode;
  readonly table: RecordTable | null;
  readonly chain: string | null;
  readonly seq: string | null;
  readonly expected: string;
  readonly found: string;
  /** It alone does not make the records doubtful: a process that died left it. */
  readonly isNote?: boolean;
}

export const shortLink = (link: Buffer): string => link.toString('hex').slice(0, 16);
