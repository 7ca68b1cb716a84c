import type { FactSpec, FieldSpec } from '../kernel/facts.ts';
import type { Layer, Place } from '../kernel/place.ts';
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

const composed = new WeakMap<Place, PlaceRecords>();

/** Put together once a place. */
export function recordsOf(place: Place): PlaceRecords {
  let records = composed.get(place);
  if (!records) composed.set(place, (records = compose(place)));
  return records;
}

type LayerWithRecords = Layer & { readonly records?: RecordsSpec };

function compose(place: Place): PlaceRecords {
  const specs = place.layers.flatMap((layer) => (layer as LayerWithRecords).records ?? []);
  const roles = specs.findLast((spec) => spec.roles)?.roles;
  return {
    books: new Map(specs.flatMap(({ entries = [] }) => entries.flatMap((entry) => bookOf(place, entry) ?? [])).map((book) => [book.fact, book])),
    roles: roles ? { ...roles, known: knownRoles(place, roles.fact) } : null,
    employments: specs.findLast((spec) => spec.employments)?.employments ?? null,
    person: propertiesOf(place, specs.flatMap(({ person = [] }) => person)),
    institution: propertiesOf(place, specs.flatMap(({ institution = [] }) => institution)),
  };
}

function bookOf(place: Place, entry: EntriesRecord): Book | null {
  const ledger = [...place.ledgers.values()].find(({ entries }) => entries.fact === entry.fact);
  const type = place.facts.get(entry.fact)?.type;
  if (!ledger || type?.kind !== 'list' || type.of.kind !== 'record') return null;
  return { ...entry, idField: ledger.entries.id, amountField: ledger.entries.amount, dayField: ledger.entries.day, perWhole: ledger.perWhole, fields: type.of.fields };
}

function knownRoles(place: Place, fact: string): ReadonlySet<string> {
  const type = place.facts.get(fact)?.type;
  const role = type?.kind === 'list' && type.of.kind === 'record' ? type.of.fields['role']?.type : undefined;
  return new Set(role?.kind === 'choice' ? Object.keys(role.options) : []);
}

function propertiesOf(place: Place, records: readonly PropertyRecord[]): Property[] {
  const byFact = new Map(records.map((record) => [record.fact, record]));
  return [...byFact.values()].flatMap(({ fact, property = fact, column }) => {
    const spec = place.facts.get(fact);
    return spec ? [{ fact, property, column, spec }] : [];
  });
}
