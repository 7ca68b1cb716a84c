import { CUTS_PER_NODE, FRACTIONAL, IMPROVED, type Incumbent, PRUNED, Relaxation, STOPPED } from './lexicographic.ts';
import type { AllocationBound, TooLarge } from './problem.ts';
import { MAX_COEFFICIENT } from './problem.ts';
import type { Program } from './program.ts';
import { Tableau } from './tableau.ts';

/** One bound on the way from the root: column at most (`sign` -1) or at least (+1) `limit`. */
interface Branch {
  readonly parent: Branch | null;
  readonly column: number;
  readonly sign: 1 | -1;
  readonly limit: number;
  readonly depth: number;
}

const table = new Tableau();
const relaxation = new Relaxation();
const one = new Int32Array(1);
const factor = new Float64Array(1);

/** The last solution in whole numbers: column j's value at `columns[j]`. Overwritten by the next call of `solve`. */
export const solution: Incumbent = { found: false, figures: new Float64Array(64), columns: new Float64Array(64) };


export type SolveStatus =
  /** `cut`: the first linear programme alone did not settle it, so the prices of rows do not add up to the first cost. */
  | { readonly kind: 'SOLVED'; readonly searched: boolean; readonly cut: boolean }
  | { readonly kind: 'NONE' }
  | { readonly kind: 'TOO_LARGE'; readonly refusal: TooLarge };

const ROOT: SolveStatus = { kind: 'SOLVED', searched: false, cut: false };
const ROOT_CUT: SolveStatus = { kind: 'SOLVED', searched: false, cut: true };
const SEARCHED: SolveStatus = { kind: 'SOLVED', searched: true, cut: true };

/** Counts the work of all programmes solved from here on as that of one problem. */
export function startWork(): void {
  table.work = 0;
}

/** What they have cost so far, in the unit of `AllocationBound.work`. */
export const workDone = (): number => table.work;

/**
 * The lexicographic optimum of a programme in whole numbers, left in `solution`. Mostly the first linear programme
 * settles it; else branches are searched depth first, each bounded by the incumbent's figures.
 */
export function solve(program: Program, bound: AllocationBound, deficitCosts: number): SolveStatus {
  const entries = program.rows * program.stride;
  if (entries > bound.entries) {
    return tooLarge('entries', entries, bound.entries);
  }
  solution.found = false;
  table.load(program, program.stages + CUTS_PER_NODE);
  const status = relaxation.solve(program, table, solution, deficitCosts, bound.work);
  if (status === IMPROVED) return relaxation.cuts === 0 ? ROOT : ROOT_CUT;
  if (status === STOPPED) return stopped(bound);
  if (status === PRUNED) return { kind: 'NONE' };
  return search(program, bound, deficitCosts);
}

function tooLarge(measure: TooLarge['measure'], found: number, allowed: number): SolveStatus {
  return { kind: 'TOO_LARGE', refusal: { ok: false, reason: 'TOO_LARGE', measure, found, allowed } };
}

function stopped(bound: AllocationBound): SolveStatus {
  return table.overflow
    ? tooLarge(table.exceeded === MAX_COEFFICIENT ? 'coefficient' : 'units', table.exceeding, table.exceeded)
    : tooLarge('work', table.work, bound.work);
}

function search(program: Program, bound: AllocationBound, deficitCosts: number): SolveStatus {
  const costColumns = new Int32Array(program.columns);
  const costFactors = new Float64Array(program.columns);
  for (let j = 1; j <= program.columns; j += 1) {
    costColumns[j - 1] = j;
    costFactors[j - 1] = program.get(0, j);
  }
  // The first cost is a whole number, so what the first linear programme says of it may be rounded up for all branches.
  const floor = Math.ceil(table.data[0]! / table.denominator);
  const pending: Branch[] = [];
  pushBoth(pending, null);
  let nodes = 1;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes += 1;
    if (nodes > bound.nodes) {
      return tooLarge('nodes', nodes, bound.nodes);
    }
    table.load(program, program.stages + CUTS_PER_NODE + node.depth + 1);
    if (floor > 0) {
      table.express(-floor, costColumns, costFactors, 0, program.columns);
      table.keepExpressed();
    }
    for (let branch: Branch | null = node; branch !== null; branch = branch.parent) {
      one[0] = branch.column;
      factor[0] = branch.sign;
      table.express(-branch.sign * branch.limit, one, factor, 0, 1);
      table.keepExpressed();
    }
    const status = relaxation.solve(program, table, solution, deficitCosts, bound.work);
    if (status === STOPPED) return stopped(bound);
    if (status === IMPROVED) relaxation.rememberFigures(program, solution);
    if (status === FRACTIONAL) pushBoth(pending, node);
  }
  return solution.found ? SEARCHED : { kind: 'NONE' };
}

/** The upper branch is looked at first: additional units and moves close rows, so it finds a solution soon. */
function pushBoth(pending: Branch[], parent: Branch | null): void {
  const depth = parent === null ? 1 : parent.depth + 1;
  const { branchColumn: column, branchFloor: floor } = relaxation;
  pending.push({ parent, column, sign: -1, limit: floor, depth });
  pending.push({ parent, column, sign: 1, limit: floor + 1, depth });
}

/**
 * What one more unit of row `row`'s need costs (first cost), times the table's denominator, in the
 * last programme solved without a cut. Rows are counted from the first constraint row.
 */
export function priceOf(row: number): number {
  const at = table.position[table.columns + 1 + row]!;
  return at < 0 ? table.data[-at]! : 0;
}
