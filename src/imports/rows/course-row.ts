import { nearestNames } from '../../kernel/nearest.ts';
import { message } from '../../kernel/text.ts';
import type { Book } from '../../plugin-host/place-records.ts';
import type { PlaceOfRow } from '../cells/place-cell.ts';
import { AttributeCells } from './attributes.ts';
import { readPeriod } from './period.ts';
import { copied, RowCells } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

export const STAGED_COURSES = `line int not null, key text not null, title text not null, jurisdiction_code text not null, province_code text not null, prefecture_code text, county_code text,
  institution text, from_on date, to_on date, attributes jsonb not null`;

/** Rows of courses: what is said of one holds for the entries that name it. */
export class CourseRows implements RowReader {
  readonly #cells: RowCells;
  readonly #setting: RowSetting;
  readonly #at: Readonly<Record<'key' | 'title' | 'place' | 'institution' | 'book' | 'from' | 'to', number>>;
  readonly #attributes = new Map<Book, AttributeCells>();

  constructor(setting: RowSetting) {
    const { header } = setting;
    this.#setting = setting;
    this.#cells = new RowCells(setting);
    this.#at = { key: header.at('key'), title: header.at('title'), place: header.at('jurisdiction'), institution: header.at('institution'), book: header.at('book'), from: header.at('from'), to: header.at('to') };
  }

  read(row: readonly string[], line: number): string | null {
    const cells = this.#cells;
    cells.begin(row, line);
    const key = cells.key(this.#at.key, 'key', true);
    const title = cells.text(this.#at.title, 'title', true);
    const institution = cells.key(this.#at.institution, 'institution');
    const { from, to } = readPeriod(cells, this.#at.from, this.#at.to, false);
    const place = this.#setting.placeOf(cells, this.#at.place);
    const attributes = place ? this.#attributesOf(place) : null;
    if (!cells.isSound || !place || key === null || title === null) return null;
    return `${line}\t${copied(key)}\t${copied(title)}\t${place.code}\t${place.province}\t${copied(place.prefecture)}\t${copied(place.county)}\t${copied(institution)}\t${copied(from)}\t${copied(to)}\t${copied(attributes)}\n`;
  }

  #attributesOf(place: PlaceOfRow): string {
    const written = this.#cells.at(this.#at.book);
    const book = written === '' ? place.book : place.records.books.get(written);
    if (!book) {
      const known = [...place.records.books.keys()];
      if (written !== '') this.#cells.wrong('book', 'UNKNOWN_BOOK', written, message('import.book', { place: place.code, options: known }), nearestNames(written, known));
      return '{}';
    }
    let attributes = this.#attributes.get(book);
    if (!attributes) this.#attributes.set(book, (attributes = new AttributeCells(book, 'courses', this.#setting)));
    return attributes.read(this.#cells);
  }
}
