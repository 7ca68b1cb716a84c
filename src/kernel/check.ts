import type { CivilDay, Instant } from './civil-day.ts';
import type { Exact } from './exact.ts';
import type { FactValue, Unit } from './facts.ts';
import type { ReasonCode, Verdict, Yield } from './finding.ts';
import type { Sight } from './ledger.ts';
import type { Params, ParamValue } from './rule.ts';
import type { Message, MessageParam, Text } from './text.ts';

/**
 * How a rule decides, as data that an interpreter evaluates with three-valued logic: what is unknown stays unknown, and
 * only that. A formula is for what data cannot say.
 */

/** An amount: of a fact (`plan.totalFen` reaches into records), of a parameter, or computed from others. */
export type Amount =
  | { readonly fact: string }
  /** A parameter of the rule (`abilities.counselling` reaches in; of a range the binding minimum), or of another rule. */
  | { readonly param: string; readonly rule?: string }
  /** A value of the reading in force. */
  | { readonly reading: string }
  | { readonly literal: string | number }
  /** How many elements a list has; with `where`, how many that match (each field one of the values). */
  | { readonly count: string; readonly where?: Where }
  /** The sum of a field over a list of records. */
  | { readonly total: string; readonly field: string; readonly where?: Where }
  | { readonly sum: readonly Amount[] }
  | { readonly difference: readonly [Amount, Amount] }
  | { readonly product: readonly [Amount, Amount] }
  /** part / whole; a whole of zero is no share: NOT_MET with `no-whole`. */
  | { readonly share: readonly [Amount, Amount] };

/** A day: of a fact, of a parameter, or some days before or after another. The day of `at` is `{ at: true }`. */
export type Day =
  | { readonly fact: string }
  | { readonly param: string }
  | { readonly at: true }
  | { readonly shift: Day; readonly days: Amount; readonly direction: 'before' | 'after' };

/** Each field's value is one of those listed. */
export type Where = Readonly<Record<string, readonly (string | boolean | number)[]>>;

export interface Part {
  readonly label: Text;
  readonly check: Check;
}

interface Worded {
  /** What would help, shown with a refusal. */
  readonly help?: Text;
  /** Another reason code than the usual one. */
  readonly code?: ReasonCode;
}

export type Check =
  /** All parts are needed; each is a finding of its own. `figure` names the part whose figures are those of the whole. */
  | { readonly op: 'allOf'; readonly parts: Readonly<Record<string, Part>>; readonly figure?: string }
  | { readonly op: 'anyOf'; readonly parts: Readonly<Record<string, Part>>; readonly figure?: string }
  /** `then` binds only whom `when` names; for all others it is NOT_APPLICABLE, without numbers. */
  | { readonly op: 'onlyFor'; readonly when: Check; readonly then: Check; readonly others?: Text }
  | { readonly op: 'either'; readonly when: Check; readonly then: Check; readonly otherwise: Check }
  | { readonly op: 'not'; readonly check: Check }
  /** The fact has one of the values. For a list: some element has. */
  | ({ readonly op: 'is'; readonly fact: string; readonly values: readonly (string | boolean | number | null)[] } & Worded)
  /** Some (every) record of a list matches. An absent field that matters is missing, named with its path. */
  | ({ readonly op: 'some' | 'every'; readonly list: string; readonly where: Where; readonly heldAt?: HeldAt } & Worded)
  | ({ readonly op: 'compare'; readonly actual: Amount; readonly relation: 'atLeast' | 'atMost' | 'equals'; readonly required: Amount; readonly unit: Unit; readonly yields?: string } & Worded)
  /**
   * The moment (an instant or day fact, or `at`) lies from the first instant of `from` to the last of `to`. Yields
   * `daysLeft` when it does. With `lateIsCarriedOut` what comes after is done and marked late.
   */
  | ({ readonly op: 'window'; readonly moment: { readonly fact: string } | { readonly at: true }; readonly from?: Day; readonly to?: Day; readonly lateIsCarriedOut?: boolean } & Worded)
  /** The period (two day facts) lies inside, first day to last. */
  | ({ readonly op: 'inside'; readonly first: Day; readonly last: Day; readonly from: Day; readonly to: Day } & Worded)
  /** Done on or before the day; null is not done. Before the day is over what is not done is NOT_YET_DUE. */
  | ({ readonly op: 'doneBy'; readonly done: string; readonly by: Day } & Worded)
  /** Every named field of a record (of each record of a list) is there; all missing ones are named. */
  | ({ readonly op: 'complete'; readonly record: string; readonly fields: readonly string[]; readonly atLeastOne?: boolean } & Worded)
  /**
   * The steps done (a list of records with `step`, `by`, `result`) come in the order of the parameter, none skipped.
   * A failed step ends it. With steps open, PENDING names the next.
   */
  | ({ readonly op: 'steps'; readonly done: string; readonly order: { readonly param: string }; readonly actors?: Readonly<Record<string, string>> } & Worded)
  /** A requirement on a ledger of credits or hours. */
  | RowCheck
  /** The same row for every calendar year that can be tested. */
  | { readonly op: 'eachYear'; readonly row: RowCheck; readonly role?: HeldAt & { readonly list: string; readonly where: Where }; readonly year?: string; readonly from?: number }
  /** The finding of another rule, as it stands here. */
  | { readonly op: 'rule'; readonly id: string }
  /** The text does not say, or an authority has not published: whatever the facts. */
  | { readonly op: 'undetermined'; readonly code: 'RULE_NOT_KNOWN' | 'SETTING_NOT_PUBLISHED' | 'PENDING' | 'HELD'; readonly what: Text }
  | { readonly op: 'outcome'; readonly verdict: Verdict; readonly code?: ReasonCode; readonly what?: Text }
  /** Adds a remark to the finding while `when` holds. */
  | { readonly op: 'remark'; readonly when?: Check; readonly key: string; readonly params?: Message['params']; readonly check: Check }
  | FormulaCheck;

/** A role among records with `from` and `to` (absent or null: open): held on the day of `at`. */
export interface HeldAt {
  readonly from: string;
  readonly to: string;
}

export interface RowCheck {
  readonly op: 'row';
  readonly ledger: string;
  /** The name of the bare figure that answers instead of entries; `a+b` is the sum of two. */
  readonly figure: string;
  readonly sees: readonly Sight[];
  readonly required: Amount;
  /** Changes the figure due for some people. */
  readonly due?: DueFormula;
}

/** What formulas may look at besides facts. */
export interface FormulaContext {
  readonly params: Params;
  readonly reading: Params;
  readonly at: Instant;
  readonly atDay: CivilDay;
  /** A parameter of this rule, or of another, as an exact number; of a range its binding minimum. Throws where there is none: a plugin's fault. */
  exact(path: string, rule?: string): Exact;
  param(path: string, rule?: string): ParamValue;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly reasons?: readonly { readonly code: ReasonCode; readonly key: string; readonly params?: Readonly<Record<string, MessageParam>> }[];
  readonly required?: Exact;
  readonly actual?: Exact;
  readonly shortfall?: Exact;
  readonly unit?: Unit;
  readonly yields?: readonly Yield[];
  readonly notes?: readonly Message[];
  readonly dueOn?: CivilDay;
  /** With UNDETERMINED: the paths of facts inside records and lists, or of optional ones, that nobody gave and that could still change the verdict. */
  readonly missing?: readonly string[];
  readonly parts?: Readonly<Record<string, Outcome & { readonly label: Text }>>;
}

/** Pure: known facts in, outcome out. It runs only when every fact in `facts` is known; `optional` ones may be undefined. */
export interface FormulaCheck {
  readonly op: 'formula';
  readonly name: string;
  readonly version: number;
  readonly facts: readonly string[];
  readonly optional?: readonly string[];
  run(known: Readonly<Record<string, FactValue | undefined>>, context: FormulaContext): Outcome;
}

/**
 * The figure that is due from this person in place of the full one. `unpublished`: an authority's table is needed and not
 * there; then the row is decided only where even the full figure is met.
 */
export interface DueFormula {
  readonly name: string;
  readonly version: number;
  readonly facts: readonly string[];
  run(full: Exact, known: Readonly<Record<string, FactValue | undefined>>, context: FormulaContext): { readonly figure: Exact; readonly notes?: readonly Message[] } | { readonly unpublished: Text; readonly notes?: readonly Message[] };
}

// Short forms: a rule file reads as a table of them.
export const allOf = (parts: Readonly<Record<string, Part>>, figure?: string): Check => ({ op: 'allOf', parts, figure });
export const anyOf = (parts: Readonly<Record<string, Part>>, figure?: string): Check => ({ op: 'anyOf', parts, figure });
export const part = (label: Text, check: Check): Part => ({ label, check });
export const onlyFor = (when: Check, then: Check, others?: Text): Check => ({ op: 'onlyFor', when, then, others });
export const either = (when: Check, then: Check, otherwise: Check): Check => ({ op: 'either', when, then, otherwise });
export const not = (check: Check): Check => ({ op: 'not', check });
export const is = (fact: string, values: readonly (string | boolean | number | null)[], worded: Worded = {}): Check => ({ op: 'is', fact, values, ...worded });
/** A yes-or-no fact that has to be true. */
export const holds = (fact: string, worded: Worded = {}): Check => ({ op: 'is', fact, values: [true], ...worded });
export const some = (list: string, where: Where, worded: Worded & { heldAt?: HeldAt } = {}): Check => ({ op: 'some', list, where, ...worded });
export const every = (list: string, where: Where, worded: Worded = {}): Check => ({ op: 'every', list, where, ...worded });
export const atLeast = (actual: Amount, required: Amount, unit: Unit, worded: Worded & { yields?: string } = {}): Check => ({ op: 'compare', relation: 'atLeast', actual, required, unit, ...worded });
export const atMost = (actual: Amount, required: Amount, unit: Unit, worded: Worded & { yields?: string } = {}): Check => ({ op: 'compare', relation: 'atMost', actual, required, unit, ...worded });
export const equals = (actual: Amount, required: Amount, unit: Unit, worded: Worded = {}): Check => ({ op: 'compare', relation: 'equals', actual, required, unit, ...worded });
export const windowOf = (moment: { fact: string } | { at: true }, from: Day | undefined, to: Day | undefined, worded: Worded & { lateIsCarriedOut?: boolean } = {}): Check => ({ op: 'window', moment, from, to, ...worded });
export const inside = (first: Day, last: Day, from: Day, to: Day, worded: Worded = {}): Check => ({ op: 'inside', first, last, from, to, ...worded });
export const doneBy = (done: string, by: Day, worded: Worded = {}): Check => ({ op: 'doneBy', done, by, ...worded });
export const complete = (recordFact: string, fields: readonly string[], worded: Worded & { atLeastOne?: boolean } = {}): Check => ({ op: 'complete', record: recordFact, fields, ...worded });
export const steps = (done: string, order: { param: string }, worded: Worded & { actors?: Readonly<Record<string, string>> } = {}): Check => ({ op: 'steps', done, order, ...worded });
export const row = (spec: Omit<RowCheck, 'op'>): RowCheck => ({ op: 'row', ...spec });
export const eachYear = (rowCheck: RowCheck, options: { role?: HeldAt & { list: string; where: Where }; year?: string; from?: number } = {}): Check => ({ op: 'eachYear', row: rowCheck, ...options });
export const ruleOf = (id: string): Check => ({ op: 'rule', id });
export const notKnown = (what: Text): Check => ({ op: 'undetermined', code: 'RULE_NOT_KNOWN', what });
export const notPublished = (what: Text): Check => ({ op: 'undetermined', code: 'SETTING_NOT_PUBLISHED', what });
export const pending = (what: Text): Check => ({ op: 'undetermined', code: 'PENDING', what });
export const notApplicable = (code: ReasonCode, what: Text): Check => ({ op: 'outcome', verdict: 'NOT_APPLICABLE', code, what });
export const refused = (what: Text, code: ReasonCode = 'REFUSED'): Check => ({ op: 'outcome', verdict: 'NOT_MET', code, what });
export const allowed = (): Check => ({ op: 'outcome', verdict: 'MET' });
export const remark = (key: string, check: Check, options: { when?: Check; params?: Message['params'] } = {}): Check => ({ op: 'remark', key, check, ...options });
/** Gives the known facts the shape `F` that their declarations promise. */
export const formula = <F>(spec: { name: string; version: number; facts: readonly (keyof F & string)[]; optional?: readonly (keyof F & string)[]; run(known: F, context: FormulaContext): Outcome }): Check =>
  ({ op: 'formula', ...spec, run: (known, context) => spec.run(known as F, context) });
export const dueFormula = <F>(spec: { name: string; version: number; facts: readonly (keyof F & string)[]; run(full: Exact, known: Partial<F>, context: FormulaContext): ReturnType<DueFormula['run']> }): DueFormula =>
  ({ ...spec, run: (full, known, context) => spec.run(full, known as Partial<F>, context) });
