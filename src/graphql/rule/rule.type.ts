import { ID, ObjectType } from '../type-graphql.ts';
import { neededFacts } from '../../kernel/needed-facts.ts';
import { isBefore } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import type { RuleVersion } from '../../kernel/place.ts';
import type { ReadingChoice } from '../../kernel/rule.ts';
import { RuleKind } from '../enums.ts';
import { FactObject } from '../fact/fact.type.ts';
import { Field } from '../field.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';
import { DocumentObject } from './document.type.ts';

@ObjectType('Reading', { description: 'How a text that leaves something open is read.', simpleResolvers: true })
export class ReadingObject {
  readonly #choice: ReadingChoice;
  readonly #view: View;
  constructor(choice: ReadingChoice, view: View) {
    this.#choice = choice;
    this.#view = view;
  }

  @Field(() => String, { description: 'Its name, with which it is chosen in `readings`.' })
  get name(): string {
    return this.#choice.name;
  }
  @Field(() => String, { description: 'What it says.' })
  get text(): string {
    return label(this.#view, this.#choice.text);
  }
}

@ObjectType('Rule', { description: 'A rule (规则) of one document and clause, as it stands in a period.', simpleResolvers: true })
export class RuleObject {
  readonly #version: RuleVersion;
  readonly #view: View;
  constructor(version: RuleVersion, view: View) {
    this.#version = version;
    this.#view = view;
  }

  @Field(() => ID, { description: 'Its public identifier, never reused: `<document>/<clause>-<slug>`.' })
  get id(): string {
    return this.#version.spec.id;
  }
  @Field(() => RuleKind, { description: 'What it is about.' })
  get kind(): string {
    return this.#version.spec.kind;
  }
  @Field(() => String, { description: 'The jurisdiction whose rule it is, by code.' })
  get jurisdiction(): string {
    return this.#version.layer.jurisdiction.code;
  }
  @Field(() => DocumentObject, { description: 'The document that it comes from.' })
  get document(): DocumentObject {
    return new DocumentObject(this.#version.document, this.#view);
  }
  @Field(() => String, { description: 'The clause (条款) of the document.' })
  get clause(): string {
    return this.#version.spec.source.clause;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The first day in force, included.' })
  get from(): string | null {
    return this.#version.period.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last day in force, included; null while it is open.' })
  get to(): string | null {
    return this.#version.period.to;
  }
  @Field(() => String, { description: 'What it requires, in one sentence.' })
  get summary(): string {
    return label(this.#view, this.#version.spec.summary);
  }
  @Field(() => JsonScalar, { description: 'Its figures as data: integers, exact numbers and days as text; of a range the first number binds and the second is a planning figure.' })
  get params(): unknown {
    return this.#version.spec.params ?? {};
  }
  @Field(() => Boolean, { description: 'Whether it holds in principle (原则上): binding unless an exception is recorded.' })
  get inPrinciple(): boolean {
    return this.#version.spec.inPrinciple ?? false;
  }
  @Field(() => Boolean, { description: 'Whether it is a guideline: reported, and never part of a verdict.' })
  get guideline(): boolean {
    return this.#version.spec.guideline ?? false;
  }
  @Field(() => Boolean, { description: 'Whether it decides anything; if not, it states data or duties.' })
  get decides(): boolean {
    return this.#version.spec.check !== undefined;
  }
  @Field(() => ReadingObject, { nullable: true, description: 'The reading (解读) that holds where the text is open; null where it is not.' })
  get reading(): ReadingObject | null {
    return this.#version.spec.reading ? new ReadingObject(this.#version.spec.reading, this.#view) : null;
  }
  @Field(() => [ReadingObject], { description: 'Other readings that were possible and can be chosen.' })
  get alternatives(): ReadingObject[] {
    return (this.#version.spec.reading?.alternatives ?? []).map((choice) => new ReadingObject(choice, this.#view));
  }
  @Field(() => String, { description: 'By which rules of different documents and places are compared, such as `credit/municipal`.' })
  get topic(): string {
    return this.#version.spec.topic;
  }
  @Field(() => String, { nullable: true, description: 'The id of the rule that it follows; null where there is none.' })
  get succeeds(): string | null {
    return this.#version.spec.succeeds ?? null;
  }
  @Field(() => String, { nullable: true, description: 'The id of the rule of a place above that it carries out; null where there is none.' })
  get carriesOut(): string | null {
    return this.#version.spec.carriesOut ?? null;
  }
  @Field(() => [String], { description: 'The decisions that it takes part in.' })
  get decisions(): string[] {
    const place = this.#view.registry.place(this.#version.layer.jurisdiction.code);
    return [...(place?.decisions.values() ?? [])].filter(({ rules }) => rules.includes(this.#version.spec.id)).map(({ name }) => name);
  }
  @Field(() => [FactObject], { description: 'The facts that it can look at. A row of a ledger also looks at those of the whole ledger.' })
  get facts(): FactObject[] {
    const place = this.#view.registry.place(this.#version.layer.jurisdiction.code);
    if (!place) return [];
    return neededFacts(place.rulebookOn(dayInForce(this.#version)), [this.#version.spec.id]).map((spec) => new FactObject(spec, this.#view));
  }
}

/** Any day on which the version holds. */
const dayInForce = ({ period }: RuleVersion): CivilDay => (period.from && period.to && isBefore(period.to, period.from) ? period.from : (period.from ?? period.to ?? ('2000-01-01' as CivilDay)));
