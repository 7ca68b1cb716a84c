import type { CivilDay } from '../../kernel/civil-day.ts';
import type { Message } from '../../kernel/text.ts';
import { message } from '../../kernel/text.ts';
import type { CellProblem } from '../cells/fact-cell.ts';
import { readAnyIdentity } from '../cells/identity-cell.ts';
import type { Header } from '../header.ts';
import type { ProblemCode, ProblemList } from '../problem.ts';

/** Turns rows of a file into rows of a staging table, in the text form of COPY; null for a row with problems, all reported. */
export interface RowReader {
  read(row: readonly string[], line: number): string | null;
}

/** What PostgreSQL takes as no text, and what no name holds. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const LONGEST_TEXT = 200;
const NUMBER = /^\d{15}(?:\d{2}[\dXx])?$/;

/** The row that is being read: its cells by column, and what is wrong with them. */
export class RowCells {
  readonly header: Header;
  readonly #problems: ProblemList;
  readonly #today: CivilDay;
  #row: readonly string[] = [];
  #line = 0;
  #isSound = true;

  constructor({ header, problems, today }: { readonly header: Header; readonly problems: ProblemList; readonly today: CivilDay }) {
    this.header = header;
    this.#problems = problems;
    this.#today = today;
  }

  /** Begins a row; its width and characters are looked at here. */
  begin(row: readonly string[], line: number): void {
    this.#row = row;
    this.#line = line;
    this.#isSound = true;
    for (let index = 0; index < row.length; index++) {
      const cell = row[index] as string;
      if (CONTROL.test(cell)) this.wrongAt(index, 'CONTROL_CHARACTER', cell.replace(new RegExp(CONTROL, 'g'), '\ufffd'), message('import.control-character'));
      else if ((index >= this.header.width || this.header.headings[index] === '') && cell.trim() !== '') this.wrongAt(index, 'CELL_COUNT', cell, message('import.cell-count', { found: row.length, width: this.header.width }));
    }
    if (row.length < this.header.width && row.length === 1) this.wrongAt(0, 'CELL_COUNT', row[0] ?? '', message('import.cell-count', { found: row.length, width: this.header.width }));
  }

  get line(): number {
    return this.#line;
  }
  /** Whether nothing is wrong with the row so far. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** What a cell says, without the spaces around it; empty for a column that the file does not have. */
  at(index: number): string {
    return index < 0 ? '' : (this.#row[index] ?? '').trim();
  }

  /** A cell that cannot be empty. */
  required(index: number, column: string): string {
    const cell = this.at(index);
    if (cell === '') this.wrong(column, 'REQUIRED', null, message('import.required'));
    return cell;
  }

  /** A name or key as it is stored. */
  text(index: number, column: string, isRequired = false, longest = LONGEST_TEXT): string | null {
    const cell = isRequired ? this.required(index, column) : this.at(index);
    if (cell.length > longest) this.wrong(column, 'TOO_LONG', cell, message('import.too-long', { max: longest }));
    return cell === '' ? null : cell;
  }

  /** A code of a row or of what it refers to; never a person's identity number, which would be stored as it is. */
  key(index: number, column: string, isRequired = false): string | null {
    const cell = this.text(index, column, isRequired);
    if (cell === null || !NUMBER.test(cell) || 'problem' in readAnyIdentity(cell, this.#today)) return cell;
    this.wrong(column, 'IDENTITY_AS_KEY', cell, message('import.identity-as-key'));
    return null;
  }

  wrong(column: string, code: ProblemCode, value: string | null, expected: Message, nearest: readonly string[] = []): void {
    this.#isSound = false;
    this.#problems.add(code, this.#line, this.header.nameOf(column), value, expected, nearest);
  }
  problem(column: string, value: string | null, { code, expected, nearest }: CellProblem): void {
    this.wrong(column, code, value, expected, nearest);
  }
  wrongAt(index: number, code: ProblemCode, value: string, expected: Message): void {
    this.#isSound = false;
    this.#problems.add(code, this.#line, this.header.headings[index] || String(index + 1), value, expected);
  }
}

const ESCAPED = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in the text form of COPY. */
export function copied(value: string | null): string {
  if (value === null) return '\\N';
  return ESCAPED.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : value;
}
/** An identity number by its index, and by those under other keys while the key is changed. */
export const STAGED_INDEXES = 'identity_index bytea, identity_others jsonb';
export function copiedIndexes(indexes: readonly Buffer[] | null): string {
  const [first = null, ...others] = indexes ?? [];
  return `${copiedBytes(first)}\t${others.length === 0 ? '\\N' : JSON.stringify(others.map((other) => other.toString('hex')))}`;
}
export const copiedBytes = (value: Buffer | null): string => (value === null ? '\\N' : `\\\\x${value.toString('hex')}`);
