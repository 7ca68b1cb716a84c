import highsLoader, { type Highs, type Model } from 'highs';
import type { AllocationProblem, AllocationResult } from '../../src/kernel/allocation/problem.ts';

/**
 * A second opinion on an allocation: a mixed-integer model written from the raw problem alone (one integer variable for
 * each holding and cell, no merging, no presolve), solved by HiGHS one aim at a time.
 */
export interface Oracle {
  /** Null when HiGHS agrees in every aim; else what it found. */
  disagreement(problem: AllocationProblem, result: AllocationResult): string | null;
  /** Whether the last problem has another placement, with equal gap, moves and shortfalls. Ask after `disagreement`. */
  hasAnotherOptimum(problem: AllocationProblem, result: AllocationResult): boolean;
  /** Checks the canonical choice of the last problem, group by group, and then the cells of the additional units. */
  canonicalDisagreement(problem: AllocationProblem, result: AllocationResult): string | null;
  dispose(): void;
}

interface Variables {
  readonly placed: { holding: number; cell: number; column: number }[];
  readonly additional: { cell: number; column: number }[];
  readonly unserved: number[];
  readonly shortfall: number[];
}

type Terms = Map<number, number>;

class ModelText {
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly starts = [0];
  readonly indices: number[] = [];
  readonly values: number[] = [];
  columns = 0;
  column(): number {
    this.columns += 1;
    return this.columns - 1;
  }
  row(terms: Terms, lower: number, upper: number): number {
    for (const [column, value] of terms) {
      this.indices.push(column);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.lower.push(lower);
    this.upper.push(upper);
    return this.lower.length - 1;
  }
}

function add(terms: Terms, column: number, factor: number): void {
  terms.set(column, (terms.get(column) ?? 0) + factor);
}

/** Units that a sight counts: all in its cells, or a new variable at most the share of them (a whole number rounds down). */
function countSights(text: ModelText, problem: AllocationProblem, row: number, v: Variables, withAdditional: boolean, into: Terms): void {
  for (const { cells, share } of problem.rows[row]?.sees ?? []) {
    const inside: Terms = new Map();
    for (const { cell, column } of v.placed) if (cells.includes(cell)) add(inside, column, 1);
    if (withAdditional) for (const { cell, column } of v.additional) if (cells.includes(cell)) add(inside, column, 1);
    if (share === undefined) {
      for (const [column, factor] of inside) add(into, column, factor);
      continue;
    }
    const counted = text.column();
    const cap: Terms = new Map([[counted, share.denominator]]);
    for (const [column, factor] of inside) add(cap, column, -factor * share.numerator);
    text.row(cap, -Infinity, 0);
    add(into, counted, 1);
  }
}

export function isServable(problem: AllocationProblem, row: number): boolean {
  return (problem.rows[row]?.sees ?? []).some(
    ({ cells, share }) => (share === undefined || share.numerator > 0) && cells.some((cell) => problem.additional.includes(cell)),
  );
}

export async function createOracle(): Promise<Oracle> {
  // The package's types describe its CommonJS build; what is imported here is the loader itself.
  const highs = await (highsLoader as unknown as () => Promise<Highs>)();
  const model: Model = highs.createModel();
  const options = model.options;
  options.set('output_flag', false);
  options.set('mip_rel_gap', 0);
  options.set('mip_abs_gap', 0.5);
  options.set('presolve', 'off');
  // None of these changes the optimum; they only save the fixed costs of every small model.
  options.set('mip_heuristic_run_feasibility_jump', false);
  options.set('mip_detect_symmetry', false);
  options.set('mip_root_presolve_only', true);
  const optimal = highs.constants.modelStatus.optimal;
  let v: Variables = { placed: [], additional: [], unserved: [], shortfall: [] };
  let columns = 0;

  function pass(problem: AllocationProblem): void {
    const text = new ModelText();
    v = { placed: [], additional: [], unserved: [], shortfall: [] };
    problem.holdings.forEach(({ home, amount, reach }, holding) => {
      const terms: Terms = new Map();
      for (const cell of new Set([home, ...reach])) {
        const column = text.column();
        v.placed.push({ holding, cell, column });
        add(terms, column, 1);
      }
      text.row(terms, amount, amount);
    });
    for (const cell of new Set(problem.additional)) v.additional.push({ cell, column: text.column() });
    problem.rows.forEach(({ required }, row) => {
      const closed: Terms = new Map();
      countSights(text, problem, row, v, true, closed);
      v.unserved[row] = text.column();
      if (!isServable(problem, row)) add(closed, v.unserved[row], 1);
      text.row(closed, required, Infinity);
      const held: Terms = new Map();
      countSights(text, problem, row, v, false, held);
      v.shortfall[row] = text.column();
      add(held, v.shortfall[row], 1);
      text.row(held, required, Infinity);
    });
    columns = text.columns;
    model.passModel({
      numCols: columns,
      numRows: text.lower.length,
      colCost: new Float64Array(columns),
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(highs.infinity),
      rowLower: text.lower.map((x) => (x === -Infinity ? -highs.infinity : x)),
      rowUpper: text.upper.map((x) => (x === Infinity ? highs.infinity : x)),
      matrix: { format: 'csr', numRows: text.lower.length, numCols: columns, starts: text.starts, indices: text.indices, values: text.values },
      integrality: new Int32Array(columns).fill(1),
    });
  }

  /** The least value of a linear aim, as a whole number; null when nothing is feasible. */
  function least(terms: Terms): number | null {
    const cost = new Float64Array(columns);
    for (const [column, factor] of terms) cost[column] = factor;
    model.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, cost);
    model.run();
    if (model.getModelStatus() !== optimal) return null;
    return Math.round(model.getObjectiveValue());
  }

  function fix(terms: Terms, value: number): void {
    model.addRow(-highs.infinity, value, { indices: [...terms.keys()], values: [...terms.values()] });
  }

  function sum(list: readonly number[]): Terms {
    return new Map(list.map((column) => [column, 1]));
  }

  function away(problem: AllocationProblem): Terms {
    return sum(v.placed.filter(({ holding, cell }) => cell !== problem.holdings[holding]?.home).map(({ column }) => column));
  }

  function disagreement(problem: AllocationProblem, result: AllocationResult): string | null {
    pass(problem);
    const unservable = problem.rows.flatMap((_, row) => (isServable(problem, row) ? [] : [row]));
    if (unservable.length > 0) {
      const unserved = sum(unservable.map((row) => v.unserved[row] ?? -1));
      const ours = unservable.reduce((total, row) => total + (result.shortfalls[row] ?? 0), 0);
      const value = least(unserved);
      if (value !== ours) return `unclosable units ${ours}, HiGHS ${value}`;
      fix(unserved, ours);
    }
    const additional = sum(v.additional.map(({ column }) => column));
    const gap = least(additional);
    if (gap !== result.gap) return `gap ${result.gap}, HiGHS ${gap}`;
    fix(additional, result.gap);
    const moves = away(problem);
    const moved = least(moves);
    if (moved !== result.moved) return `moved ${result.moved}, HiGHS ${moved}`;
    fix(moves, result.moved);
    for (const [row, ours] of result.shortfalls.entries()) {
      const column = v.shortfall[row] ?? -1;
      if (ours > 0) {
        const value = least(new Map([[column, 1]]));
        if (value !== ours) return `shortfall of row ${row} ${ours}, HiGHS ${value}`;
      }
      model.changeColBounds(column, 0, ours);
    }
    return least(new Map()) === 0 ? null : 'the shortfalls are not to be had together';
  }

  /** Our units by home, reach and cell: holdings of one home and one reach are alike. */
  function groupsOf(problem: AllocationProblem, result: AllocationResult) {
    const groups = new Map<string, { home: number; reach: readonly number[]; cells: Map<number, { columns: number[]; ours: number }> }>();
    for (const { holding, cell, column } of v.placed) {
      const { home, reach } = problem.holdings[holding] as { home: number; reach: readonly number[] };
      const key = `${home}:${reach.join()}`;
      const group = groups.get(key) ?? { home, reach, cells: new Map() };
      groups.set(key, group);
      const place = group.cells.get(cell) ?? { columns: [], ours: 0 };
      group.cells.set(cell, place);
      place.columns.push(column);
      for (const p of result.placed) if (p.holding === holding && p.cell === cell) place.ours += p.amount;
    }
    return [...groups.values()].sort((a, b) => {
      if (a.home !== b.home) return a.home - b.home;
      for (let i = 0; i < Math.min(a.reach.length, b.reach.length); i += 1) {
        const order = (a.reach[i] as number) - (b.reach[i] as number);
        if (order !== 0) return order;
      }
      return a.reach.length - b.reach.length;
    });
  }

  function hasAnotherOptimum(problem: AllocationProblem, result: AllocationResult): boolean {
    if (result.moved === 0) return false;
    const aim: Terms = new Map();
    let ours = 0;
    let weight = 1;
    for (const group of groupsOf(problem, result)) {
      for (const place of group.cells.values()) {
        weight = (weight * 31) % 97;
        for (const column of place.columns) aim.set(column, weight);
        ours += weight * place.ours;
      }
    }
    if (least(aim) !== ours) return true;
    return least(new Map([...aim].map(([column, factor]) => [column, -factor]))) !== -ours;
  }

  function canonicalDisagreement(problem: AllocationProblem, result: AllocationResult): string | null {
    for (const { home, reach, cells } of groupsOf(problem, result)) {
      for (const cell of new Set([home, ...reach])) {
        const place = cells.get(cell);
        if (place === undefined) continue;
        const most: Terms = new Map(place.columns.map((column) => [column, -1]));
        const value = least(most);
        if (value !== -place.ours) return `units of ${home} in ${cell}: ${place.ours}, HiGHS ${value === null ? value : -value}`;
        fix(most, -place.ours);
      }
    }
    for (const { cell, column } of v.additional) {
      const ours = result.additional.find((units) => units.cell === cell)?.amount ?? 0;
      const value = least(new Map([[column, -1]]));
      if (value !== -ours) return `additional units in ${cell}: ${ours}, HiGHS ${value === null ? value : -value}`;
      model.changeColBounds(column, ours, highs.infinity);
    }
    return null;
  }

  return { disagreement, hasAnotherOptimum, canonicalDisagreement, dispose: () => model.dispose() };
}
