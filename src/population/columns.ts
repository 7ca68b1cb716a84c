import { recordsOf } from '../plugin-host/place-records.ts';
import type { PlaceRecords } from '../plugin-host/place-records.ts';
import type { Registry } from '../plugin-host/registry.ts';

export const FILES = ['institutions', 'teachers', 'courses', 'credits'] as const;
/** The files of a population, in the order in which they are imported. */
export type FileName = (typeof FILES)[number];

const FIXED: Readonly<Record<FileName, readonly string[]>> = {
  institutions: ['key', 'name', 'jurisdiction', 'kind', 'stage', 'ownership', 'rural', 'recognitions', 'from', 'to'],
  teachers: ['key', 'name', 'identityKind', 'identityNumber', 'birthDate', 'sex', 'phone', 'institution', 'main', 'from', 'to', 'stage', 'subject', 'roles'],
  courses: ['key', 'title', 'jurisdiction', 'institution', 'from', 'to', 'book'],
  credits: ['key', 'teacher', 'identityNumber', 'jurisdiction', 'book', 'course', 'amount', 'completedOn', 'status', 'decides'],
};

/** The columns of each file: the fixed ones, and what the places' plugins record, each name once. */
export function columnsOf(registry: Registry, codes: readonly string[]): Readonly<Record<FileName, readonly string[]>> {
  const records = codes.flatMap((code) => {
    const place = registry.place(code);
    return place ? [recordsOf(place)] : [];
  });
  const withFixed = (file: FileName, more: readonly string[]): readonly string[] => [...new Set([...FIXED[file], ...more])];
  const fields = records.flatMap(entryFields);
  return {
    institutions: withFixed('institutions', records.flatMap(({ institution }) => institution.map(({ property }) => property))),
    teachers: withFixed('teachers', records.flatMap(({ person }) => person.map(({ property }) => property))),
    courses: withFixed('courses', fields),
    credits: withFixed('credits', fields),
  };
}

/** What entries say beside number, amount, day and standing; fields of an inner record by path. */
function entryFields({ books }: PlaceRecords): string[] {
  return [...books.values()].flatMap(({ fields, idField, amountField, dayField, status }) => {
    const own = new Set([idField, amountField, dayField, status?.field]);
    return Object.entries(fields).flatMap(([name, { type }]) => (own.has(name) ? [] : type.kind === 'record' ? Object.keys(type.fields).map((inner) => `${name}.${inner}`) : [name]));
  });
}
