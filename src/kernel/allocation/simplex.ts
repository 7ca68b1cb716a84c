import type { Tableau } from './tableau.ts';

/** After so many pivots of one run the smallest index is taken (Bland), which cannot cycle. */
const PIVOTS_BEFORE_BLAND = 200;

/**
 * From costs that are nowhere negative to rows that are nowhere negative (dual simplex, costs compared
 * lexicographically). False when no values of the columns satisfy the rows.
 */
export function satisfyRows(table: Tableau, workLimit: number): boolean {
  const { data, stride } = table;
  let pivots = 0;
  while (!table.overflow && table.work < workLimit) {
    const bland = pivots > PIVOTS_BEFORE_BLAND;
    let row = -1;
    let least = 0;
    for (let i = table.costs; i < table.rows; i += 1) {
      const value = data[i * stride]!;
      if (value >= 0) continue;
      if (row < 0 || (bland ? table.basic[i]! < table.basic[row]! : value < least)) {
        row = i;
        least = value;
      }
    }
    if (row < 0) return true;
    const column = cheapest(table, row);
    if (column === 0) return false;
    table.pivot(row, column);
    pivots += 1;
  }
  return true;
}

/** The column that may enter at least cost for each unit that the row gains; 0 for none. */
function cheapest(table: Tableau, row: number): number {
  const { data, stride, costs } = table;
  const base = row * stride;
  let best = 0;
  for (let j = 1; j <= table.columns; j += 1) {
    const entry = data[base + j]!;
    if (entry <= 0) continue;
    if (best === 0) {
      best = j;
      continue;
    }
    const bestEntry = data[base + best]!;
    let order = 0;
    for (let k = 0; k < costs && order === 0; k += 1) {
      order = data[k * stride + j]! * bestEntry - data[k * stride + best]! * entry;
    }
    if (order < 0 || (order === 0 && table.nonbasic[j]! < table.nonbasic[best]!)) best = j;
  }
  return best;
}

/** Minimises the form expressed last over the open columns (primal simplex); returns where its entries are. */
export function minimiseExpressed(table: Tableau, workLimit: number): number {
  const { data, stride, open } = table;
  const target = table.rows * stride;
  let pivots = 0;
  table.carried = 1;
  while (!table.overflow && table.work < workLimit) {
    const bland = pivots > PIVOTS_BEFORE_BLAND;
    let column = 0;
    for (let j = 1; j <= table.columns; j += 1) {
      if (open[j] === 0 || data[target + j]! >= 0) continue;
      if (column === 0 || (bland ? table.nonbasic[j]! < table.nonbasic[column]! : data[target + j]! < data[target + column]!)) {
        column = j;
      }
    }
    if (column === 0) break;
    const row = tightest(table, column);
    if (row < 0) throw new Error('allocation: a stage of the linear programme has no least value');
    table.pivot(row, column);
    pivots += 1;
  }
  table.carried = 0;
  return target;
}

/** The row that first stops a column from growing; -1 for none. */
function tightest(table: Tableau, column: number): number {
  const { data, stride } = table;
  let best = -1;
  for (let i = table.costs; i < table.rows; i += 1) {
    const entry = data[i * stride + column]!;
    if (entry >= 0) continue;
    if (best < 0) {
      best = i;
      continue;
    }
    const order = data[best * stride]! * entry - data[i * stride]! * data[best * stride + column]!;
    if (order < 0 || (order === 0 && table.basic[i]! < table.basic[best]!)) best = i;
  }
  return best;
}
