import type { Instant } from '../../kernel/civil-day.ts';
import { ReadingInput } from '../assessment/assess.input.ts';
import { Verdict } from '../enums.ts';
import { STAFF_QUESTIONS } from '../limits/costs.ts';
import { REQUEST_LIMITS } from '../limits/limits.ts';
import { PageArgs } from '../relay/page-args.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { ArgsType, Field, ID, InputType, registerEnumType } from '../type-graphql.ts';

export const AT = 'The moment: an instant with offset, or a day for its first instant in Asia/Shanghai. Employments, roles and properties are those of its day.';
export const KNOWN_AT = 'Only what was recorded by then; `knownAt` of an answer gives the same answer again.';
const NOW = ' Default: now.';
const OF_PARENT = ' Default: that of the object it is asked of.';

const orders = { NAME: 'NAME', STARTED_ON: 'STARTED_ON', STARTED_ON_DESC: 'STARTED_ON_DESC' } as const;
registerEnumType(orders, {
  name: 'TeacherOrder',
  description: 'Orders in which teachers can be listed; equal ones by id.',
  valuesConfig: { NAME: { description: 'By name: Chinese ones by sound.' }, STARTED_ON: { description: 'By the first day of the main employment, the earliest first.' }, STARTED_ON_DESC: { description: 'By the same day, the latest first.' } },
});

@InputType('TeacherFilter', { description: 'Which teachers: those to whom all of it applies.' })
export class TeacherFilterInput {
  @Field(() => ID, { nullable: true, description: 'The place of the main employment or one above it, by its code: `110000` for a whole province, `CN` for all.' })
  readonly jurisdiction?: string | null;
  @Field(() => ID, { nullable: true, description: 'The institution of the main employment, by its global id.' })
  readonly institution?: string | null;
  @Field(() => ID, { nullable: true, description: 'A role held on the day in the province of the main employment, such as `headTeacher`.' })
  readonly role?: string | null;
  @Field(() => String, { nullable: true, description: 'The stage of the main employment, as recorded, such as `primary`.' })
  readonly stage?: string | null;
  @Field(() => String, { nullable: true, description: 'The subject of the main employment, as recorded.' })
  readonly subject?: string | null;
  @Field(() => String, { nullable: true, description: 'The beginning of the name, 1 to 100 characters: Chinese characters, the sound of the first, or Latin letters in any case. It finds those alone whose names are shown in full to whoever asks.' })
  readonly name?: string | null;
}

@ArgsType()
export class TeachersArgs extends PageArgs {
  @Field(() => TeacherFilterInput, { nullable: true, description: 'Which teachers; default: all.' })
  readonly filter?: TeacherFilterInput | null;
  @Field(() => orders, { defaultValue: 'NAME', description: 'In which order.' })
  readonly orderBy!: keyof typeof orders;
  @Field(() => InstantScalar, { nullable: true, description: AT + NOW })
  readonly at?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: KNOWN_AT + NOW })
  readonly knownAt?: Instant | null;
}

@InputType('VerdictFilter', { description: `Those with this verdict. All teachers of the institution are assessed for it: at most ${REQUEST_LIMITS.staff} in a request, for which it counts as ${STAFF_QUESTIONS} questions.` })
export class VerdictFilterInput {
  @Field(() => Verdict, { description: 'The verdict.' })
  readonly is!: string;
  @Field(() => ID, { nullable: true, description: 'The decision asked, such as `creditCompletion`. Give this or `rule`.' })
  readonly decision?: string | null;
  @Field(() => ID, { nullable: true, description: 'The one rule asked, by id. Give this or `decision`.' })
  readonly rule?: string | null;
  @Field(() => InstantScalar, { nullable: true, description: 'A moment whose law decides, when it is not that of `at`.' })
  readonly lawAt?: Instant | null;
  @Field(() => [ReadingInput], { nullable: true, description: 'Other readings than those that hold by default.' })
  readonly readings?: readonly ReadingInput[] | null;
}

@ArgsType()
export class StaffArgs extends PageArgs {
  @Field(() => TeacherFilterInput, { nullable: true, description: 'Which of its teachers; default: all.' })
  readonly filter?: TeacherFilterInput | null;
  @Field(() => VerdictFilterInput, { nullable: true, description: 'Only those with a verdict.' })
  readonly verdict?: VerdictFilterInput | null;
  @Field(() => orders, { defaultValue: 'NAME', description: 'In which order.' })
  readonly orderBy!: keyof typeof orders;
  @Field(() => InstantScalar, { nullable: true, description: AT + OF_PARENT })
  readonly at?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: KNOWN_AT + OF_PARENT })
  readonly knownAt?: Instant | null;
}

@ArgsType()
export class WhenArgs {
  @Field(() => InstantScalar, { nullable: true, description: AT + NOW })
  readonly at?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: KNOWN_AT + NOW })
  readonly knownAt?: Instant | null;
}

@ArgsType()
export class AtArgs {
  @Field(() => InstantScalar, { nullable: true, description: AT + OF_PARENT })
  readonly at?: Instant | null;
}

@ArgsType()
export class RolesArgs extends AtArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Whether to give those not held on the day, too.' })
  readonly all!: boolean;
}

/** What is asked about someone whose place and facts the store knows. */
@ArgsType()
export class AskArgs extends AtArgs {
  @Field(() => ID, { nullable: true, description: 'The decision asked, such as `creditCompletion`. Give this or `rule`.' })
  readonly decision?: string | null;
  @Field(() => ID, { nullable: true, description: 'The one rule asked, by id. Give this or `decision`.' })
  readonly rule?: string | null;
  @Field(() => InstantScalar, { nullable: true, description: 'A moment whose law decides, when it is not that of `at`.' })
  readonly lawAt?: Instant | null;
  @Field(() => InstantScalar, { nullable: true, description: KNOWN_AT + OF_PARENT })
  readonly knownAt?: Instant | null;
  @Field(() => [ReadingInput], { nullable: true, description: 'Other readings than those that hold by default.' })
  readonly readings?: readonly ReadingInput[] | null;
}

@ArgsType()
export class AssessmentArgs extends AskArgs {
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether to try all readings and tell whether the verdict depends on one.' })
  readonly allReadings?: boolean | null;
}
