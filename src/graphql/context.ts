import type { BudgetKind, Standing } from '../access/budget/budgets.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { Effort } from '../kernel/effort.ts';
import type { RequestAccess } from './access/request-access.ts';
import type { Records } from '../records/open-records.ts';
import type { OnceRequest } from '../records/idempotency.ts';
import type { RequestStore } from '../persistence/request-store.ts';
import type { Turns } from '../workflows/in-turn.ts';
import type { Loaders } from './loaders/create-loaders.ts';
import type { View } from './view.ts';

/** Where unexpected errors go. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/** Whose budget a request is charged to. */
export interface Spender {
  readonly key: string;
  readonly kind: BudgetKind;
  /** What is left of it, as last seen here. */
  standing(): Standing;
}

/** Whether a key was met before, and when. */
export interface KeyMet {
  readonly replayed: boolean;
  readonly firstAt: string | null;
}

/** What every resolver of one request gets. */
export interface ApiContext {
  /** What is known of all places, in the language of the request. */
  readonly view: View;
  /** The moment of the request: one for all of it. */
  readonly now: Instant;
  /** When the server was started. */
  readonly startedAt: Instant;
  /** Sent back as `x-request-id`, and the reference of internal errors. */
  readonly requestId: string;
  readonly log: ErrorLog;
  /** Who asks, and what they may see. */
  readonly access: RequestAccess;
  readonly spender: Spender;
  /** Told the code of the first error of the answer, for the numbers of the operator. */
  onOutcome(code: string): void;
  /** Where changes and accesses are put on record; null: nothing is kept. */
  readonly records: Records | null;
  /** The change that this field is asked for with an idempotency key; absent: without one. */
  readonly once?: OnceRequest;
  /** What became of the keys of a request, by the name of each field in the answer. */
  readonly keysMet: Map<string, KeyMet>;
  /** Where people and credits are kept; null: only questions that bring their facts are answered. */
  readonly store: RequestStore | null;
  /** What it reads from there. */
  readonly loaders: Loaders;
  /** How often whoever asks may have something revealed within an hour. */
  readonly revealsPerHour: number;
  /** What all its questions together may still cost. */
  readonly effort: Effort;
  /** Within how many civil days a correction is to be decided. */
  readonly correctionDays: number;
  /** In which its questions are answered. */
  readonly turns: Turns;
}
