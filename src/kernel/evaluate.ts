import type { Check, Part } from './check.ts';
import { evaluateCompare } from './checks/amounts.ts';
import { evaluateDoneBy, evaluateInside, evaluateWindow } from './checks/days.ts';
import { evaluateFormula } from './checks/formulas.ts';
import { evaluateComplete, evaluateSteps } from './checks/records.ts';
import { evaluateIs, evaluateList, isOneOf, listMatches } from './checks/values.ts';
import type { Condition } from './context.ts';
import type { ReasonCode, Verdict } from './finding.ts';
import { combineVerdicts, reason } from './finding.ts';
import { rowResult, yearResults } from './ledger-findings.ts';
import { IS_MET, IS_NOT_MET, common, EMPTY, gather, MET, NONE, refuse, unknownFacts } from './result.ts';
import type { PartResult, Result, Scope } from './result.ts';
import type { Text } from './text.ts';
import { message } from './text.ts';

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

/** Why a check leaves a question open: somebody has yet to act or to publish a number; else the text is silent. */
const OPEN_BECAUSE: Readonly<Partial<Record<ReasonCode, string>>> = { PENDING: 'finding.waiting', HELD: 'finding.held', SETTING_NOT_PUBLISHED: 'finding.number-not-published' };

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
    case 'not': {
      const inner = condition(scope, check.check);
      return inner.verdict === 'UNDETERMINED' ? inner : inner.verdict === 'MET' ? IS_NOT_MET : IS_MET;
    }
    default: {
      const { verdict, missing } = evaluate(scope, check);
      return { verdict, missing };
    }
  }
}

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

function evaluateNot(scope: Scope, check: Check & { op: 'not' }): Result {
  const { verdict, missing } = condition(scope, check.check);
  if (verdict === 'UNDETERMINED') return unknownFacts(scope.context, missing);
  return verdict === 'MET' ? refuse('REFUSED', 'finding.excluded', {}, undefined) : MET;
}

function evaluateRemark(scope: Scope, check: Check & { op: 'remark' }): Result {
  const result = evaluate(scope, check.check);
  if (check.when && condition(scope, check.when).verdict !== 'MET') return result;
  return { ...result, notes: [...result.notes, message(check.key, check.params)] };
}
