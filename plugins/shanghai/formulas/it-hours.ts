import { type CivilDay, compareDays, day, dayOf, endOf, Exact, formatInstant, formula, type FormulaContext, type Instant, type Outcome } from '../../../src/plugin-kit.ts';

/** Hours completed at a moment; what is undefined nobody said. */
interface ItTraining {
  readonly hours?: Exact;
  readonly completedAt?: Instant;
}
interface ItFacts {
  readonly itTraining?: readonly ItTraining[] | null;
  readonly itHours?: Exact;
  readonly itHoursReachedAt?: Instant;
}
type Entry = ItTraining & { readonly path: string };

/**
 * Were the hours complete in time? They count whenever they were taken; the instant at which the last of the required
 * hours was completed is compared with the end of the day. Complete but later is LATE, without a shortfall in hours. Hours
 * after the day asked about do not count yet. Given one by one, or as a sum with the instant at which it reached the
 * required number. sh-2016-opinion/17-it-hours
 */
export const itHoursInTime = formula<ItFacts>({
  name: 'shanghai-it-hours',
  version: 1,
  facts: [],
  optional: ['itTraining', 'itHours', 'itHoursReachedAt'],
  run(known, context): Outcome {
    if (known.itTraining !== undefined) return fromEntries(known.itTraining ?? [], context);
    return known.itHours === undefined ? { ...common(context), verdict: 'UNDETERMINED', missing: ['itTraining', 'itHours'] } : fromSum(known.itHours, known.itHoursReachedAt, context);
  },
});

const due = (context: FormulaContext): CivilDay => day(String(context.param('by')));
const common = (context: FormulaContext): Partial<Outcome> => ({ required: context.exact('classHours'), unit: 'classHour', dueOn: due(context) });

function fromSum(hours: Exact, reachedAt: Instant | undefined, context: FormulaContext): Outcome {
  if (hours.isLessThan(context.exact('classHours'))) return short(hours, context);
  // What is complete before the day is over was complete in time, whenever that was.
  if (reachedAt === undefined && compareDays(context.atDay, due(context)) <= 0) return met(hours, context);
  if (reachedAt === undefined) return { ...common(context), actual: hours, shortfall: Exact.zero, verdict: 'UNDETERMINED', missing: ['itHoursReachedAt'] };
  return reachedAt < endOf(due(context)) ? met(hours, context) : late(hours, reachedAt, context);
}

function fromEntries(list: readonly ItTraining[], context: FormulaContext): Outcome {
  const required = context.exact('classHours');
  const entries = list.map((item, index): Entry => ({ ...item, path: `itTraining[${index}]` })).filter(({ completedAt }) => completedAt === undefined || compareDays(dayOf(completedAt), context.atDay) <= 0);
  const inTime = entries.filter(({ completedAt }) => completedAt !== undefined && completedAt < endOf(due(context)));
  const sure = entries.filter(({ completedAt }) => completedAt !== undefined);
  const counted = sum(sure);
  if (sum(inTime).isAtLeast(required)) return met(counted, context);
  const missing = entries.flatMap(({ hours, completedAt, path }) => [...(hours === undefined ? [`${path}.hours`] : []), ...(completedAt === undefined ? [`${path}.completedAt`] : [])]);
  const mayBeInTime = entries.filter(({ completedAt }) => completedAt === undefined || completedAt < endOf(due(context)));
  if (couldReach(mayBeInTime, required)) return { ...common(context), verdict: 'UNDETERMINED', missing };
  if (counted.isAtLeast(required)) return late(counted, reachedAt(sure, required), context);
  if (couldReach(entries, required)) return { ...notMet(context), reasons: [{ code: 'SHORT', key: 'shanghai.it-hours-not-in-time', params: { required: required.toString(), by: due(context) } }] };
  return short(counted, context);
}

const sum = (entries: readonly ItTraining[]): Exact => entries.reduce((total, { hours }) => total.plus(hours ?? Exact.zero), Exact.zero);
const couldReach = (entries: readonly ItTraining[], required: Exact): boolean => entries.some(({ hours }) => hours === undefined) || sum(entries).isAtLeast(required);

/** The instant at which the hours came to the required number. */
function reachedAt(entries: readonly ItTraining[], required: Exact): Instant {
  const inOrder = entries.toSorted((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0));
  let total = Exact.zero;
  for (const { hours, completedAt } of inOrder) {
    total = total.plus(hours ?? Exact.zero);
    if (total.isAtLeast(required) && completedAt !== undefined) return completedAt;
  }
  return 0 as Instant;
}

const notMet = (context: FormulaContext): Outcome => ({ ...common(context), verdict: 'NOT_MET' });
const met = (hours: Exact, context: FormulaContext): Outcome => ({ ...common(context), verdict: 'MET', actual: hours, shortfall: Exact.zero });

const late = (hours: Exact, at: Instant, context: FormulaContext): Outcome => ({
  ...notMet(context),
  actual: hours,
  shortfall: Exact.zero,
  reasons: [{ code: 'LATE', key: 'shanghai.it-hours-late', params: { required: context.exact('classHours').toString(), at: formatInstant(at), by: due(context) } }],
});

/** Short, and whether there is still time. */
function short(hours: Exact, context: FormulaContext): Outcome {
  const shortfall = context.exact('classHours').minus(hours);
  const params = { required: context.exact('classHours').toString(), actual: hours.toString(), difference: shortfall.toString(), unit: 'classHour', dueOn: due(context) };
  const isOver = compareDays(context.atDay, due(context)) > 0;
  return {
    ...notMet(context),
    actual: hours,
    shortfall,
    reasons: [
      { code: 'SHORT', key: 'finding.short', params },
      { code: isOver ? 'OVERDUE' : 'NOT_YET_DUE', key: isOver ? 'finding.overdue' : 'finding.not-yet-due', params },
    ],
  };
}
