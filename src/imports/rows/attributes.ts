import type { Book } from '../../plugin-host/place-records.ts';
import { message } from '../../kernel/text.ts';
import { FactCell } from '../cells/fact-cell.ts';
import { columnName, fieldsOf } from '../columns/of-places.ts';
import type { RowCells } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

interface AttributeCell {
  readonly column: string;
  readonly index: number;
  readonly cell: FactCell;
  /** Its name as a key of JSON, the record that it is a field of apart. */
  readonly key: string;
}

/** Reads the entry fields of a book from the columns that a file has of them, as one JSON object. */
export class AttributeCells {
  readonly #book: Book;
  readonly #plain: AttributeCell[] = [];
  readonly #records = new Map<string, AttributeCell[]>();
  /** Columns of other books: no row of this one can fill them. */
  readonly #foreign: { readonly column: string; readonly index: number }[];

  constructor(book: Book, kind: 'courses' | 'credits', { header, columns }: Pick<RowSetting, 'header' | 'columns'>) {
    this.#book = book;
    const own = new Set<string>();
    for (const { path, field } of fieldsOf(book)) {
      const column = columnName(path, book.columns[path]?.en ?? path, kind);
      own.add(column);
      const index = header.at(column);
      if (index < 0) continue;
      const [first = path, inner] = path.split('.');
      const made = { column, index, cell: new FactCell(column, field, book.values?.[path]), key: `${JSON.stringify(inner ?? first)}:` };
      if (inner === undefined) this.#plain.push(made);
      else this.#records.set(first, [...(this.#records.get(first) ?? []), made]);
    }
    this.#foreign = columns.filter(({ name, isOfPlace }) => isOfPlace && !own.has(name)).map(({ name }) => ({ column: name, index: header.at(name) })).filter(({ index }) => index >= 0);
  }

  read(cells: RowCells): string {
    let json = '';
    for (const cell of this.#plain) {
      const read = this.#read(cells, cell);
      if (read !== null) json += json === '' ? read : `,${read}`;
    }
    for (const [name, inner] of this.#records) {
      const parts = inner.flatMap((cell) => this.#read(cells, cell) ?? []);
      if (parts.length > 0) json += `${json === '' ? '' : ','}${JSON.stringify(name)}:{${parts.join(',')}}`;
    }
    for (const { column, index } of this.#foreign) {
      if (cells.at(index) !== '') cells.wrong(column, 'NOT_IN_BOOK', cells.at(index), message('import.not-in-book', { book: this.#book.fact }));
    }
    return `{${json}}`;
  }

  #read(cells: RowCells, { column, index, cell, key }: AttributeCell): string | null {
    const written = cells.at(index);
    if (written === '') return null;
    const read = cell.read(written);
    if ('problem' in read) {
      cells.problem(column, written, read.problem);
      return null;
    }
    return key + read.json;
  }
}
