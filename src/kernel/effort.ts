import type { Facts } from './facts.ts';
import { AllocationRefused } from './ledger-solve.ts';

/** Work of about a millisecond: what is counted are the table entries that the solver rewrites. */
export const MILLISECOND = 300_000;

/**
 * How much work answering may still cost, counted in what is done and never in time, so that the same request always gets
 * the same answer. One may be part of another: what is spent of a question is spent of its request.
 */
export class Effort {
  readonly #allowed: number;
  readonly #whole: Effort | null;
  #spent = 0;

  constructor(allowed: number, whole: Effort | null = null) {
    this.#allowed = allowed;
    this.#whole = whole;
  }

  get left(): number {
    return Math.max(0, Math.min(this.#allowed - this.#spent, this.#whole?.left ?? Infinity));
  }

  /** Throws AllocationRefused once more was spent than is allowed. */
  spend(work: number): void {
    this.#spent += work;
    this.#whole?.spend(work);
    if (this.#spent > this.#allowed) throw new AllocationRefused('work', this.#spent, this.#allowed);
  }
}

const EVALUATION = 0.3 * MILLISECOND;
const ITEM = 0.006 * MILLISECOND;

/** What looking through some facts once costs, whatever comes of it. */
export const costOf = (facts: Facts): number => EVALUATION + ITEM * itemsIn(facts);

/** How many items the lists of some facts hold: entries, roles and the like, not what lies inside an item. */
export function itemsIn(facts: Readonly<Record<string, unknown>>): number {
  let items = 0;
  for (const name in facts) {
    const value = facts[name];
    if (Array.isArray(value)) items += value.length;
  }
  return items;
}
