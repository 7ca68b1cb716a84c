import { ID, ObjectType } from '../type-graphql.ts';
import type { DocumentSpec } from '../../kernel/document.ts';
import { Evidence } from '../enums.ts';
import { Field } from '../field.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

@ObjectType('Document', { description: 'A document that rules come from.', simpleResolvers: true })
export class DocumentObject {
  readonly #spec: DocumentSpec;
  readonly #view: View;
  constructor(spec: DocumentSpec, view: View) {
    this.#spec = spec;
    this.#view = view;
  }

  @Field(() => ID, { description: 'Its key, with which the ids of its rules begin.' })
  get id(): string {
    return this.#spec.id;
  }
  @Field(() => String, { description: 'Its title.' })
  get title(): string {
    return label(this.#view, this.#spec.title);
  }
  @Field(() => String, { nullable: true, description: 'Its document number (文号); null where it has none or none is known.' })
  get number(): string | null {
    return this.#spec.number ?? null;
  }
  @Field(() => String, { description: 'Who issued it.' })
  get issuer(): string {
    return label(this.#view, this.#spec.issuer);
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The day on which it was issued; null where it is not known.' })
  get issuedOn(): string | null {
    return this.#spec.issuedOn ?? null;
  }
  @Field(() => CivilDayScalar, { description: 'The first day in force.' })
  get from(): string {
    return this.#spec.inForce.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last day in force, included; null while it is open.' })
  get to(): string | null {
    return this.#spec.inForce.to;
  }
  @Field(() => Evidence, { description: 'How well it is known.' })
  get evidence(): string {
    return this.#spec.evidence;
  }
  @Field(() => String, { nullable: true, description: 'What a reader has to know about how it was read; null when nothing.' })
  get note(): string | null {
    return this.#spec.note ? label(this.#view, this.#spec.note) : null;
  }
}
