import { amountOf } from './amount-range.ts';
import type { Day } from './check.ts';
import { addDays, dayOf } from './civil-day.ts';
import type { CivilDay, Instant } from './civil-day.ts';
import type { Context } from './context.ts';
import { lookup } from './context.ts';
import { paramAt } from './param.ts';
import type { RuleVersion } from './place.ts';

export type DayLookup = { readonly known: true; readonly day: CivilDay | null } | { readonly known: false; readonly missing: readonly string[] };

/** The day that an expression names; null where the fact says that there is none. */
export function dayAt(context: Context, version: RuleVersion, expression: Day): DayLookup {
  if ('at' in expression) return { known: true, day: context.atDay };
  if ('param' in expression) return { known: true, day: paramAt(version.spec.params ?? {}, expression.param) as CivilDay };
  if ('fact' in expression) {
    const found = lookup(context, expression.fact);
    if (!found.known) return { known: false, missing: [found.name] };
    return { known: true, day: typeof found.value === 'number' ? dayOf(found.value as Instant) : (found.value as CivilDay | null) };
  }
  const start = dayAt(context, version, expression.shift);
  const days = amountOf(context, version, expression.days);
  if (!start.known) return start;
  if (days.missing.length > 0) return { known: false, missing: days.missing };
  const count = Number(days.low.floor());
  return { known: true, day: start.day && addDays(start.day, expression.direction === 'after' ? count : -count) };
}
