import type { Check } from '../check.ts';
import { compareDays } from '../civil-day.ts';
import type { CivilDay } from '../civil-day.ts';
import type { Condition, Context } from '../context.ts';
import { isList, isRecord } from '../facts.ts';
import { lookup, typeAt } from '../context.ts';
import { matches } from '../amount-range.ts';
import type { FactRecord } from '../facts.ts';
import type { Verdict } from '../finding.ts';
import { IS_MET, IS_NOT_MET, MET, NONE, refuse, unknownFacts } from '../result.ts';
import type { Result, Scope } from '../result.ts';
import { worded, wordedField } from '../wording.ts';

export function isOneOf(context: Context, check: Check & { op: 'is' }): Condition {
  const found = lookup(context, check.fact);
  if (!found.known) return { verdict: 'UNDETERMINED', missing: [found.name] };
  const { value } = found;
  const values: readonly unknown[] = check.values;
  return (isList(value) ? value.some((item) => values.includes(item)) : values.includes(value)) ? IS_MET : IS_NOT_MET;
}

export function evaluateIs({ context }: Scope, check: Check & { op: 'is' }): Result {
  const { verdict, missing } = isOneOf(context, check);
  if (verdict === 'UNDETERMINED') return unknownFacts(context, missing);
  if (verdict === 'MET') return MET;
  const found = lookup(context, check.fact);
  const type = typeAt(context, check.fact);
  return refuse(check.code ?? 'REFUSED', 'finding.not-one-of', { fact: check.fact, found: found.known ? worded(type, found.value) : '', expected: check.values.flatMap((value) => worded(type, value)) }, check.help);
}

/** `at`: the element that does not match, where one is enough. */
export function listMatches(context: Context, check: Check & { op: 'some' | 'every' }): Condition & { readonly at?: number } {
  const found = lookup(context, check.list);
  if (!found.known) return { verdict: 'UNDETERMINED', missing: [found.name] };
  const items = isList(found.value) ? found.value : NONE;
  const wanted: Verdict = check.op === 'some' ? 'MET' : 'NOT_MET';
  const unknown: string[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const match = isRecord(item) ? matchesNow(context, item, check, `${check.list}[${index}]`) : IS_NOT_MET;
    if (match.verdict === wanted) return check.op === 'some' ? IS_MET : { ...IS_NOT_MET, at: index };
    if (match.verdict === 'UNDETERMINED') unknown.push(...match.missing);
  }
  if (unknown.length > 0) return { verdict: 'UNDETERMINED', missing: unknown };
  return check.op === 'every' ? IS_MET : IS_NOT_MET;
}

export function evaluateList({ context }: Scope, check: Check & { op: 'some' | 'every' }): Result {
  const { verdict, missing, at } = listMatches(context, check);
  if (verdict === 'UNDETERMINED') return unknownFacts(context, missing);
  return verdict === 'MET' ? MET : refuseList(context, check, at ?? null);
}

function refuseList(context: Context, check: Check & { op: 'some' | 'every' }, index: number | null): Result {
  const expected = Object.entries(check.where).map(([field, values]) => wordedField(field, typeAt(context, `${check.list}[].${field}`), values));
  return refuse(check.code ?? 'REFUSED', index === null ? 'finding.none-matches' : 'finding.one-does-not-match', { list: check.list, index: index ?? 0, expected }, check.help);
}

function matchesNow(context: Context, item: FactRecord, check: Check & { op: 'some' | 'every' }, path: string): Condition {
  const match = matches(item, check.where, path);
  if (!check.heldAt || match.verdict === 'NOT_MET') return match;
  return isHeld(item, check.heldAt, context.atDay) ? match : { verdict: 'NOT_MET', missing: NONE };
}

/** A role given without days is held throughout. */
function isHeld(item: FactRecord, held: { from: string; to: string }, on: CivilDay): boolean {
  const from = (item[held.from] ?? null) as CivilDay | null;
  const to = (item[held.to] ?? null) as CivilDay | null;
  return (from === null || compareDays(from, on) <= 0) && (to === null || compareDays(on, to) <= 0);
}
