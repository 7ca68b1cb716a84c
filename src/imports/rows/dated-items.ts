import type { CivilDay } from '../../kernel/civil-day.ts';
import { readDated, overlapOf } from '../cells/dated-cell.ts';
import type { CellProblem, FactCell } from '../cells/fact-cell.ts';
import type { RowCells } from './row-reader.ts';

/** A dated value of a row as it is staged: kind (property or role), name, value as JSON, first and last day. */
export type DatedItem = readonly [kind: 'p' | 'r', name: string, value: string, from: CivilDay | null, to: CivilDay | null];

/** Reads the dated values of one property. A value without days holds in the period of the row, where that has one. */
export function readProperty(cells: RowCells, index: number, column: string, cell: FactCell, period: { readonly from: CivilDay | null; readonly to: CivilDay | null }, items: DatedItem[]): void {
  const written = cells.at(index);
  if (written === '') return;
  const parts = readDated(written);
  if ('problem' in parts) return cells.problem(column, written, parts.problem);
  const problems: (readonly [string, CellProblem])[] = [];
  for (const part of parts) {
    const read = cell.read(part.written);
    if ('problem' in read) problems.push([part.written, read.problem]);
    else items.push(['p', column, read.json, part.isDated ? part.from : period.from, part.isDated ? part.to : period.to]);
  }
  for (const [value, problem] of problems) cells.problem(column, value, problem);
  const overlap = overlapOf(parts);
  if (overlap) cells.problem(column, written, overlap);
}

/** The items as one JSON array, which is taken apart in the database. */
export const itemsJson = (items: readonly DatedItem[]): string => `[${items.map(([kind, name, value, from, to]) => `["${kind}",${JSON.stringify(name)},${value},${from === null ? 'null' : `"${from}"`},${to === null ? 'null' : `"${to}"`}]`).join(',')}]`;
