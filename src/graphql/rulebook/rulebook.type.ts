import { ID, Int, ObjectType } from '../type-graphql.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Rulebook, RuleVersion } from '../../kernel/place.ts';
import { RuleKind } from '../enums.ts';
import { Field } from '../field.ts';
import { JurisdictionObject } from '../jurisdiction/jurisdiction.type.ts';
import { DocumentObject } from '../rule/document.type.ts';
import { RuleObject } from '../rule/rule.type.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import type { View } from '../view.ts';

@ObjectType('StandingRule', { description: 'A rule that another one stands for.', simpleResolvers: true })
export class StandingRule {
  @Field(() => RuleObject, { description: 'The rule that stands aside.' })
  readonly rule!: RuleObject;
  @Field(() => ID, { description: 'The rule that carries it out or takes its place.' })
  readonly by!: string;
}

@ObjectType('KindCount', { description: 'How many rules of a kind are in force.', simpleResolvers: true })
export class KindCount {
  @Field(() => RuleKind, { description: 'The kind.' })
  readonly kind!: string;
  @Field(() => Int, { description: 'How many.' })
  readonly count!: number;
}

@ObjectType('Rulebook', { description: 'What holds in a jurisdiction at a moment: the national floor, the province, the district.', simpleResolvers: true })
export class RulebookObject {
  readonly #rulebook: Rulebook;
  readonly #view: View;
  readonly at: Instant;
  constructor(rulebook: Rulebook, at: Instant, view: View) {
    this.#rulebook = rulebook;
    this.#view = view;
    this.at = at;
  }

  @Field(() => JurisdictionObject, { description: 'The place.' })
  get jurisdiction(): JurisdictionObject {
    return new JurisdictionObject(this.#rulebook.place.jurisdiction, this.#view);
  }
  @Field(() => InstantScalar, { name: 'at', description: 'The moment asked about.' })
  get moment(): Instant {
    return this.at;
  }
  @Field(() => String, { description: 'SHA-256 over its content: rules, documents, ledgers, versions of formulas.' })
  get hash(): string {
    return this.#rulebook.hash;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The first day on which it holds unchanged.' })
  get from(): string | null {
    return this.#rulebook.period.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last such day; null while no change is known.' })
  get to(): string | null {
    return this.#rulebook.period.to;
  }
  @Field(() => [RuleObject], { description: 'The rules in force, in the order of their documents.' })
  get rules(): RuleObject[] {
    return this.#inForce().map((version) => new RuleObject(version, this.#view));
  }
  @Field(() => [StandingRule], { description: 'Rules that stand aside here because another one carries them out or takes their place.' })
  get standingAside(): StandingRule[] {
    return this.#rulebook.rules.flatMap((version) => {
      const status = this.#rulebook.status(version.spec.id);
      return status.state === 'carriedOut' || status.state === 'replaced' ? [{ rule: new RuleObject(version, this.#view), by: status.by.spec.id }] : [];
    });
  }
  @Field(() => [KindCount], { description: 'How many rules of each kind are in force.' })
  get counts(): KindCount[] {
    const counts = new Map<string, number>();
    for (const { spec } of this.#inForce()) counts.set(spec.kind, (counts.get(spec.kind) ?? 0) + 1);
    return [...counts].map(([kind, count]) => ({ kind, count }));
  }
  @Field(() => [DocumentObject], { description: 'The documents that those rules come from.' })
  get documents(): DocumentObject[] {
    return [...new Set(this.#rulebook.rules.map(({ document }) => document))].map((document) => new DocumentObject(document, this.#view));
  }

  #inForce(): RuleVersion[] {
    return this.#rulebook.rules.filter(({ spec }) => this.#rulebook.status(spec.id).state === 'inForce');
  }
}
