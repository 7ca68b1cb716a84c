import type { CivilDay } from '../../kernel/civil-day.ts';
import { message } from '../../kernel/text.ts';
import { readDay } from '../cells/day.ts';
import type { RowCells } from './row-reader.ts';

/** Reads the columns `from` and `to` of a row. */
export function readPeriod(cells: RowCells, fromIndex: number, toIndex: number, needsStart: boolean): { readonly from: CivilDay | null; readonly to: CivilDay | null } {
  const from = readEnd(cells, fromIndex, 'from');
  const to = readEnd(cells, toIndex, 'to');
  if (needsStart && cells.at(fromIndex) === '') cells.required(fromIndex, 'from');
  if (from !== null && to !== null && to < from) cells.wrong('to', 'PERIOD_REVERSED', to, message('import.period-reversed', { from, to }));
  return { from, to };
}

function readEnd(cells: RowCells, index: number, column: string): CivilDay | null {
  const written = cells.at(index);
  if (written === '') return null;
  const day = readDay(written);
  if (!day) cells.wrong(column, 'WRONG_TYPE', written, message('input.day'));
  return day;
}
