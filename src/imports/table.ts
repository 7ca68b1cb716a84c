import type { Message } from '../kernel/text.ts';
import type { ProblemCode } from './problem.ts';

/** Some rows of a file, read one after the other. */
export interface RowBatch {
  readonly rows: readonly (readonly string[])[];
  /** The line on which each row begins, from 1; in a sheet the row. */
  readonly lines: readonly number[];
  /** Bytes of the file that were read up to here. */
  readonly bytes: number;
}

/** A file as rows of texts, the header first. Rows without any text are left out. */
export type Table = AsyncIterable<RowBatch>;

/** The file cannot be read on from here. */
export class UnreadableFile extends Error {
  readonly problem: { readonly code: ProblemCode; readonly line: number | null; readonly expected: Message };

  constructor(code: ProblemCode, line: number | null, expected: Message) {
    super(`${code} at line ${line ?? 0}`);
    this.name = 'UnreadableFile';
    this.problem = { code, line, expected };
  }
}
