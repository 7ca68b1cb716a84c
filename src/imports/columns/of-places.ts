import type { FieldSpec } from '../../kernel/facts.ts';
import { text } from '../../kernel/text.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import type { Book, PlaceRecords } from '../../plugin-host/place-records.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import { plainName } from './column.ts';
import type { Column, Kind } from './column.ts';
import { FIXED_COLUMNS } from './fixed.ts';

/** The columns that files of a kind may have: in one place, or in any. Where several places have one of a name, it is shown as in the first. */
export function columnsOf(kind: Kind, registry: Registry, jurisdiction: string | null): readonly Column[] {
  const places = recordsOfPlaces(registry, jurisdiction);
  const columns = new Map(withAmountNames(FIXED_COLUMNS[kind], kind, places).map((column) => [column.name, column]));
  for (const column of placeColumns(kind, places)) if (!columns.has(column.name)) columns.set(column.name, column);
  return [...columns.values()];
}

function recordsOfPlaces(registry: Registry, jurisdiction: string | null): PlaceRecords[] {
  const codes = jurisdiction === null ? registry.plugins.map((plugin) => plugin.jurisdiction.code) : [jurisdiction];
  return codes.flatMap((code) => {
    const place = registry.place(code);
    return place ? [recordsOf(place)] : [];
  });
}

/** What places call the number, amount, day and standing of an entry, these columns may be called too. */
function withAmountNames(columns: readonly Column[], kind: Kind, places: readonly PlaceRecords[]): readonly Column[] {
  if (kind !== 'credits') return columns;
  const books = places.flatMap((records) => [...records.books.values()]);
  return columns.map((column) => {
    const names = books.flatMap((book) => {
      const field = { key: book.idField, amount: book.amountField, completedOn: book.dayField, status: book.status?.field }[column.name];
      const title = field === undefined ? undefined : book.columns[field];
      return field === undefined ? [] : [field, ...(title ? [title.zh, title.en] : [])];
    });
    return names.length === 0 ? column : { ...column, aliases: [...(column.aliases ?? []), ...new Set(names)] };
  });
}

function placeColumns(kind: Kind, places: readonly PlaceRecords[]): Column[] {
  switch (kind) {
    case 'institutions':
    case 'teachers':
      return places.flatMap((records) => records[kind === 'teachers' ? 'person' : 'institution'].map(({ property, column, spec }) => ({ name: property, titles: column, about: spec.meaning, type: spec.type, isOfPlace: true })));
    case 'courses':
    case 'credits':
      return places.flatMap((records) => [...records.books.values()].flatMap((book) => bookColumns(book, kind)));
  }
}

/** The fields of an entry but for number, amount, day and standing; those of an inner record by path. */
export function fieldsOf(book: Book): { readonly path: string; readonly field: FieldSpec }[] {
  const own = new Set([book.idField, book.amountField, book.dayField, book.status?.field]);
  return Object.entries(book.fields).flatMap(([name, field]) => {
    if (own.has(name)) return [];
    if (field.type.kind !== 'record') return [{ path: name, field }];
    return Object.entries(field.type.fields).map(([inner, innerField]) => ({ path: `${name}.${inner}`, field: innerField }));
  });
}

function bookColumns(book: Book, kind: 'courses' | 'credits'): Column[] {
  return fieldsOf(book).map(({ path, field }) => {
    const titles = book.columns[path] ?? text(path, path);
    return { name: columnName(path, titles.en, kind), titles, about: field.meaning, type: field.type, names: book.values?.[path], isOfPlace: true, isSettled: field.absent !== undefined };
  });
}

/** A field called like a fixed column goes by its title instead. */
export function columnName(path: string, title: string, kind: 'courses' | 'credits'): string {
  const isTaken = FIXED_COLUMNS[kind].some(({ name }) => plainName(name) === plainName(path));
  return isTaken ? title.replace(/\s+(\w)/g, (_, letter: string) => letter.toUpperCase()) : path;
}
