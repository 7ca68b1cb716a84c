import { MAX_COEFFICIENT, MAX_UNITS } from './problem.ts';
import type { Program } from './program.ts';

/** After so many pivots of one run the smallest index is taken (Bland), which cannot cycle. */
const PIVOTS_BEFORE_BLAND = 200;

/**
 * A simplex table in whole numbers (Edmonds: all entries over one common denominator, every division exact).
 * denominator x basic variable = entry 0 + sum of entry j x nonbasic variable j.
 *
 * Variables are numbered 1 to columns for the columns of the programme, then one for each row. Entries are held below
 * bounds under which no product of two, nor a difference of two products, leaves the exact range of a number; `overflow`
 * is set when one is passed, and then nothing that the table says may be used.
 */
export class Tableau {
  columns = 0;
  costs = 0;
  rows = 0;
  stride = 1;
  denominator = 1;
  data = new Float64Array(2048);
  /** Per row its basic variable, 0 for cost rows. */
  basic = new Int32Array(64);
  /** Per column its nonbasic variable. */
  nonbasic = new Int32Array(64);
  /** Per variable: row when basic, -column when not. */
  position = new Int32Array(128);
  /** Per column 1 while entering it leaves all finished objectives as they are. */
  open = new Uint8Array(64);
  overflow = false;
  /** Entries that pivots have rewritten since it was set to 0. */
  work = 0;
  private scratch = 0;
  private nextVariable = 1;

  /** Takes over a programme; `spareRows` says how many rows may be added. */
  load(program: Program, spareRows: number): void {
    const { columns, rows, stride, costs } = program;
    const allRows = rows + spareRows + 2;
    this.reserve(allRows, stride, columns + allRows + 1);
    this.columns = columns;
    this.costs = costs;
    this.rows = rows;
    this.stride = stride;
    this.denominator = 1;
    this.overflow = false;
    this.scratch = 0;
    const size = rows * stride;
    const source = program.data;
    const { data, position, basic, nonbasic } = this;
    for (let i = 0; i < size; i += 1) data[i] = source[i]!;
    for (let j = 1; j <= columns; j += 1) {
      nonbasic[j] = j;
      position[j] = -j;
    }
    let variable = columns;
    for (let i = 0; i < costs; i += 1) basic[i] = 0;
    for (let i = costs; i < rows; i += 1) {
      variable += 1;
      basic[i] = variable;
      position[variable] = i;
    }
    this.nextVariable = variable + 1;
  }

  private reserve(rows: number, stride: number, variables: number): void {
    const size = rows * stride;
    if (this.data.length < size) this.data = new Float64Array(2 * size);
    if (this.basic.length < rows) this.basic = new Int32Array(2 * rows);
    if (this.nonbasic.length < stride) {
      this.nonbasic = new Int32Array(2 * stride);
      this.open = new Uint8Array(2 * stride);
    }
    if (this.position.length < variables) this.position = new Int32Array(2 * variables);
  }

  /** Numerator of a variable's value over the denominator. */
  value(variable: number): number {
    const at = this.position[variable]!;
    return at >= 0 ? this.data[at * this.stride]! : 0;
  }

  /** Writes constant + sum of factor x column variable, by nonbasic variables, behind the last row. */
  express(constant: number, columns: ArrayLike<number>, factors: ArrayLike<number>, from: number, to: number): number {
    const { data, stride, denominator, position } = this;
    const target = this.rows * stride;
    data.fill(0, target, target + stride);
    data[target] = constant * denominator;
    for (let k = from; k < to; k += 1) {
      const factor = factors[k]!;
      const at = position[columns[k]!]!;
      if (at < 0) data[target - at] = data[target - at]! + factor * denominator;
      else {
        const base = at * stride;
        for (let j = 0; j <= this.columns; j += 1) data[target + j] = data[target + j]! + factor * data[base + j]!;
      }
    }
    for (let j = 0; j <= this.columns; j += 1) this.check(data[target + j]!, j);
    return target;
  }

  /** Makes the form that was expressed last a row: at least 0. */
  keepExpressed(): number {
    const row = this.rows;
    const variable = this.nextVariable;
    this.nextVariable += 1;
    this.basic[row] = variable;
    this.position[variable] = row;
    this.rows += 1;
    return variable;
  }

  /** Forgets the row kept last; its variable must be basic. */
  dropLastRow(): void {
    this.rows -= 1;
    this.nextVariable -= 1;
  }

  /** Counts the row's variable the other way round. Only for a variable whose value is 0. */
  negate(variable: number): void {
    const { data, stride } = this;
    const at = this.position[variable]!;
    if (at >= 0) {
      for (let j = 0; j <= this.columns; j += 1) data[at * stride + j] = -data[at * stride + j]!;
    } else {
      for (let i = 0; i < this.rows; i += 1) data[i * stride - at] = -data[i * stride - at]!;
    }
  }

  /**
   * Adds the row that a cost row's being a whole number asks for (Gomory): it cuts off the fractional value and no
   * solution in whole numbers. Its own variable is a whole number again.
   */
  addCut(costRow: number): void {
    const { data, stride, denominator } = this;
    const from = costRow * stride;
    const target = this.rows * stride;
    data[target] = -wholeRest(data[from]!, denominator);
    for (let j = 1; j <= this.columns; j += 1) data[target + j] = wholeRest(-data[from + j]!, denominator);
    this.keepExpressed();
  }

  private check(entry: number, column: number): void {
    const limit = column === 0 ? MAX_UNITS : MAX_COEFFICIENT;
    if (!(entry <= limit && entry >= -limit)) this.overflow = true;
  }

  private pivot(row: number, column: number): void {
    const { data, stride, columns, denominator } = this;
    const rows = this.rows + this.scratch;
    const base = row * stride;
    const element = data[base + column]!;
    const sign = element < 0 ? -1 : 1;
    const next = sign * element;
    const unit = next === denominator;
    this.work += rows * columns;
    for (let i = 0; i < rows; i += 1) {
      if (i === row) continue;
      const at = i * stride;
      const factor = data[at + column]!;
      if (factor === 0) {
        if (unit) continue;
        for (let j = 0; j <= columns; j += 1) {
          const entry = data[at + j]!;
          if (entry !== 0) {
            const value = (entry * next) / denominator;
            data[at + j] = value;
            this.check(value, j);
          }
        }
        continue;
      }
      if (unit && denominator === 1) {
        const step = sign * factor;
        for (let j = 0; j <= columns; j += 1) {
          const other = data[base + j]!;
          if (other !== 0) {
            const value = data[at + j]! - step * other;
            data[at + j] = value;
            this.check(value, j);
          }
        }
      } else {
        for (let j = 0; j <= columns; j += 1) {
          const value = (sign * (data[at + j]! * element - factor * data[base + j]!)) / denominator;
          data[at + j] = value;
          this.check(value, j);
        }
      }
      data[at + column] = sign * factor;
    }
    for (let j = 0; j <= columns; j += 1) data[base + j] = -sign * data[base + j]!;
    data[base + column] = sign * denominator;
    this.denominator = next;
    const leaving = this.basic[row]!;
    const entering = this.nonbasic[column]!;
    this.basic[row] = entering;
    this.nonbasic[column] = leaving;
    this.position[entering] = row;
    this.position[leaving] = -column;
  }

  /**
   * From costs that are nowhere negative to rows that are nowhere negative (dual simplex, costs compared
   * lexicographically). False when no values of the columns satisfy the rows.
   */
  satisfyRows(workLimit: number): boolean {
    const { data, stride } = this;
    let pivots = 0;
    while (!this.overflow && this.work < workLimit) {
      const bland = pivots > PIVOTS_BEFORE_BLAND;
      let row = -1;
      let least = 0;
      for (let i = this.costs; i < this.rows; i += 1) {
        const value = data[i * stride]!;
        if (value >= 0) continue;
        if (row < 0 || (bland ? this.basic[i]! < this.basic[row]! : value < least)) {
          row = i;
          least = value;
        }
      }
      if (row < 0) return true;
      const column = this.cheapest(row);
      if (column === 0) return false;
      this.pivot(row, column);
      pivots += 1;
    }
    return true;
  }

  private cheapest(row: number): number {
    const { data, stride, costs } = this;
    const base = row * stride;
    let best = 0;
    for (let j = 1; j <= this.columns; j += 1) {
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
      if (order < 0 || (order === 0 && this.nonbasic[j]! < this.nonbasic[best]!)) best = j;
    }
    return best;
  }

  /** Opens the columns that cost nothing: entering them leaves every cost as it is. */
  openFreeColumns(): number {
    const { data, stride, costs, open } = this;
    let count = 0;
    for (let j = 1; j <= this.columns; j += 1) {
      let free = 1;
      for (let k = 0; k < costs; k += 1) if (data[k * stride + j] !== 0) free = 0;
      open[j] = free;
      count += free;
    }
    return count;
  }

  /** Minimises the form expressed last over the open columns (primal simplex); returns where its entries are. */
  minimiseExpressed(workLimit: number): number {
    const { data, stride, open } = this;
    const target = this.rows * stride;
    let pivots = 0;
    this.scratch = 1;
    while (!this.overflow && this.work < workLimit) {
      const bland = pivots > PIVOTS_BEFORE_BLAND;
      let column = 0;
      for (let j = 1; j <= this.columns; j += 1) {
        if (open[j] === 0 || data[target + j]! >= 0) continue;
        if (column === 0 || (bland ? this.nonbasic[j]! < this.nonbasic[column]! : data[target + j]! < data[target + column]!)) {
          column = j;
        }
      }
      if (column === 0) break;
      const row = this.tightest(column);
      if (row < 0) throw new Error('allocation: a stage of the linear programme has no least value');
      this.pivot(row, column);
      pivots += 1;
    }
    this.scratch = 0;
    return target;
  }

  private tightest(column: number): number {
    const { data, stride } = this;
    let best = -1;
    for (let i = this.costs; i < this.rows; i += 1) {
      const entry = data[i * stride + column]!;
      if (entry >= 0) continue;
      if (best < 0) {
        best = i;
        continue;
      }
      const order = data[best * stride]! * entry - data[i * stride]! * data[best * stride + column]!;
      if (order < 0 || (order === 0 && this.basic[i]! < this.basic[best]!)) best = i;
    }
    return best;
  }
}

/** What is left of a division, between 0 and the divisor also for a negative number. */
function wholeRest(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest + 0;
}
