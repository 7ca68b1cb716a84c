import type { QuestionToRecord } from '../../workflows/record-assessment.ts';
import { asOfQuestion, assessPerson, questionAbout } from '../../workflows/assess-people.ts';
import type { PersonQuestion } from '../../workflows/assess-people.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { nameEntry } from '../loaders/judging.ts';
import { readId } from '../teacher/read-list.ts';
import type { AssessmentRecordInput } from './assessment-record.input.ts';

export type ReadQuestion = { readonly ok: true; readonly asked: QuestionToRecord } | { readonly ok: false; readonly problems: readonly Problem[] };

const refused = (...problems: readonly Problem[]): ReadQuestion => ({ ok: false, problems });
const conflict = (name: string, other: string): Problem => problem('CONFLICT', name, null, 'input.conflict', [], { name, other });

/** The question with its place and facts, from the store or as they were given; or all that is wrong with where they come from. */
export async function questionToRecord(input: AssessmentRecordInput, context: ApiContext): Promise<ReadQuestion> {
  const { teacher, jurisdiction, facts, knownAt, decision, rule, at, lawAt, readings, allReadings } = input;
  const question: PersonQuestion = { decision, rule, at, lawAt, readings, allReadings };
  if (teacher == null) {
    if (jurisdiction == null || facts == null) return refused(problem('NOT_ONE_SOURCE', 'teacher', null, 'input.not-one-source'));
    if (knownAt != null) return refused(conflict('knownAt', 'facts'));
    return { ok: true, asked: { input: { ...question, jurisdiction, facts }, personId: null, knownAt: context.now } };
  }
  const problems = Object.entries({ jurisdiction, facts }).flatMap(([name, given]) => (given == null ? [] : [conflict(name, 'teacher')]));
  const personId = readId('Teacher', 'teacher', teacher, problems);
  return personId === null || problems.length > 0 ? refused(...problems) : questionAboutTeacher(personId, input, question, context);
}

async function questionAboutTeacher(personId: string, { teacher, knownAt: asked }: AssessmentRecordInput, question: PersonQuestion, { loaders, view, effort }: ApiContext): Promise<ReadQuestion> {
  const knownAt = await loaders.knownAt(asked);
  const person = await loaders.personToRecord(personId, asOfQuestion(question, knownAt));
  if (!person) return refused(problem('UNKNOWN_TEACHER', 'teacher', teacher, 'input.unknown-teacher', [], { id: teacher ?? '' }));
  const input = questionAbout(view.registry, person, question, nameEntry);
  if (input) return { ok: true, asked: { input, personId, knownAt } };
  const answer = assessPerson(view.registry, person, question, nameEntry, effort);
  return answer.ok ? refused() : answer;
}
