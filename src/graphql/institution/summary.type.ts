import type { Instant } from '../../kernel/civil-day.ts';
import type { VerdictCounts, RuleTally, Tally } from '../../workflows/tally.ts';
import { RulebookRef } from '../assessment/assessment.type.ts';
import { Field } from '../field.ts';
import type { AskedQuestion } from '../loaders/judging.ts';
import { RuleObject } from '../rule/rule.type.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { ID, Int, ObjectType } from '../type-graphql.ts';
import { UserError, UserErrorCodes } from '../user-error.type.ts';
import type { View } from '../view.ts';

@ObjectType('RuleSummary', { description: 'How one binding rule came out among the teachers assessed.', simpleResolvers: true })
export class RuleSummary {
  readonly #tally: RuleTally;
  readonly #view: View;
  constructor(tally: RuleTally, view: View) {
    this.#tally = tally;
    this.#view = view;
  }

  @Field(() => ID, { description: 'The id of the rule.' })
  get ruleId(): string {
    return this.#tally.rule;
  }
  @Field(() => RuleObject, { nullable: true, description: 'The rule, in its last version; null where no plugin knows it.' })
  get rule(): RuleObject | null {
    const version = this.#view.registry.versionsOf(this.#tally.rule).at(-1);
    return version ? new RuleObject(version, this.#view) : null;
  }
  @Field(() => Int, { description: 'Of how many teachers it is met.' })
  get met(): number {
    return this.#tally.verdicts.MET;
  }
  @Field(() => Int, { description: 'Of how many it is not met.' })
  get notMet(): number {
    return this.#tally.verdicts.NOT_MET;
  }
  @Field(() => Int, { description: 'Of how many it cannot be told.' })
  get undetermined(): number {
    return this.#tally.verdicts.UNDETERMINED;
  }
  @Field(() => Int, { description: 'How many it does not bind.' })
  get notApplicable(): number {
    return this.#tally.verdicts.NOT_APPLICABLE;
  }
  @Field(() => Int, { description: 'How many have less than a figure of it requires, in the whole or in a part.' })
  get short(): number {
    return this.#tally.short;
  }
}

@ObjectType('NotJudged', { description: 'Teachers about whom there is no verdict.', simpleResolvers: true })
export class NotJudged {
  @Field(() => UserErrorCodes, { description: 'What stands in the way; `PROBLEM_TOO_LARGE` also when the request had no effort left for them.' })
  readonly code!: string;
  @Field(() => Int, { description: 'How many.' })
  readonly count!: number;
}

@ObjectType('InstitutionSummary', { description: 'How a question comes out among all teachers of an institution.', simpleResolvers: true })
export class InstitutionSummary {
  readonly #tally: Tally;
  readonly #question: AskedQuestion;
  readonly #view: View;
  constructor(tally: Tally, question: AskedQuestion, view: View) {
    this.#tally = tally;
    this.#question = question;
    this.#view = view;
  }

  @Field(() => InstantScalar, { description: 'The moment asked about: teachers are those with their main employment here on its day.' })
  get at(): Instant {
    return this.#question.at;
  }
  @Field(() => InstantScalar, { description: 'The moment whose law decided.' })
  get lawAt(): Instant {
    return this.#question.lawAt ?? this.#question.at;
  }
  @Field(() => [RulebookRef], { description: 'The rulebooks under which teachers were judged: one, unless what was published or their places differ.' })
  get rulebooks(): readonly RulebookRef[] {
    return this.#tally.rulebooks;
  }
  @Field(() => Int, { description: 'How many teachers there are.' })
  get teachers(): number {
    return this.#tally.people;
  }
  @Field(() => Int, { description: 'Of how many it is met.' })
  get met(): number {
    return this.#verdicts.MET;
  }
  @Field(() => Int, { description: 'Of how many it is not met, or not met so far.' })
  get notMet(): number {
    return this.#verdicts.NOT_MET;
  }
  @Field(() => Int, { description: 'Of how many it cannot be told.' })
  get undetermined(): number {
    return this.#verdicts.UNDETERMINED;
  }
  @Field(() => Int, { description: 'How many it does not bind.' })
  get notApplicable(): number {
    return this.#verdicts.NOT_APPLICABLE;
  }
  @Field(() => [NotJudged], { description: 'Those about whom there is no verdict, by what stands in the way; usually empty. With the four counts they make up all teachers.' })
  get notJudged(): readonly NotJudged[] {
    return this.#tally.notJudged;
  }
  @Field(() => [RuleSummary], { description: 'The same for each binding rule that had a say about someone.' })
  get byRule(): RuleSummary[] {
    return this.#tally.rules.map((tally) => new RuleSummary(tally, this.#view));
  }

  get #verdicts(): VerdictCounts {
    return this.#tally.verdicts;
  }
}

@ObjectType('SummaryOutcome', { description: 'A summary, or all that is wrong with the question.', simpleResolvers: true })
export class SummaryOutcome {
  @Field(() => InstitutionSummary, { nullable: true, description: 'The summary; null when the question could not be taken.' })
  readonly summary!: InstitutionSummary | null;
  @Field(() => [UserError], { description: 'Everything that is wrong with the question; empty when there is a summary.' })
  readonly userErrors!: readonly UserError[];
  @Field(() => InstantScalar, { description: 'The last recording that the answer knows: asked again with this `knownAt`, it is the same for ever. In 1970 when nothing was recorded.' })
  readonly knownAt!: Instant;
}
