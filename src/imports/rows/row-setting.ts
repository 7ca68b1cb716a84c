import type { CivilDay } from '../../kernel/civil-day.ts';
import type { DataKey } from '../../persistence/keys/data-keys.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import { PlaceCell } from '../cells/place-cell.ts';
import type { PlaceOfRow } from '../cells/place-cell.ts';
import type { Header } from '../header.ts';
import type { Column } from '../columns/column.ts';
import type { ProblemList } from '../problem.ts';
import type { RowCells } from './row-reader.ts';

/** What all rows of a file are read with. */
export interface RowSetting {
  readonly header: Header;
  readonly columns: readonly Column[];
  readonly problems: ProblemList;
  readonly registry: Registry;
  /** With which private values are sealed: they are never stored as they are. */
  readonly key: DataKey;
  /** Under what an identity number is found, by each key that there is: the first is that of `key`. */
  indexes(number: string): readonly Buffer[];
  /** By which private values are compared while the file is taken. */
  digest(name: string, value: string): string;
  /** Nobody is born after it. */
  readonly today: CivilDay;
  /** The code of the place of each institution of the source, by key. */
  readonly institutions: ReadonlyMap<string, string>;
  readonly places: PlaceCell;
  /** The place of the row, or the one given for the whole file; null, and reported, where neither says. */
  placeOf(cells: RowCells, index: number): PlaceOfRow | null;
}

export function rowSetting(given: Omit<RowSetting, 'places' | 'placeOf'>, jurisdiction: string | null): RowSetting {
  const places = new PlaceCell(given.registry);
  const placeOf = (cells: RowCells, index: number): PlaceOfRow | null => {
    const written = cells.at(index) || (jurisdiction ?? cells.required(index, 'jurisdiction'));
    if (written === '') return null;
    const read = places.read(written);
    if (!('problem' in read)) return read;
    cells.problem('jurisdiction', written, read.problem);
    return null;
  };
  return { ...given, places, placeOf };
}
