import type { Message } from '../kernel/text.ts';
import { maskIdentity } from './cells/identity-cell.ts';

/** What can be wrong with a file. Stable: programs read codes, never messages. */
export const PROBLEM_CODES = [
  // The file as a whole, or from a line on.
  'FILE_EMPTY', 'FILE_KIND', 'FILE_BROKEN', 'FILE_TOO_LARGE', 'TOO_MANY_ROWS', 'WRONG_ENCODING', 'BROKEN_QUOTES', 'ROW_TOO_LONG',
  // Its header.
  'UNKNOWN_COLUMN', 'MISSING_COLUMN', 'DUPLICATE_COLUMN', 'UNKNOWN_KIND',
  // A row or a cell by itself.
  'CELL_COUNT', 'REQUIRED', 'CONTROL_CHARACTER', 'TOO_LONG', 'UNKNOWN_VALUE', 'WRONG_TYPE', 'OUT_OF_RANGE', 'TOO_FINE', 'TOO_MANY', 'NOT_NULLABLE', 'UNKNOWN_FACT', 'UNKNOWN_FIELD', 'CONFLICT',
  'UNKNOWN_PLACE', 'UNKNOWN_BOOK', 'NOT_IN_BOOK', 'PERIOD_REVERSED', 'PERIODS_OVERLAP', 'WRONG_IDENTITY', 'DAMAGED_NUMBER', 'IDENTITY_DISAGREES', 'IDENTITY_AS_KEY',
  // Against other rows and what is stored.
  'DUPLICATE_ROW', 'UNKNOWN_INSTITUTION', 'UNKNOWN_TEACHER', 'UNKNOWN_COURSE', 'UNKNOWN_ENTRY', 'DECIDES_DECISION', 'OTHER_PERSON', 'OTHER_NAME', 'OTHER_IDENTITY', 'MAIN_OVERLAP', 'OUT_OF_PLACE', 'CHANGED', 'CHANGED_PRIVATE', 'CANNOT_CHANGE',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One thing that is wrong: where, what was found, and what was expected. */
export interface Problem {
  readonly code: ProblemCode;
  readonly file: string;
  /** The line of the file (in a sheet, the row), from 1; of a row over several lines its first. Null: the file as a whole. */
  readonly line: number | null;
  /** The column as the file calls it, or its canonical name where the file has none. */
  readonly column: string | null;
  /** What was found, shortened; identity numbers are masked. */
  readonly value: string | null;
  readonly expected: Message;
  /** Known names that look like the value. */
  readonly nearest: readonly string[];
}

/** Problems that are told one by one; of the others only the number. */
export const MOST_PROBLEMS = 1_000;

/** Collects what is wrong with one file in bounded memory. */
export class ProblemList {
  readonly file: string;
  readonly #shown: Problem[] = [];
  #count = 0;
  #rows = 0;
  #lastLine = 0;
  #isWhole = false;

  constructor(file: string) {
    this.file = file;
  }

  add(code: ProblemCode, line: number | null, column: string | null, value: string | null, expected: Message, nearest: readonly string[] = []): void {
    this.#count++;
    if (line !== null && line !== this.#lastLine) {
      this.#rows++;
      this.#lastLine = line;
    }
    if (this.#shown.length < MOST_PROBLEMS) this.#shown.push({ code, file: this.file, line, column, value: value === null ? null : shown(value), expected: masked(expected), nearest });
  }

  /** Problems beside those added, of which only the number is told. */
  addUnseen(count: number): void {
    this.#count += count;
  }

  /** What is wrong with the file itself: nothing of it can be taken, whatever is asked. */
  addWhole(code: ProblemCode, line: number | null, column: string | null, value: string | null, expected: Message, nearest: readonly string[] = []): void {
    this.#isWhole = true;
    this.add(code, line, column, value, expected, nearest);
  }

  /** Whether names that look alike are still worth looking for. */
  get isFull(): boolean {
    return this.#shown.length >= MOST_PROBLEMS;
  }
  get isWhole(): boolean {
    return this.#isWhole;
  }
  get count(): number {
    return this.#count;
  }
  /** Rows with at least one problem, where they were told in order. */
  get rows(): number {
    return this.#rows;
  }
  /** The first ones, by line. */
  get shown(): readonly Problem[] {
    return [...this.#shown].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }
}

/** Of a private value no more than where it begins: the person who corrects it has the file. */
export function maskPrivate(written: string): string {
  const [first = '', ...rest] = [...written];
  return `${first}${'*'.repeat(Math.min(rest.length, 12))}`;
}

const LONGEST_VALUE = 80;

/** As it is shown: shortened, and without identity numbers, in whatever cell they stand. */
function shown(value: string): string {
  const short = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
  return short.replace(/\d{15,17}[\dXx]?/g, maskIdentity);
}

function masked({ key, params }: Message): Message {
  return { key, params: Object.fromEntries(Object.entries(params).map(([name, param]) => [name, typeof param === 'string' ? shown(param) : param])) };
}
