import { MINIMISE, type Program } from './program.ts';
import { minimiseExpressed, satisfyRows } from './simplex.ts';
import type { Tableau } from './tableau.ts';

/** The best values found so far: one figure a cost row, then one a stage; and the columns that give them. */
export interface Incumbent {
  found: boolean;
  figures: Float64Array;
  columns: Float64Array;
}

/** No solution here, or none better than the incumbent. */
export const PRUNED = 0;
/** Optimal and in whole numbers: the incumbent was replaced. */
export const IMPROVED = 1;
/** Not in whole numbers: `Relaxation.branchColumn` lies between `branchFloor` and the next whole number. */
export const FRACTIONAL = 2;
/** A number left the exact range, or the work was too much. */
export const STOPPED = 3;

/** Cuts on fractional costs before a node is branched, and the denominator above which they would not stay small. */
export const CUTS_PER_NODE = 12;
const GREATEST_CUT_DENOMINATOR = 4096;

const ONE = new Float64Array([1]);

/** Solves the linear programme stage by stage and compares it with the incumbent on the way. */
export class Relaxation {
  branchColumn = 0;
  branchFloor = 0;
  /** Cuts that the last call needed. */
  cuts = 0;
  private tied = false;
  private readonly single = new Int32Array(1);

  /**
   * The table holds the programme, bounds of the node included. When the first `deficitCosts` cost rows come to 0, every
   * deficit is 0 and those stages are left out.
   */
  solve(program: Program, table: Tableau, incumbent: Incumbent, deficitCosts: number, workLimit: number): number {
    const { costs } = program;
    let paid = 0;
    for (this.cuts = 0; ; this.cuts += 1) {
      if (!satisfyRows(table, workLimit)) return table.overflow ? STOPPED : PRUNED;
      if (table.overflow || table.work >= workLimit) return STOPPED;
      this.tied = incumbent.found;
      paid = 0;
      let verdict = IMPROVED;
      let cost = -1;
      while (verdict === IMPROVED && cost + 1 < costs) {
        cost += 1;
        const value = table.data[cost * table.stride]!;
        if (cost < deficitCosts) paid += value;
        verdict = this.compare(value, table.denominator, cost, incumbent);
      }
      if (verdict === IMPROVED) break;
      if (verdict !== FRACTIONAL) return verdict;
      if (this.cuts === CUTS_PER_NODE || table.denominator > GREATEST_CUT_DENOMINATOR) return this.branch(program, table);
      table.addCut(cost);
    }
    let open = table.openFreeColumns();
    for (let stage = 0; stage < program.stages && (open > 0 || this.tied); stage += 1) {
      const minimise = program.stageKind[stage] === MINIMISE;
      if (!minimise && paid === 0 && deficitCosts > 0) continue;
      const value = minimise
        ? this.minimise(program, table, stage, workLimit)
        : this.minimiseDeficit(program, table, stage, workLimit);
      if (table.overflow || table.work >= workLimit) return STOPPED;
      const verdict = this.compare(value, table.denominator, costs + stage, incumbent);
      if (verdict !== IMPROVED) return verdict === FRACTIONAL ? this.branch(program, table) : verdict;
      open = this.countOpen(table);
    }
    return this.accept(program, table, incumbent);
  }

  private countOpen(table: Tableau): number {
    let count = 0;
    for (let j = 1; j <= table.columns; j += 1) count += table.open[j]!;
    return count;
  }

  /** IMPROVED: go on. FRACTIONAL: go no further, later figures would bound nothing. */
  private compare(numerator: number, denominator: number, figure: number, incumbent: Incumbent): number {
    const whole = denominator === 1 || numerator % denominator === 0;
    if (this.tied) {
      const value = whole ? numerator / denominator : Math.ceil(numerator / denominator);
      const best = incumbent.figures[figure]!;
      if (value > best) return PRUNED;
      if (value < best) this.tied = false;
    }
    return whole ? IMPROVED : FRACTIONAL;
  }

  private minimise(program: Program, table: Tableau, stage: number, workLimit: number): number {
    const target = table.express(
      program.stageConstant[stage]!,
      program.termColumn,
      program.termFactor,
      program.stageStart[stage]!,
      program.stageStart[stage + 1]!,
    );
    minimiseExpressed(table, workLimit);
    this.close(table, target);
    return table.data[target]!;
  }

  private close(table: Tableau, target: number): void {
    for (let j = 1; j <= table.columns; j += 1) if (table.data[target + j] !== 0) table.open[j] = 0;
  }

  /**
   * While the form is below 0 its negative is a row that is minimised; once it has reached 0 the row is turned round and
   * stays as "at least 0", so that later stages may raise the form but not lower it again.
   */
  private minimiseDeficit(program: Program, table: Tableau, stage: number, workLimit: number): number {
    const { data } = table;
    const target = table.express(
      program.stageConstant[stage]!,
      program.termColumn,
      program.termFactor,
      program.stageStart[stage]!,
      program.stageStart[stage + 1]!,
    );
    let changing = 0;
    if (data[target]! >= 0) {
      for (let j = 1; j <= table.columns; j += 1) if (table.open[j] === 1 && data[target + j]! < 0) changing = 1;
      if (changing === 1) table.keepExpressed();
      return 0;
    }
    for (let j = 0; j <= table.columns; j += 1) {
      data[target + j] = -data[target + j]!;
      if (j > 0 && table.open[j] === 1 && data[target + j] !== 0) changing = 1;
    }
    if (changing === 0) return data[target]!;
    const deficit = table.keepExpressed();
    this.single[0] = deficit;
    const objective = table.express(0, this.single, ONE, 0, 1);
    minimiseExpressed(table, workLimit);
    const value = data[objective]!;
    if (value === 0) {
      table.negate(deficit);
    } else {
      this.close(table, objective);
      table.dropLastRow();
    }
    return value;
  }

  private branch(program: Program, table: Tableau): number {
    const { denominator } = table;
    for (let column = 1; column <= program.columns; column += 1) {
      const value = table.value(column);
      if (value % denominator !== 0) {
        this.branchColumn = column;
        this.branchFloor = Math.floor(value / denominator);
        return FRACTIONAL;
      }
    }
    throw new Error('allocation: a fractional objective with whole columns');
  }

  private accept(program: Program, table: Tableau, incumbent: Incumbent): number {
    const { denominator } = table;
    if (this.tied) return PRUNED;
    if (denominator !== 1) {
      for (let column = 1; column <= program.columns; column += 1) {
        if (table.value(column) % denominator !== 0) return this.branch(program, table);
      }
    }
    if (incumbent.columns.length <= program.columns) incumbent.columns = new Float64Array(2 * program.columns + 2);
    for (let column = 1; column <= program.columns; column += 1) {
      incumbent.columns[column] = table.value(column) / denominator + 0;
    }
    incumbent.found = true;
    return IMPROVED;
  }

  /** Fills the incumbent's figures from its columns; only a search needs them. */
  rememberFigures(program: Program, incumbent: Incumbent): void {
    const { costs, columns } = program;
    const count = costs + program.stages;
    if (incumbent.figures.length < count) incumbent.figures = new Float64Array(2 * count);
    for (let k = 0; k < costs; k += 1) {
      let sum = 0;
      for (let j = 1; j <= columns; j += 1) sum += program.get(k, j) * incumbent.columns[j]!;
      incumbent.figures[k] = sum;
    }
    for (let stage = 0; stage < program.stages; stage += 1) {
      let sum = program.stageConstant[stage]!;
      for (let t = program.stageStart[stage]!; t < program.stageStart[stage + 1]!; t += 1) {
        sum += program.termFactor[t]! * incumbent.columns[program.termColumn[t]!]!;
      }
      incumbent.figures[costs + stage] = program.stageKind[stage] === MINIMISE ? sum : Math.max(0, -sum);
    }
  }
}
