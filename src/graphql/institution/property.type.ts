import { recordsOf } from '../../plugin-host/place-records.ts';
import type { FactInput } from '../../kernel/facts.ts';
import type { Text } from '../../kernel/text.ts';
import { text } from '../../kernel/text.ts';
import type { PropertyRow } from '../../persistence/repositories/institutions.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import { Field } from '../field.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { ObjectType } from '../type-graphql.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

/** Titles of what every institution can have; a plugin's own come with its declaration. */
const COMMON: Readonly<Record<string, Text>> = {
  kind: text('单位类型', 'kind'),
  stage: text('学段', 'stage'),
  ownership: text('办学性质', 'ownership'),
  rural: text('农村学校', 'rural'),
  recognitions: text('认定', 'recognitions'),
};

@ObjectType('InstitutionProperty', { description: 'Something about an institution that holds for a time, such as its kind.', simpleResolvers: true })
export class InstitutionProperty {
  readonly #row: PropertyRow;
  readonly #jurisdiction: string;
  readonly #view: View;
  constructor(row: PropertyRow, jurisdiction: string, view: View) {
    this.#row = row;
    this.#jurisdiction = jurisdiction;
    this.#view = view;
  }

  @Field(() => String, { description: 'Its name, such as `kind`, `stage`, `ownership`, `rural`, `recognitions`: stable, for programs.' })
  get name(): string {
    return this.#row.name;
  }
  @Field(() => String, { description: 'Its title; the name where none is declared.' })
  get label(): string {
    const title = COMMON[this.#row.name] ?? declared(this.#view.registry, this.#jurisdiction, this.#row.name)?.column;
    return title ? label(this.#view, title) : this.#row.name;
  }
  @Field(() => JsonScalar, { nullable: true, description: 'Its value as it is stored; null: that there is none.' })
  get value(): FactInput {
    return this.#row.value;
  }
  @Field(() => String, { nullable: true, description: 'The value in words, where it is one of those that the place declares; else null.' })
  get valueLabel(): string | null {
    const type = declared(this.#view.registry, this.#jurisdiction, this.#row.name)?.spec.type;
    const { value } = this.#row;
    const meaning = type?.kind === 'choice' && typeof value === 'string' && Object.hasOwn(type.options, value) ? type.options[value] : undefined;
    return meaning ? label(this.#view, meaning) : null;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The first day on which it holds; null: since ever.' })
  get from(): string | null {
    return this.#row.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last such day, included; null: it goes on.' })
  get to(): string | null {
    return this.#row.to;
  }
}

function declared(registry: Registry, jurisdiction: string, property: string) {
  const place = registry.place(jurisdiction);
  return place ? recordsOf(place).institution.find((declaration) => declaration.property === property) : undefined;
}
