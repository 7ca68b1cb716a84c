import type { Text } from './text.ts';

/** A named question that a place can answer, and the rules it combines. Of these, those in force on the day take part. */
export interface DecisionSpec {
  readonly name: string;
  readonly title: Text;
  readonly question: Text;
  readonly about: 'teacher' | 'project' | 'institution' | 'course' | 'session' | 'entry' | 'authority' | 'selection' | 'trainer';
  readonly rules: readonly string[];
  /** Facts that this question cannot do without, though a rule asked by itself can: no default stands in for them here. */
  readonly asks?: readonly string[];
}
