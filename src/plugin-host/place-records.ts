import type { FactSpec, FieldSpec } from '../kernel/facts.ts';
import type { Law, Layer, Place } from '../kernel/place.ts';
import type { EntriesRecord, PropertyRecord, RecordsSpec } from './records.ts';

/** A list of ledger entries of a place: the fact, and which fields of its records are what. */
export interface Book extends EntriesRecord {
  readonly idField: string;
  readonly amountField: string;
  readonly dayField: string;
  /** Whole units of the stored amounts in one credit or hour. */
  readonly perWhole: number;
  readonly fields: Readonly<Record<string, FieldSpec>>;
}

/** How what is stored becomes the facts of one place: that of its own plugin and of those above, the lowest last. */
export interface PlaceRecords {
  readonly books: ReadonlyMap<string, Book>;
  readonly roles: { readonly fact: string; readonly column: NonNullable<RecordsSpec['roles']>['column']; /** Those that the place knows. */ readonly known: ReadonlySet<string> } | null;
  readonly employments: RecordsSpec['employments'] | null;
  readonly person: readonly Property[];
  readonly institution: readonly Property[];
}

export interface Property {
  readonly fact: string;
  readonly property: string;
  readonly column: PropertyRecord['column'];
  readonly spec: FactSpec;
}

const composed = new WeakMap<Law, PlaceRecords>();

/** Put together once for all places of a law. */
export function recordsOf({ law }: Pick<Place, 'law'>): PlaceRecords {
  let records = composed.get(law);
  if (!records) composed.set(law, (records = compose(law)));
  return records;
}

type LayerWithRecords = Layer & { readonly records?: RecordsSpec };

function compose(law: Law): PlaceRecords {
  const specs = law.layers.flatMap((layer) => (layer as LayerWithRecords).records ?? []);
  const roles = specs.findLast((spec) => spec.roles)?.roles;
  return {
    books: new Map(specs.flatMap(({ entries = [] }) => entries.flatMap((entry) => bookOf(law, entry) ?? [])).map((book) => [book.fact, book])),
    roles: roles ? { ...roles, known: knownRoles(law, roles.fact) } : null,
    employments: specs.findLast((spec) => spec.employments)?.employments ?? null,
    person: propertiesOf(law, specs.flatMap(({ person = [] }) => person)),
    institution: propertiesOf(law, specs.flatMap(({ institution = [] }) => institution)),
  };
}

function bookOf(law: Law, entry: EntriesRecord): Book | null {
  const ledger = [...law.ledgers.values()].find(({ entries }) => entries.fact === entry.fact);
  const type = law.facts.get(entry.fact)?.type;
  if (!ledger || type?.kind !== 'list' || type.of.kind !== 'record') return null;
  return { ...entry, idField: ledger.entries.id, amountField: ledger.entries.amount, dayField: ledger.entries.day, perWhole: ledger.perWhole, fields: type.of.fields };
}

function knownRoles(law: Law, fact: string): ReadonlySet<string> {
  const type = law.facts.get(fact)?.type;
  const role = type?.kind === 'list' && type.of.kind === 'record' ? type.of.fields['role']?.type : undefined;
  return new Set(role?.kind === 'choice' ? Object.keys(role.options) : []);
}

function propertiesOf(law: Law, records: readonly PropertyRecord[]): Property[] {
  const byFact = new Map(records.map((record) => [record.fact, record]));
  return [...byFact.values()].flatMap(({ fact, property = fact, column }) => {
    const spec = law.facts.get(fact);
    return spec ? [{ fact, property, column, spec }] : [];
  });
}
