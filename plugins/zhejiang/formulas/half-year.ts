import { type CivilDay, day, daysBetween, endOf, formatInstant, formula, isAfter, isBefore, startOf } from '../../../src/plugin-kit.ts';

interface HalfYear {
  readonly from: CivilDay;
  readonly to: CivilDay;
}

/** `2020上` is January to June, `2020下` July to December. */
const daysOf = (label: string): HalfYear => {
  const year = label.slice(0, 4);
  return label.endsWith('上') ? { from: day(`${year}-01-01`), to: day(`${year}-06-30`) } : { from: day(`${year}-07-01`), to: day(`${year}-12-31`) };
};

/**
 * Is the plan open to selection on the day of `at`, which lies in one of the half-years of the parameter? Yields the days
 * left to the end of the last one. zj-2019-357/2.4-vocational
 */
export const halfYearOpen = formula<Record<string, never>>({
  name: 'half-year-open',
  version: 1,
  facts: [],
  run: (_known, { at, atDay, param }) => {
    const halves = (param('halfYears') as readonly string[]).map(daysOf);
    const first = halves[0];
    const last = halves.at(-1);
    if (!first || !last) return { verdict: 'NOT_MET' };
    const found = formatInstant(at);
    if (isBefore(atDay, first.from)) return { verdict: 'NOT_MET', dueOn: last.to, reasons: [{ code: 'NOT_YET_OPEN', key: 'zhejiang.plan-not-yet-open', params: { opensAt: formatInstant(startOf(first.from)), found } }] };
    if (isAfter(atDay, last.to)) return { verdict: 'NOT_MET', dueOn: last.to, reasons: [{ code: 'CLOSED', key: 'zhejiang.plan-closed', params: { closedAt: formatInstant(endOf(last.to)), found } }] };
    return { verdict: 'MET', dueOn: last.to, yields: [{ name: 'daysLeft', value: String(daysBetween(atDay, last.to)), unit: 'day' }] };
  },
});
