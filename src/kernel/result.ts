import type { CivilDay } from './civil-day.ts';
import type { Condition, Context } from './context.ts';
import { specOf } from './context.ts';
import type { Reason, ReasonCode, Verdict, Yield } from './finding.ts';
import { reason, REASONS } from './finding.ts';
import type { RuleVersion } from './place.ts';
import type { Message, Text } from './text.ts';

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

export const NONE: readonly never[] = [];

export const EMPTY = { reasons: NONE, missing: NONE, notes: NONE, yields: NONE, parts: NONE } as const;

export const MET: Result = { verdict: 'MET', ...EMPTY };

export const refuse = (code: ReasonCode, key: string, params: Message['params'], help: Text | undefined, more: Partial<Result> = {}): Result => ({
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

/** A whole from its parts: the reasons of those that decide it, the figures of the one named. */
export function gather(parts: readonly PartResult[], verdict: Verdict, figure: string | undefined): Result {
  const shown = figure === undefined ? undefined : parts.find(({ slug }) => slug === figure);
  const deciding = parts.filter((part) => part.verdict === verdict);
  const isOpen = verdict === 'UNDETERMINED';
  return {
    verdict,
    reasons: verdict === 'MET' ? NONE : distinctReasons(deciding.flatMap((part) => (parts.length > 1 ? part.reasons.map((said) => ofPart(said, part.label)) : part.reasons))),
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

/** Figures alone would not say which part of the whole they belong to. */
const ofPart = (said: Reason, part: Text): Reason =>
  NAMES_PART.has(said.code) && !('part' in said.message.params) ? { ...said, message: { ...said.message, params: { ...said.message.params, part } } } : said;
const NAMES_PART: ReadonlySet<ReasonCode> = new Set(['SHORT', 'OVER_LIMIT']);

export function distinctReasons(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length < 2) return reasons;
  const seen = new Set<string>();
  return reasons.filter(({ code, message: said }) => {
    const key = code + said.key + JSON.stringify(said.params);
    return !seen.has(key) && seen.add(key);
  });
}

/** What two results of one verdict both say; a remark or an amount of one alone may be unfounded. */
export function common(a: Result, b: Result): Result {
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

// Conditions that were looked up and have nothing missing.
export const IS_MET: Condition = { verdict: 'MET', missing: NONE };
export const IS_NOT_MET: Condition = { verdict: 'NOT_MET', missing: NONE };
