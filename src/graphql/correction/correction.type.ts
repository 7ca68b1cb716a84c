import { dayOf } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { message } from '../../kernel/text.ts';
import { openClaim, openReason } from '../../persistence/correction-texts.ts';
import type { CorrectionRow } from '../../persistence/repositories/corrections.ts';
import type { Claim, CorrectionSubject } from '../../workflows/correct-record.ts';
import { Field } from '../field.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { globalId } from '../relay/global-id.ts';
import type { NodeType } from '../relay/global-id.ts';
import { Node } from '../relay/node.type.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
import { ID, ObjectType } from '../type-graphql.ts';
import { say } from '../view.ts';
import { CorrectionStateEnum, CorrectionSubjectEnum } from './enums.ts';

/** The type of the record that each subject is about. */
export const RECORD_TYPES: Readonly<Record<Exclude<CorrectionSubject, 'MISSING'>, NodeType>> = { CREDIT_ENTRY: 'CreditEntry', EMPLOYMENT: 'Employment', ROLE: 'HeldRole', PROPERTY: 'PersonProperty', IDENTITY_NUMBER: 'IdentityNumber', PRIVATE_VALUE: 'PrivateValue', PERSON: 'Teacher' };

@ObjectType('Correction', { implements: Node, description: 'What somebody asks to have corrected in what the register says of a teacher (更正申请), and what came of it.', simpleResolvers: true })
export class CorrectionObject {
  readonly #row: CorrectionRow;
  readonly #scene: Scene;
  #claim: Claim | null = null;
  constructor(row: CorrectionRow, scene: Scene) {
    this.#row = row;
    this.#scene = scene;
    scene.access.givesOut(row.personId, 'Correction');
  }

  @Field(() => ID, { description: 'The global id.' })
  get id(): string {
    return globalId('Correction', this.#row.id);
  }
  @Field(() => CorrectionSubjectEnum, { description: 'What it is about.' })
  get about(): string {
    return this.#row.about;
  }
  @Field(() => ID, { nullable: true, description: 'The record that is said to be wrong, by global id; the teacher’s own for PERSON; null for MISSING.' })
  get record(): string | null {
    const { about, recordId, personId } = this.#row;
    return about === 'MISSING' ? null : globalId(RECORD_TYPES[about], recordId ?? personId);
  }
  @Field(() => TeacherObject, { nullable: true, description: 'The teacher; null where whoever answers for the record does not see the teacher any more.' })
  get teacher(): Promise<TeacherObject | null> {
    return this.#scene.loaders.teacher(this.#row.personId, timeOf(this.#scene)).then((found) => found && new TeacherObject(found, this.#scene));
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place that answers for the record; null for a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#scene.view, this.#row.jurisdictionCode);
  }
  @Field(() => InstitutionObject, { nullable: true, description: 'The institution that answers too; null: the place alone.' })
  get institution(): Promise<InstitutionObject | null> | null {
    const { institutionId } = this.#row;
    return institutionId === null ? null : this.#scene.loaders.institution(institutionId, this.#scene.knownAt).then((found) => found && new InstitutionObject(found, this.#scene));
  }
  @Field(() => CorrectionStateEnum, { description: 'Where it stands.' })
  get state(): string {
    return this.#row.state;
  }
  @Field(() => String, { description: 'What is said to be wrong.' })
  get wrong(): string {
    return this.#said().wrong;
  }
  @Field(() => String, { description: 'What it should be.' })
  get right(): string {
    return this.#said().right;
  }
  @Field(() => JsonScalar, { nullable: true, description: 'What it should be, by fields of the record; null: said in words alone.' })
  get values(): unknown {
    return this.#said().values;
  }
  @Field(() => String, { nullable: true, description: 'Where it can be seen, such as the number of a certificate; null: not said.' })
  get evidence(): string | null {
    return this.#said().evidence;
  }
  @Field(() => String, { nullable: true, description: 'The source that the record came from; null for MISSING.' })
  get source(): string | null {
    return this.#row.source;
  }
  @Field(() => InstantScalar, { description: 'When it was asked for.' })
  get submittedAt(): Instant {
    return this.#row.recordedAt;
  }
  @Field(() => Boolean, { description: 'Whether somebody asked on behalf of the teacher.' })
  get isByDelegate(): boolean {
    return this.#row.delegationId !== null;
  }
  @Field(() => CivilDayScalar, { description: 'The last day on which it is to be decided, included.' })
  get dueOn(): string {
    return this.#row.dueOn;
  }
  @Field(() => Boolean, { description: 'Whether that day is over and nothing was decided.' })
  get isOverdue(): boolean {
    return this.#row.state === 'SUBMITTED' && this.#row.dueOn < dayOf(this.#scene.at);
  }
  @Field(() => InstantScalar, { nullable: true, description: 'When it was decided or withdrawn; null: not yet.' })
  get decidedAt(): Instant | null {
    return this.#row.decidedAt;
  }
  @Field(() => String, { nullable: true, description: 'Why it was decided so; null: not decided, or nothing was said.' })
  get reason(): string | null {
    const { reason, personId } = this.#row;
    return reason === null ? null : openReason(this.#scene.loaders.keys, Buffer.from(reason, 'hex'), personId);
  }
  @Field(() => String, { nullable: true, description: 'How the register comes to be corrected, once it was accepted: by an import of the source, never by the decision itself. Null in all other states.' })
  get remedy(): string | null {
    const { state, source } = this.#row;
    if (state !== 'ACCEPTED') return null;
    return say(this.#scene.view, source === null ? message('correction.remedy.missing') : message('correction.remedy.source', { source }));
  }

  #said(): Claim {
    return (this.#claim ??= openClaim(this.#scene.loaders.keys, Buffer.from(this.#row.claim, 'hex'), this.#row.personId));
  }
}
