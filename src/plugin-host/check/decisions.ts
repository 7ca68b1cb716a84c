import type { DecisionSpec } from '../../kernel/decision.ts';
import type { RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import { declaredAt } from './fact-path.ts';
import { rulesAsked } from './rules.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';

/** Decisions name rules that exist, once each, and facts that are declared; every rule that decides is asked by one. */
export function checkDecisions(subject: Subject): void {
  const seen = new Set<string>();
  for (const { name, rules, asks = [] } of subject.plugin.decisions) {
    if (seen.has(name)) subject.report('DUPLICATE_DECISION', `decisions[${name}]`, name, text('每个判定项各有其名', 'a name of its own for each decision'));
    seen.add(name);
    for (const id of rules) requireRule(subject, `decisions[${name}].rules`, id);
    for (const fact of asks) declaredAt(subject, `decisions[${name}].asks`, fact);
  }
  const used = rulesUsed(subject);
  for (const id of new Set(subject.plugin.rules.filter(({ check }) => check).map((rule) => rule.id))) {
    if (!used.has(id)) subject.report('UNDECIDED_RULE', `rules[${id}]`, id, text('至少有一个判定项列出它', 'at least one decision that lists it'));
  }
  checkCircles(subject);
}

/** Rules that some decision asks, by itself or through another rule. */
export function rulesUsed({ stack, rules }: { readonly stack: readonly { readonly decisions: readonly DecisionSpec[] }[]; readonly rules: Subject['rules'] }): ReadonlySet<string> {
  const used = new Set(stack.flatMap(({ decisions }) => decisions.flatMap((decision) => decision.rules)));
  for (const id of used) for (const { check } of rules.get(id) ?? []) if (check) for (const asked of rulesAsked(check)) used.add(asked);
  return used;
}

/** Rules that ask each other, or follow each other, in a circle would never come to an end. */
function checkCircles(subject: Subject): void {
  const own = new Set(subject.plugin.rules.map(({ id }) => id));
  const carriedOut = new Map([...subject.rules.values()].flat().flatMap(({ id, carriesOut }) => (carriesOut === undefined ? [] : [[carriesOut, id] as const])));
  const asks = (rule: RuleSpec): string[] => (rule.check ? rulesAsked(rule.check).flatMap((id) => [id, carriedOut.get(id) ?? id]) : []);
  const follows = (rule: RuleSpec): string[] => (rule.succeeds === undefined ? [] : [rule.succeeds]);
  for (const [name, next] of [['check', asks], ['succeeds', follows]] as const) {
    for (const circle of circles(subject.rules, next)) {
      const id = circle.find((candidate) => own.has(candidate));
      if (id !== undefined) subject.report('RULE_CYCLE', `rules[${id}].${name}`, [...circle, circle[0]].join(' → '), text('不回到自身的引用', 'references that do not come back'));
    }
  }
}

/** Each circle once, from the rule that comes first. */
function circles(rules: ReadonlyMap<string, readonly RuleSpec[]>, next: (rule: RuleSpec) => string[]): string[][] {
  const found: string[][] = [];
  const closed = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id);
    if (start >= 0) return void found.push(trail.slice(start));
    if (closed.has(id)) return;
    for (const target of new Set((rules.get(id) ?? []).flatMap(next))) visit(target, [...trail, id]);
    closed.add(id);
  };
  for (const id of rules.keys()) visit(id, []);
  return found;
}
