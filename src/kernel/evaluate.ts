import type { Check, Part } from './check.ts';
import { compareDays, daysBetween, endOf, formatInstant, startOf } from './civil-day.ts';
import type { CivilDay, Instant } from './civil-day.ts';
import type { Condition, Context } from './context.ts';
import { amountOf, dayAt, formulaContext, isList, isRecord, lookup, matches, paramAt, specOf, typeAt } from './context.ts';
import { Exact } from './exact.ts';
import type { FactRecord, FactValue } from './facts.ts';
import type { Reason, ReasonCode, Verdict, Yield } from './finding.ts';
import { combineVerdicts, reason, REASONS } from './finding.ts';
import { rowResult, yearResults } from './ledger-findings.ts';
import type { RuleVersion } from './place.ts';
import type { Message, Text } from './text.ts';
import { message } from './text.ts';
import { worded, wordedField } from './wording.ts';

/** What a check has found, before it is put under its rule. */
export interface Result {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly required?: string | null;
  readonly actual?: string | null;
  readonly shortfall?: string | null;
  readonly unit?: string | null;
  readonly dueOn?: CivilDay | null;
  readonly missing: readonly string[];
  readonly notes: readonly Message[];
  readonly yields: readonly Yield[];
  readonly parts: readonly PartResult[];
  /** The rule that this is a finding of, where it is not the one under evaluation. */
  readonly origin?: RuleVersion;
}
export interface PartResult extends Result {
  readonly slug: string;
  readonly label: Text;
}

/** The rule under evaluation and the way to others; `rule` is given in so that the files need not import in a circle. */
export interface Scope {
  readonly context: Context;
  readonly version: RuleVersion;
  readonly findRule: (context: Context, ruleId: string) => Result;
}

const NONE: readonly never[] = [];
export const EMPTY = { reasons: NONE, missing: NONE, notes: NONE, yields: NONE, parts: NONE } as const;
const MET: Result = { verdict: 'MET', ...EMPTY };
const refuse = (code: ReasonCode, key: string, params: Message['params'], help: Text | undefined, more: Partial<Result> = {}): Result => ({
  ...EMPTY,
  verdict: REASONS[code],
  reasons: [reason(code, key, help ? { ...params, help } : params)],
  ...more,
});

/** UNDETERMINED for facts that nobody gave: a setting names its authority, any other fact is asked for by name. */
export function unknownFacts(context: Context, names: readonly string[], more: Partial<Result> = {}): Result {
  const reasons = names.map((name) => {
    const setting = specOf(context, name)?.setting;
    return setting ? reason('SETTING_NOT_PUBLISHED', 'finding.setting-not-published', { fact: name, authority: setting.authority }) : reason('MISSING_FACT', 'finding.missing-fact', { fact: name });
  });
  return { ...EMPTY, verdict: 'UNDETERMINED', reasons, missing: names, ...more };
}

/** Why a check leaves a question open: somebody has yet to act or to publish a number; else the text is silent. */
const OPEN_BECAUSE: Readonly<Partial<Record<ReasonCode, string>>> = { PENDING: 'finding.waiting', HELD: 'finding.held', SETTING_NOT_PUBLISHED: 'finding.number-not-published' };

/** Evaluates a check of the rule in scope. */
export function evaluate(scope: Scope, check: Check): Result {
  switch (check.op) {
    case 'allOf':
      return evaluateParts(scope, check.parts, check.figure, (verdicts) => combineVerdicts(verdicts));
    case 'anyOf':
      return evaluateParts(scope, check.parts, check.figure, anyVerdict);
    case 'onlyFor':
      return evaluateOnlyFor(scope, check);
    case 'either':
      return evaluateEither(scope, check);
    case 'not':
      return evaluateNot(scope, check);
    case 'is':
      return evaluateIs(scope, check);
    case 'some':
    case 'every':
      return evaluateList(scope, check);
    case 'compare':
      return evaluateCompare(scope, check);
    case 'window':
      return evaluateWindow(scope, check);
    case 'inside':
      return evaluateInside(scope, check);
    case 'doneBy':
      return evaluateDoneBy(scope, check);
    case 'complete':
      return evaluateComplete(scope, check);
    case 'steps':
      return evaluateSteps(scope, check);
    case 'row':
      return rowResult(scope, check, null);
    case 'eachYear':
      return yearResults(scope, check);
    case 'rule':
      return scope.findRule(scope.context, check.id);
    case 'undetermined':
      return { ...EMPTY, verdict: 'UNDETERMINED', reasons: [reason(check.code, OPEN_BECAUSE[check.code] ?? 'finding.not-stated', { what: check.what })] };
    case 'outcome':
      return { ...EMPTY, verdict: check.verdict, reasons: check.code ? [reason(check.code, 'finding.outcome', { what: check.what ?? '' })] : NONE };
    case 'remark':
      return evaluateRemark(scope, check);
    case 'formula':
      return evaluateFormula(scope, check);
  }
}

/** A check as a condition, remembered for the assessment: the same condition object is looked at once. */
export function condition(scope: Scope, check: Check): Condition {
  const { conditions } = scope.context;
  let found = conditions.get(check);
  if (!found) {
    found = truth(scope, check);
    conditions.set(check, found);
  }
  return found;
}

/** What `evaluate` would find, without the words: conditions are asked far more often than anyone reads why. */
function truth(scope: Scope, check: Check): Condition {
  switch (check.op) {
    case 'is':
      return isOneOf(scope.context, check);
    case 'some':
    case 'every':
      return listMatches(scope.context, check);
    case 'allOf':
    case 'anyOf': {
      const parts = Object.values(check.parts).map((part) => condition(scope, part.check));
      const verdict = check.op === 'allOf' ? combineVerdicts(parts.map((part) => ({ verdict: part.verdict, binding: true }))) : anyVerdict(parts);
      return { verdict, missing: verdict === 'UNDETERMINED' ? [...new Set(parts.flatMap((part) => (part.verdict === verdict ? part.missing : NONE)))] : NONE };
    }
    default: {
      const { verdict, missing } = evaluate(scope, check);
      return { verdict, missing };
    }
  }
}

const IS_MET: Condition = { verdict: 'MET', missing: NONE };
const IS_NOT_MET: Condition = { verdict: 'NOT_MET', missing: NONE };

function anyVerdict(parts: readonly { readonly verdict: Verdict }[]): Verdict {
  if (parts.some(({ verdict }) => verdict === 'MET')) return 'MET';
  if (parts.some(({ verdict }) => verdict === 'UNDETERMINED')) return 'UNDETERMINED';
  return parts.some(({ verdict }) => verdict === 'NOT_MET') ? 'NOT_MET' : 'NOT_APPLICABLE';
}

function evaluateParts(scope: Scope, specs: Readonly<Record<string, Part>>, figure: string | undefined, combine: (parts: readonly (PartResult & { binding: boolean })[]) => Verdict): Result {
  const parts: (PartResult & { binding: boolean })[] = [];
  for (const slug of Object.keys(specs)) {
    const spec = specs[slug];
    if (spec) parts.push(partOf(evaluate(scope, spec.check), slug, spec.label));
  }
  return gather(parts, combine(parts), figure);
}

/** Field by field, like `withOrigin`: these are made for every row of every person, and a copy by spreading takes several times as long. */
const partOf = (result: Result, slug: string, label: Text): PartResult & { readonly binding: boolean } => ({
  verdict: result.verdict,
  reasons: result.reasons,
  required: result.required,
  actual: result.actual,
  shortfall: result.shortfall,
  unit: result.unit,
  dueOn: result.dueOn,
  missing: result.missing,
  notes: result.notes,
  yields: result.yields,
  parts: result.parts,
  origin: result.origin,
  slug,
  label,
  binding: true,
});

/** A whole from its parts: the reasons of those that decide it, the figures of the one named. */
export function gather(parts: readonly PartResult[], verdict: Verdict, figure: string | undefined): Result {
  const shown = figure === undefined ? undefined : parts.find(({ slug }) => slug === figure);
  const deciding = parts.filter((part) => part.verdict === verdict);
  const isOpen = verdict === 'UNDETERMINED';
  return {
    verdict,
    reasons: verdict === 'MET' ? NONE : distinctReasons(deciding.flatMap(({ reasons }) => reasons)),
    required: shown?.required,
    actual: shown?.actual,
    shortfall: shown?.shortfall,
    unit: shown?.unit,
    dueOn: shown?.dueOn ?? deciding.find(({ dueOn }) => dueOn)?.dueOn,
    missing: isOpen ? [...new Set(deciding.flatMap(({ missing }) => missing))] : NONE,
    notes: NONE,
    yields: parts.some(({ yields }) => yields.length > 0) ? parts.flatMap(({ yields }) => yields) : NONE,
    parts,
  };
}

export function distinctReasons(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length < 2) return reasons;
  const seen = new Set<string>();
  return reasons.filter(({ code, message: said }) => {
    const key = code + said.key + JSON.stringify(said.params);
    return !seen.has(key) && seen.add(key);
  });
}

function evaluateOnlyFor(scope: Scope, check: Check & { op: 'onlyFor' }): Result {
  const bound = condition(scope, check.when);
  if (bound.verdict === 'MET') return evaluate(scope, check.then);
  if (bound.verdict === 'UNDETERMINED') {
    const then = evaluate(scope, check.then);
    return then.verdict === 'NOT_APPLICABLE' ? then : unknownFacts(scope.context, bound.missing);
  }
  return once(check, () => ({ ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOT_BOUND', 'finding.not-bound', { others: check.others ?? '' })] }));
}

const sameForEveryone = new WeakMap<Check, Result>();

/** A result that depends on the check alone. */
function once(check: Check, make: () => Result): Result {
  let result = sameForEveryone.get(check);
  if (!result) sameForEveryone.set(check, (result = make()));
  return result;
}

function evaluateEither(scope: Scope, check: Check & { op: 'either' }): Result {
  const chosen = condition(scope, check.when);
  if (chosen.verdict === 'MET') return evaluate(scope, check.then);
  if (chosen.verdict !== 'UNDETERMINED') return evaluate(scope, check.otherwise);
  const then = evaluate(scope, check.then);
  const otherwise = evaluate(scope, check.otherwise);
  if (then.verdict === otherwise.verdict && then.verdict !== 'UNDETERMINED') return common(then, otherwise);
  const open = [then, otherwise].filter(({ verdict }) => verdict === 'UNDETERMINED').flatMap(({ missing }) => missing);
  return unknownFacts(scope.context, [...new Set([...chosen.missing, ...open])]);
}

/** What two results of one verdict both say; a remark or an amount of one alone may be unfounded. */
function common(a: Result, b: Result): Result {
  const same = <T>(one: T, other: T): T | null => (one === other ? one : null);
  return {
    ...EMPTY,
    verdict: a.verdict,
    reasons: a.reasons.filter(({ code }) => b.reasons.some((other) => other.code === code)),
    required: same(a.required, b.required),
    actual: same(a.actual, b.actual),
    shortfall: same(a.shortfall, b.shortfall),
    unit: same(a.unit, b.unit),
    dueOn: same(a.dueOn, b.dueOn),
  };
}

function evaluateNot(scope: Scope, check: Check & { op: 'not' }): Result {
  const { verdict, missing } = condition(scope, check.check);
  if (verdict === 'UNDETERMINED') return unknownFacts(scope.context, missing);
  return verdict === 'MET' ? refuse('REFUSED', 'finding.excluded', {}, undefined) : MET;
}

function isOneOf(context: Context, check: Check & { op: 'is' }): Condition {
  const found = lookup(context, check.fact);
  if (!found.known) return { verdict: 'UNDETERMINED', missing: [found.name] };
  const { value } = found;
  const values: readonly unknown[] = check.values;
  return (isList(value) ? value.some((item) => values.includes(item)) : values.includes(value)) ? IS_MET : IS_NOT_MET;
}

function evaluateIs({ context }: Scope, check: Check & { op: 'is' }): Result {
  const { verdict, missing } = isOneOf(context, check);
  if (verdict === 'UNDETERMINED') return unknownFacts(context, missing);
  if (verdict === 'MET') return MET;
  const found = lookup(context, check.fact);
  const type = typeAt(context, check.fact);
  return refuse(check.code ?? 'REFUSED', 'finding.not-one-of', { fact: check.fact, found: found.known ? worded(type, found.value) : '', expected: check.values.flatMap((value) => worded(type, value)) }, check.help);
}

/** `at`: the element that does not match, where one is enough. */
function listMatches(context: Context, check: Check & { op: 'some' | 'every' }): Condition & { readonly at?: number } {
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

function evaluateList({ context }: Scope, check: Check & { op: 'some' | 'every' }): Result {
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

function evaluateCompare({ context, version }: Scope, check: Check & { op: 'compare' }): Result {
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

function evaluateWindow(scope: Scope, check: Check & { op: 'window' }): Result {
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

function evaluateInside({ context, version }: Scope, check: Check & { op: 'inside' }): Result {
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

function evaluateDoneBy({ context, version }: Scope, check: Check & { op: 'doneBy' }): Result {
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

function evaluateComplete({ context }: Scope, check: Check & { op: 'complete' }): Result {
  const found = lookup(context, check.record);
  if (!found.known) return unknownFacts(context, [found.name]);
  const items = isList(found.value) ? found.value.map((item, index) => ({ item, path: `${check.record}[${index}]` })) : found.value === null ? [] : [{ item: found.value, path: check.record }];
  const absent = items.flatMap(({ item, path }) => check.fields.filter((name) => !isRecord(item) || isBlank(item, name)).map((name) => `${path}.${name}`));
  if (absent.length > 0) return refuse(check.code ?? 'INCOMPLETE', 'finding.incomplete', { fields: absent }, check.help);
  if (items.length === 0 && (check.atLeastOne || !isList(found.value))) return refuse(check.code ?? 'INCOMPLETE', 'finding.no-record', { record: check.record, fields: check.fields }, check.help);
  return MET;
}

/** Absent, null or a blank text: the field is not filled in. `a|b` is filled in by either. */
function isBlank(item: FactRecord, fields: string): boolean {
  return fields.split('|').every((path) => {
    let value: FactValue | undefined = item;
    for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined;
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (isList(value) && value.length === 0);
  });
}

function evaluateSteps({ context, version }: Scope, check: Check & { op: 'steps' }): Result {
  const found = lookup(context, check.done);
  if (!found.known) return unknownFacts(context, [found.name]);
  const order = (paramAt(version.spec.params ?? {}, check.order.param) ?? []) as readonly string[];
  const done = (isList(found.value) ? found.value : []).filter(isRecord);
  const type = typeAt(context, `${check.done}[]`);
  const has = (field: string): boolean => type?.kind === 'record' && field in type.fields;
  const named = (field: string, value: FactValue): (string | Text)[] => worded(typeAt(context, `${check.done}[].${field}`), value);
  const steps = (values: readonly string[]): (string | Text)[] => values.flatMap((value) => named('step', value));
  for (let index = 0; index < done.length; index++) {
    const step = done[index] as FactRecord;
    const path = `${check.done}[${index}]`;
    const expected = order[index];
    if (step['step'] === undefined) return unknownFacts(context, [`${path}.step`]);
    if (step['step'] !== expected) {
      const due = order.indexOf(String(step['step']));
      const missing = due > index ? order.slice(index, due) : [expected ?? '—'];
      return refuse('OUT_OF_ORDER', 'finding.out-of-order', { found: named('step', step['step']), missing: steps(missing), position: index + 1, order: steps(order) }, check.help);
    }
    const actor = check.actors?.[expected];
    if (actor !== undefined && step['by'] === undefined) return unknownFacts(context, [`${path}.by`]);
    if (actor !== undefined && step['by'] !== actor) return refuse('REFUSED', 'finding.wrong-actor', { step: steps([expected]), found: named('by', step['by'] ?? null), expected: named('by', actor) }, check.help);
    if (!has('result')) continue;
    if (step['result'] === undefined) return unknownFacts(context, [`${path}.result`]);
    if (step['result'] === 'failed') return refuse('REFUSED', 'finding.step-failed', { step: steps([expected]) }, check.help);
  }
  const next = order[done.length];
  return next === undefined ? MET : { ...EMPTY, verdict: 'UNDETERMINED', reasons: [reason('PENDING', 'finding.pending', { next: steps([next]), done: done.length, of: order.length })] };
}

function evaluateRemark(scope: Scope, check: Check & { op: 'remark' }): Result {
  const result = evaluate(scope, check.check);
  if (check.when && condition(scope, check.when).verdict !== 'MET') return result;
  return { ...result, notes: [...result.notes, message(check.key, check.params)] };
}

function evaluateFormula({ context, version }: Scope, check: Check & { op: 'formula' }): Result {
  const facts: Record<string, FactValue | undefined> = {};
  const missing: string[] = [];
  for (const name of check.facts) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
    else missing.push(found.name);
  }
  if (missing.length > 0) return unknownFacts(context, missing);
  for (const name of check.optional ?? NONE) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
  }
  return fromOutcome(context, check.run(facts, formulaContext(context, version)));
}

function fromOutcome(context: Context, outcome: import('./check.ts').Outcome): Result {
  const parts = Object.entries(outcome.parts ?? {}).map(([slug, item]) => ({ ...fromOutcome(context, item), slug, label: item.label }));
  const unknown = outcome.missing?.length ? unknownFacts(context, outcome.missing) : EMPTY;
  return {
    verdict: outcome.verdict,
    reasons: [...unknown.reasons, ...(outcome.reasons ?? NONE).map(({ code, key, params }) => reason(code, key, params))],
    required: outcome.required?.toString(),
    actual: outcome.actual?.toString(),
    shortfall: outcome.shortfall?.toString(),
    unit: outcome.unit,
    dueOn: outcome.dueOn,
    missing: unknown.missing,
    notes: outcome.notes ?? NONE,
    yields: outcome.yields ?? NONE,
    parts,
  };
}
