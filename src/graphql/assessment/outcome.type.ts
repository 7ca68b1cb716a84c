import type { Instant } from '../../kernel/civil-day.ts';
import { ObjectType } from '../type-graphql.ts';
import type { Answer } from '../../workflows/ask-question.ts';
import type { Problem } from '../../workflows/problem.ts';
import { CreditEntryObject } from '../credit/credit-entry.type.ts';
import { Field } from '../field.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { UserError } from '../user-error.type.ts';
import { say } from '../view.ts';
import type { View } from '../view.ts';
import { answerView } from './answer-view.ts';
import { AssessmentObject } from './assessment.type.ts';
import { FindingObject } from './finding.type.ts';

@ObjectType('AssessOutcome', { description: 'An answer, or all that is wrong with the question.', simpleResolvers: true })
export class AssessOutcome {
  @Field(() => AssessmentObject, { nullable: true, description: 'The answer; null when the question could not be taken.' })
  readonly assessment!: AssessmentObject | null;
  @Field(() => [UserError], { description: 'Everything that is wrong with the question; empty when there is an answer.' })
  readonly userErrors!: readonly UserError[];
  @Field(() => InstantScalar, { nullable: true, description: 'The last recording that the answer knows: asked again with this `knownAt`, it is the same for ever. Null where the facts came with the question; in 1970 when nothing was recorded.' })
  readonly knownAt!: Instant | null;
  @Field(() => [CreditEntryObject], { description: 'Entries that no list of the judging place takes, because they were earned under the rules of another: nothing was decided about them. Empty where the facts came with the question.' })
  readonly entriesLeftOut!: readonly CreditEntryObject[] | Promise<readonly CreditEntryObject[]>;
}

@ObjectType('TopicDifference', { description: 'What the answers say on one topic, where they do not all say the same.', simpleResolvers: true })
export class TopicDifferenceObject {
  @Field(() => String, { description: 'The topic, such as `credit/total`.' })
  readonly topic!: string;
  @Field(() => [FindingObject], { nullable: 'items', description: 'One finding a setting, in order; null where it has none on the topic.' })
  readonly findings!: readonly (FindingObject | null)[];
}

@ObjectType('CompareOutcome', { description: 'The answers under each setting, and in what they differ.', simpleResolvers: true })
export class CompareOutcome {
  @Field(() => [AssessOutcome], { description: 'One outcome a setting, in order.' })
  readonly outcomes!: readonly AssessOutcome[];
  @Field(() => [TopicDifferenceObject], { description: 'Topics on which verdict, figures, unit or due day differ.' })
  readonly differences!: readonly TopicDifferenceObject[];
  @Field(() => [UserError], { description: 'Everything that is wrong with the input; empty when all settings were answered.' })
  readonly userErrors!: readonly UserError[];
}

export const userError = (view: View, { code, path, value, message, nearest }: Problem): UserError => ({ code, path, message: say(view, message), value: value ?? null, nearest, ruleId: null });

const NONE: readonly never[] = [];
/** Of a question that brought its facts. */
const GIVEN = { knownAt: null, entriesLeftOut: NONE };

export const outcomeOf = (view: View, answer: Answer): AssessOutcome =>
  answer.ok ? { assessment: new AssessmentObject(answer.assessment, answerView(view, answer.place)), userErrors: NONE, ...GIVEN } : { assessment: null, userErrors: answer.problems.map((found) => userError(view, found)), ...GIVEN };
