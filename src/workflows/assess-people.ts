import { dayOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { Effort } from '../kernel/effort.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { askQuestion } from './ask-question.ts';
import type { Answer, QuestionInput } from './ask-question.ts';
import { factsOfPerson } from './facts-of-person.ts';
import type { NameEntry } from './facts-of-person.ts';
import { problem } from './problem.ts';
import type { AsOf, StoredPerson } from './stored-person.ts';

/** What is asked about people: the place and the facts come from the store. */
export type PersonQuestion = Omit<QuestionInput, 'jurisdiction' | 'facts'>;

/** As of when the store is read for a question. */
export const asOfQuestion = ({ at, lawAt }: Pick<PersonQuestion, 'at' | 'lawAt'>, knownAt: Instant): AsOf => ({ day: dayOf(at), lawDay: dayOf(lawAt ?? at), knownAt });

/** The question about this person as it would be asked by hand; null where no place is known to judge by. */
export function questionAbout(registry: Registry, person: StoredPerson, question: PersonQuestion, nameEntry: NameEntry): QuestionInput | null {
  const { employment } = person;
  const place = employment && registry.place(employment.jurisdictionCode);
  return place ? { ...question, jurisdiction: place.jurisdiction.code, facts: factsOfPerson(place, person, nameEntry) } : null;
}

/** Judges a person by the place of employment at `at`, from what is stored. */
export function assessPerson(registry: Registry, person: StoredPerson, question: PersonQuestion, nameEntry: NameEntry, effort?: Effort): Answer {
  const asked = questionAbout(registry, person, question, nameEntry);
  if (asked) return askQuestion(registry, asked, { effort });
  const { lastEmployment: last, employment } = person;
  const on = dayOf(question.at);
  if (employment) return { ok: false, problems: [problem('UNKNOWN_JURISDICTION', 'jurisdiction', employment.jurisdictionCode, 'input.unknown-jurisdiction', [], { code: employment.jurisdictionCode })] };
  return { ok: false, problems: [last ? problem('NOT_EMPLOYED', 'at', on, 'input.no-longer-employed', [last.to ?? last.from], { on, until: last.to ?? last.from }) : problem('NOT_EMPLOYED', 'at', on, 'input.not-employed', [], { on })] };
}
