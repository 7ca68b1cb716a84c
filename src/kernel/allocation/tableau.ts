import { MAX_COEFFICIENT, MAX_UNITS } from './problem.ts';
import type { Program } from './program.ts';

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
  /** The first entry that passed its bound, and the bound. */
  exceeding = 0;
  exceeded = 0;
  /** Entries that were loaded or rewritten by pivots since it was set to 0. */
  work = 0;
  /** 1 while the form behind the last row is carried along by pivots. */
  carried: 0 | 1 = 0;
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
    this.carried = 0;
    const size = rows * stride;
    this.work += size;
    const source = program.data;
    const { data, position, basic, nonbasic } = this;
    for (let i = 0; i < size; i += 1) data[i] = source[i]!;
    for (let i = 0; i < size; i += stride) this.check(data[i]!, 0);
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
    if (entry <= limit && entry >= -limit) return;
    if (!this.overflow) {
      this.exceeding = Math.abs(entry);
      this.exceeded = limit;
    }
    this.overflow = true;
  }

  /** Exchanges a row's basic variable and a column's nonbasic one; the entry where they meet is not 0. */
  pivot(row: number, column: number): void {
    const { data, stride, columns, denominator } = this;
    const rows = this.rows + this.carried;
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
}

/** What is left of a division, between 0 and the divisor also for a negative number. */
function wholeRest(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest + 0;
}
