import { labelledAttributes } from '../../graphql/credit/labelled-attributes.ts';
import { roleLabel } from '../../graphql/teacher/role.type.ts';
import type { View } from '../../graphql/view.ts';
import { label, unitLabel } from '../../graphql/view.ts';
import { formatBigUnits } from '../../kernel/exact.ts';
import type { FactInput } from '../../kernel/facts.ts';
import type { OwnRow } from '../../persistence/own-data/read-own-data.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import type { Property } from '../../plugin-host/place-records.ts';

type Titles = Readonly<Record<string, unknown>>;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const TITLES: Readonly<Record<string, (row: OwnRow, view: View) => Titles>> = {
  role: ({ role, jurisdiction }, view) => ({ role: roleLabel(view, { role: textOf(role), provinceCode: textOf(jurisdiction) }) }),
  property: propertyTitles,
  credit: creditTitles,
  assessment: subjectTitles,
  assessmentAsked: subjectTitles,
};

/** What a row says in words, where its place has words for it; null: there are none. */
export function titlesOf(type: string, row: OwnRow, view: View): Titles | null {
  const place = view.registry.jurisdictions.get(textOf(row['jurisdiction']));
  const all = { ...(place && { jurisdiction: label(view, place.name) }), ...TITLES[type]?.(row, view) };
  const found = Object.entries(all).filter(([, title]) => title != null);
  return found.length === 0 ? null : Object.fromEntries(found);
}

function creditTitles({ jurisdiction, book: name, units, attributes }: OwnRow, view: View): Titles {
  const place = view.registry.place(textOf(jurisdiction));
  const book = place ? recordsOf(place).books.get(textOf(name)) : undefined;
  const words = labelledAttributes((attributes ?? {}) as Readonly<Record<string, FactInput>>, book, view).filter((one) => one.label !== null);
  const type = book?.fields[book.amountField]?.type;
  const amount = book && typeof units === 'string' ? formatBigUnits(BigInt(units), book.perWhole) : null;
  const ledger = [...(place?.ledgers.values() ?? [])].find(({ entries }) => entries.fact === name);
  return {
    book: ledger ? label(view, ledger.label) : null,
    amount: amount !== null && type?.kind === 'amount' ? `${amount} ${unitLabel(view, type.unit)}` : null,
    attributes: words.length === 0 ? null : words.map((one) => ({ name: one.name, title: one.label, value: one.valueLabel ?? one.value })),
  };
}

/** A property belongs to no place: the first that knows it says what it is called. */
function propertyTitles({ name, value }: OwnRow, view: View): Titles {
  const [property] = view.registry.plugins.flatMap(({ jurisdiction }) => propertyIn(view, jurisdiction.code, textOf(name)) ?? []);
  const type = property?.spec.type;
  const words = type?.kind === 'choice' && typeof value === 'string' && Object.hasOwn(type.options, value) ? type.options[value] : undefined;
  return { name: property ? label(view, property.column) : null, value: words ? label(view, words) : null };
}

function propertyIn({ registry }: View, code: string, name: string): Property | undefined {
  const place = registry.place(code);
  return place ? recordsOf(place).person.find(({ property }) => property === name) : undefined;
}

/** `decision:creditCompletion` by the title of the decision, `rule:<id>` by the summary of the rule. */
function subjectTitles({ subject, jurisdiction }: OwnRow, view: View): Titles {
  const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(textOf(subject)) ?? [];
  const title = kind === 'decision' ? view.registry.place(textOf(jurisdiction))?.decisions.get(name)?.title : undefined;
  return { subject: title ? label(view, title) : null };
}
