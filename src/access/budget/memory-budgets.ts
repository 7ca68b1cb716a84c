import type { Instant } from '../../kernel/civil-day.ts';
import { principalOf, whole } from './budgets.ts';
import type { Admission, BudgetKind, BudgetLimits, Budgets, Standing } from './budgets.ts';

interface Window {
  readonly endsAt: number;
  used: number;
}

/** So many spenders are remembered; who has not come for longest is forgotten first. */
const REMEMBERED = 50_000;

/** Budgets of this process alone: where there is no database, or while it does not answer. */
export class MemoryBudgets implements Budgets {
  readonly #limits: BudgetLimits;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(limits: BudgetLimits, now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
  }

  async admit(key: string, kind: BudgetKind, cost: number): Promise<Admission> {
    const window = this.#windowOf(principalOf(key, kind));
    const ok = window.used + cost <= this.#limits.most[kind];
    if (ok) window.used += cost;
    return { ok, ...this.#standing(window, kind) };
  }

  lastSeen(key: string, kind: BudgetKind): Standing {
    const window = this.#windows.get(principalOf(key, kind));
    return window && window.endsAt > this.#now() ? this.#standing(window, kind) : whole(this.#limits, kind, this.#now());
  }

  #standing({ used, endsAt }: Window, kind: BudgetKind): Standing {
    const limit = this.#limits.most[kind];
    return { remaining: limit - used, limit, resetsAt: endsAt as Instant };
  }

  #windowOf(principal: string): Window {
    const known = this.#windows.get(principal);
    const window = known && known.endsAt > this.#now() ? known : { endsAt: this.#now() + this.#limits.windowSeconds * 1_000, used: 0 };
    this.#windows.delete(principal);
    this.#windows.set(principal, window);
    if (this.#windows.size > REMEMBERED) {
      const [oldest] = this.#windows.keys();
      if (oldest !== undefined) this.#windows.delete(oldest);
    }
    return window;
  }
}
