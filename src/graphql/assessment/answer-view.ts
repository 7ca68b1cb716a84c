import type { Finding } from '../../kernel/finding.ts';
import type { Place, RuleVersion } from '../../kernel/place.ts';
import type { View } from '../view.ts';

/** A view with the place of an answer, in which its rules and facts are looked up. */
export interface AnswerView extends View {
  readonly place: Place;
  /** The version of the rule that a finding is about. */
  versionOf(finding: Finding): RuleVersion | null;
}

export function answerView(view: View, place: Place): AnswerView {
  return {
    ...view,
    place,
    versionOf: (finding) => place.versions.get(finding.rule)?.find(({ spec }) => spec.params === finding.params) ?? place.versions.get(finding.rule)?.[0] ?? view.registry.versionsOf(finding.rule)[0] ?? null,
  };
}
