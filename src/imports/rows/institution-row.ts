import type { Property } from '../../plugin-host/place-records.ts';
import { readDated } from '../cells/dated-cell.ts';
import { FactCell } from '../cells/fact-cell.ts';
import { readProperty } from './dated-items.ts';
import type { DatedItem } from './dated-items.ts';
import { itemsJson } from './dated-items.ts';
import { readPeriod } from './period.ts';
import { PropertyCells } from './property-cells.ts';
import { copied, RowCells } from './row-reader.ts';
import type { RowReader } from './row-reader.ts';
import type { RowSetting } from './row-setting.ts';

export const STAGED_INSTITUTIONS = `line int not null, key text not null, name text not null, name_key text not null, jurisdiction_code text not null, province_code text not null, prefecture_code text, county_code text, items jsonb not null`;

/** The properties that do not depend on a place. */
const OWN = ['stage', 'ownership', 'rural'];

/** Rows of institutions, with their dated properties. */
export class InstitutionRows implements RowReader {
  readonly #cells: RowCells;
  readonly #setting: RowSetting;
  readonly #nameKey: (name: string) => string;
  readonly #own: readonly { readonly column: string; readonly index: number; readonly cell: FactCell }[];
  readonly #properties: PropertyCells;

  constructor(setting: RowSetting, nameKey: (name: string) => string) {
    const { header, columns } = setting;
    this.#setting = setting;
    this.#cells = new RowCells(setting);
    this.#nameKey = nameKey;
    this.#own = OWN.flatMap((name) => {
      const type = columns.find((column) => column.name === name)?.type;
      return type && header.at(name) >= 0 ? [{ column: name, index: header.at(name), cell: new FactCell(name, { type }) }] : [];
    });
    this.#properties = new PropertyCells(setting, (records): readonly Property[] => records.institution);
  }

  read(row: readonly string[], line: number): string | null {
    const { header, placeOf } = this.#setting;
    const cells = this.#cells;
    cells.begin(row, line);
    const key = cells.key(header.at('key'), 'key', true);
    const name = cells.text(header.at('name'), 'name', true);
    const place = placeOf(cells, header.at('jurisdiction'));
    const period = readPeriod(cells, header.at('from'), header.at('to'), false);
    const items: DatedItem[] = [];
    for (const { column, index, cell } of this.#own) readProperty(cells, index, column, cell, period, items);
    this.#readRecognitions(items, period);
    if (place) this.#properties.read(cells, place.records, period, items);
    if (!cells.isSound || !place || key === null || name === null) return null;
    return `${line}\t${copied(key)}\t${copied(name)}\t${copied(this.#nameKey(name))}\t${place.code}\t${place.province}\t${copied(place.prefecture)}\t${copied(place.county)}\t${copied(itemsJson(items))}\n`;
  }

  /** There can be several at a time: those of one period are one list. */
  #readRecognitions(items: DatedItem[], period: { readonly from: DatedItem[3]; readonly to: DatedItem[4] }): void {
    const index = this.#setting.header.at('recognitions');
    const written = this.#cells.at(index);
    const parts = readDated(written);
    if ('problem' in parts) return this.#cells.problem('recognitions', written, parts.problem);
    const lists = new Map<string, { from: DatedItem[3]; to: DatedItem[4]; names: string[] }>();
    for (const part of parts) {
      const { from, to } = part.isDated ? part : period;
      const list = lists.get(`${from}..${to}`) ?? { from, to, names: [] };
      list.names.push(part.written);
      lists.set(`${from}..${to}`, list);
    }
    for (const { from, to, names } of lists.values()) items.push(['p', 'recognitions', JSON.stringify(names), from, to]);
  }
}
