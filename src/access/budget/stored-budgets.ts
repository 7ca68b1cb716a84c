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
/** So many requests of the same cost are paid for at once, while that is no more than this part of the budget. */
const REQUESTS_AHEAD = 8;
const PART_AHEAD = 50;

/** A budget as this server knows it. */
interface Known {
  readonly limit: number;
  readonly resetsAt: Standing['resetsAt'];
  /** What was left in the store when it was last asked. */
  readonly left: number;
  /** What was taken off there and is not spent yet. */
  readonly ahead: number;
}

const standingOf = ({ limit, resetsAt, left, ahead }: Known): Standing => ({ remaining: left + ahead, limit, resetsAt });

/**
 * Budgets that all servers of a store share. Each server takes a little more than it needs, so that a series of requests
 * is charged by few statements; what it holds counts as spent for all others, so nothing is ever overspent. While the
 * store does not answer, each server keeps budgets in memory: a fault of the store opens the service to nobody, and closes
 * it for no question that needs no store.
 */
export class StoredBudgets implements Budgets {
  readonly #sql: () => Statements;
  readonly #limits: BudgetLimits;
  readonly #memory: MemoryBudgets;
  readonly #known = new Map<string, Known>();
  /** Of one spender the store is asked by one request at a time: those behind may find that enough was taken. */
  readonly #asking = new Map<string, Promise<unknown>>();
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

  admit(key: string, kind: BudgetKind, cost: number): Promise<Admission> {
    const principal = principalOf(key, kind);
    const before = this.#asking.get(principal);
    if (!before) {
      const paid = this.#payAhead(principal, cost);
      if (paid) return Promise.resolve(paid);
    }
    const asked = Promise.resolve(before).then(() => this.#payAhead(principal, cost) ?? this.#ask(key, kind, cost));
    this.#asking.set(principal, asked);
    return asked.finally(() => {
      if (this.#asking.get(principal) === asked) this.#asking.delete(principal);
    });
  }

  lastSeen(key: string, kind: BudgetKind): Standing {
    const known = this.#current(principalOf(key, kind));
    return known ? standingOf(known) : this.#memory.lastSeen(key, kind);
  }

  close(): void {
    clearInterval(this.#cleaning);
  }

  /** Pays from what was taken ahead; null: it does not suffice. */
  #payAhead(principal: string, cost: number): Admission | null {
    const known = this.#current(principal);
    return known && known.ahead >= cost ? this.#remember(principal, true, { ...known, ahead: known.ahead - cost }) : null;
  }

  async #ask(key: string, kind: BudgetKind, cost: number): Promise<Admission> {
    if (performance.now() < this.#pausedUntil) return this.#memory.admit(key, kind, cost);
    const principal = principalOf(key, kind);
    const held = this.#current(principal)?.ahead ?? 0;
    const least = cost - held;
    const more = Math.max(least, Math.min(cost * REQUESTS_AHEAD, Math.floor(this.#limits.most[kind] / PART_AHEAD)));
    try {
      const wished = await this.#charge(key, kind, more);
      // Near its end a budget is spent to the last unit.
      const taken = wished.ok || more === least ? wished : await this.#charge(key, kind, least);
      const { ok, remaining: left, limit, resetsAt } = taken;
      const ahead = ok ? (wished.ok ? more - least : 0) : held;
      return this.#remember(principal, ok, { limit, resetsAt, left, ahead });
    } catch {
      this.#pausedUntil = performance.now() + PAUSE_MS;
      return this.#memory.admit(key, kind, cost);
    }
  }

  #charge(key: string, kind: BudgetKind, cost: number): Promise<Admission> {
    return inTime(charge(this.#sql(), key, kind, cost, this.#limits));
  }

  #current(principal: string): Known | null {
    const known = this.#known.get(principal);
    return known && known.resetsAt > Date.now() ? known : null;
  }

  #remember(principal: string, ok: boolean, known: Known): Admission {
    this.#known.delete(principal);
    this.#known.set(principal, known);
    if (this.#known.size > REMEMBERED) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    return { ok, ...standingOf(known) };
  }
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the store did not answer in time')), ANSWER_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
