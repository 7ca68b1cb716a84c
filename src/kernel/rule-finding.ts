import { contextAssuming } from './assumptions.ts';
import type { Check } from './check.ts';
import { compareDays } from './civil-day.ts';
import type { CivilDay } from './civil-day.ts';
import type { Condition, Context } from './context.ts';
import { isRecord } from './facts.ts';
import { lookup, newContext } from './context.ts';
import { readingName } from './param.ts';
import { condition, evaluate } from './evaluate.ts';
import { EMPTY, unknownFacts } from './result.ts';
import type { PartResult, Result, Scope } from './result.ts';
import type { Finding, Verdict } from './finding.ts';
import { reason } from './finding.ts';
import { testedYears } from './ledger-years.ts';
import type { RuleStatus, RuleVersion } from './place.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

const NONE: readonly never[] = [];

export const scopeOf = (context: Context, version: RuleVersion): Scope => ({ context, version, findRule: resultOfRule });

/** What a rule finds in this context, whatever its standing; evaluated once. */
export function resultOfRule(context: Context, ruleId: string): Result {
  const { results } = context;
  const known = results.get(ruleId);
  if (known === UNDER_WAY) throw new RangeError(`rules refer to each other in a circle: ${[...[...results.keys()].filter((id) => results.get(id) === UNDER_WAY), ruleId].join(' -> ')}`);
  if (known) return known;
  results.set(ruleId, UNDER_WAY);
  const result = evaluateRule(context, ruleId);
  results.set(ruleId, result);
  return result;
}

/** Stands for a result that is being worked out. */
const UNDER_WAY: Result = { ...EMPTY, verdict: 'UNDETERMINED' };

function evaluateRule(context: Context, ruleId: string): Result {
  const assuming = contextAssuming(context, ruleId);
  if (assuming) return resultOfRule(assuming, ruleId);
  const moved = byLawOfPeriod(context, ruleId);
  if (moved) return moved;
  const status = context.rulebook.status(ruleId);
  switch (status.state) {
    case 'inForce':
      return withOrigin(evaluateInForce(context, status.version), status.version);
    case 'carriedOut':
      return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('CARRIED_OUT', 'finding.carried-out', { by: status.by.spec.id })], origin: status.version };
    case 'replaced':
    case 'ended':
      return withOrigin(givesWay(context, status), status.version);
    case 'unread':
      return { ...unread(context, status), origin: status.version };
    case 'notInForce':
      return { ...notInForce(status.last, status.next, status.successor), origin: status.last ?? status.next ?? undefined };
    case 'unknown':
      return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('OTHER_PLACE', 'finding.other-place', { rule: ruleId, place: context.place.jurisdiction.name })] };
  }
}

/** Field by field: a copy by spreading takes several times as long, and this is made for every rule of every person. */
const withOrigin = (result: Result, origin: RuleVersion): Result => ({
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
  origin,
});

/** A rule that another one carries out is not tested a second time; who refers to it gets that one's finding. */
export function followRule(context: Context, ruleId: string): Result {
  const status = context.rulebook.status(ruleId);
  return resultOfRule(context, status.state === 'carriedOut' ? status.by.spec.id : ruleId);
}

/** A rule whose place others take, each for its use, or took until they ended: it speaks for what none of them covers, and of whom it does not bind. */
function givesWay(context: Context, status: RuleStatus & { state: 'replaced' | 'ended' }): Result {
  const { version } = status;
  const by = standIn(context, status.instead);
  if (!by || isNotConcerned(context, version)) return evaluateInForce(context, version);
  if (status.state === 'replaced' || isLawOfItsPeriod(context, by)) return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('REPLACED', 'finding.replaced', { by: by.spec.id })] };
  const standing = context.rulebook.status(by.spec.id);
  return standing.state === 'unread' ? unread(context, standing) : notInForce(by, null, null);
}

/** Of the rules that take a place, the most particular that covers what is asked about, else one that may; one whose period was given before one whose was not. */
function standIn(context: Context, rules: readonly RuleVersion[]): RuleVersion | null {
  const covered = (verdict: Verdict) => (version: RuleVersion): boolean =>
    (version.spec.takesPlaceFor ? condition(scopeOf(context, version), version.spec.takesPlaceFor).verdict : 'MET') === verdict;
  const found = rules.findLast(covered('MET')) ?? rules.findLast(covered('UNDETERMINED'));
  if (!found) return null;
  return isLawOfItsPeriod(context, found) ? found : (rules.find((version) => isLawOfItsPeriod(context, version)) ?? found);
}

/** Whether it decides although it has ended, because the period asked about lies under its law. */
function isLawOfItsPeriod(context: Context, { spec }: RuleVersion): boolean {
  const found = spec.lawOf ? lookup(context, spec.lawOf.period) : null;
  const last = found?.known && isRecord(found.value) ? found.value['to'] : null;
  return typeof last === 'string' && context.place.rulebookOn(last as CivilDay).status(spec.id).state === 'inForce';
}

const isNotConcerned = (context: Context, version: RuleVersion): boolean => version.spec.check !== undefined && concerns(scopeOf(context, version), version.spec.check)?.verdict === 'NOT_MET';

function evaluateInForce(context: Context, version: RuleVersion): Result {
  const { check, id } = version.spec;
  if (!check) return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOTHING_TO_DECIDE', 'finding.nothing-to-decide', { rule: id })] };
  const narrowed = narrowing(context, id);
  if (narrowed?.verdict === 'NOT_MET') return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOT_BOUND', 'finding.narrowed', { by: narrowed.by })] };
  const result = evaluate({ context, version, findRule: followRule }, check);
  if (narrowed?.verdict === 'UNDETERMINED' && result.verdict !== 'NOT_APPLICABLE') return unknownFacts(context, narrowed.missing);
  return result;
}

/** A rule of a place below may say whom an upper rule binds there. */
function narrowing(context: Context, ruleId: string): (Condition & { readonly by: string }) | null {
  for (const version of context.rulebook.narrowing(ruleId)) {
    const { narrows, id } = version.spec;
    if (!narrows) continue;
    const found = condition(scopeOf(context, version), narrows.when);
    if (found.verdict !== 'MET') return { ...found, by: id };
  }
  return null;
}

function notInForce(last: RuleVersion | null, next: RuleVersion | null, successor: RuleVersion | null): Result {
  const params = {
    last: last ? last.spec.id : '—',
    until: last?.period.to ?? '—',
    next: next ? next.spec.id : '—',
    from: next?.period.from ?? '—',
    successor: successor ? successor.spec.id : '—',
  };
  const key = successor ? 'finding.no-rule-but-successor' : last ? 'finding.no-rule-in-force' : 'finding.no-rule-yet';
  return { ...EMPTY, verdict: 'UNDETERMINED', reasons: [reason('NO_RULE_IN_FORCE', key, params)] };
}

function unread(context: Context, { version, document }: RuleStatus & { state: 'unread' }): Result {
  const concerned = version.spec.check ? concerns(scopeOf(context, version), version.spec.check) : null;
  if (concerned?.verdict === 'NOT_MET') return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOT_BOUND', 'finding.not-bound', { others: '' })] };
  return { ...EMPTY, verdict: 'UNDETERMINED', reasons: [reason('RULE_NOT_KNOWN', 'finding.not-read', { document: document.title, last: version.spec.id })], missing: concerned?.verdict === 'UNDETERMINED' ? concerned.missing : NONE };
}

/** Whether a rule would concern this person or body at all, by the conditions around it. */
function concerns(scope: Scope, check: Check): Condition | null {
  if (check.op === 'onlyFor') {
    const bound = condition(scope, check.when);
    return bound.verdict === 'MET' ? concerns(scope, check.then) : bound.verdict === 'NOT_APPLICABLE' ? { ...bound, verdict: 'NOT_MET' } : bound;
  }
  if (check.op === 'remark') return concerns(scope, check.check);
  if (check.op !== 'eachYear' || !check.role) return null;
  const tested = testedYears(scope, check, { missing: '' });
  return tested.known ? { verdict: tested.isHeld ? 'MET' : 'NOT_MET', missing: NONE } : { verdict: 'UNDETERMINED', missing: tested.missing };
}

// ---- Rules whose law is that of a period's last day ------------------------------------------------------------------

function byLawOfPeriod(context: Context, ruleId: string): Result | null {
  const lawOf = context.place.versions.get(ruleId)?.[0]?.spec.lawOf;
  if (!lawOf || context.counted) return null;
  const found = lookup(context, lawOf.period);
  if (!found.known) return unknownPeriod(context, ruleId, found.name);
  if (!isRecord(found.value)) return null;
  const from = found.value['from'] as CivilDay | undefined;
  const to = found.value['to'] as CivilDay | undefined;
  if (!from || !to) return unknownFacts(context, [`${lawOf.period}.${from ? 'to' : 'from'}`]);
  if (compareDays(from, to) > 0) return { ...EMPTY, verdict: 'NOT_MET', reasons: [reason('INCOMPLETE', 'finding.ends-before-it-begins', { first: from, last: to })] };
  return resultOfRule(contextOfPeriod(context, from, to), ruleId);
}

/** Without the period nobody knows whose law decides. */
const unknownPeriod = (context: Context, ruleId: string, name: string): Result => ({ ...unknownFacts(context, [name]), origin: context.place.versions.get(ruleId)?.at(-1) });

function contextOfPeriod(context: Context, from: CivilDay, to: CivilDay): Context {
  const key = `${from}/${to}`;
  const known = context.derived.get(key);
  if (known) return known;
  const { place, facts, at, readings } = context;
  const derived = newContext({ place, facts, at, readings, rulebook: place.rulebookOn(to), counted: { from, to } }, context);
  context.derived.set(key, derived);
  return derived;
}

// ---- From results to findings -------------------------------------------------------------------------------------------

/** Puts a result under its rule: with document, clause, parameters, reading and evidence. */
export function toFinding(context: Context, ruleId: string, result: Result, part: { slug: string; label: Text } | null = null): Finding {
  const version = result.origin ?? null;
  const spec = version?.spec ?? null;
  return finding(context, spec?.id ?? ruleId, version, result, part);
}

function finding(context: Context, rule: string, version: RuleVersion | null, result: Result, part: { slug: string; label: Text } | null): Finding {
  const spec = version?.spec;
  return {
    rule,
    part: part?.slug ?? null,
    label: part?.label ?? spec?.summary ?? text(rule, rule),
    document: version?.document.id ?? null,
    clause: spec?.source.clause ?? null,
    evidence: version?.document.evidence ?? null,
    inPrinciple: spec?.inPrinciple ?? false,
    params: spec?.params ?? {},
    reading: spec?.reading ? readingShown(context, rule, spec.reading) : null,
    binding: !spec?.guideline,
    verdict: result.verdict,
    reasons: result.reasons,
    required: result.required ?? null,
    actual: result.actual ?? null,
    shortfall: result.shortfall ?? null,
    unit: result.unit ?? null,
    dueOn: result.dueOn ?? null,
    missing: result.missing,
    notes: result.notes,
    yields: result.yields,
    parts: result.parts.length === 0 ? NONE : result.parts.map((item: PartResult) => finding(context, item.origin?.spec.id ?? rule, item.origin ?? version, item, item)),
  };
}

const readingShown = (context: Context, rule: string, reading: { readonly name: string; readonly alternatives?: readonly unknown[] }): string | null =>
  reading.alternatives ? (context.readings.has(rule) ? readingName(context, rule) : reading.name) : reading.name;
