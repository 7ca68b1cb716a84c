import { readsOf } from './check-facts.ts';
import type { Context } from './context.ts';
import { newContext } from './context.ts';
import { checkFacts } from './fact-input.ts';
import type { FactInput, Facts, FactSpec, FactValue } from './facts.ts';
import type { Law } from './law.ts';
import type { Assumption, RuleSpec } from './rule.ts';

const NO_FACTS: Facts = {};
const assumedFacts = new WeakMap<RuleSpec, Facts>();

/** What a rule assumes of facts that nobody gave, as rules read it. */
function assumedBy(law: Law, spec: RuleSpec): Facts {
  if (!spec.assumes) return NO_FACTS;
  let facts = assumedFacts.get(spec);
  if (!facts) {
    facts = checkFacts(law.facts, Object.fromEntries(Object.entries(spec.assumes).map(([name, { value }]): [string, FactInput] => [name, value]))).facts;
    assumedFacts.set(spec, facts);
  }
  return facts;
}

/** The context in which a rule assumes of an absent fact what it says, and not the declared default; null where it assumes nothing, or where the decision asks for the fact. */
export function contextAssuming(context: Context, ruleId: string): Context | null {
  const spec = context.place.versions.get(ruleId)?.[0]?.spec;
  if (!spec?.assumes) return null;
  const absent = Object.entries(assumedBy(context.place, spec)).filter(([name]) => context.facts[name] === undefined && !context.asks.includes(name));
  if (absent.length === 0) return null;
  const key = `assuming ${JSON.stringify(absent)}`;
  let derived = context.derived.get(key);
  if (!derived) {
    derived = newContext({ ...context, facts: { ...context.facts, ...Object.fromEntries<FactValue | undefined>(absent) } }, context);
    context.derived.set(key, derived);
  }
  for (const [name] of absent) context.defaultsUsed.add(name);
  return derived;
}

/** What some rules took for a fact that was not given: what each assumes of it, else its declared default. */
export function assumptionsOf(law: Law, ruleIds: readonly string[], name: string): Assumption[] {
  const declared = law.facts.get(name)?.default;
  const all = ruleIds.map((id) => law.versions.get(id)?.[0]?.spec.assumes?.[name] ?? declared);
  return [...new Map((all.length === 0 ? [declared] : all).flatMap((assumption) => (assumption ? [[JSON.stringify(assumption.value), assumption] as const] : []))).values()];
}

/** Whether a rule reads a fact of which it assumes nothing. */
function readsUnassumed(law: Law, ruleId: string, name: string): boolean {
  const rule = law.versions.get(ruleId)?.[0]?.spec;
  return rule?.check !== undefined && rule.assumes?.[name] === undefined && [...readsOf(rule.check).facts].some((path) => path.split(/[.[]/, 1)[0] === name);
}

/** A fact as some rules read it: with the default that all of them assume, where that is not the declared one. */
export function assumedIn(law: Law, ruleIds: readonly string[], spec: FactSpec): FactSpec {
  if (!spec.default && ruleIds.some((id) => readsUnassumed(law, id, spec.name))) return spec;
  const [assumption, ...others] = assumptionsOf(law, ruleIds, spec.name);
  return assumption && others.length === 0 && assumption !== spec.default ? { ...spec, default: assumption } : spec;
}
