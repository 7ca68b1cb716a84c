import type { Instant } from '../kernel/civil-day.ts';
import type { Effort } from '../kernel/effort.ts';
import { contentOf } from '../kernel/place-content.ts';
import { engineOf } from '../plugin-host/engine.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { askQuestion } from './ask-question.ts';
import type { QuestionInput } from './ask-question.ts';
import type { Problem } from './problem.ts';
import type { AssessmentDraft } from './stored-assessment.ts';

/** A question with where its facts come from. */
export interface QuestionToRecord {
  readonly input: QuestionInput;
  /** Null: they came with the question. */
  readonly personId: string | null;
  readonly knownAt: Instant;
}

export type Drafted = { readonly ok: true; readonly draft: AssessmentDraft } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Answers a question and puts together all that it takes to answer it again years later. Nothing is written. */
export function draftAssessment(registry: Registry, { input, personId, knownAt }: QuestionToRecord, effort?: Effort): Drafted {
  const answer = askQuestion(registry, input, { effort });
  if (!answer.ok) return answer;
  const { assessment, place } = answer;
  const readings = input.allReadings ? 'ALL' : Object.fromEntries((input.readings ?? []).map(({ rule, reading }) => [rule, reading]));
  return {
    ok: true,
    draft: {
      personId,
      jurisdictionCode: assessment.jurisdiction,
      at: assessment.at,
      lawAt: assessment.lawAt,
      knownAt,
      question: { subject: assessment.subject, facts: input.facts, readings },
      assessment,
      content: contentOf(place),
      engine: engineOf(registry, place),
    },
  };
}
