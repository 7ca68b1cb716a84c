import type { CivilDay } from '../../kernel/civil-day.ts';
import type { PlaceRecords, Property } from '../../plugin-host/place-records.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import { FactCell } from '../cells/fact-cell.ts';
import { readProperty } from './dated-items.ts';
import type { DatedItem } from './dated-items.ts';
import type { RowCells } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

/**
 * Reads the properties that places declare. A property that the place of the row does not know is read as the first
 * place that does reads it: people move, and what is known of them stays.
 */
export class PropertyCells {
  readonly #indices: ReadonlyMap<string, number>;
  readonly #elsewhere: ReadonlyMap<string, Property>;
  readonly #list: (records: PlaceRecords) => readonly Property[];
  readonly #cells = new Map<Property['spec'], FactCell>();
  readonly #byRecords = new Map<PlaceRecords, ReadonlyMap<string, Property>>();

  constructor({ header, columns, registry }: RowSetting, list: (records: PlaceRecords) => readonly Property[]) {
    this.#list = list;
    this.#indices = new Map(columns.filter(({ isOfPlace, name }) => isOfPlace && header.at(name) >= 0).map(({ name }) => [name, header.at(name)]));
    const everywhere = registry.plugins.flatMap(({ jurisdiction }) => {
      const place = registry.place(jurisdiction.code);
      return place ? list(recordsOf(place)) : [];
    });
    this.#elsewhere = new Map([...everywhere].reverse().map((property) => [property.property, property]));
  }

  read(cells: RowCells, records: PlaceRecords, period: { readonly from: CivilDay | null; readonly to: CivilDay | null }, items: DatedItem[]): void {
    for (const [name, index] of this.#indices) {
      const property = this.#of(records).get(name) ?? this.#elsewhere.get(name);
      if (property) readProperty(cells, index, name, this.#cellOf(property), period, items);
    }
  }

  #of(records: PlaceRecords): ReadonlyMap<string, Property> {
    let properties = this.#byRecords.get(records);
    if (!properties) this.#byRecords.set(records, (properties = new Map(this.#list(records).map((property) => [property.property, property]))));
    return properties;
  }

  #cellOf({ property, spec }: Property): FactCell {
    let cell = this.#cells.get(spec);
    if (!cell) this.#cells.set(spec, (cell = new FactCell(property, spec)));
    return cell;
  }
}
