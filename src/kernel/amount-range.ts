import type { Amount, Where } from './check.ts';
import type { Condition, Context } from './context.ts';
import { lookup, typeAt } from './context.ts';
import { Exact, larger } from './exact.ts';
import type { FactRecord, FactValue } from './facts.ts';
import { isList, isRecord } from './facts.ts';
import { exactParam, readingValues, requireVersion } from './param.ts';
import type { RuleVersion } from './place.ts';

// Amounts as ranges: what is unknown lies between two ends.

export interface Range {
  readonly low: Exact;
  /** null: without bound. */
  readonly high: Exact | null;
  readonly missing: readonly string[];
  /** A share of nothing. */
  readonly noWhole?: boolean;
}

const exactly = (value: Exact): Range => ({ low: value, high: value, missing: [] });
const between = (low: Exact, high: Exact | null, names: readonly string[]): Range => ({ low, high, missing: names });
const both = (a: Range, b: Range): string[] => [...new Set([...a.missing, ...b.missing])];

/** The range in which an amount lies: both ends equal when all of it is known. */
export function amountOf(context: Context, version: RuleVersion, amount: Amount): Range {
  if ('fact' in amount) return amountOfFact(context, amount.fact);
  if ('param' in amount) return exactly(exactParam(context, amount.rule === undefined ? version : requireVersion(context, amount.rule), amount.param));
  if ('reading' in amount) return exactly(Exact.of(readingValues(context, version)[amount.reading] as string | number));
  if ('literal' in amount) return exactly(Exact.of(amount.literal));
  if ('count' in amount) return overList(context, amount.count, amount.where, () => exactly(Exact.of(1)));
  if ('total' in amount) return overList(context, amount.total, amount.where, (item, path) => numberOf(item[amount.field], `${path}.${amount.field}`));
  if ('sum' in amount) return amount.sum.map((item) => amountOf(context, version, item)).reduce(plus, exactly(Exact.zero));
  if ('difference' in amount) return minus(amountOf(context, version, amount.difference[0]), amountOf(context, version, amount.difference[1]));
  if ('product' in amount) return times(amountOf(context, version, amount.product[0]), amountOf(context, version, amount.product[1]));
  return shareOf(amountOf(context, version, amount.share[0]), amountOf(context, version, amount.share[1]));
}

const plus = (a: Range, b: Range): Range => between(a.low.plus(b.low), a.high && b.high ? a.high.plus(b.high) : null, both(a, b));
const minus = (a: Range, b: Range): Range => between(b.high ? a.low.minus(b.high) : Exact.of(-1_000_000_000), a.high ? a.high.minus(b.low) : null, both(a, b));
const times = (a: Range, b: Range): Range => between(a.low.times(b.low), a.high && b.high ? a.high.times(b.high) : null, both(a, b));

function shareOf(part: Range, whole: Range): Range {
  if (whole.high?.isZero()) return { ...exactly(Exact.zero), noWhole: true };
  const low = whole.high ? part.low.dividedBy(whole.high) : Exact.zero;
  return between(low, part.high && !whole.low.isZero() ? part.high.dividedBy(whole.low) : null, both(part, whole));
}

function amountOfFact(context: Context, path: string): Range {
  const found = lookup(context, path);
  if (found.known) return numberOf(found.value, path);
  const type = typeAt(context, path);
  const max = type && 'max' in type && type.max !== undefined && type.kind !== 'list' ? Exact.of(type.max) : null;
  const min = type?.kind === 'amount' || type?.kind === 'integer' ? larger(Exact.zero, Exact.of(type.min ?? 0)) : Exact.zero;
  return between(min, max, [found.name]);
}

/** null is none of it. */
function numberOf(value: FactValue | undefined, path: string): Range {
  if (value === undefined) return between(Exact.zero, null, [path]);
  if (value instanceof Exact) return exactly(value);
  return exactly(typeof value === 'number' ? Exact.of(value) : Exact.zero);
}

function overList(context: Context, path: string, where: Where | undefined, measure: (item: FactRecord, path: string) => Range): Range {
  const found = lookup(context, path);
  if (!found.known) return between(Exact.zero, null, [found.name]);
  let sum = exactly(Exact.zero);
  (isList(found.value) ? found.value : []).forEach((item, index) => {
    const itemPath = `${path}[${index}]`;
    const match = where && isRecord(item) ? matches(item, where, itemPath) : { verdict: 'MET' as const, missing: [] };
    if (match.verdict === 'NOT_MET') return;
    const one = measure(isRecord(item) ? item : {}, itemPath);
    sum = plus(sum, match.verdict === 'MET' ? one : between(Exact.zero, one.high, [...one.missing, ...match.missing]));
  });
  return sum;
}

/** Whether a record matches; an absent field that could decide is missing. */
export function matches(item: FactRecord, where: Where, path: string): Condition {
  const unknown: string[] = [];
  for (const [field, values] of Object.entries(where)) {
    const value = item[field];
    if (value === undefined) unknown.push(`${path}.${field}`);
    else if (!values.includes(value as string)) return { verdict: 'NOT_MET', missing: [] };
  }
  return unknown.length > 0 ? { verdict: 'UNDETERMINED', missing: unknown } : { verdict: 'MET', missing: [] };
}
