import { addDays, type CivilDay, compareDays, daysBetween, formula, weekdayOf } from '../../../src/plugin-kit.ts';

interface Timetable {
  readonly 'session.firstOn': CivilDay;
  readonly 'session.timetablePublishedOn': CivilDay | null;
}

const FRIDAY = 5;

/** The day that lies so many working days (Monday to Friday) before another. */
function workingDaysBefore(on: CivilDay, days: number): CivilDay {
  let found = on;
  for (let left = days; left > 0; ) {
    found = addDays(found, -1);
    if (weekdayOf(found) <= FRIDAY) left--;
  }
  return found;
}

/**
 * Was the timetable on the platform so many working days before the session opens? Public holidays are not known here.
 * Null is not published: too late once the last day is over. The other reading of zj-2019-357/3.2-timetable
 */
export const timetableByWorkingDays = formula<Timetable>({
  name: 'timetable-by-working-days',
  version: 1,
  facts: ['session.firstOn', 'session.timetablePublishedOn'],
  run: (known, { atDay, exact }) => {
    const dueOn = workingDaysBefore(known['session.firstOn'], Number(exact('days').floor()));
    const publishedOn = known['session.timetablePublishedOn'];
    if (publishedOn === null) {
      return { verdict: 'NOT_MET', dueOn, reasons: [{ code: compareDays(atDay, dueOn) <= 0 ? 'NOT_YET_DUE' : 'OVERDUE', key: 'zhejiang.timetable-not-published', params: { dueOn } }] };
    }
    if (compareDays(publishedOn, dueOn) <= 0) return { verdict: 'MET', dueOn };
    return { verdict: 'NOT_MET', dueOn, reasons: [{ code: 'LATE', key: 'zhejiang.timetable-late', params: { publishedOn, dueOn, days: daysBetween(dueOn, publishedOn) } }] };
  },
});
