import { formatInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { IdentityKind } from '../../kernel/identity-number.ts';
import type { PrivateOfPerson, StoredNumber } from '../../persistence/repositories/private-values.ts';
import { countReveal } from '../../persistence/repositories/reveal-counts.ts';
import type { Counted } from '../../persistence/repositories/reveal-counts.ts';
import { open } from '../../records/audit-row.ts';
import { RecordError } from '../../records/record-error.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { audited } from '../access/audited.ts';
import { ABOUT } from '../access/guard-fields.ts';
import { Mutation } from '../access/mutation.ts';
import { recordRefusal } from '../access/record-refusal.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { sceneAt, timeOf } from '../scene.ts';
import { readId } from '../teacher/read-list.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
import { Arg, Ctx, Field as InputField, ID, InputType, Int, ObjectType, registerEnumType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';
import { IdentityKindEnum } from './identity-number.type.ts';

const enumOf = <Name extends string>(name: string, description: string, values: Readonly<Record<Name, string>>): Readonly<Record<Name, Name>> => {
  const made = Object.fromEntries(Object.keys(values).map((value) => [value, value])) as Record<Name, Name>;
  registerEnumType(made as Record<string, string>, { name, description, valuesConfig: Object.fromEntries(Object.entries<string>(values).map(([value, text]) => [value, { description: text }])) });
  return made;
};

const RevealedFields = enumOf('RevealedField', 'What can be revealed of a teacher.', { IDENTITY_NUMBER: 'An identity number.', PHONE: 'The telephone number.', BIRTH_DATE: 'The day of birth.' });
const RevealPurposes = enumOf('RevealPurpose', 'What something is revealed for.', {
  IDENTITY_CHECK: 'To make sure who somebody is.',
  CONTACT: 'To reach them.',
  CORRECTION: 'To correct what is recorded.',
  COMPLAINT: 'To handle a complaint or a dispute.',
  LEGAL_DUTY: 'To fulfil a duty by law.',
  OTHER: 'For something else, which the reason says.',
});

/** Short of this nobody can tell later what it was for; longer is no reason but a document. */
const REASON = { least: 6, most: 300 };

@InputType({ description: 'What is to be shown in full, and what for.' })
export class RevealInput {
  @InputField(() => ID, { description: 'Of which teacher, by global id.' })
  readonly teacher!: string;
  @InputField(() => RevealedFields, { description: 'What.' })
  readonly field!: keyof typeof RevealedFields;
  @InputField(() => ID, { nullable: true, description: 'Which identity number, by global id; needed where there are several.' })
  readonly identityNumber?: string | null;
  @InputField(() => RevealPurposes, { description: 'What for.' })
  readonly purpose!: keyof typeof RevealPurposes;
  @InputField(() => String, { description: `The reason in words, ${REASON.least} to ${REASON.most} characters: it stands on record, and the teacher sees it.` })
  readonly reason!: string;
}

@ObjectType('RevealPayload', { description: 'A value in full, or what forbids it.', simpleResolvers: true })
export class RevealPayload {
  @Field(() => String, { nullable: true, description: 'The value, shown this once. Null where it was refused, and where the request was sent again: ask anew then.' })
  readonly value!: string | null;
  @Field(() => IdentityKindEnum, { nullable: true, description: 'The kind of an identity number; null for anything else.' })
  readonly kind!: IdentityKind | null;
  @Field(() => Int, { nullable: true, description: 'How many more may be revealed within the hour; null where nothing was.' })
  readonly remaining!: number | null;
  @Field(() => InstantScalar, { nullable: true, description: 'When the hour is over; null where nothing was revealed.' })
  readonly resetsAt!: Instant | null;
  @Field(() => [UserError], { description: 'Everything that forbids it.' })
  readonly userErrors!: readonly UserError[];
}

const NOTHING = { value: null, kind: null, remaining: null, resetsAt: null };

/** Thrown to leave the transaction: nothing of it stays. */
class LimitReached extends Error {
  readonly counted: Counted;
  constructor(counted: Counted) {
    super('the limit of an hour is reached');
    this.counted = counted;
  }
}

/** What is asked for, and found. */
interface Found {
  readonly personId: string;
  readonly number: StoredNumber | null;
  value(): string;
}

@Resolver()
export class RevealMutation {
  @Mutation(() => RevealPayload, {
    description: 'Shows one private value of a teacher in full: to whoever answers for them, so often an hour, for a purpose. That and what for is on record before it is shown, and the teacher sees it.',
    // It was shown once; whoever wants to see it again says what for.
    replay: (): RevealPayload => ({ ...NOTHING, userErrors: [] }),
  })
  async reveal(@Arg('input', () => RevealInput, { description: 'What, and what for.' }) input: RevealInput, @Ctx() context: ApiContext): Promise<RevealPayload> {
    const { view, records, revealsPerHour } = context;
    if (records === null) throw recordRefusal(new RecordError('ACCESS_RECORD_UNAVAILABLE', { retryAfterSeconds: 2 }), view.language);
    const problems = problemsOfReason(input.reason);
    const found = await find(input, context, problems);
    const refused = (all: readonly Problem[]): RevealPayload => ({ ...NOTHING, userErrors: all.map((one) => userError(view, one)) });
    if (!found || problems.length > 0) return refused(problems);
    const { personId, number, value } = found;
    const { field, purpose, reason } = input;
    try {
      const counted = await audited(context, 'reveal', async (transaction) => {
        const result = await countReveal(transaction, revealsPerHour);
        if (!result.ok) throw new LimitReached(result);
        const nodes = [{ type: 'Teacher', id: personId }, ...(number ? [{ type: 'IdentityNumber', id: number.id }] : [])];
        return { result, change: { nodes, after: { field: open(field), purpose: open(purpose), reason }, looked: { purpose: `${purpose}: ${reason}`, kinds: [`Revealed.${field}`] } } };
      });
      return { value: value(), kind: number?.kind ?? null, remaining: counted.remaining, resetsAt: counted.resetsAt, userErrors: [] };
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      const at = formatInstant(error.counted.resetsAt);
      return refused([problem('LIMIT_REACHED', 'input', at, 'reveal.limit-reached', [], { limit: revealsPerHour, at })]);
    }
  }
}

function problemsOfReason(reason: string): Problem[] {
  const length = [...reason.trim()].length;
  if (length >= REASON.least && length <= REASON.most && !/\p{Cc}/u.test(reason) && reason.isWellFormed()) return [];
  // What was written may be about somebody, and is not sent back.
  return [problem('OUT_OF_RANGE', 'input.reason', null, 'reveal.reason', [], REASON)];
}

/** Who is not theirs is unknown to whoever asks. */
async function find({ teacher, field, identityNumber }: RevealInput, context: ApiContext, problems: Problem[]): Promise<Found | null> {
  const personId = readId('Teacher', 'input.teacher', teacher, problems);
  const numberId = readId('IdentityNumber', 'input.identityNumber', identityNumber, problems);
  if (personId === null) return null;
  const scene = await sceneAt(context);
  const row = await scene.loaders.teacher(personId, timeOf(scene));
  const isTheirs = row !== null && context.access.admits('RECORDERS', new TeacherObject(row, scene)[ABOUT]);
  const known = isTheirs ? await scene.loaders.privateOf(personId, scene.knownAt) : null;
  if (!known) {
    problems.push(problem('UNKNOWN_TEACHER', 'input.teacher', teacher, 'input.unknown-teacher', [], { id: teacher }));
    return null;
  }
  if (field !== 'IDENTITY_NUMBER') return plainValue(field, known, personId, identityNumber ?? null, problems);
  const numbers = known.numbers.filter(({ id }) => numberId === null || id === numberId);
  const [number] = numbers;
  if (!number) problems.push(problem('NOT_RECORDED', numberId === null ? 'input.field' : 'input.identityNumber', null, 'reveal.not-recorded'));
  else if (numbers.length > 1) problems.push(problem('CONFLICT', 'input.identityNumber', null, 'reveal.which-number', [], { count: numbers.length }));
  return number && problems.length === 0 ? { personId, number, value: () => number.open() } : null;
}

function plainValue(field: 'PHONE' | 'BIRTH_DATE', known: PrivateOfPerson, personId: string, identityNumber: string | null, problems: Problem[]): Found | null {
  if (identityNumber !== null) problems.push(problem('CONFLICT', 'input.identityNumber', null, 'reveal.no-number'));
  const value = known.open(field === 'PHONE' ? 'phone' : 'birthDate');
  if (value === null) problems.push(problem('NOT_RECORDED', 'input.field', null, 'reveal.not-recorded'));
  return value === null || problems.length > 0 ? null : { personId, number: null, value: () => value };
}
