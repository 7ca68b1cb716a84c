import type { Check } from '../check.ts';
import { compareDays, daysBetween, endOf, formatInstant, startOf } from '../civil-day.ts';
import type { CivilDay, Instant } from '../civil-day.ts';
import { dayAt } from '../fact-day.ts';
import { lookup } from '../context.ts';
import { MET, NONE, refuse, unknownFacts } from '../result.ts';
import type { Result, Scope } from '../result.ts';
import { message } from '../text.ts';

export function evaluateWindow(scope: Scope, check: Check & { op: 'window' }): Result {
  const { context, version } = scope;
  const from = check.from ? dayAt(context, version, check.from) : { known: true as const, day: null };
  const to = check.to ? dayAt(context, version, check.to) : { known: true as const, day: null };
  if (!from.known) return unknownFacts(context, from.missing);
  if (!to.known) return unknownFacts(context, to.missing);
  const found = 'at' in check.moment ? { known: true as const, value: context.at } : lookup(context, check.moment.fact);
  if (!found.known) return unknownFacts(context, [found.name], { dueOn: to.day });
  if (found.value === null) return refuse('NOT_DONE', 'finding.not-done', { fact: 'fact' in check.moment ? check.moment.fact : '' }, check.help, { dueOn: to.day });
  const moment = (typeof found.value === 'number' ? found.value : startOf(found.value as CivilDay)) as Instant;
  if (from.day && moment < startOf(from.day)) return refuse('NOT_YET_OPEN', 'finding.not-yet-open', { opensAt: formatInstant(startOf(from.day)), found: formatInstant(moment) }, check.help, { dueOn: to.day });
  if (to.day === null || moment < endOf(to.day)) return { ...MET, dueOn: to.day, yields: to.day ? [{ name: 'daysLeft', value: String(daysBetween(dayOfMoment(moment), to.day)), unit: 'day' }] : NONE };
  const params = { closedAt: formatInstant(endOf(to.day)), found: formatInstant(moment) };
  if (check.lateIsCarriedOut) return { ...MET, dueOn: to.day, notes: [message('finding.late-but-done', params)] };
  return refuse(check.code ?? 'CLOSED', 'finding.closed', params, check.help, { dueOn: to.day });
}

const dayOfMoment = (moment: Instant): CivilDay => formatInstant(moment).slice(0, 10) as CivilDay;

export function evaluateInside({ context, version }: Scope, check: Check & { op: 'inside' }): Result {
  const [first, last, from, to] = [check.first, check.last, check.from, check.to].map((expression) => dayAt(context, version, expression));
  if (!first || !last || !from?.known || !to?.known || !from.day || !to.day) throw new RangeError(`rule ${version.spec.id} has no window`);
  const bounds = { from: from.day, to: to.day };
  const ends = [first, last];
  for (const end of ends) {
    if (!end.known || end.day === null) continue;
    if (compareDays(end.day, from.day) < 0) return refuse('NOT_YET_OPEN', 'finding.outside', { ...bounds, found: end.day }, check.help);
    if (compareDays(end.day, to.day) > 0) return refuse('CLOSED', 'finding.outside', { ...bounds, found: end.day }, check.help);
  }
  const missing = ends.flatMap((end) => (end.known ? NONE : end.missing));
  if (missing.length > 0) return unknownFacts(context, missing);
  const days = ends.map((end) => (end.known ? end.day : null));
  if (days.includes(null)) return refuse('INCOMPLETE', 'finding.no-days', bounds, check.help);
  const [opens, closes] = days as [CivilDay, CivilDay];
  return compareDays(opens, closes) > 0 ? refuse('REFUSED', 'finding.ends-before-it-begins', { first: opens, last: closes }, check.help) : MET;
}

export function evaluateDoneBy({ context, version }: Scope, check: Check & { op: 'doneBy' }): Result {
  const by = dayAt(context, version, check.by);
  const done = dayAt(context, version, { fact: check.done });
  const missing = [by, done].flatMap((lookedUp) => (lookedUp.known ? NONE : lookedUp.missing));
  // What was never done was not done in time, whenever that would have been.
  if (!by.known && done.known && done.day === null) return refuse('NOT_DONE', 'finding.not-done', { fact: check.done }, check.help);
  if (missing.length > 0 || !by.known || !done.known) return unknownFacts(context, missing, { dueOn: by.known ? by.day : null });
  if (by.day === null) return refuse('INCOMPLETE', 'finding.no-days', { from: '—', to: '—' }, check.help);
  const isOver = compareDays(context.atDay, by.day) > 0;
  if (done.day === null) return refuse(isOver ? 'OVERDUE' : 'NOT_YET_DUE', isOver ? 'finding.not-done-in-time' : 'finding.not-done-yet', { fact: check.done, dueOn: by.day }, check.help, { dueOn: by.day });
  if (compareDays(done.day, by.day) <= 0) return { ...MET, dueOn: by.day };
  return refuse(check.code ?? 'LATE', 'finding.late', { fact: check.done, done: done.day, dueOn: by.day, days: daysBetween(by.day, done.day) }, check.help, { dueOn: by.day });
}
