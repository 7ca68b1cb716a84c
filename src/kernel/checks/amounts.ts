import type { Check } from '../check.ts';
import { amountOf } from '../amount-range.ts';
import type { Exact } from '../exact.ts';
import { MET, NONE, refuse, unknownFacts } from '../result.ts';
import type { Result, Scope } from '../result.ts';

export function evaluateCompare({ context, version }: Scope, check: Check & { op: 'compare' }): Result {
  const actual = amountOf(context, version, check.actual);
  const required = amountOf(context, version, check.required);
  const { unit, relation, help } = check;
  if (actual.noWhole) return refuse(check.code ?? 'REFUSED', 'finding.no-whole', { unit }, help);
  const missing = [...new Set([...actual.missing, ...required.missing])];
  const isKnown = (range: typeof actual): boolean => range.missing.length === 0;
  const figures = { required: isKnown(required) ? required.low.toString() : null, actual: isKnown(actual) ? actual.low.toString() : null, unit };
  const holdsFor = relation === 'atLeast' ? isSurelyAtLeast(actual, required) : relation === 'atMost' ? isSurelyAtLeast(required, actual) : isSurelyEqual(actual, required);
  if (holdsFor === null) return unknownFacts(context, missing, figures);
  const difference = isKnown(actual) && isKnown(required) ? required.low.minus(actual.low) : null;
  // Over the limit nothing is left.
  const yields = check.yields && difference && relation === 'atMost' ? [{ name: check.yields, value: difference.isNegative() ? '0' : difference.toString(), unit }] : NONE;
  if (holdsFor) return { ...MET, ...figures, shortfall: relation === 'atLeast' && difference ? '0' : null, yields };
  const distance = difference === null ? null : difference.isNegative() ? difference.negate() : difference;
  const code = check.code ?? (relation === 'atLeast' ? 'SHORT' : 'OVER_LIMIT');
  const params = { ...(distance === null ? apartAtLeast(actual, required) : { required: required.low.toString(), actual: actual.low.toString(), difference: distance.toString() }), unit };
  return refuse(code, `finding.${relation === 'atLeast' ? 'short' : relation === 'atMost' ? 'over' : 'unequal'}`, params, help, { ...figures, shortfall: distance?.toString() ?? null, yields });
}

interface Ends {
  readonly low: Exact;
  readonly high: Exact | null;
}

/** Two amounts that are apart whatever is missing of them: the nearest that they can be. */
function apartAtLeast(actual: Ends, required: Ends): { required: string; actual: string; difference: string } {
  const [lower, upper] = actual.high && actual.high.isLessThan(required.low) ? [actual.high, required.low] : [required.high ?? required.low, actual.low];
  const named = (amount: Ends): string => (amount.high && amount.low.equals(amount.high) ? amount.low.toString() : amount.high === lower ? `≤${lower.toString()}` : `≥${upper.toString()}`);
  return { required: named(required), actual: named(actual), difference: `≥${upper.minus(lower).toString()}` };
}

const isSurelyAtLeast = (a: Ends, b: Ends): boolean | null => {
  if (b.high && a.low.isAtLeast(b.high)) return true;
  return a.high && a.high.isLessThan(b.low) ? false : null;
};

const isSurelyEqual = (a: Ends, b: Ends): boolean | null => {
  if (a.high && b.high && a.low.equals(a.high) && b.low.equals(b.high)) return a.low.equals(b.low);
  return (a.high && a.high.isLessThan(b.low)) || (b.high && b.high.isLessThan(a.low)) ? false : null;
};
