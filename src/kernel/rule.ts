import type { Check } from './check.ts';
import type { FactInput } from './facts.ts';
import type { Text } from './text.ts';

export const RULE_KINDS = ['credit', 'conversion', 'offset', 'quota', 'deadline', 'eligibility', 'workflow', 'fee', 'data', 'report'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** A figure of a rule as plain JSON: integers, exact numbers and days as text, ranges as [minimum, planning figure]. */
export type ParamValue = number | string | boolean | readonly ParamValue[] | { readonly [name: string]: ParamValue };
export type Params = Readonly<Record<string, ParamValue>>;

/** One way to read an open text. `values` are what checks look up with `{ reading: name }`. */
export interface ReadingChoice {
  readonly name: string;
  readonly text: Text;
  readonly values?: Params;
}
/** What was chosen where the text is open, and what else was possible. */
export interface Reading extends ReadingChoice {
  readonly alternatives?: readonly ReadingChoice[];
}

/** A value taken for a fact that nobody gave, and why. */
export interface Assumption {
  readonly value: FactInput;
  readonly because: Text;
}

export interface RuleSpec {
  /** `<document>/<clause>-<slug>`: public, never reused. */
  readonly id: string;
  readonly kind: RuleKind;
  readonly source: { readonly document: string; readonly clause: string };
  /** Days included; what is absent is the document's. */
  readonly inForce?: { readonly from?: string; readonly to?: string | null };
  readonly summary: Text;
  readonly params?: Params;
  /** 原则上: binding unless an exception is recorded. */
  readonly inPrinciple?: boolean;
  /** Reported, and never part of a verdict. */
  readonly guideline?: boolean;
  readonly reading?: Reading;
  /** By which rules of different documents and places are compared: `credit/municipal`. */
  readonly topic: string;
  /** The rule of an earlier document that this one follows. */
  readonly succeeds?: string;
  /** The rule of a place above that this one carries out: that one is then NOT_APPLICABLE, says so, and is not tested again. */
  readonly carriesOut?: string;
  /** Rules of a place above whose place this one takes for the same use. */
  readonly takesPlaceOf?: readonly string[];
  /** For which use, or whom, it takes their place; absent: for all. */
  readonly takesPlaceFor?: Check;
  /** Rules of a place above that bind only whom `when` names. */
  readonly narrows?: { readonly rules: readonly string[]; readonly when: Check };
  /** A period among the facts: the law of its last day decides, and what lies outside it does not count. */
  readonly lawOf?: { readonly period: string };
  /** What this rule assumes of facts that nobody gave, in place of their declared defaults: who asks about it means such a person. */
  readonly assumes?: Readonly<Record<string, Assumption>>;
  /** How it decides; absent where there is nothing to decide. */
  readonly check?: Check;
}

const ofKind = (kind: RuleKind) => (spec: Omit<RuleSpec, 'kind'>): RuleSpec => ({ ...spec, kind });
export const credit = ofKind('credit');
export const conversion = ofKind('conversion');
export const offset = ofKind('offset');
export const quota = ofKind('quota');
export const deadline = ofKind('deadline');
export const eligibility = ofKind('eligibility');
export const workflow = ofKind('workflow');
export const fee = ofKind('fee');
export const dataRule = ofKind('data');
export const report = ofKind('report');
