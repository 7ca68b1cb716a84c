import type { Check } from './check.ts';
import { dayOf } from './civil-day.ts';
import type { CivilDay, Instant } from './civil-day.ts';
import type { Effort } from './effort.ts';
import { checkFacts } from './fact-input.ts';
import type { Facts, FactSpec, FactType, FactValue } from './facts.ts';
import { isRecord } from './facts.ts';
import type { Verdict } from './finding.ts';
import type { LedgerBook } from './ledger-book.ts';
import { readingName } from './param.ts';
import type { Place, Rulebook } from './place.ts';
import type { Result } from './result.ts';


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
