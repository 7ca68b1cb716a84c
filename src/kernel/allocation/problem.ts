/** A fraction in lowest or any other terms: whole numbers, the denominator at least 1. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** Cells that a row counts. With a share it counts that share of all that lies in them, rounded down to a whole unit. */
export interface Sight {
  readonly cells: readonly number[];
  readonly share?: Share;
}

/** A minimum over a set of cells, in units. The sights of one row are disjoint: a unit counts once in it. */
export interface AllocationRow {
  readonly required: number;
  readonly sees: readonly Sight[];
}

/** Units that lie at home, or, unit by unit, in one of the cells of `reach` (chains of offsets already followed). */
export interface Holding {
  readonly home: number;
  readonly amount: number;
  readonly reach: readonly number[];
}

/** What stays the same for many transcripts: the cells, what each row sees, where additional units may lie. */
export interface AllocationStructure {
  readonly cellCount: number;
  readonly rows: readonly { readonly sees: readonly Sight[] }[];
  /** In the declared order: of equal choices the earlier cell takes as many additional units as it can. */
  readonly additional: readonly number[];
}

export interface AllocationProblem extends AllocationStructure {
  readonly rows: readonly AllocationRow[];
  readonly holdings: readonly Holding[];
}

/** Units of one holding that lie in one cell. */
export interface Placement {
  readonly holding: number;
  readonly cell: number;
  readonly amount: number;
}

export interface AdditionalUnits {
  readonly cell: number;
  readonly amount: number;
}

/**
 * The one allocation that is chosen: least gap, then least units away from home, then the shortfalls without additional
 * units lexicographically smallest in row order, then the canonical choice that `allocate` describes.
 */
export interface AllocationResult {
  /** The least number of additional units with which every row holds. */
  readonly gap: number;
  /** Units that do not lie at home. */
  readonly moved: number;
  /** By holding in the given order; in a holding the home cell first, then the order of its reach. Never an amount of 0. */
  readonly placed: readonly Placement[];
  /** One figure a row, without additional units. */
  readonly counted: readonly number[];
  readonly shortfalls: readonly number[];
  /** `gap` units in all, in the declared order of cells. */
  readonly additional: readonly AdditionalUnits[];
}

/** How much work one problem may cost before it is refused. */
export interface AllocationBound {
  /** Linear programmes that the search may solve. */
  readonly nodes: number;
  /** Entries that may be loaded or rewritten by pivots, over all of them: about a millisecond for each 300,000. */
  readonly work: number;
  /** Entries of the largest table (rows by columns). */
  readonly entries: number;
}

export const DEFAULT_BOUND: AllocationBound = { nodes: 20_000, work: 150_000_000, entries: 250_000 };

/** Largest amount, figure or sum that is taken: above it products could leave the exact range of a number. */
export const MAX_UNITS = 2 ** 32;
/** Largest coefficient of a table, shares included, for the same reason. */
export const MAX_COEFFICIENT = 2 ** 20;

/** Which figure is over its bound, with both numbers. */
export interface TooLarge {
  readonly ok: false;
  readonly reason: 'TOO_LARGE';
  readonly measure: 'nodes' | 'work' | 'entries' | 'units' | 'coefficient';
  readonly found: number;
  readonly allowed: number;
}

/**
 * Some rows stay short whatever is added, because no cell for additional units counts for them. `result` is the best that
 * can be had: those rows short by the least sum, then as in `AllocationResult`, its gap that of all other rows.
 */
export interface Unclosable {
  readonly ok: false;
  readonly reason: 'UNCLOSABLE';
  readonly rows: readonly number[];
  readonly result: AllocationResult;
  readonly searched: boolean;
}

/** `searched` is true when one linear programme did not settle it and branches were needed. */
export type AllocationOutcome =
  | { readonly ok: true; readonly result: AllocationResult; readonly searched: boolean }
  | Unclosable
  | TooLarge;
