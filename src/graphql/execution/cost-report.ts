import type { Admission, Standing } from '../../access/budget/budgets.ts';
import { formatInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { say } from '../../i18n/server-messages.ts';
import type { Language } from '../../i18n/render.ts';
import { ErrorCode } from '../error-codes.ts';

/** What `extensions.cost` of an answer says: what the request was estimated to cost, and what is left of the budget after it. */
export interface CostReport {
  readonly requested: number;
  readonly remaining: number;
  readonly limit: number;
  readonly resetsAt: string;
}

export const costReport = (requested: number, { remaining, limit, resetsAt }: Standing): CostReport => ({ requested, remaining, limit, resetsAt: written(resetsAt) });

/** In whole seconds, never too early. */
const written = (at: Instant): string => formatInstant((Math.ceil(at / 1_000) * 1_000) as Instant);

/** Why a budget does not suffice, and when it will. */
export function exhausted(cost: number, { remaining, limit, resetsAt }: Admission, language: Language): { readonly seconds: number; readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } {
  const seconds = Math.max(1, Math.ceil((resetsAt - Date.now()) / 1_000));
  return {
    seconds,
    message: say(language, 'request.budgetExhausted', { found: cost, limit, remaining, seconds }),
    extensions: { code: ErrorCode.BUDGET_EXHAUSTED, limit, found: cost, remaining, resetsAt: written(resetsAt), retryAfterSeconds: seconds },
  };
}
