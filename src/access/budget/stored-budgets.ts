import { charge, removeEnded } from './budget-statements.ts';
import type { Statements } from './budget-statements.ts';
import { principalOf } from './budgets.ts';
import type { Admission, BudgetKind, BudgetLimits, Budgets, Standing } from './budgets.ts';
import { MemoryBudgets } from './memory-budgets.ts';

/** How long a store may take to say whether somebody may spend. */
const ANSWER_MS = 1_000;
/** A store that did not answer is not asked again for so long. */
const PAUSE_MS = 5_000;
const REMEMBERED = 10_000;
const CLEAN_MS = 600_000;

/**
 * Budgets that all servers of a store share. While the store does not answer, each server keeps them in memory: a fault of
 * the store opens the service to nobody, and closes it for no question that needs no store.
 */
export class StoredBudgets implements Budgets {
  readonly #sql: () => Statements;
  readonly #limits: BudgetLimits;
  readonly #memory: MemoryBudgets;
  readonly #seen = new Map<string, Standing>();
  readonly #cleaning: NodeJS.Timeout;
  #pausedUntil = 0;

  /** `sql`: what runs one statement in a transaction of its own. */
  constructor(sql: () => Statements, limits: BudgetLimits) {
    this.#sql = sql;
    this.#limits = limits;
    this.#memory = new MemoryBudgets(limits);
    const clean = async (): Promise<void> => removeEnded(sql(), limits);
    this.#cleaning = setInterval(() => void clean().catch(() => undefined), CLEAN_MS).unref();
  }

  async admit(key: string, kind: BudgetKind, cost: number): Promise<Admission> {
    if (performance.now() < this.#pausedUntil) return this.#memory.admit(key, kind, cost);
    try {
      const admission = await inTime(charge(this.#sql(), key, kind, cost, this.#limits));
      this.#remember(principalOf(key, kind), admission);
      return admission;
    } catch {
      this.#pausedUntil = performance.now() + PAUSE_MS;
      return this.#memory.admit(key, kind, cost);
    }
  }

  lastSeen(key: string, kind: BudgetKind): Standing {
    const seen = this.#seen.get(principalOf(key, kind));
    return seen && seen.resetsAt > Date.now() ? seen : this.#memory.lastSeen(key, kind);
  }

  close(): void {
    clearInterval(this.#cleaning);
  }

  #remember(principal: string, { remaining, limit, resetsAt }: Admission): void {
    this.#seen.delete(principal);
    this.#seen.set(principal, { remaining, limit, resetsAt });
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the store did not answer in time')), ANSWER_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
