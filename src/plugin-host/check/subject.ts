import type { DocumentSpec } from '../../kernel/document.ts';
import type { FactSpec } from '../../kernel/facts.ts';
import { chainOf } from '../../kernel/jurisdiction.ts';
import type { LedgerSpec } from '../../kernel/ledger.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { RuleSpec } from '../../kernel/rule.ts';
import type { PluginManifest } from '../contract.ts';
import type { Report } from '../faults.ts';

/** One plugin under check, with all that it may refer to: its own and what the places above declare. */
export interface Subject {
  readonly plugin: PluginManifest;
  /** The nation's plugin first, this one last. */
  readonly stack: readonly PluginManifest[];
  /** Places above without a plugin. Rules of their documents may be named, and are not there. */
  readonly absentAbove: readonly string[];
  readonly documents: ReadonlyMap<string, DocumentSpec>;
  readonly facts: ReadonlyMap<string, FactSpec>;
  /** The versions of each rule. */
  readonly rules: ReadonlyMap<string, readonly RuleSpec[]>;
  readonly ledgers: ReadonlyMap<string, LedgerSpec>;
  readonly messages: ReadonlySet<string>;
  readonly report: Report;
}

const byName = <T>(items: readonly T[], name: (item: T) => string): Map<string, T> => new Map(items.map((item) => [name(item), item]));

export function subjectOf(plugin: PluginManifest, all: readonly PluginManifest[], report: Report): Subject {
  const chain = chainOf(plugin.jurisdiction.code);
  const above = all.filter((other) => other !== plugin && chain.slice(0, -1).includes(other.jurisdiction.code));
  const stack = [...above.sort((a, b) => chain.indexOf(a.jurisdiction.code) - chain.indexOf(b.jurisdiction.code)), plugin];
  const rules = new Map<string, RuleSpec[]>();
  for (const rule of stack.flatMap((layer) => layer.rules)) rules.set(rule.id, [...(rules.get(rule.id) ?? []), rule]);
  return {
    plugin,
    stack,
    absentAbove: chain.slice(0, -1).filter((code) => !above.some(({ jurisdiction }) => jurisdiction.code === code)),
    documents: byName(stack.flatMap(({ documents }) => documents), ({ id }) => id),
    facts: byName(stack.flatMap(({ facts }) => facts), ({ name }) => name),
    rules,
    ledgers: byName(stack.flatMap(({ ledgers }) => ledgers ?? []), ({ id }) => id),
    messages: new Set(stack.flatMap(({ messages }) => Object.keys(messages ?? {}))),
    report,
  };
}

/** Names a rule that has to be there. One of a document that no loaded plugin declares may be another place's, not loaded. */
export function requireRule(subject: Subject, path: string, id: string): void {
  if (subject.rules.has(id)) return;
  const document = id.slice(0, Math.max(0, id.indexOf('/')));
  const own = subject.plugin.documents.some((candidate) => candidate.id === document);
  if (!own && subject.absentAbove.length > 0 && !subject.documents.has(document)) return;
  subject.report('UNKNOWN_RULE', path, id, { zh: '本插件或上级地区插件中的规则编号', en: 'the id of a rule of this plugin or of one for a place above' }, nearestNames(id, subject.rules.keys()));
}
