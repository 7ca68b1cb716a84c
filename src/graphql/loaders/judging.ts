import { dayOf } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Effort } from '../../kernel/effort.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import type { Answer } from '../../workflows/ask-question.ts';
import { assessPerson } from '../../workflows/assess-people.ts';
import type { PersonQuestion } from '../../workflows/assess-people.ts';
import { problem } from '../../workflows/problem.ts';
import type { StoredPerson } from '../../workflows/stored-person.ts';
import { globalId } from '../relay/global-id.ts';

/** A question about people, and what of them is known. */
export interface AskedQuestion extends PersonQuestion {
  /** A recording, as `effectiveKnownAt` finds it. */
  readonly knownAt: Instant;
}

/** The answer about a person, with what it was made of. */
export interface Judged {
  readonly answer: Answer;
  /** Null: nobody of the kind was known then. */
  readonly person: StoredPerson | null;
}

/** Entries are called in answers as everywhere in the API. */
export const nameEntry = (id: string): string => globalId('CreditEntry', id);

export function judge({ registry, effort }: { readonly registry: Registry; readonly effort: Effort }, person: StoredPerson | null, question: AskedQuestion): Judged {
  if (person) return { person, answer: assessPerson(registry, person, question, nameEntry, effort) };
  const on = dayOf(question.at);
  return { person, answer: { ok: false, problems: [problem('NOT_EMPLOYED', 'at', on, 'input.not-employed', [], { on })] } };
}

/** Equal things have equal keys: they are made with their fields in one order. */
export const keyOf = (circumstances: object): string => JSON.stringify(circumstances);
