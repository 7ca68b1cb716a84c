import { canonicalJson } from '../../kernel/canonical.ts';
import { dayOf, includes } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Finding } from '../../kernel/finding.ts';
import type { Place, RuleVersion } from '../../kernel/place.ts';
import type { AnswerView } from '../assessment/answer-view.ts';
import type { View } from '../view.ts';

/**
 * The view of an answer that was read from the store: its rules and facts are looked up in the place as it was stored, also
 * where the plugins say something else today. Sentences are those of today.
 */
export function storedAnswerView(view: View, place: Place, lawAt: Instant): AnswerView {
  const codes = new Set([place.jurisdiction.code, ...place.layers.map(({ jurisdiction }) => jurisdiction.code)]);
  const registry = { ...view.registry, place: (code: string) => (codes.has(code) ? place : view.registry.place(code)) };
  return { ...view, registry, place, versionOf: (finding) => versionOf(place, finding, lawAt) ?? view.registry.versionsOf(finding.rule)[0] ?? null };
}

/** A finding carries the parameters of its version, and not the version; of several alike it is the one in force. */
function versionOf({ versions }: Place, { rule, params }: Finding, lawAt: Instant): RuleVersion | undefined {
  const all = versions.get(rule) ?? [];
  const written = canonicalJson(params);
  const alike = all.filter(({ spec }) => canonicalJson(spec.params ?? {}) === written);
  return alike.find(({ period }) => includes(period, dayOf(lawAt))) ?? alike[0] ?? all[0];
}
