import { ObjectType } from '../type-graphql.ts';
import { schemaOfFact } from '../../kernel/fact-schema.ts';
import { sensitivityOf } from '../../kernel/facts.ts';
import type { FactSpec, FactType } from '../../kernel/facts.ts';
import { Field } from '../field.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

@ObjectType('Fact', { description: 'A fact that rules of a place look at. Absent facts are unknown; null and an empty list say that there is none.', simpleResolvers: true })
export class FactObject {
  readonly #spec: FactSpec;
  readonly #view: View;
  constructor(spec: FactSpec, view: View) {
    this.#spec = spec;
    this.#view = view;
  }

  @Field(() => String, { description: 'The name under which it is given in `facts`.' })
  get name(): string {
    return this.#spec.name;
  }
  @Field(() => String, { description: 'What it means and how it is written, in the language of the request.' })
  get meaning(): string {
    return label(this.#view, this.#spec.meaning);
  }
  @Field(() => String, { description: 'Its kind: boolean, choice, integer, amount, money, day, instant, text, list or record.' })
  get kind(): string {
    return this.#spec.type.kind;
  }
  @Field(() => String, { nullable: true, description: 'The unit of an amount, such as `credit`; null where it has none.' })
  get unit(): string | null {
    return unitOf(this.#spec.type);
  }
  @Field(() => Boolean, { description: 'Whether null may be given: there is none.' })
  get nullable(): boolean {
    return this.#spec.nullable ?? this.#spec.type.kind === 'list';
  }
  @Field(() => String, { description: 'Who can supply it: teacher, school, district, province, institution, platform or caller.' })
  get suppliedBy(): string {
    return this.#spec.suppliedBy;
  }
  @Field(() => String, { description: 'How sensitive it is: public, internal, personal or sensitive; what a plugin does not say is personal.' })
  get sensitivity(): string {
    return sensitivityOf(this.#spec);
  }
  @Field(() => JsonScalar, { nullable: true, description: 'The value assumed when it is not given; every answer names what was assumed. Null: nothing is assumed (or nothing is what is assumed).' })
  get defaultValue(): unknown {
    return this.#spec.default?.value ?? null;
  }
  @Field(() => String, { nullable: true, description: 'Why that value is assumed; null when nothing is.' })
  get defaultBecause(): string | null {
    return this.#spec.default ? label(this.#view, this.#spec.default.because) : null;
  }
  @Field(() => String, { nullable: true, description: 'The authority that has to publish it; null for facts that are no published setting.' })
  get setBy(): string | null {
    return this.#spec.setting ? label(this.#view, this.#spec.setting.authority) : null;
  }
  @Field(() => JsonScalar, { description: 'The JSON Schema of an object with this fact alone.' })
  get schema(): unknown {
    return schemaOfFact(this.#spec, this.#view.language);
  }
}

const unitOf = (type: FactType): string | null => (type.kind === 'amount' || type.kind === 'integer' ? (type.unit ?? null) : type.kind === 'money' ? 'fen' : null);
