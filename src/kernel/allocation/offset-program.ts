import { solution, type SolveStatus, solve } from './branch.ts';
import { addCappedColumns, setColumn } from './cover.ts';
import { Coverage } from './coverage.ts';
import type { Offsets } from './offsets.ts';
import type { AllocationBound } from './problem.ts';
import { MINIMISE, MINIMISE_DEFICIT, Program } from './program.ts';
import type { CompiledStructure } from './structure.ts';

const program = new Program();
const coverage = new Coverage();

/** Units that leave a group's home for one of its targets. */
export interface Move {
  readonly group: number;
  readonly target: number;
  readonly column: number;
  amount: number;
}

/**
 * Chooses how many units of each group move where. Costs: additional units in rows that no cell can serve (each counts
 * for its row alone), then the gap, then the units moved. Then the shortfalls without additional units, row by row. Then
 * the canonical choice: group by group as many units at home as possible, then as many as possible in each target in
 * turn. The moves, amounts filled in, are put into `moves`.
 */
export function chooseMoves(
  structure: CompiledStructure,
  required: readonly number[],
  units: Float64Array,
  offsets: Offsets,
  bound: AllocationBound,
  moves: Move[],
): SolveStatus {
  const { groups, rows } = offsets;
  coverage.number(structure, rows, rows.length);
  coverage.collectCells(structure, true);
  const { lineCount, cellCount } = coverage;
  const cappedCount = lineCount - rows.length;
  let unservable = 0;
  for (const row of rows) unservable += 1 - structure.servable[row]!;
  let targets = 0;
  for (const group of groups) targets += group.targets.length;
  const costs = unservable > 0 ? 3 : 2;
  // Rows with additional units, rows of the groups, then the capped lines once more without additional units.
  const groupRow = costs + lineCount;
  const heldRow = groupRow + groups.length;
  program.reset(costs, unservable + cellCount + targets + 2 * cappedCount, heldRow + cappedCount);
  addRows(structure, required, units, offsets);
  addAdditionalColumns(structure, offsets, costs);
  moves.length = 0;
  for (let g = 0; g < groups.length; g += 1) addMoveColumns(structure, offsets, g, costs, moves);
  addCappedColumns(structure, program, coverage, costs);
  const firstHeld = addHeldColumns(structure, rows.length, heldRow);
  addShortfallStages(structure, required, units, offsets, costs, moves, firstHeld);
  addCanonicalStages(groups.length, moves);
  const status = solve(program, bound, costs - 1);
  if (status.kind === 'SOLVED') for (const move of moves) move.amount = solution.columns[move.column]!;
  return status;
}

function addRows(structure: CompiledStructure, required: readonly number[], units: Float64Array, { rows, groups }: Offsets): void {
  const { lines, lineCount } = coverage;
  for (const row of rows) program.addRow(units[row]! - required[row]!);
  for (let n = rows.length; n < lineCount; n += 1) program.addRow(structure.numerator[lines[n]!]! * units[lines[n]!]!);
  for (const group of groups) program.addRow(group.amount);
  for (let n = rows.length; n < lineCount; n += 1) program.addRow(structure.numerator[lines[n]!]! * units[lines[n]!]!);
}

function addAdditionalColumns(structure: CompiledStructure, { rows }: Offsets, costs: number): void {
  for (let n = 0; n < rows.length; n += 1) {
    if (structure.servable[rows[n]!] === 1) continue;
    const column = program.addColumn();
    program.set(0, column, 1);
    program.set(costs + n, column, 1);
  }
  for (let c = 0; c < coverage.cellCount; c += 1) {
    const column = program.addColumn();
    program.set(costs - 2, column, 1);
    setColumn(structure, program, coverage, costs, column, structure.linesOf[structure.additional[coverage.cells[c]!]!]!, 1);
  }
}

/** Targets that do the same to the rows in question stand for one: the first in the order of reach. */
function addMoveColumns(
  structure: CompiledStructure,
  { groups }: Offsets,
  g: number,
  costs: number,
  moves: Move[],
): void {
  const { lineCount, rowCount } = coverage;
  const group = groups[g]!;
  const first = program.columns + 1;
  for (let target = 0; target < group.targets.length; target += 1) {
    const column = program.addColumn();
    const { gained, lost } = group.changes[target]!;
    setColumn(structure, program, coverage, costs, column, gained, 1);
    setColumn(structure, program, coverage, costs, column, lost, -1);
    let equal = 0;
    for (let other = first; other < column && equal === 0; other += 1) {
      equal = other;
      for (let n = 0; n < lineCount && equal !== 0; n += 1) {
        if (program.get(costs + n, column) !== program.get(costs + n, other)) equal = 0;
      }
    }
    if (equal !== 0) {
      for (let n = 0; n < lineCount; n += 1) program.set(costs + n, column, 0);
      program.columns -= 1;
      continue;
    }
    program.set(costs - 1, column, 1);
    program.set(costs + lineCount + g, column, -1);
    for (let n = rowCount; n < lineCount; n += 1) {
      const row = costs + lineCount + groups.length + n - rowCount;
      program.set(row, column, program.get(costs + n, column));
    }
    moves.push({ group: g, target, column, amount: 0 });
  }
}

/** What each capped line counts without additional units. */
function addHeldColumns(structure: CompiledStructure, rowCount: number, heldRow: number): number {
  const first = program.columns + 1;
  for (let n = rowCount; n < coverage.lineCount; n += 1) {
    const column = program.addColumn();
    program.set(heldRow + n - rowCount, column, -structure.denominator[coverage.lines[n]!]!);
  }
  return first;
}

function addShortfallStages(
  structure: CompiledStructure,
  required: readonly number[],
  units: Float64Array,
  { rows }: Offsets,
  costs: number,
  moves: readonly Move[],
  firstHeld: number,
): void {
  let unserved = 0;
  for (let n = 0; n < rows.length; n += 1) {
    const row = rows[n]!;
    if (structure.servable[row] === 0) {
      unserved += 1;
      program.addStage(MINIMISE, 0);
      program.addTerm(unserved, 1);
      continue;
    }
    program.addStage(MINIMISE_DEFICIT, units[row]! - required[row]!);
    for (const { column } of moves) {
      const factor = program.get(costs + n, column);
      if (factor !== 0) program.addTerm(column, factor);
    }
    for (let line = rows.length; line < coverage.lineCount; line += 1) {
      if (structure.owner[coverage.lines[line]!] === row) program.addTerm(firstHeld + line - rows.length, 1);
    }
  }
}

function addCanonicalStages(groups: number, moves: readonly Move[]): void {
  let from = 0;
  for (let g = 0; g < groups; g += 1) {
    let to = from;
    program.addStage(MINIMISE, 0);
    for (; to < moves.length && moves[to]!.group === g; to += 1) program.addTerm(moves[to]!.column, 1);
    for (let m = from; m < to - 1; m += 1) {
      program.addStage(MINIMISE, 0);
      program.addTerm(moves[m]!.column, -1);
    }
    from = to;
  }
}
