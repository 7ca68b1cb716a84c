import { assumedIn } from './assumptions.ts';
import { factsOfLedger, readsOf } from './check-facts.ts';
import type { FactSpec } from './facts.ts';
import type { RuleVersion, Standing } from './law.ts';
import type { Rulebook } from './place.ts';

/** By law and rules: there are as many as rules and decisions, and a page asks for all of them. */
const known = new WeakMap<Standing, Map<string, readonly FactSpec[]>>();

/**
 * The facts that some rules can look at in a rulebook, in the order of declaration: those of their checks, of the rules they
 * refer to, and, where a row of a ledger is among them, those of every row there, because a person's ledger is one problem.
 */
export function neededFacts({ standing }: Pick<Rulebook, 'standing'>, ruleIds: readonly string[]): readonly FactSpec[] {
  const found = known.get(standing) ?? new Map<string, readonly FactSpec[]>();
  known.set(standing, found);
  const key = ruleIds.join(' ');
  let facts = found.get(key);
  if (!facts) found.set(key, (facts = findNeeded(standing, ruleIds)));
  return facts;
}

function findNeeded(standing: Standing, ruleIds: readonly string[]): FactSpec[] {
  const { law } = standing;
  const names = new Set<string>();
  const seen = new Set<string>();
  const ledgers = new Set<string>();
  const queue = [...ruleIds];
  for (const id of queue) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { spec } of versionsFor(standing, id)) {
      if (spec.lawOf) names.add(rootOf(spec.lawOf.period));
      for (const check of [spec.check, spec.narrows?.when, spec.takesPlaceFor]) {
        if (!check) continue;
        const reads = readsOf(check);
        reads.facts.forEach((path) => names.add(rootOf(path)));
        queue.push(...reads.rules);
        for (const ledger of reads.ledgers) {
          if (ledgers.has(ledger)) continue;
          ledgers.add(ledger);
          const found = law.ledgers.get(ledger);
          if (found) factsOfLedger(found).forEach((name) => names.add(name));
          queue.push(...rulesWithRowsIn(standing, ledger));
        }
      }
    }
    for (const { spec } of standing.rules) if (spec.narrows?.rules.includes(id)) queue.push(spec.id);
  }
  if (ledgers.size > 0) for (const spec of law.facts.values()) if (spec.setting?.minima) names.add(spec.name);
  return [...law.facts.values()].filter(({ name }) => names.has(name)).map((spec) => assumedIn(law, ruleIds, spec));
}

const rootOf = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;

function versionsFor(standing: Standing, id: string): readonly RuleVersion[] {
  const status = standing.status(id);
  if (status.state === 'carriedOut') return [status.by];
  if (status.state === 'replaced') return status.instead;
  if (status.state === 'inForce') return [status.version];
  return standing.law.versions.get(id) ?? [];
}

const rulesWithRowsIn = ({ rules }: Standing, ledger: string): string[] => rules.filter(({ spec }) => spec.check && readsOf(spec.check).ledgers.has(ledger)).map(({ spec }) => spec.id);
