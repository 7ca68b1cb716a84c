import type { Amount, Check, Day, FormulaContext, Where } from './check.ts';
import { addDays, compareDays, dayOf } from './civil-day.ts';
import type { CivilDay, Instant } from './civil-day.ts';
import type { Effort } from './effort.ts';
import { Exact, larger } from './exact.ts';
import { checkFacts } from './fact-input.ts';
import type { FactRecord, Facts, FactSpec, FactType, FactValue } from './facts.ts';
import type { Result } from './result.ts';
import type { Verdict } from './finding.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { Place, Rulebook, RuleVersion } from './place.ts';
import type { Params, ParamValue, Reading, ReadingChoice } from './rule.ts';

/** Everything one evaluation looks at, and what it has found so far. Made anew for each assessment. */
export interface Context {
  readonly place: Place;
  readonly rulebook: Rulebook;
  readonly facts: Facts;
  readonly at: Instant;
  readonly atDay: CivilDay;
  /** Chosen readings by rule; those not named are the rulebook's own. */
  readonly readings: ReadonlyMap<string, string>;
  /** Entries outside do not count: the period of a rule whose law is that of its last day. */
  readonly counted: { readonly from: CivilDay; readonly to: CivilDay } | null;
  /** Facts that the decision asks for: while nobody named them (null says so too) no default stands in. */
  readonly asks: readonly string[];
  /** What answering may still cost; null: the bound of each allocation alone. */
  readonly effort: Effort | null;
  readonly results: Map<string, Result>;
  readonly conditions: Map<Check, Condition>;
  readonly books: Map<string, LedgerBook>;
  readonly derived: Map<string, Context>;
  readonly defaultsUsed: Set<string>;
  readonly readingsTouched: Set<string>;
}

/** A condition in three values, with the facts that are missing for it. */
export interface Condition {
  readonly verdict: Verdict;
  readonly missing: readonly string[];
}

const NOTHING_ASKED: readonly never[] = [];

export function newContext(base: Pick<Context, 'place' | 'rulebook' | 'facts' | 'at' | 'readings' | 'counted'> & { readonly asks?: readonly string[]; readonly effort?: Effort | null }, shared?: Context): Context {
  return {
    ...base,
    asks: base.asks ?? shared?.asks ?? NOTHING_ASKED,
    effort: base.effort ?? shared?.effort ?? null,
    atDay: dayOf(base.at),
    results: new Map(),
    conditions: new Map(),
    books: new Map(),
    derived: new Map(),
    defaultsUsed: shared?.defaultsUsed ?? new Set(),
    readingsTouched: shared?.readingsTouched ?? new Set(),
  };
}

/** A fact as a rule finds it: known (null is known: there is none), or missing under the name to ask for. */
export type Lookup = { readonly known: true; readonly value: FactValue } | { readonly known: false; readonly name: string };

const known = (value: FactValue): Lookup => ({ known: true, value });
const missing = (name: string): Lookup => ({ known: false, name });

/** A path taken apart: of a reading, or of a fact and the fields below it. */
type Path = { readonly reading: string } | { readonly name: string; readonly fields: readonly string[] | null };
const paths = new Map<string, Path>();

/** Paths come from rules, so there are few; each is taken apart once. */
function pathOf(path: string): Path {
  let parsed = paths.get(path);
  if (!parsed) {
    const [name = '', ...fields] = path.split('.');
    parsed = path.startsWith('reading:') ? { reading: path.slice('reading:'.length) } : { name, fields: fields.length > 0 ? fields : null };
    paths.set(path, parsed);
  }
  return parsed;
}

/** Looks up `name` or `record.field`; a declared default stands in for an absent fact and is noted. */
export function lookup(context: Context, path: string): Lookup {
  const parsed = pathOf(path);
  if ('reading' in parsed) return known(readingName(context, parsed.reading));
  let value = context.facts[parsed.name];
  if (context.asks.length > 0 && value == null && isAsked(context, parsed.name, value)) return missing(path);
  if (value === undefined) {
    value = defaultOf(context, parsed.name);
    if (value === undefined) return missing(path);
  }
  return parsed.fields === null ? known(value) : lookupField(value, parsed.fields, path);
}

/** Of a list null says that there is none, which is an answer; of anything else that nothing was named. */
const isAsked = (context: Context, name: string, value: null | undefined): boolean => context.asks.includes(name) && (value === undefined || context.place.facts.get(name)?.type.kind !== 'list');

function lookupField(value: FactValue, fields: readonly string[], path: string): Lookup {
  let current: FactValue | undefined = value;
  for (const field of fields) {
    if (current === null) return known(null);
    current = isRecord(current) ? current[field] : undefined;
    if (current === undefined) return missing(path);
  }
  return known(current);
}

const defaults = new WeakMap<FactSpec, FactValue>();

function defaultOf(context: Context, name: string): FactValue | undefined {
  const spec = context.place.facts.get(name);
  if (!spec?.default) return undefined;
  if (!spec.default.quiet) context.defaultsUsed.add(name);
  let value = defaults.get(spec);
  if (value === undefined) {
    value = checkFacts(new Map([[name, spec]]), { [name]: spec.default.value }).facts[name] ?? null;
    defaults.set(spec, value);
  }
  return value;
}

export const isRecord = (value: FactValue | undefined): value is FactRecord => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Exact);
export const isList = (value: FactValue | undefined): value is readonly FactValue[] => Array.isArray(value);

/** The declaration at a path: `project.fees.totalFen`, `entries[].level`. */
export function typeAt(context: Context, path: string): FactType | undefined {
  const [root = '', ...fields] = path.replace(/\[\d*\]/g, '[]').split('.');
  let type = context.place.facts.get(root.replace('[]', ''))?.type;
  if (root.endsWith('[]')) type = type?.kind === 'list' ? type.of : undefined;
  for (const field of fields) {
    const name = field.replace('[]', '');
    type = type?.kind === 'record' ? type.fields[name]?.type : undefined;
    if (field.endsWith('[]')) type = type?.kind === 'list' ? type.of : undefined;
  }
  return type;
}

/** The fact that a path begins with. */
export const specOf = (context: Context, path: string): FactSpec | undefined => context.place.facts.get(path.split(/[.[]/, 1)[0] ?? path);

// ---- Readings and parameters ----------------------------------------------------------------------------------

const versionOf = (context: Context, ruleId: string): RuleVersion | undefined => {
  const status = context.rulebook.status(ruleId);
  return status.state === 'unknown' ? undefined : status.state === 'notInForce' ? (status.last ?? status.next ?? undefined) : status.version;
};

export function readingName(context: Context, ruleId: string): string | null {
  context.readingsTouched.add(ruleId);
  return context.readings.get(ruleId) ?? versionOf(context, ruleId)?.spec.reading?.name ?? null;
}

const choiceNamed = (reading: Reading | undefined, name: string | undefined): ReadingChoice | undefined =>
  name === undefined ? reading : (reading?.alternatives?.find((alternative) => alternative.name === name) ?? reading);

/** The values of the reading in force for a rule: those of the chosen alternative over the rulebook's own. */
export function readingValues(context: Context, version: RuleVersion): Params {
  const { reading, id } = version.spec;
  if (!reading?.alternatives) return reading?.values ?? {};
  context.readingsTouched.add(id);
  return { ...reading.values, ...choiceNamed(reading, context.readings.get(id))?.values };
}

/** The parameter at a path such as `abilities.counselling`; undefined where there is none. */
export function paramAt(params: Params, path: string): ParamValue | undefined {
  let current: ParamValue | undefined = params;
  for (const name of path.split('.')) current = typeof current === 'object' && !Array.isArray(current) ? (current as Params)[name] : undefined;
  return current;
}

/** A parameter as an exact number: of a range its lower end, or the minimum that an authority has published inside it. */
export function exactParam(context: Context, version: RuleVersion, path: string): Exact {
  return publishedMinimum(context, version, path) ?? ownParam(version, path);
}

const ownParams = new WeakMap<RuleVersion, Map<string, Exact>>();

/** The number in the text of the rule; read once, for it never changes. */
function ownParam(version: RuleVersion, path: string): Exact {
  const read = ownParams.get(version) ?? new Map<string, Exact>();
  ownParams.set(version, read);
  const known = read.get(path);
  if (known) return known;
  const value = paramAt(version.spec.params ?? {}, path);
  const single: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof single !== 'number' && typeof single !== 'string') throw new RangeError(`rule ${version.spec.id} has no number at ${path}`);
  const own = Exact.of(single);
  read.set(path, own);
  return own;
}

function publishedMinimum(context: Context, { spec: { id: ruleId, params } }: RuleVersion, path: string): Exact | undefined {
  for (const { name } of context.place.minima) {
    const published = context.facts[name];
    if (!isList(published) || !Array.isArray(paramAt(params ?? {}, path))) continue;
    const row = published.find((item) => isRecord(item) && item['rule'] === ruleId && (item['param'] ?? 'credits') === path);
    if (isRecord(row) && row['credits'] instanceof Exact) return row['credits'];
  }
  return undefined;
}

export function formulaContext(context: Context, version: RuleVersion): FormulaContext {
  return {
    params: version.spec.params ?? {},
    get reading() {
      return readingValues(context, version);
    },
    at: context.at,
    atDay: context.atDay,
    exact: (path, rule) => exactParam(context, rule === undefined ? version : requireVersion(context, rule), path),
    param(path, rule) {
      const { spec } = rule === undefined ? version : requireVersion(context, rule);
      const value = paramAt(spec.params ?? {}, path);
      if (value === undefined) throw new RangeError(`rule ${spec.id} has no parameter ${path}`);
      return value;
    },
  };
}

// ---- Amounts as ranges: what is unknown lies between two ends ---------------------------------------------------

export interface Range {
  readonly low: Exact;
  /** null: without bound. */
  readonly high: Exact | null;
  readonly missing: readonly string[];
  /** A share of nothing. */
  readonly noWhole?: boolean;
}

const exactly = (value: Exact): Range => ({ low: value, high: value, missing: [] });
const between = (low: Exact, high: Exact | null, names: readonly string[]): Range => ({ low, high, missing: names });
const both = (a: Range, b: Range): string[] => [...new Set([...a.missing, ...b.missing])];

/** The range in which an amount lies: both ends equal when all of it is known. */
export function amountOf(context: Context, version: RuleVersion, amount: Amount): Range {
  if ('fact' in amount) return amountOfFact(context, amount.fact);
  if ('param' in amount) return exactly(exactParam(context, amount.rule === undefined ? version : requireVersion(context, amount.rule), amount.param));
  if ('reading' in amount) return exactly(Exact.of(readingValues(context, version)[amount.reading] as string | number));
  if ('literal' in amount) return exactly(Exact.of(amount.literal));
  if ('count' in amount) return overList(context, amount.count, amount.where, () => exactly(Exact.of(1)));
  if ('total' in amount) return overList(context, amount.total, amount.where, (item, path) => numberOf(item[amount.field], `${path}.${amount.field}`));
  if ('sum' in amount) return amount.sum.map((item) => amountOf(context, version, item)).reduce(plus, exactly(Exact.zero));
  if ('difference' in amount) return minus(amountOf(context, version, amount.difference[0]), amountOf(context, version, amount.difference[1]));
  if ('product' in amount) return times(amountOf(context, version, amount.product[0]), amountOf(context, version, amount.product[1]));
  return shareOf(amountOf(context, version, amount.share[0]), amountOf(context, version, amount.share[1]));
}

const plus = (a: Range, b: Range): Range => between(a.low.plus(b.low), a.high && b.high ? a.high.plus(b.high) : null, both(a, b));
const minus = (a: Range, b: Range): Range => between(b.high ? a.low.minus(b.high) : Exact.of(-1_000_000_000), a.high ? a.high.minus(b.low) : null, both(a, b));
const times = (a: Range, b: Range): Range => between(a.low.times(b.low), a.high && b.high ? a.high.times(b.high) : null, both(a, b));

function shareOf(part: Range, whole: Range): Range {
  if (whole.high?.isZero()) return { ...exactly(Exact.zero), noWhole: true };
  const low = whole.high ? part.low.dividedBy(whole.high) : Exact.zero;
  return between(low, part.high && !whole.low.isZero() ? part.high.dividedBy(whole.low) : null, both(part, whole));
}

function amountOfFact(context: Context, path: string): Range {
  const found = lookup(context, path);
  if (found.known) return numberOf(found.value, path);
  const type = typeAt(context, path);
  const max = type && 'max' in type && type.max !== undefined && type.kind !== 'list' ? Exact.of(type.max) : null;
  const min = type?.kind === 'amount' || type?.kind === 'integer' ? larger(Exact.zero, Exact.of(type.min ?? 0)) : Exact.zero;
  return between(min, max, [found.name]);
}

/** null is none of it. */
function numberOf(value: FactValue | undefined, path: string): Range {
  if (value === undefined) return between(Exact.zero, null, [path]);
  if (value instanceof Exact) return exactly(value);
  return exactly(typeof value === 'number' ? Exact.of(value) : Exact.zero);
}

function overList(context: Context, path: string, where: Where | undefined, measure: (item: FactRecord, path: string) => Range): Range {
  const found = lookup(context, path);
  if (!found.known) return between(Exact.zero, null, [found.name]);
  let sum = exactly(Exact.zero);
  (isList(found.value) ? found.value : []).forEach((item, index) => {
    const itemPath = `${path}[${index}]`;
    const match = where && isRecord(item) ? matches(item, where, itemPath) : { verdict: 'MET' as const, missing: [] };
    if (match.verdict === 'NOT_MET') return;
    const one = measure(isRecord(item) ? item : {}, itemPath);
    sum = plus(sum, match.verdict === 'MET' ? one : between(Exact.zero, one.high, [...one.missing, ...match.missing]));
  });
  return sum;
}

/** Whether a record matches; an absent field that could decide is missing. */
export function matches(item: FactRecord, where: Where, path: string): Condition {
  const unknown: string[] = [];
  for (const [field, values] of Object.entries(where)) {
    const value = item[field];
    if (value === undefined) unknown.push(`${path}.${field}`);
    else if (!values.includes(value as string)) return { verdict: 'NOT_MET', missing: [] };
  }
  return unknown.length > 0 ? { verdict: 'UNDETERMINED', missing: unknown } : { verdict: 'MET', missing: [] };
}

export function requireVersion(context: Context, ruleId: string): RuleVersion {
  const version = versionOf(context, ruleId);
  if (!version) throw new RangeError(`no rule ${ruleId} in ${context.place.jurisdiction.code}`);
  return version;
}

// ---- Days --------------------------------------------------------------------------------------------------------

export type DayLookup = { readonly known: true; readonly day: CivilDay | null } | { readonly known: false; readonly missing: readonly string[] };

/** The day that an expression names; null where the fact says that there is none. */
export function dayAt(context: Context, version: RuleVersion, expression: Day): DayLookup {
  if ('at' in expression) return { known: true, day: context.atDay };
  if ('param' in expression) return { known: true, day: paramAt(version.spec.params ?? {}, expression.param) as CivilDay };
  if ('fact' in expression) {
    const found = lookup(context, expression.fact);
    if (!found.known) return { known: false, missing: [found.name] };
    return { known: true, day: typeof found.value === 'number' ? dayOf(found.value as Instant) : (found.value as CivilDay | null) };
  }
  const start = dayAt(context, version, expression.shift);
  const days = amountOf(context, version, expression.days);
  if (!start.known) return start;
  if (days.missing.length > 0) return { known: false, missing: days.missing };
  const count = Number(days.low.floor());
  return { known: true, day: start.day && addDays(start.day, expression.direction === 'after' ? count : -count) };
}

export const isWithin = (on: CivilDay, from: CivilDay | null, to: CivilDay | null): boolean => (from === null || compareDays(from, on) <= 0) && (to === null || compareDays(on, to) <= 0);
