import type { JobRow } from '../../persistence/repositories/teacher-lists.ts';
import { Field } from '../field.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
// For annotations: the modules import each other, and what a decorator notes of a class has to be there already.
import type { InstitutionObject as Institution } from '../institution/institution.type.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { globalId } from '../relay/global-id.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import type { Scene } from '../scene.ts';
import { ID, ObjectType } from '../type-graphql.ts';

@ObjectType('Employment', { description: 'A time during which a teacher works in an institution (任职).', simpleResolvers: true })
export class EmploymentObject {
  readonly #job: JobRow;
  readonly #scene: Scene;
  constructor(job: JobRow, scene: Scene) {
    this.#job = job;
    this.#scene = scene;
  }

  @Field(() => ID, { description: 'The global id of this record of it, by which a correction names it.' })
  get id(): string {
    return globalId('Employment', this.#job.id);
  }
  @Field(() => InstitutionObject, { description: 'The institution.' })
  get institution(): Institution {
    return new InstitutionObject(this.#job.institution, this.#scene);
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place whose rules judge the teacher in this employment; null for a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#scene.view, this.#job.jurisdictionCode);
  }
  @Field(() => Boolean, { description: 'Whether it is the main employment of its days: that by which a teacher is listed and judged.' })
  get isMain(): boolean {
    return this.#job.isMain;
  }
  @Field(() => String, { nullable: true, description: 'The school stage taught (学段), as recorded, such as `primary`; null: not recorded.' })
  get stage(): string | null {
    return this.#job.stage;
  }
  @Field(() => String, { nullable: true, description: 'The subject taught (学科), as recorded; null: not recorded.' })
  get subject(): string | null {
    return this.#job.subject;
  }
  @Field(() => CivilDayScalar, { description: 'The first day.' })
  get from(): string {
    return this.#job.from;
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last day, included; null: it goes on.' })
  get to(): string | null {
    return this.#job.to;
  }
}
