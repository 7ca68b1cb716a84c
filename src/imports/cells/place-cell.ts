import { chainOf, NATION } from '../../kernel/jurisdiction.ts';
import type { Place } from '../../kernel/place.ts';
import { message } from '../../kernel/text.ts';
import type { Text } from '../../kernel/text.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import type { Book, PlaceRecords } from '../../plugin-host/place-records.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import type { CellProblem } from './fact-cell.ts';

/** A place as rows carry it, with how what is stored becomes its facts. */
export interface PlaceOfRow {
  readonly code: string;
  /** The codes of its chain at each height; null where the chain ends above. */
  readonly province: string;
  readonly prefecture: string | null;
  readonly county: string | null;
  readonly records: PlaceRecords;
  /** The book of entries that name none: the last of the place, its own plugin's before the nation's. */
  readonly book: Book | null;
  /** The roles that the place knows, with their labels. */
  readonly roles: Readonly<Record<string, Text>>;
}

/** Reads places by code or by a name that only one has. Each is looked up once. */
export class PlaceCell {
  readonly #registry: Registry;
  readonly #places = new Map<string, PlaceOfRow>();
  #names: Map<string, string | null> | undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  read(written: string): PlaceOfRow | { readonly problem: CellProblem } {
    const known = this.#places.get(written);
    if (known) return known;
    const code = this.#registry.jurisdictions.has(written) ? written : this.#byName(written);
    const place = code === null ? null : this.#registry.place(code);
    if (code === null || !place) return { problem: this.#unknown(written) };
    const records = recordsOf(place);
    const codes = levelsOf(code);
    const read = { code, ...codes, records, book: [...records.books.values()].at(-1) ?? null, roles: rolesOf(place, records) };
    this.#places.set(written, read);
    return read;
  }

  /** Every place that was read. */
  get seen(): Iterable<PlaceOfRow> {
    return new Set(this.#places.values());
  }

  #byName(written: string): string | null {
    if (!this.#names) {
      this.#names = new Map();
      for (const { code, name } of this.#registry.jurisdictions.values()) {
        for (const label of new Set([name.zh, name.en.toLowerCase()])) this.#names.set(label, this.#names.has(label) ? null : code);
      }
    }
    return this.#names.get(written) ?? this.#names.get(written.toLowerCase()) ?? null;
  }

  #unknown(written: string): CellProblem {
    const nearest = this.#registry.nearestPlaces(written).map((code) => `${code} ${this.#registry.jurisdictions.get(code)?.name.zh ?? ''}`.trim());
    return { code: 'UNKNOWN_PLACE', expected: message('import.place'), nearest };
  }
}

function rolesOf(place: Place, { roles }: PlaceRecords): Readonly<Record<string, Text>> {
  const type = roles ? place.facts.get(roles.fact)?.type : undefined;
  const role = type?.kind === 'list' && type.of.kind === 'record' ? type.of.fields['role']?.type : undefined;
  return role?.kind === 'choice' ? role.options : {};
}

/** The codes of a place's chain by height. The nation stands for its own province. */
export function levelsOf(code: string): { readonly province: string; readonly prefecture: string | null; readonly county: string | null } {
  const [, province = NATION, ...below] = chainOf(code);
  return { province, prefecture: below.find((one) => one.endsWith('00')) ?? null, county: below.find((one) => !one.endsWith('00')) ?? null };
}
