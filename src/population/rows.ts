import { formatUnits } from '../kernel/exact.ts';
import { recordsOf } from '../plugin-host/place-records.ts';
import type { DatedCell, EntryFields } from '../plugin-host/population.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { FileName } from './columns.ts';
import type { Employment, LedgerEntry, Person } from './people.ts';
import type { PlaceOfPopulation, PopulationPlan } from './plan.ts';

type Columns = Readonly<Record<FileName, readonly string[]>>;
type Cells = Readonly<Record<string, string>>;

const NEEDS_QUOTES = /[",\r\n]/;
const cell = (value: string): string => (NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const line = (columns: readonly string[], cells: Cells): string => `${columns.map((name) => cell(cells[name] ?? '')).join(',')}\n`;
const flag = (value: boolean): string => (value ? 'true' : 'false');

/** `value from..to; value from..to`: the days are left out where a value always holds. */
export const datedCell = (values: readonly DatedCell[]): string => values.map(({ value, from = null, to = null }) => (from === null && to === null ? value : `${value} ${from ?? ''}..${to ?? ''}`)).join('; ');

/** Writes the rows of each file. Credits are by far the most, and get a way of their own. */
export class Rows {
  readonly header: Readonly<Record<FileName, string>>;
  readonly #columns: Columns;
  readonly #fieldColumns: readonly string[];
  /** The fields of an entry as the end of its row, for objects that many entries share. */
  readonly #ends = new WeakMap<EntryFields, string>();
  /** Amounts as texts by units, for the book that a place wrote last. */
  readonly #amounts = new Map<PlaceOfPopulation, { readonly book: string; readonly perWhole: number; readonly texts: string[] }>();
  readonly #registry: Registry;

  constructor(registry: Registry, columns: Columns) {
    this.#registry = registry;
    this.#columns = columns;
    this.#fieldColumns = columns.credits.slice(columns.credits.indexOf('decides') + 1);
    this.header = { institutions: line0(columns.institutions), teachers: line0(columns.teachers), courses: line0(columns.courses), credits: line0(columns.credits) };
  }

  *institutions({ places }: PopulationPlan): Generator<string> {
    for (const { institutions } of places) {
      for (const { key, name, jurisdiction, kind, isPrivate, isRural, recognitions } of institutions) {
        yield line(this.#columns.institutions, { ...kind.properties, key, name, jurisdiction, kind: kind.kind, stage: kind.stage, ownership: isPrivate ? 'private' : 'public', rural: flag(isRural), recognitions: recognitions.join('; ') });
      }
    }
  }

  *courses({ places }: PopulationPlan): Generator<string> {
    for (const { code, spec, courses } of places) {
      for (const { name, book, fields } of spec.courses) for (const { key, title } of courses.get(name) ?? []) yield line(this.#columns.courses, { ...fields, key, title, jurisdiction: code, book });
    }
  }

  /** One row an employment; what is said of the person stands in the first of each place. */
  teacher({ key, name, identityNumber, bornOn, sex, phone, employments }: Person): string {
    return employments.map((employment) => line(this.#columns.teachers, { ...said(employment), key, name, identityKind: identityNumber === '' ? '' : 'resident', identityNumber, birthDate: bornOn, sex, phone, ...placed(employment) })).join('');
  }

  credits({ key, entries }: Person): string {
    let rows = '';
    for (let index = 0; index < entries.length; index++) rows += this.#credit(key, index, entries[index] as LedgerEntry);
    return rows;
  }

  #credit(person: string, index: number, { entry, place, course, decides }: LedgerEntry): string {
    const { book, units, on, act = 'recognised', fields } = entry;
    return `${person}-${index + 1},${person},,${place.code},${book},${course},${this.#amount(units, place, book)},${on},${act},${decides === null ? '' : `${person}-${decides + 1}`}${this.#end(fields)}`;
  }

  #end(fields: EntryFields): string {
    let end = this.#ends.get(fields);
    if (end === undefined) {
      end = this.#fieldColumns.map((name) => `,${cell(fields[name] ?? '')}`).join('') + '\n';
      this.#ends.set(fields, end);
    }
    return end;
  }

  #amount(units: number, place: PlaceOfPopulation, book: string): string {
    let amounts = this.#amounts.get(place);
    if (amounts?.book !== book) {
      const known = this.#registry.place(place.code);
      amounts = { book, perWhole: (known && recordsOf(known).books.get(book)?.perWhole) ?? 1, texts: [] };
      this.#amounts.set(place, amounts);
    }
    return (amounts.texts[units] ??= formatUnits(units, amounts.perWhole));
  }
}

const line0 = (columns: readonly string[]): string => `${columns.join(',')}\n`;

const placed = ({ institution, subject, isMain, from, to }: Employment): Cells => ({ institution: institution.key, main: flag(isMain), from, to: to ?? '', stage: institution.kind.stage, subject });

function said({ described }: Employment): Cells {
  if (!described) return {};
  const cells: Record<string, string> = { roles: datedCell(described.roles) };
  for (const [name, values] of Object.entries(described.properties)) cells[name] = datedCell(values);
  return cells;
}
