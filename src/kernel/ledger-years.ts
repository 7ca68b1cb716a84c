import type { Check } from './check.ts';
import { addDays, compareDays, day, firstDayOfYear, lastDayOfYear, yearOf } from './civil-day.ts';
import type { CivilDay } from './civil-day.ts';
import { isList, isRecord } from './facts.ts';
import { isWithin } from './civil-day.ts';
import { lookup } from './context.ts';
import { matches } from './amount-range.ts';
import type { Scope } from './result.ts';
import type { Cycle } from './ledger-entries.ts';

export type TestedYears = { readonly known: true; readonly years: readonly number[]; readonly isHeld: boolean } | { readonly known: false; readonly missing: readonly string[] };

/**
 * The calendar years that a yearly rule is tested for: the one asked about, or every year that is over on the day of
 * `at` and lies wholly in force, in the cycle and in the role. Without a year over there is nothing to test yet.
 */
export function testedYears(scope: Scope, check: Check & { op: 'eachYear' }, cycle: Cycle): TestedYears {
  const { context, version } = scope;
  const held = roleDays(scope, check);
  if (!held.known) return held;
  if (held.periods.length === 0) return NO_YEARS;
  const asked = check.year ? lookup(context, check.year) : { known: false as const, name: '' };
  const candidates = asked.known && typeof asked.value === 'number' ? [asked.value] : yearsUpTo(version.period.from ?? day('1900-01-01'), context.atDay);
  const liesIn = (from: CivilDay | null, to: CivilDay | null, year: number): boolean => isWithin(firstDayOfYear(year), from, to) && isWithin(lastDayOfYear(year), from, to);
  const bounds = 'missing' in cycle ? { from: null, to: null } : cycle;
  const years = candidates.filter(
    (year) =>
      liesIn(version.period.from, version.period.to, year) &&
      liesIn(bounds.from, bounds.to, year) &&
      (check.from === undefined || year >= check.from) &&
      (context.counted === null || liesIn(context.counted.from, context.counted.to, year)) &&
      held.periods.some(({ from, to }) => liesIn(from, to, year)),
  );
  return { known: true, years, isHeld: held.periods.length > 0 };
}

const NO_YEARS: TestedYears = { known: true, years: [], isHeld: false };

/** Years whose last day is not after the day of `at`. */
function yearsUpTo(from: CivilDay, at: CivilDay): number[] {
  const years: number[] = [];
  for (let year = yearOf(from); compareDays(lastDayOfYear(year), at) <= 0; year++) years.push(year);
  return years;
}

interface OpenPeriod {
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
}

function roleDays(scope: Scope, check: Check & { op: 'eachYear' }): { known: true; periods: readonly OpenPeriod[] } | { known: false; missing: readonly string[] } {
  const { role } = check;
  if (!role) return { known: true, periods: [{ from: null, to: null }] };
  const found = lookup(scope.context, role.list);
  if (!found.known) return { known: false, missing: [found.name] };
  const periods: OpenPeriod[] = [];
  const missing: string[] = [];
  (isList(found.value) ? found.value : []).forEach((item, index) => {
    if (!isRecord(item)) return;
    const match = matches(item, role.where, `${role.list}[${index}]`);
    if (match.verdict === 'UNDETERMINED') missing.push(...match.missing);
    if (match.verdict === 'MET') periods.push({ from: (item[role.from] ?? null) as CivilDay | null, to: (item[role.to] ?? null) as CivilDay | null });
  });
  return missing.length > 0 ? { known: false, missing } : { known: true, periods: joined(periods) };
}

/** Periods that follow each other day by day are one. */
function joined(periods: readonly OpenPeriod[]): OpenPeriod[] {
  const sorted = [...periods].sort((a, b) => (a.from === null ? -1 : b.from === null ? 1 : compareDays(a.from, b.from)));
  const result: OpenPeriod[] = [];
  for (const period of sorted) {
    const last = result.at(-1);
    const touches = last && (last.to === null || period.from === null || compareDays(period.from, addDays(last.to, 1)) <= 0);
    if (!last || !touches) result.push(period);
    else if (last.to !== null && (period.to === null || compareDays(period.to, last.to) > 0)) result[result.length - 1] = { from: last.from, to: period.to };
  }
  return result;
}
