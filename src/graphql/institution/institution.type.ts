import type { InstitutionRow } from '../../persistence/repositories/institutions.ts';
import { Field } from '../field.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { STAFF_QUESTIONS } from '../limits/costs.ts';
import { REQUEST_LIMITS } from '../limits/limits.ts';
import { globalId } from '../relay/global-id.ts';
import { Node } from '../relay/node.type.ts';
import { sceneFrom, timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { TeacherConnection } from '../teacher/teacher-connection.ts';
import { AskArgs, AtArgs, StaffArgs } from '../teacher/teacher.input.ts';
import { Args, ID, ObjectType } from '../type-graphql.ts';
import { InstitutionProperty } from './property.type.ts';
import { staffConnection } from './staff-connection.ts';
import { SummaryOutcome } from './summary.type.ts';
import { summarise } from './summarise.ts';

@ObjectType('Institution', { implements: Node, description: 'A school or another institution that employs teachers, as known at a moment.', simpleResolvers: true })
export class InstitutionObject {
  readonly #row: InstitutionRow;
  readonly #scene: Scene;
  constructor(row: InstitutionRow, scene: Scene) {
    this.#row = row;
    this.#scene = scene;
  }

  @Field(() => ID, { description: 'The global id.' })
  get id(): string {
    return globalId('Institution', this.#row.id);
  }
  @Field(() => String, { description: 'The name.' })
  get name(): string {
    return this.#row.name;
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place in which it lies; null for a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#scene.view, this.#row.jurisdictionCode);
  }
  @Field(() => [InstitutionProperty], { description: 'What holds of it on the day, by name: kind, stage, ownership and what else is recorded.' })
  properties(@Args(() => AtArgs) { at }: AtArgs): Promise<InstitutionProperty[]> {
    const { loaders, view } = this.#scene;
    const time = timeOf(at == null ? this.#scene : { ...this.#scene, at });
    return loaders.properties(this.#row.id, time).then((rows) => rows.map((row) => new InstitutionProperty(row, this.#row.jurisdictionCode, view)));
  }
  @Field(() => TeacherConnection, { description: 'Those with their main employment here on the day.' })
  teachers(@Args(() => StaffArgs) args: StaffArgs): Promise<TeacherConnection> {
    return sceneFrom(this.#scene, args).then((scene) => staffConnection(this.#row.id, scene, args));
  }
  @Field(() => SummaryOutcome, { description: `How a question comes out among all teachers with their main employment here on the day. All are assessed for it: at most ${REQUEST_LIMITS.staff} in a request, for which it counts as ${STAFF_QUESTIONS} of its questions.` })
  summary(@Args(() => AskArgs) args: AskArgs): Promise<SummaryOutcome> {
    return sceneFrom(this.#scene, args).then((scene) => summarise(this.#row.id, scene, args));
  }
}
