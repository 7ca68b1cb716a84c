import { priceOf, startWork } from './branch.ts';
import { addUnits, countRow } from './counting.ts';
import { type Cover, cover } from './cover.ts';
import { findOffsets, type Offsets } from './offsets.ts';
import { chooseMoves, type Move } from './offset-program.ts';
import { placeAtHome, placeMoved } from './placement.ts';
import {
  type AllocationBound,
  type AllocationOutcome,
  type AllocationProblem,
  type AllocationResult,
  DEFAULT_BOUND,
  type Holding,
  MAX_UNITS,
  type TooLarge,
} from './problem.ts';
import { type CompiledStructure, compileStructure } from './structure.ts';

let units = new Float64Array(64);
const moves: Move[] = [];
const covered: Cover = { gap: 0, additional: [] };

/** `allocateCompiled` for a problem that comes once: compiles its structure first. */
export function allocate(problem: AllocationProblem, bound: AllocationBound = DEFAULT_BOUND): AllocationOutcome {
  const required = problem.rows.map((row) => row.required);
  return allocateCompiled(compileStructure(problem), required, problem.holdings, bound);
}

/**
 * In which cell does each held unit lie, and how many additional units close what is then still short?
 *
 * Exact in whole units, never approximate. Of the allocations of least gap: least units away from home; then, row by row,
 * the least shortfall without additional units; then the canonical one. That one takes all holdings of one home and one
 * list of reach as one group, the groups ascending by home cell and then by that list, and keeps, group by group, as many
 * units as possible at home, then as many as possible in the first cell of reach, the second, and so on; in a group the
 * holdings given first stay at home. So order, merging and splitting of holdings change nothing but which holding's units
 * of one group move. Additional units: of equal choices as many as possible in the cell declared first, and so on.
 *
 * `required` is one figure a row, at least 0. A problem over `bound`, or with figures above MAX_UNITS, is refused with the
 * figures; rows that nothing can close are named with the best that can be had. Throws a RangeError for an amount or
 * figure that is no whole number from 0 on, and for an unknown cell.
 */
export function allocateCompiled(
  structure: CompiledStructure,
  required: readonly number[],
  holdings: readonly Holding[],
  bound: AllocationBound = DEFAULT_BOUND,
): AllocationOutcome {
  startWork();
  const refusal = readUnits(structure, required, holdings);
  if (refusal !== null) return refusal;
  const counted: number[] = [];
  const shortfalls: number[] = [];
  const short = countRows(structure, required, counted, shortfalls);
  if (short === 0) {
    const result = { gap: 0, moved: 0, placed: placeAtHome(holdings), counted, shortfalls, additional: [] };
    return { ok: true, result, searched: false };
  }
  const offsets = findOffsets(structure, required, holdings, units, shortfalls);
  if (offsets === null) {
    return finish(structure, required, bound, { moved: 0, placed: placeAtHome(holdings), counted, shortfalls }, false);
  }
  if (homeIsBest(structure, required, offsets, shortfalls, bound)) {
    const { gap, additional } = covered;
    return { ok: true, result: { gap, moved: 0, placed: placeAtHome(holdings), counted, shortfalls, additional }, searched: false };
  }
  const status = chooseMoves(structure, required, units, offsets, bound, moves);
  if (status.kind === 'TOO_LARGE') return status.refusal;
  if (status.kind === 'NONE') throw new Error('allocation: no placement found where home is one');
  let moved = 0;
  for (const { group, target, amount } of moves) {
    if (amount === 0) continue;
    const { home, targets } = offsets.groups[group]!;
    addUnits(structure, units, home, -amount);
    addUnits(structure, units, targets[target]!, amount);
    moved += amount;
  }
  countRows(structure, required, counted, shortfalls);
  const placed = moved === 0 ? placeAtHome(holdings) : placeMoved(holdings, offsets.groups, moves);
  return finish(structure, required, bound, { moved, placed, counted, shortfalls }, status.searched);
}

/** Counts the units by line, every unit at home; refuses figures too large to be exact. */
function readUnits(structure: CompiledStructure, required: readonly number[], holdings: readonly Holding[]): TooLarge | null {
  if (required.length !== structure.rowCount) {
    throw new RangeError(`allocation: ${required.length} required figures for ${structure.rowCount} rows`);
  }
  if (units.length < structure.lineCount) units = new Float64Array(structure.lineCount);
  units.fill(0, 0, structure.lineCount);
  let total = 0;
  for (let h = 0; h < holdings.length; h += 1) {
    const { home, amount } = holdings[h]!;
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`allocation: holding ${h} has ${amount} units`);
    if (structure.linesOf[home] === undefined) throw new RangeError(`allocation: holding ${h} lies in cell ${home}`);
    total += amount;
    addUnits(structure, units, home, amount);
  }
  let greatest = total;
  for (let row = 0; row < required.length; row += 1) {
    const figure = required[row]!;
    if (!Number.isSafeInteger(figure) || figure < 0) throw new RangeError(`allocation: row ${row} requires ${figure}`);
    if (figure > greatest) greatest = figure;
  }
  if (greatest <= MAX_UNITS) return null;
  return { ok: false, reason: 'TOO_LARGE', measure: 'units', found: greatest, allowed: MAX_UNITS };
}

function countRows(structure: CompiledStructure, required: readonly number[], counted: number[], shortfalls: number[]): number {
  let short = 0;
  for (let row = 0; row < structure.rowCount; row += 1) {
    const count = countRow(structure, row, units, null);
    const missing = required[row]! - count;
    counted[row] = count;
    shortfalls[row] = missing > 0 ? missing : 0;
    if (missing > 0) short += 1;
  }
  return short;
}

/**
 * A proof that no move lowers the gap: by the prices of the covering problem at home (what one unit more costs each row)
 * no move is worth more where it goes than where it comes from. Only where prices tell all: no capped rows, none that
 * no cell serves, and a covering whose price is its gap. The additional units are then in `covered`.
 */
function homeIsBest(
  structure: CompiledStructure,
  required: readonly number[],
  offsets: Offsets,
  shortfalls: readonly number[],
  bound: AllocationBound,
): boolean {
  const priced: number[] = [];
  for (const row of offsets.rows) {
    if (structure.capped[row]!.length > 0) return false;
    if (shortfalls[row] === 0) continue;
    if (structure.servable[row] === 0) return false;
    priced.push(row);
  }
  const status = cover(structure, required, units, priced, priced.length, bound, covered);
  if (status.kind !== 'SOLVED' || status.cut) return false;
  const prices = new Float64Array(structure.lineCount);
  for (let i = 0; i < priced.length; i += 1) prices[priced[i]!] = priceOf(i);
  for (const { changes } of offsets.groups) {
    for (const { gained, lost } of changes) {
      let worth = 0;
      for (let i = 0; i < gained.length; i += 1) worth += prices[gained[i]!]!;
      for (let i = 0; i < lost.length; i += 1) worth -= prices[lost[i]!]!;
      if (worth > 0) return false;
    }
  }
  return true;
}

/** Adds the additional units to a placement whose units by line are in `units`. */
function finish(
  structure: CompiledStructure,
  required: readonly number[],
  bound: AllocationBound,
  placement: Omit<AllocationResult, 'gap' | 'additional'>,
  searchedMoves: boolean,
): AllocationOutcome {
  const closable: number[] = [];
  const unclosable: number[] = [];
  placement.shortfalls.forEach((missing, row) => {
    if (missing > 0) (structure.servable[row] === 1 ? closable : unclosable).push(row);
  });
  let searched = searchedMoves;
  const { moved, placed, counted, shortfalls } = placement;
  let result: AllocationResult = { gap: 0, moved, placed, counted, shortfalls, additional: [] };
  if (closable.length > 0) {
    const status = cover(structure, required, units, closable, closable.length, bound, covered);
    if (status.kind === 'TOO_LARGE') return status.refusal;
    if (status.kind === 'NONE') throw new Error('allocation: rows that some cell serves were not closed');
    searched ||= status.searched;
    result = { gap: covered.gap, moved, placed, counted, shortfalls, additional: covered.additional };
  }
  return unclosable.length === 0
    ? { ok: true, result, searched }
    : { ok: false, reason: 'UNCLOSABLE', rows: unclosable, result, searched };
}
