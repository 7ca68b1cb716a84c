import { ID, ObjectType, registerEnumType } from './type-graphql.ts';
import { Field } from './field.ts';
import { JsonScalar } from './scalars/json.scalar.ts';

/** Stable codes of what a user can mend. */
export const USER_ERROR_CODES = {
  UNKNOWN_JURISDICTION: 'No place is known by this code.',
  UNKNOWN_DECISION: 'No place has a decision of this name.',
  UNKNOWN_RULE: 'No document has a rule of this id.',
  UNKNOWN_READING: 'The rule has no reading of this name.',
  UNKNOWN_FACT: 'No fact of this name is declared for the place.',
  UNKNOWN_FIELD: 'The record has no field of this name.',
  UNKNOWN_VALUE: 'The value is not one of those declared.',
  WRONG_TYPE: 'The value is of another type than declared.',
  OUT_OF_RANGE: 'The value is below or above what is possible or allowed.',
  TOO_FINE: 'The amount is finer than the smallest unit.',
  TOO_MANY: 'There are more items than are taken at once.',
  NOT_NULLABLE: 'The value may not be null.',
  CONFLICT: 'Two parts of the input exclude each other.',
  NOT_ONE_SUBJECT: 'Exactly one of a decision and a rule has to be named.',
  PROBLEM_TOO_LARGE: 'Answering exactly costs more than its declared bound; it is refused rather than approximated.',
  NOT_EMPLOYED: 'The person has no main employment on the day asked about, so no place judges.',
  UNKNOWN_TEACHER: 'No teacher of this id was known then.',
  NOT_ONE_SOURCE: 'Either a teacher has to be given, or a place with facts.',
  INVALID_ID: 'The id was not given out by this API, or is that of something else.',
  INVALID_CURSOR: 'The cursor was not given out by this API, or belongs to another order.',
  NOT_ALLOWED: 'Whoever asks may not do this to it.',
  UNKNOWN_GRANT: 'There is no such grant or delegation that whoever asks could end.',
  UNKNOWN_INSTITUTION: 'No institution of this id is known.',
  UNKNOWN_WORD: 'No invitation has this word, or it was used, or its time is over.',
  UNKNOWN_RECORD: 'There is no such record of the teacher, or another has taken its place.',
  UNKNOWN_CORRECTION: 'There is no such correction that whoever asks could bring to an end.',
  NOT_OPEN: 'It was decided or withdrawn before.',
  NOT_RECORDED: 'Nothing of the kind is recorded of the person.',
  LIMIT_REACHED: 'It was done as often as is allowed for now; `value` is the instant from which it can be done again.',
  MORE_PROBLEMS: 'There are more problems than are told one by one; `value` has their number.',
} as const;
export type UserErrorCode = keyof typeof USER_ERROR_CODES;

export const UserErrorCodes = Object.fromEntries(Object.keys(USER_ERROR_CODES).map((code) => [code, code]));
registerEnumType(UserErrorCodes, {
  name: 'UserErrorCode',
  description: 'What is wrong with an input: stable, for programs.',
  valuesConfig: Object.fromEntries(Object.entries(USER_ERROR_CODES).map(([code, description]) => [code, { description }])),
});

@ObjectType('UserError', { description: 'One thing that is wrong with an input. All of them are reported at once.', simpleResolvers: true })
export class UserError {
  @Field(() => UserErrorCodes, { description: 'The stable code, for programs.' })
  readonly code!: UserErrorCode;
  @Field(() => String, { description: 'Where in the input, such as `facts.entries[3].level`.' })
  readonly path!: string;
  @Field(() => String, { description: 'What was wrong and what was expected, in the language of the request.' })
  readonly message!: string;
  @Field(() => JsonScalar, { nullable: true, description: 'The value that was found; null also where it was absent.' })
  readonly value!: unknown;
  @Field(() => [String], { description: 'Known names or values that look like it, the nearest first.' })
  readonly nearest!: readonly string[];
  @Field(() => ID, { nullable: true, description: 'The rule behind it; null where the input itself is at fault.' })
  readonly ruleId!: string | null;
}
