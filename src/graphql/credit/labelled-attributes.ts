import type { FactInput, FactType, FieldSpec } from '../../kernel/facts.ts';
import type { Book } from '../../plugin-host/place-records.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

/** An attribute of a ledger entry with the words of its place. */
export interface LabelledAttribute {
  readonly name: string;
  readonly value: FactInput;
  readonly label: string | null;
  readonly valueLabel: string | null;
}

/** The attributes of an entry one by one; without a book, which no plugin knows any more, without words. */
export function labelledAttributes(attributes: Readonly<Record<string, FactInput>>, book: Book | undefined, view: View): LabelledAttribute[] {
  return Object.entries(attributes).flatMap(([name, value]) => flatten(name, value, book?.fields[name])).map(({ name, value, spec }) => {
    const title = book?.columns[name] ?? spec?.meaning;
    const words = spec && typeof value === 'string' ? meaningOf(spec.type, value) : undefined;
    return { name, value, label: title ? label(view, title) : null, valueLabel: words ? label(view, words) : null };
  });
}

interface Flat {
  readonly name: string;
  readonly value: FactInput;
  readonly spec: FieldSpec | undefined;
}

/** A record inside becomes the fields in it. */
function flatten(name: string, value: FactInput, spec: FieldSpec | undefined): Flat[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ name, value, spec }];
  const fields = spec?.type.kind === 'record' ? spec.type.fields : {};
  return Object.entries(value).flatMap(([inner, found]) => flatten(`${name}.${inner}`, found, fields[inner]));
}

const meaningOf = (type: FactType, value: string): { readonly zh: string; readonly en: string } | undefined => (type.kind === 'choice' && Object.hasOwn(type.options, value) ? type.options[value] : undefined);
