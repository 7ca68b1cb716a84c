import type { Book } from '../../plugin-host/place-records.ts';
import { Exact } from '../../kernel/exact.ts';
import { unitsOf } from '../../kernel/ledger-entries.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import { message } from '../../kernel/text.ts';
import { FactCell } from '../cells/fact-cell.ts';
import type { PlaceOfRow } from '../cells/place-cell.ts';
import { maskIdentity, readAnyIdentity } from '../cells/identity-cell.ts';
import { choice, dayType } from '../../kernel/facts.ts';
import { ACT_LABELS } from '../columns/fixed.ts';
import { AttributeCells } from './attributes.ts';
import { copied, copiedIndexes, RowCells, STAGED_INDEXES } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

export const STAGED_CREDITS = `line int not null, key text not null, teacher text, ${STAGED_INDEXES}, jurisdiction_code text not null, province_code text not null,
  book text not null, course text, institution text, units bigint, completed_on date not null, act text not null, attributes jsonb not null, decides text`;

/** What is read alike in all rows of one place and book. */
interface BookReader {
  readonly book: Book;
  readonly amount: FactCell;
  readonly attributes: AttributeCells;
}

/** Rows of credits: one entry each. */
export class CreditRows implements RowReader {
  readonly #cells: RowCells;
  readonly #setting: RowSetting;
  readonly #at: Readonly<Record<'key' | 'teacher' | 'identity' | 'place' | 'book' | 'course' | 'institution' | 'amount' | 'day' | 'status' | 'decides', number>>;
  readonly #books = new Map<Book, BookReader>();
  readonly #day = new FactCell('completedOn', { type: dayType() });
  readonly #status = new FactCell('status', { type: choice(ACT_LABELS) });

  constructor(setting: RowSetting) {
    const { header } = setting;
    this.#setting = setting;
    this.#cells = new RowCells(setting);
    this.#at = {
      key: header.at('key'),
      teacher: header.at('teacher'),
      identity: header.at('identityNumber'),
      place: header.at('jurisdiction'),
      book: header.at('book'),
      course: header.at('course'),
      institution: header.at('institution'),
      amount: header.at('amount'),
      day: header.at('completedOn'),
      status: header.at('status'),
      decides: header.at('decides'),
    };
  }

  read(row: readonly string[], line: number): string | null {
    const cells = this.#cells;
    cells.begin(row, line);
    const key = cells.key(this.#at.key, 'key', true);
    const teacher = cells.key(this.#at.teacher, 'teacher');
    const index = this.#identity(teacher === null);
    const place = this.#setting.placeOf(cells, this.#at.place);
    const act = this.#read('status', this.#at.status, this.#status) ?? 'recognised';
    const day = this.#read('completedOn', this.#at.day, this.#day, true);
    const reader = place ? this.#bookOf(place) : null;
    const units = reader ? this.#units(reader, act) : null;
    const attributes = reader?.attributes.read(cells) ?? null;
    const course = cells.key(this.#at.course, 'course');
    const institution = cells.key(this.#at.institution, 'institution');
    const decides = cells.key(this.#at.decides, 'decides');
    if (!cells.isSound || !place || !reader || key === null || attributes === null) return null;
    return `${line}\t${copied(key)}\t${copied(teacher)}\t${copiedIndexes(index)}\t${place.code}\t${place.province}\t${reader.book.fact}\t${copied(course)}\t${copied(institution)}\t${units ?? '\\N'}\t${day}\t${act}\t${copied(attributes)}\t${copied(decides)}\n`;
  }

  #identity(isNeeded: boolean): readonly Buffer[] | null {
    const cells = this.#cells;
    const written = cells.at(this.#at.identity);
    if (written === '') {
      if (isNeeded) cells.wrong(this.#at.teacher < 0 ? 'identityNumber' : 'teacher', 'REQUIRED', null, message('import.teacher-or-identity'));
      return null;
    }
    // Rows of entries do not say of what kind the number is.
    const read = readAnyIdentity(written, this.#setting.today);
    if ('problem' in read) {
      cells.problem('identityNumber', maskIdentity(written), read.problem);
      return null;
    }
    return this.#setting.indexes(read.indexed);
  }

  #read(column: string, at: number, cell: FactCell, isRequired = false): string | null {
    const written = isRequired ? this.#cells.required(at, column) : this.#cells.at(at);
    if (written === '') return null;
    const read = cell.read(written);
    if ('problem' in read) {
      this.#cells.problem(column, written, read.problem);
      return null;
    }
    return read.input as string;
  }

  #bookOf(place: PlaceOfRow): BookReader | null {
    const written = this.#cells.at(this.#at.book);
    const book = written === '' ? place.book : (place.records.books.get(written) ?? null);
    if (!book) {
      const known = [...place.records.books.keys()];
      this.#cells.wrong('book', 'UNKNOWN_BOOK', written || null, message('import.book', { place: place.code, options: known }), nearestNames(written, known));
      return null;
    }
    let reader = this.#books.get(book);
    if (!reader) {
      const field = book.fields[book.amountField];
      reader = { book, amount: new FactCell(book.amountField, field ?? { type: { kind: 'amount', unit: '' } }), attributes: new AttributeCells(book, 'credits', this.#setting) };
      this.#books.set(book, reader);
    }
    return reader;
  }

  /** An amount may be left open where the place allows it, and as long as nothing was recognised. */
  #units({ book, amount }: BookReader, act: string): number | null {
    const written = this.#cells.at(this.#at.amount);
    if (written === '') {
      if (act === 'recognised' && book.fields[book.amountField]?.nullable !== true) this.#cells.wrong('amount', 'REQUIRED', null, message('import.required'));
      return null;
    }
    const read = amount.read(written);
    if ('problem' in read) {
      this.#cells.problem('amount', written, read.problem);
      return null;
    }
    return typeof read.input === 'string' ? unitsOf(Exact.of(read.input), book.perWhole) : null;
  }
}
