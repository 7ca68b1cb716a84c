import { formatBigUnits, formatUnits } from '../kernel/exact.ts';
import type { FactInput } from '../kernel/facts.ts';
import type { Place } from '../kernel/place.ts';
import { recordsOf } from '../plugin-host/place-records.ts';
import type { Book, PlaceRecords, Property } from '../plugin-host/place-records.ts';
import type { StoredEntry, StoredPerson } from './stored-person.ts';

export type PersonFacts = Readonly<Record<string, FactInput>>;

/** How an entry is called in answers. */
export type NameEntry = (id: string) => string;

/**
 * The facts of a place about a person with a main employment in it, as they would be given by hand. Lists are complete:
 * without rows they are empty, which says that there are none. A property that nobody recorded is left out: unknown.
 */
export function factsOfPerson(place: Place, person: StoredPerson, nameEntry: NameEntry): PersonFacts {
  const records = recordsOf(place);
  const facts: Record<string, FactInput> = {};
  addEntries(facts, records, person, nameEntry);
  if (records.roles) facts[records.roles.fact] = rolesOf(records, person);
  if (records.employments) facts[records.employments.fact] = employmentsOf(records.employments.kinds, person);
  addProperties(facts, records.person, person.properties);
  addProperties(facts, records.institution, person.institutionProperties);
  for (const { name } of place.settings) {
    const published = person.settings.get(name);
    if (published !== undefined) facts[name] = published;
  }
  return facts;
}

/** Entries that the rules of no list of this place take: earned under another province's rules, which say nothing here. */
export function entriesLeftOut(place: Place, person: StoredPerson): readonly StoredEntry[] {
  const { books } = recordsOf(place);
  const passesOver = [...books.values()].some(({ elsewhere }) => elsewhere !== undefined);
  return person.entries.filter((entry) => (isOwn(person, entry) ? !books.has(entry.book) : !passesOver));
}

const isOwn = ({ employment }: StoredPerson, { provinceCode }: StoredEntry): boolean => provinceCode === employment?.provinceCode;

function addEntries(facts: Record<string, FactInput>, { books }: PlaceRecords, person: StoredPerson, nameEntry: NameEntry): void {
  const lists = new Map([...books.keys()].map((fact): [string, FactInput[]] => [fact, []]));
  const decided = new Set<string>();
  for (const { decidesId, act } of person.entries) if (decidesId !== null && act !== 'reversed') decided.add(decidesId);
  const abroad = [...books.values()].find(({ elsewhere }) => elsewhere !== undefined);
  for (const entry of person.entries) {
    if (isOwn(person, entry)) {
      const book = books.get(entry.book);
      if (book && isListed(book, entry)) lists.get(book.fact)?.push(ownEntry(book, entry, nameEntry));
    } else if (abroad && entry.act === 'recognised' && !decided.has(entry.id)) {
      lists.get(abroad.fact)?.push(entryFromElsewhere(abroad, entry, nameEntry));
    }
  }
  for (const [fact, list] of lists) facts[fact] = list;
}

/** A list that does not say where an entry stands holds the recognised ones. */
const isListed = ({ status }: Book, { act }: StoredEntry): boolean => (status ? status.values[act] !== undefined : act === 'recognised');

function ownEntry(book: Book, entry: StoredEntry, nameEntry: NameEntry): FactInput {
  const fact: Record<string, FactInput> = { ...entry.attributes };
  fact[book.idField] = nameEntry(entry.id);
  if (entry.units !== null) fact[book.amountField] = typeof entry.units === 'bigint' ? formatBigUnits(entry.units, book.perWhole) : formatUnits(entry.units, book.perWhole);
  if (entry.completedOn !== null) fact[book.dayField] = entry.completedOn;
  const stands = book.status?.values[entry.act];
  if (book.status && stands !== undefined) fact[book.status.field] = stands;
  return fact;
}

/** Its day is known; what it comes to is for this place to decide. */
function entryFromElsewhere(book: Book, entry: StoredEntry, nameEntry: NameEntry): FactInput {
  return { ...book.elsewhere, [book.idField]: nameEntry(entry.id), ...(entry.completedOn !== null && { [book.dayField]: entry.completedOn }) };
}

function rolesOf({ roles }: PlaceRecords, { roles: held, employment }: StoredPerson): FactInput {
  return held.flatMap(({ role, provinceCode, from, to }) => (provinceCode === employment?.provinceCode && roles?.known.has(role) ? [{ role, from, to }] : []));
}

/** Those in the province, at institutions of the kinds that the place asks about. */
function employmentsOf(kinds: readonly string[], { employments, employment }: StoredPerson): FactInput {
  return employments.flatMap(({ provinceCode, kind, from, to }) => (provinceCode === employment?.provinceCode && kind !== null && kinds.includes(kind) ? [{ from, to }] : []));
}

function addProperties(facts: Record<string, FactInput>, properties: readonly Property[], values: ReadonlyMap<string, FactInput>): void {
  for (const { fact, property } of properties) {
    const value = values.get(property);
    if (value !== undefined) facts[fact] = value;
  }
}
