import { addDays, addYears, type CivilDay, compareDays, Exact, formula, type FormulaContext, type Outcome } from '../../../src/plugin-kit.ts';

/** A stay in an enterprise; what is undefined nobody said. */
interface Stay {
  readonly months?: Exact;
  readonly endedOn?: CivilDay;
}
interface StayFacts {
  readonly enterpriseStays: readonly Stay[] | null;
  readonly cycleStartOn?: CivilDay;
}

/**
 * Did the stays in enterprises come to the required months within the five years? They add up; one that ended outside the
 * five years, or after the day asked about, does not count. sh-2016-opinion/4-dual-qualified
 */
export const enoughMonths = formula<StayFacts>({
  name: 'shanghai-enterprise-months',
  version: 1,
  facts: ['enterpriseStays'],
  optional: ['cycleStartOn'],
  run({ enterpriseStays, cycleStartOn }, context): Outcome {
    const required = context.exact('months');
    const period = cycleStartOn && { from: cycleStartOn, to: lastDayOf(cycleStartOn, context) };
    const common = { required, unit: 'month', ...(period ? { dueOn: period.to } : {}) };
    const stays = (enterpriseStays ?? []).map((stay, index) => ({ ...stay, path: `enterpriseStays[${index}]` })).filter(({ endedOn }) => endedOn === undefined || compareDays(endedOn, context.atDay) <= 0);
    const mayCount = stays.filter(({ endedOn }) => endedOn === undefined || !period || isIn(endedOn, period));
    const counts = period ? mayCount.filter(({ endedOn }) => endedOn !== undefined) : [];
    const actual = sum(counts);
    if (actual.isAtLeast(required)) return { ...common, verdict: 'MET', actual, shortfall: Exact.zero };
    if (mayCount.some(({ months }) => months === undefined) || sum(mayCount).isAtLeast(required)) {
      const missing = mayCount.flatMap(({ months, endedOn, path }) => [...(months === undefined ? [`${path}.months`] : []), ...(endedOn === undefined ? [`${path}.endedOn`] : [])]);
      return { ...common, verdict: 'UNDETERMINED', missing: [...(period ? [] : ['cycleStartOn']), ...missing] };
    }
    const isKnown = counts.length === mayCount.length;
    return { ...common, verdict: 'NOT_MET', ...(isKnown ? { actual, shortfall: required.minus(actual) } : {}), reasons: reasonsFor(sum(mayCount), required, period?.to, context) };
  },
});

const sum = (stays: readonly Stay[]): Exact => stays.reduce((total, { months }) => total.plus(months ?? Exact.zero), Exact.zero);
const lastDayOf = (start: CivilDay, context: FormulaContext): CivilDay => addDays(addYears(start, Number(context.exact('cycleYears').floor())), -1);
const isIn = (on: CivilDay, period: { from: CivilDay; to: CivilDay }): boolean => compareDays(period.from, on) <= 0 && compareDays(on, period.to) <= 0;

/** Short, and whether there is still time within the five years. */
function reasonsFor(actual: Exact, required: Exact, dueOn: CivilDay | undefined, context: FormulaContext): NonNullable<Outcome['reasons']> {
  const params = { required: required.toString(), actual: actual.toString(), difference: required.minus(actual).toString(), unit: 'month', dueOn: dueOn ?? '—' };
  const short = { code: 'SHORT', key: 'finding.short', params } as const;
  if (!dueOn) return [short];
  return [short, compareDays(context.atDay, dueOn) > 0 ? { code: 'OVERDUE', key: 'finding.overdue', params } : { code: 'NOT_YET_DUE', key: 'finding.not-yet-due', params }];
}
