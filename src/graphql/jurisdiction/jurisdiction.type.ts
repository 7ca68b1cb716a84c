import { ID, Int, ObjectType } from '../type-graphql.ts';
import type { JurisdictionSpec } from '../../kernel/jurisdiction.ts';
import { chainOf } from '../../kernel/jurisdiction.ts';
import { Field } from '../field.ts';
import type { View } from '../view.ts';
import { label } from '../view.ts';

@ObjectType('Jurisdiction', { description: 'A division of the country by its official six-digit code; `CN` is the whole.', simpleResolvers: true })
export class JurisdictionObject {
  readonly #spec: JurisdictionSpec;
  readonly #view: View;
  constructor(spec: JurisdictionSpec, view: View) {
    this.#spec = spec;
    this.#view = view;
  }

  @Field(() => ID, { description: 'The code, such as `110000`.' })
  get code(): string {
    return this.#spec.code;
  }
  @Field(() => String, { description: 'Its name in the language of the request.' })
  get name(): string {
    return label(this.#view, this.#spec.name);
  }
  @Field(() => [String], { description: 'The codes of the places above it, the nation first.' })
  get above(): string[] {
    return chainOf(this.#spec.code).filter((code) => code !== this.#spec.code && this.#view.registry.jurisdictions.has(code));
  }
  @Field(() => [String], { description: 'The plugins whose rules hold here, the uppermost first.' })
  get plugins(): string[] {
    return this.#view.registry.place(this.#spec.code)?.layers.map(({ name }) => name) ?? [];
  }
  @Field(() => Boolean, { description: 'Whether it has rules of its own, beyond those of the places above.' })
  get hasOwnRules(): boolean {
    return this.#view.registry.plugins.some(({ jurisdiction }) => jurisdiction.code === this.#spec.code);
  }
}

@ObjectType('JurisdictionPage', { description: 'Some jurisdictions, in the order of their codes.', simpleResolvers: true })
export class JurisdictionPage {
  @Field(() => [JurisdictionObject], { description: 'The jurisdictions of this page.' })
  readonly nodes!: readonly JurisdictionObject[];
  @Field(() => Int, { description: 'How many match in all.' })
  readonly totalCount!: number;
  @Field(() => String, { nullable: true, description: 'Give this as `after` for the next page; null on the last.' })
  readonly endCursor!: string | null;
}

/** The place of a stored code; null where no plugin knows it any more. */
export function knownJurisdiction(view: View, code: string): JurisdictionObject | null {
  const spec = view.registry.jurisdictions.get(code);
  return spec ? new JurisdictionObject(spec, view) : null;
}
