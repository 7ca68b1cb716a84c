import { solution, type SolveStatus, solve } from './branch.ts';
import { Coverage } from './coverage.ts';
import type { AdditionalUnits, AllocationBound } from './problem.ts';
import { MINIMISE, Program } from './program.ts';
import type { CompiledStructure } from './structure.ts';

const program = new Program();
const coverage = new Coverage();

/** The additional units that `cover` found, in the declared order of cells. Read before the next call. */
export interface Cover {
  gap: number;
  additional: AdditionalUnits[];
}

/**
 * The least number of additional units that close these rows while every held unit stays where it lies, and of equal
 * choices the one with as many as possible in the first declared cell, then in the second, and so on. `units` are the
 * units that each line holds. Every row is served by some cell for additional units.
 */
export function cover(
  structure: CompiledStructure,
  required: readonly number[],
  units: Float64Array,
  rows: ArrayLike<number>,
  rowCount: number,
  bound: AllocationBound,
  into: Cover,
): SolveStatus {
  coverage.number(structure, rows, rowCount);
  coverage.collectCells(structure, false);
  const { cellCount, cells, lineCount, lines } = coverage;
  const cappedCount = lineCount - rowCount;
  program.reset(1, cellCount + cappedCount, 1 + lineCount);
  for (let i = 0; i < rowCount; i += 1) program.addRow(units[rows[i]!]! - required[rows[i]!]!);
  for (let k = 0; k < cappedCount; k += 1) {
    const line = lines[rowCount + k]!;
    program.addRow(structure.numerator[line]! * units[line]!);
  }
  for (let c = 0; c < cellCount; c += 1) {
    const column = program.addColumn();
    program.set(0, column, 1);
    setColumn(structure, program, coverage, 1, column, structure.linesOf[structure.additional[cells[c]!]!]!, 1);
    program.addStage(MINIMISE, 0);
    program.addTerm(column, -1);
  }
  addCappedColumns(structure, program, coverage, 1);
  const status = solve(program, bound, 0);
  if (status.kind !== 'SOLVED') return status;
  into.gap = 0;
  into.additional = [];
  for (let c = 0; c < cellCount; c += 1) {
    const amount = solution.columns[c + 1]!;
    into.gap += amount;
    if (amount > 0) into.additional.push({ cell: structure.additional[cells[c]!]!, amount });
  }
  return status;
}

/** Enters what one unit does to the rows and capped lines of a coverage whose first row is `firstRow`. */
export function setColumn(
  structure: CompiledStructure,
  target: Program,
  { local, rowCount }: Coverage,
  firstRow: number,
  column: number,
  lines: Int32Array,
  sign: 1 | -1,
): void {
  for (let i = 0; i < lines.length; i += 1) {
    const number = local[lines[i]!]!;
    if (number < 0) continue;
    target.set(firstRow + number, column, number < rowCount ? sign : sign * structure.numerator[lines[i]!]!);
  }
}

/** One column for each capped line: what its row counts by it, a whole number within the share. */
export function addCappedColumns(structure: CompiledStructure, target: Program, of: Coverage, firstRow: number): number {
  const first = target.columns + 1;
  for (let number = of.rowCount; number < of.lineCount; number += 1) {
    const line = of.lines[number]!;
    const column = target.addColumn();
    target.set(firstRow + number, column, -structure.denominator[line]!);
    target.set(firstRow + of.local[structure.owner[line]!]!, column, 1);
  }
  return first;
}
