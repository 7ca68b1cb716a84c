import type { Instant } from '../../kernel/civil-day.ts';
import type { FactInput } from '../../kernel/facts.ts';
import { ReadingInput } from '../assessment/assess.input.ts';
import { FactsScalar } from '../scalars/facts.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { Field, ID, InputType } from '../type-graphql.ts';

@InputType({ description: 'What is to be answered and stored: a question about a teacher, or one that brings its facts.' })
export class AssessmentRecordInput {
  @Field(() => ID, { nullable: true, description: 'The teacher, by global id: place and facts are those of the store. Give this, or `jurisdiction` with `facts`.' })
  readonly teacher?: string | null;
  @Field(() => ID, { nullable: true, description: 'The place whose rules decide, by code, for a question that brings its facts.' })
  readonly jurisdiction?: string | null;
  @Field(() => FactsScalar, { nullable: true, description: 'What is known, as one object by the name of the fact, for a question that brings its facts.' })
  readonly facts?: Readonly<Record<string, FactInput>> | null;
  @Field(() => ID, { nullable: true, description: 'The decision asked, such as `creditCompletion`. Give this or `rule`.' })
  readonly decision?: string | null;
  @Field(() => ID, { nullable: true, description: 'The one rule asked, by id. Give this or `decision`.' })
  readonly rule?: string | null;
  @Field(() => InstantScalar, { description: 'The moment asked about: an instant with offset, or a day for its first instant in Asia/Shanghai.' })
  readonly at!: Instant;
  @Field(() => InstantScalar, { nullable: true, description: 'A moment whose law decides, when it is not that of `at`.' })
  readonly lawAt?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: 'Only what was recorded about the teacher by then; default: now.' })
  readonly knownAt?: Instant | null;
  @Field(() => [ReadingInput], { nullable: true, description: 'Other readings than those that hold by default.' })
  readonly readings?: readonly ReadingInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether to try all readings and tell whether the verdict depends on one.' })
  readonly allReadings?: boolean | null;
}
