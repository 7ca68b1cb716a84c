import type { IdentityNumbers } from '../../persistence/identity-numbers.ts';
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
  /** How identity numbers are stored: never as they are. */
  readonly identities: Pick<IdentityNumbers, 'index' | 'encrypt'>;
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
