import { ID, ObjectType } from '../type-graphql.ts';
import type { Finding, Reason, Yield } from '../../kernel/finding.ts';
import { Evidence, ReasonCode, Verdict } from '../enums.ts';
import { Field } from '../field.ts';
import { RuleObject } from '../rule/rule.type.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { ExactScalar } from '../scalars/exact.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { say, label, unitLabel } from '../view.ts';
import type { AnswerView } from './answer-view.ts';

@ObjectType('Reason', { description: 'Why a verdict is what it is.', simpleResolvers: true })
export class ReasonObject {
  readonly #reason: Reason;
  readonly #view: AnswerView;
  constructor(reason: Reason, view: AnswerView) {
    this.#reason = reason;
    this.#view = view;
  }

  @Field(() => ReasonCode, { description: 'The stable code, for programs.' })
  get code(): string {
    return this.#reason.code;
  }
  @Field(() => String, { description: 'The sentence for people, in the language of the request: what was found, what is required, what would help.' })
  get message(): string {
    return say(this.#view, this.#reason.message);
  }
  @Field(() => String, { description: 'The key of the sentence, which stays when its wording changes.' })
  get key(): string {
    return this.#reason.message.key;
  }
  @Field(() => JsonScalar, { description: 'The parameters of the sentence.' })
  get params(): unknown {
    return this.#reason.message.params;
  }
}

@ObjectType('Yield', { description: 'An amount that a rule grants or counts out, such as credits from hours, days left, places left.', simpleResolvers: true })
export class YieldObject {
  readonly #yield: Yield;
  readonly #view: AnswerView;
  constructor(yielded: Yield, view: AnswerView) {
    this.#yield = yielded;
    this.#view = view;
  }

  @Field(() => String, { description: 'What it is, such as `credits`, `daysLeft`, `placesLeft`, `granted`.' })
  get name(): string {
    return this.#yield.name;
  }
  @Field(() => ExactScalar, { description: 'The exact amount.' })
  get value(): string {
    return this.#yield.value;
  }
  @Field(() => String, { description: 'Its unit, such as `credit`.' })
  get unit(): string {
    return this.#yield.unit;
  }
  @Field(() => String, { description: 'The unit in words.' })
  get unitLabel(): string {
    return unitLabel(this.#view, this.#yield.unit);
  }
}

@ObjectType('Finding', { description: 'One requirement and what was found (判定项). Parts of a rule are findings of their own.', simpleResolvers: true })
export class FindingObject {
  readonly #finding: Finding;
  readonly #view: AnswerView;
  constructor(finding: Finding, view: AnswerView) {
    this.#finding = finding;
    this.#view = view;
  }

  @Field(() => ID, { description: 'The id of the rule.' })
  get ruleId(): string {
    return this.#finding.rule;
  }
  @Field(() => RuleObject, { nullable: true, description: 'The rule as it stands; null for a rule that does not hold here.' })
  get rule(): RuleObject | null {
    const version = this.#view.versionOf(this.#finding);
    return version ? new RuleObject(version, this.#view) : null;
  }
  @Field(() => String, { nullable: true, description: 'The part of the rule, such as `itGeneral` or `2018`; null for the whole.' })
  get part(): string | null {
    return this.#finding.part;
  }
  @Field(() => String, { description: 'What is required, in words.' })
  get label(): string {
    return label(this.#view, this.#finding.label);
  }
  @Field(() => ID, { nullable: true, description: 'The key of the document.' })
  get document(): string | null {
    return this.#finding.document;
  }
  @Field(() => String, { nullable: true, description: 'The clause (条款) of the document.' })
  get clause(): string | null {
    return this.#finding.clause;
  }
  @Field(() => Evidence, { nullable: true, description: 'How well the document is known.' })
  get evidence(): string | null {
    return this.#finding.evidence;
  }
  @Field(() => Boolean, { description: 'Whether the rule holds in principle (原则上).' })
  get inPrinciple(): boolean {
    return this.#finding.inPrinciple;
  }
  @Field(() => JsonScalar, { description: 'The parameters of the rule.' })
  get params(): unknown {
    return this.#finding.params;
  }
  @Field(() => String, { nullable: true, description: 'The name of the reading under which it was decided; null where the text is not open.' })
  get reading(): string | null {
    return this.#finding.reading;
  }
  @Field(() => Boolean, { description: 'False for a guideline, which is reported and enters no verdict.' })
  get binding(): boolean {
    return this.#finding.binding;
  }
  @Field(() => Verdict, { description: 'The outcome.' })
  get verdict(): string {
    return this.#finding.verdict;
  }
  @Field(() => [ReasonObject], { description: 'Why; empty when it is met.' })
  get reasons(): ReasonObject[] {
    return this.#finding.reasons.map((reason) => new ReasonObject(reason, this.#view));
  }
  @Field(() => ExactScalar, { nullable: true, description: 'What is required, in `unit`; null where the rule has no figure or it is not known.' })
  get required(): string | null {
    return this.#finding.required;
  }
  @Field(() => ExactScalar, { nullable: true, description: 'What was found and counts, in `unit`; null where there is no figure or it is not known.' })
  get actual(): string | null {
    return this.#finding.actual;
  }
  @Field(() => ExactScalar, { nullable: true, description: 'What is missing (or too much), in `unit`; 0 when met; null where there is no figure.' })
  get shortfall(): string | null {
    return this.#finding.shortfall;
  }
  @Field(() => String, { nullable: true, description: 'The unit, such as `credit`, `classHour`, `fen`, `project`.' })
  get unit(): string | null {
    return this.#finding.unit;
  }
  @Field(() => String, { nullable: true, description: 'The unit in words.' })
  get unitLabel(): string | null {
    return this.#finding.unit === null ? null : unitLabel(this.#view, this.#finding.unit);
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last day on which it can be met; null where there is none.' })
  get dueOn(): string | null {
    return this.#finding.dueOn;
  }
  @Field(() => [String], { description: 'Facts that nobody gave and that could change the verdict, with their path, such as `entries[3].level`.' })
  get missing(): readonly string[] {
    return this.#finding.missing;
  }
  @Field(() => [String], { description: 'Remarks that change nothing, such as a flag for the school.' })
  get notes(): string[] {
    return this.#finding.notes.map((note) => say(this.#view, note));
  }
  @Field(() => [YieldObject], { description: 'Amounts that the rule grants or counts out.' })
  get yields(): YieldObject[] {
    return this.#finding.yields.map((yielded) => new YieldObject(yielded, this.#view));
  }
  @Field(() => [FindingObject], { description: 'The parts of the rule, each with its own figures.' })
  get parts(): FindingObject[] {
    return this.#finding.parts.map((part) => new FindingObject(part, this.#view));
  }
}
