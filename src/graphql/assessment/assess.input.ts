import { Field, ID, InputType } from '../type-graphql.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { FactInput } from '../../kernel/facts.ts';
import { FactsScalar } from '../scalars/facts.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';

@InputType({ description: 'The choice of a reading for one rule.' })
export class ReadingInput {
  @Field(() => ID, { description: 'The id of the rule.' })
  readonly rule!: string;
  @Field(() => String, { description: 'The name of the reading; `rule(id).alternatives` has them.' })
  readonly reading!: string;
}

const AT = 'The moment asked about: an instant with offset, or a day for its first instant in Asia/Shanghai. Entries dated after its day do not count.';
const LAW_AT = 'A moment whose law decides, when it is not that of `at`.';
const READINGS = 'Other readings than those that hold by default.';
const FACTS = 'What is known, as one object by the name of the fact. Absent is unknown; null and [] say that there is none. Amounts are decimal strings or integers, days YYYY-MM-DD, money whole fen. `decisions` and `rule` tell the facts.';

@InputType({ description: 'A question: what is known about a person, project or institution, the place, the moment, and what is asked.' })
export class AssessInput {
  @Field(() => ID, { description: 'The place whose rules decide: an official six-digit code such as `110000` or that of a district in it, or `CN`.' })
  readonly jurisdiction!: string;
  @Field(() => ID, { nullable: true, description: 'The decision asked, such as `creditCompletion`. Give this or `rule`.' })
  readonly decision!: string | null;
  @Field(() => ID, { nullable: true, description: 'The one rule asked, by id. Give this or `decision`.' })
  readonly rule!: string | null;
  @Field(() => FactsScalar, { description: FACTS })
  readonly facts!: Readonly<Record<string, FactInput>>;
  @Field(() => InstantScalar, { description: AT })
  readonly at!: Instant;
  @Field(() => InstantScalar, { nullable: true, description: LAW_AT })
  readonly lawAt!: Instant | null;
  @Field(() => [ReadingInput], { nullable: true, description: READINGS })
  readonly readings!: readonly ReadingInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether to try all readings and tell whether the verdict depends on one.' })
  readonly allReadings!: boolean | null;
}

@InputType({ description: 'A place, a moment and a law under which the same facts are looked at.' })
export class CompareSetting {
  @Field(() => ID, { description: 'The place, by code.' })
  readonly jurisdiction!: string;
  @Field(() => InstantScalar, { description: AT })
  readonly at!: Instant;
  @Field(() => InstantScalar, { nullable: true, description: LAW_AT })
  readonly lawAt!: Instant | null;
  @Field(() => [ReadingInput], { nullable: true, description: READINGS })
  readonly readings!: readonly ReadingInput[] | null;
}

@InputType({ description: 'One question asked under several settings.' })
export class CompareInput {
  @Field(() => ID, { nullable: true, description: 'The decision asked. Give this or `rule`.' })
  readonly decision!: string | null;
  @Field(() => ID, { nullable: true, description: 'The one rule asked. Give this or `decision`.' })
  readonly rule!: string | null;
  @Field(() => FactsScalar, { description: `${FACTS} Facts that only some of the places know are passed over by the others.` })
  readonly facts!: Readonly<Record<string, FactInput>>;
  @Field(() => [CompareSetting], { description: 'From 2 to 20 places, moments or laws.' })
  readonly settings!: readonly CompareSetting[];
}
