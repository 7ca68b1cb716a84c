import type { Instant } from '../../kernel/civil-day.ts';
import { PageArgs } from '../relay/page-args.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { AT, KNOWN_AT } from '../teacher/teacher.input.ts';
import { ArgsType, Field, ID, InputType, registerEnumType } from '../type-graphql.ts';

const orders = { NAME: 'NAME' } as const;
registerEnumType(orders, { name: 'InstitutionOrder', description: 'Orders in which institutions can be listed; equal ones by id.', valuesConfig: { NAME: { description: 'By name: Chinese ones by sound.' } } });

@InputType('InstitutionFilter', { description: 'Which institutions: those to which all of it applies.' })
export class InstitutionFilterInput {
  @Field(() => ID, { nullable: true, description: 'Its place or one above it, by its code: `110000` for a whole province, `CN` for all.' })
  readonly jurisdiction?: string | null;
  @Field(() => String, { nullable: true, description: 'Its kind on the day, as recorded, such as `school` or `kindergarten`.' })
  readonly kind?: string | null;
  @Field(() => String, { nullable: true, description: 'A stage that it has on the day, as recorded, such as `primary`.' })
  readonly stage?: string | null;
  @Field(() => String, { nullable: true, description: 'The beginning of its name, 1 to 100 characters: Chinese characters, the sound of the first, or Latin letters in any case.' })
  readonly name?: string | null;
}

@ArgsType()
export class InstitutionsArgs extends PageArgs {
  @Field(() => InstitutionFilterInput, { nullable: true, description: 'Which institutions; default: all.' })
  readonly filter?: InstitutionFilterInput | null;
  @Field(() => orders, { defaultValue: 'NAME', description: 'In which order.' })
  readonly orderBy!: keyof typeof orders;
  @Field(() => InstantScalar, { nullable: true, description: `${AT} Default: now.` })
  readonly at?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: `${KNOWN_AT} Default: now.` })
  readonly knownAt?: Instant | null;
}
