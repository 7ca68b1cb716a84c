import type { Instant } from '../../kernel/civil-day.ts';

/** Who spends: nobody known (by client address), a person, another system. */
export type BudgetKind = 'anonymous' | 'person' | 'client';

/** What each kind may spend in a window, in units of estimated cost. */
export interface BudgetLimits {
  readonly windowSeconds: number;
  readonly most: Readonly<Record<BudgetKind, number>>;
}

/** Where a budget stands. */
export interface Standing {
  readonly remaining: number;
  readonly limit: number;
  /** When it is whole again. */
  readonly resetsAt: Instant;
}

export interface Admission extends Standing {
  /** Whether the cost was within the rest, and was taken off. What is refused costs nothing. */
  readonly ok: boolean;
}

/** Budgets of a window each, which begins with the first that is spent. `key` names the spender among those of its kind. */
export interface Budgets {
  admit(key: string, kind: BudgetKind, cost: number): Promise<Admission>;
  /** As last seen here, without asking anybody: for an answer that was refused before it cost anything. */
  lastSeen(key: string, kind: BudgetKind): Standing;
}

/** How a spender is called in a store of all kinds. */
export const principalOf = (key: string, kind: BudgetKind): string => `${kind}:${key}`;

/** A budget of which nothing is spent. */
export const whole = ({ windowSeconds, most }: BudgetLimits, kind: BudgetKind, now: number): Standing => ({ remaining: most[kind], limit: most[kind], resetsAt: (now + windowSeconds * 1_000) as Instant });
