import { ID, ObjectType } from '../type-graphql.ts';
import type { DecisionSpec } from '../../kernel/decision.ts';
import { schemaOfFacts } from '../../kernel/fact-schema.ts';
import { neededFacts } from '../../kernel/needed-facts.ts';
import type { Rulebook, RuleVersion } from '../../kernel/place.ts';
import { FactObject } from '../fact/fact.type.ts';
import { Field } from '../field.ts';
import { RuleObject } from '../rule/rule.type.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

@ObjectType('Decision', { description: 'A named question that a place can answer, and the rules that it combines.', simpleResolvers: true })
export class DecisionObject {
  readonly #spec: DecisionSpec;
  readonly #rulebook: Rulebook;
  readonly #view: View;
  constructor(spec: DecisionSpec, rulebook: Rulebook, view: View) {
    this.#spec = spec;
    this.#rulebook = rulebook;
    this.#view = view;
  }

  @Field(() => ID, { description: 'The name under which `assess` takes it, such as `creditCompletion`.' })
  get name(): string {
    return this.#spec.name;
  }
  @Field(() => String, { description: 'Its title.' })
  get title(): string {
    return label(this.#view, this.#spec.title);
  }
  @Field(() => String, { description: 'The question that it answers.' })
  get question(): string {
    return label(this.#view, this.#spec.question);
  }
  @Field(() => String, { description: 'What it is about: teacher, project, institution, course, session, entry, authority, selection or trainer.' })
  get about(): string {
    return this.#spec.about;
  }
  @Field(() => [RuleObject], { description: 'The rules in force on the day that it combines, in order.' })
  get rules(): RuleObject[] {
    return this.#inForce().map((version) => new RuleObject(version, this.#view));
  }
  @Field(() => [FactObject], { description: 'The facts that its rules can look at.' })
  get facts(): FactObject[] {
    return this.#facts().map((spec) => new FactObject(spec, this.#view));
  }
  @Field(() => JsonScalar, { description: 'The JSON Schema (draft 2020-12) of its facts as one object.' })
  get factsSchema(): unknown {
    return schemaOfFacts(this.#facts(), this.#view.language);
  }

  #inForce(): RuleVersion[] {
    return this.#spec.rules.flatMap((id) => {
      const status = this.#rulebook.status(id);
      return status.state === 'inForce' ? [status.version] : [];
    });
  }
  #facts(): ReturnType<typeof neededFacts> {
    return neededFacts(this.#rulebook, this.#spec.rules);
  }
}
