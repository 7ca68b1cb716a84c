import type { Principal } from '../../access/principal.ts';
import { CLAIM_LIMITS } from '../../workflows/correct-record.ts';
import type { Claim, CorrectionSubject } from '../../workflows/correct-record.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { readGlobalId } from '../relay/global-id.ts';
import { readId } from '../teacher/read-list.ts';
import { Field, ID, InputType } from '../type-graphql.ts';
import { FactsScalar } from '../scalars/facts.scalar.ts';
import { RECORD_TYPES } from './correction.type.ts';

@InputType({ description: 'What is wrong in the register, and what it should be.' })
export class CorrectionRequestInput {
  @Field(() => ID, { nullable: true, description: 'The teacher, by global id, where it is asked on behalf of somebody; default: oneself.' })
  readonly teacher?: string | null;
  @Field(() => ID, { nullable: true, description: 'The record that is wrong, by global id: a credit entry, an employment, a role, a property, an identity number or another private value (as `GET /me/data` names them), or the teacher’s own for the name. Absent: something is missing.' })
  readonly record?: string | null;
  @Field(() => String, { description: `What is wrong, in 1 to ${CLAIM_LIMITS.text} characters.` })
  readonly wrong!: string;
  @Field(() => String, { description: `What it should be, in 1 to ${CLAIM_LIMITS.text} characters.` })
  readonly right!: string;
  @Field(() => FactsScalar, { nullable: true, description: `What it should be by fields of the record, such as \`{"completedOn": "2020-05-01"}\`: at most ${CLAIM_LIMITS.values} characters as JSON.` })
  readonly values?: Readonly<Record<string, unknown>> | null;
  @Field(() => String, { nullable: true, description: `Where it can be seen, such as the number of a certificate, in 1 to ${CLAIM_LIMITS.evidence} characters.` })
  readonly evidence?: string | null;
}

/** A person for whom something may be asked, and by which delegation. */
export interface Asked {
  readonly personId: string;
  readonly delegationId: string | null;
}

/** For whom it is asked; null: for nobody that whoever asks may ask for. */
export function readAsked({ teacher }: CorrectionRequestInput, { personId, delegations }: Principal, problems: Problem[]): Asked | null {
  const given = teacher == null ? personId : readId('Teacher', 'input.teacher', teacher, problems);
  if (given === null) {
    if (teacher == null) problems.push(problem('NOT_ALLOWED', 'input', null, 'correction.no-person'));
    return null;
  }
  if (given === personId) return { personId, delegationId: null };
  const held = delegations.find((delegation) => delegation.personId === given && delegation.actions.includes('REQUEST_CORRECTION'));
  if (held) return { personId: given, delegationId: held.id };
  problems.push(problem('UNKNOWN_TEACHER', 'input.teacher', teacher, 'input.unknown-teacher', [], { id: teacher ?? '' }));
  return null;
}

type Recorded = Exclude<CorrectionSubject, 'MISSING'>;
const SUBJECT_OF: ReadonlyMap<string, Recorded> = new Map((Object.keys(RECORD_TYPES) as Recorded[]).map((subject) => [RECORD_TYPES[subject], subject]));

/** The record that is named; null: none is, or it is none. */
export function readRecord({ record }: CorrectionRequestInput, problems: Problem[]): { readonly about: Recorded; readonly id: string } | null {
  if (record == null) return null;
  const read = readGlobalId(record);
  const about = SUBJECT_OF.get(read?.type ?? '');
  if (read && about) return { about, id: read.id };
  problems.push(problem('INVALID_ID', 'input.record', record, 'correction.other-record', [], { id: record, types: [...SUBJECT_OF.keys()].join(', ') }));
  return null;
}

/** People write it, line by line: no other control characters. Of what is too long no part is repeated. */
export function readProse(path: string, given: string, max: number, problems: Problem[]): string {
  const text = given.trim();
  if (text.length === 0 || text.length > max || /[^\P{Cc}\n\r\t]/u.test(text) || !text.isWellFormed()) problems.push(problem('OUT_OF_RANGE', path, null, 'correction.text', [], { max, found: text.length }));
  return text;
}

export function readClaim({ wrong, right, values, evidence }: CorrectionRequestInput, problems: Problem[]): Claim {
  const size = values == null ? 0 : JSON.stringify(values).length;
  if (size > CLAIM_LIMITS.values) problems.push(problem('OUT_OF_RANGE', 'input.values', null, 'correction.values', [], { max: CLAIM_LIMITS.values, found: size }));
  return {
    wrong: readProse('input.wrong', wrong, CLAIM_LIMITS.text, problems),
    right: readProse('input.right', right, CLAIM_LIMITS.text, problems),
    values: values ?? null,
    evidence: evidence == null ? null : readProse('input.evidence', evidence, CLAIM_LIMITS.evidence, problems),
  };
}
