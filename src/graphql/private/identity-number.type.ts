import { IDENTITY_NUMBER_KINDS } from '../../kernel/identity-number.ts';
import type { IdentityKind } from '../../kernel/identity-number.ts';
import type { Place } from '../../access/reach.ts';
import type { StoredNumber } from '../../persistence/repositories/private-values.ts';
import { ABOUT } from '../access/guard-fields.ts';
import { Field } from '../field.ts';
import { globalId } from '../relay/global-id.ts';
import { ID, ObjectType, registerEnumType } from '../type-graphql.ts';

const KIND_NAMES: Readonly<Record<IdentityKind, readonly [name: string, description: string]>> = {
  resident: ['RESIDENT', 'A resident identity card: 18 characters.'],
  resident15: ['RESIDENT_15', 'A resident number of old: 15 digits.'],
  residencePermit: ['RESIDENCE_PERMIT', 'A residence permit of somebody from outside the mainland.'],
  foreignPermanent: ['FOREIGN_PERMANENT', 'The card of a foreign permanent resident.'],
  permit: ['PERMIT', 'A travel permit.'],
  passport: ['PASSPORT', 'A passport.'],
  other: ['OTHER', 'Another document.'],
};

export const IdentityKindEnum = Object.fromEntries(IDENTITY_NUMBER_KINDS.map((kind) => [KIND_NAMES[kind][0], kind]));
registerEnumType(IdentityKindEnum, { name: 'IdentityKind', description: 'A kind of identity document.', valuesConfig: Object.fromEntries(Object.values(KIND_NAMES).map(([name, description]) => [name, { description }])) });

export const SexEnum = { MALE: 'male', FEMALE: 'female' } as const;
registerEnumType(SexEnum, { name: 'Sex', description: 'A sex, as identity documents say it.', valuesConfig: { MALE: { description: 'Male.' }, FEMALE: { description: 'Female.' } } });

@ObjectType('IdentityNumber', { description: 'An identity number of a teacher, shown in part. `reveal` gives the whole.', simpleResolvers: true })
export class IdentityNumberObject {
  readonly #stored: StoredNumber;
  readonly [ABOUT]: Place;
  constructor(stored: StoredNumber, about: Place) {
    this.#stored = stored;
    this[ABOUT] = about;
  }

  @Field(() => ID, { description: 'The global id, by which `reveal` is asked for it.' })
  get id(): string {
    return globalId('IdentityNumber', this.#stored.id);
  }
  @Field(() => IdentityKindEnum, { description: 'Of which document it is.' })
  get kind(): IdentityKind {
    return this.#stored.kind;
  }
  @Field(() => String, { description: 'The number, with `*` for all but a few of its characters.' })
  get number(): string {
    return this.#stored.open();
  }
}
