import { allocateCompiled } from './allocation/allocate.ts';
import { workDone } from './allocation/branch.ts';
import type { AllocationOutcome, AllocationResult, Holding } from './allocation/problem.ts';
import { DEFAULT_BOUND } from './allocation/problem.ts';
import type { Effort } from './effort.ts';
import type { RowStructure } from './ledger-rows.ts';

/** The question is refused, not answered approximately: its allocation is over a declared bound. */
export class AllocationRefused extends Error {
  readonly measure: string;
  readonly found: number;
  readonly allowed: number;
  constructor(measure: string, found: number, allowed: number) {
    super(`allocation over its bound: ${measure} ${found} of ${allowed}`);
    this.measure = measure;
    this.found = found;
    this.allowed = allowed;
  }
}

/** An allocation in the ledger's own cells, and the rows that no additional unit can serve. */
export interface Solution {
  readonly result: AllocationResult;
  readonly unclosable: readonly number[];
}

/**
 * Allocates holdings of ledger cells. Cells are put before the solver in the order of their written form, because its choice
 * among equals follows that order and must not depend on when a cell became known. Throws
 * AllocationRefused, also where the effort does not suffice.
 */
export function solve(structure: RowStructure, required: readonly number[], holdings: readonly Holding[], effort: Effort | null): Solution {
  const { positionOf, cellAt } = structure;
  const toPosition = (cell: number): number => positionOf[cell] ?? -1;
  const outcome: AllocationOutcome = allocateCompiled(
    structure.compiled,
    required,
    holdings.map(({ home, amount, reach }) => ({ home: toPosition(home), amount, reach: reach.length === 0 ? reach : reach.map(toPosition) })),
    effort ? { ...DEFAULT_BOUND, work: Math.min(DEFAULT_BOUND.work, effort.left) } : DEFAULT_BOUND,
  );
  effort?.spend(workDone());
  if (!outcome.ok && outcome.reason === 'TOO_LARGE') throw new AllocationRefused(outcome.measure, outcome.found, outcome.allowed);
  const { result } = outcome;
  return {
    result: {
      ...result,
      placed: result.placed.map((portion) => ({ ...portion, cell: cellAt[portion.cell] ?? -1 })),
      additional: result.additional.map((units) => ({ ...units, cell: cellAt[units.cell] ?? -1 })),
    },
    unclosable: outcome.ok ? [] : outcome.rows,
  };
}
