import { dayOf, parseDay } from '../../kernel/civil-day.ts';
import { Corrections } from '../../persistence/repositories/corrections.ts';
import type { CorrectionFilter, CorrectionOrder, CorrectionRow } from '../../persistence/repositories/corrections.ts';
import type { Page } from '../../persistence/keyset.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { CorrectionState } from '../../workflows/correct-record.ts';
import type { Reach } from '../../access/reach.ts';
import { refuseInput } from '../refuse-input.ts';
import { connectionType, MOST_COUNTED } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import { PageArgs, readPage } from '../relay/page-args.ts';
import type { Scene } from '../scene.ts';
import { readId, readPlace } from '../teacher/read-list.ts';
import { ArgsType, Field, ID, InputType } from '../type-graphql.ts';
import { CorrectionObject } from './correction.type.ts';
import { CorrectionOrderEnum, CorrectionStateEnum } from './enums.ts';

@InputType('CorrectionFilter', { description: 'Which corrections are listed; what is absent does not matter.' })
export class CorrectionFilterInput {
  @Field(() => ID, { nullable: true, description: 'Those of a place and all below it, by code.' })
  readonly jurisdiction?: string | null;
  @Field(() => ID, { nullable: true, description: 'Those for which an institution answers, by global id.' })
  readonly institution?: string | null;
  @Field(() => CorrectionStateEnum, { nullable: true, description: 'Those in this state.' })
  readonly state?: CorrectionState | null;
  @Field(() => Boolean, { nullable: true, description: 'True: those alone that should have been decided by now. False is as if it were absent.' })
  readonly isOverdue?: boolean | null;
}

@ArgsType()
export class CorrectionsArgs extends PageArgs {
  @Field(() => CorrectionFilterInput, { nullable: true, description: 'Which are listed; default: all that whoever asks may decide about.' })
  readonly filter?: CorrectionFilterInput | null;
  @Field(() => CorrectionOrderEnum, { defaultValue: 'DUE_ON', description: 'In which order.' })
  readonly orderBy!: CorrectionOrder;
}

@ArgsType()
export class OwnCorrectionsArgs extends PageArgs {
  @Field(() => CorrectionStateEnum, { nullable: true, description: 'Those in this state; default: all.' })
  readonly state?: CorrectionState | null;
  @Field(() => CorrectionOrderEnum, { defaultValue: 'DUE_ON_DESC', description: 'In which order.' })
  readonly orderBy!: CorrectionOrder;
}

export const CorrectionConnection = connectionType<CorrectionRow, CorrectionObject>({ name: 'Correction', items: 'corrections', order: 'in the order asked for, as they stand now', isAsOf: false }, () => CorrectionObject);
export type CorrectionConnection = InstanceType<typeof CorrectionConnection>;

const isKey = (key: string): boolean => parseDay(key) !== null;

/** Those that whoever asks may decide about: what is about oneself is not among them. */
export async function correctionsToDecide(scene: Scene, { filter, orderBy, ...paging }: CorrectionsArgs): Promise<CorrectionConnection> {
  const problems: Problem[] = [];
  const asked: CorrectionFilter = {
    state: filter?.state ?? null,
    jurisdiction: readPlace(scene.view, filter?.jurisdiction, problems),
    institutionId: readId('Institution', 'filter.institution', filter?.institution, problems),
    overdueOn: filter?.isOverdue ? dayOf(scene.at) : null,
  };
  const page = readPage(paging, orderBy, isKey, problems);
  if (problems.length > 0) refuseInput(scene.view, problems);
  return connectionOf(scene, { ...scene.access.reach('corrections'), personIds: [] }, asked, orderBy, page);
}

/** Those about the person behind the account, and those that the account asked for. */
export async function ownCorrections(scene: Scene, { state, orderBy, ...paging }: OwnCorrectionsArgs): Promise<CorrectionConnection> {
  const problems: Problem[] = [];
  const page = readPage(paging, orderBy, isKey, problems);
  if (problems.length > 0) refuseInput(scene.view, problems);
  const { personId, accountId } = scene.access.principal;
  return connectionOf(scene, scene.access.reach('corrections'), { state: state ?? null, of: { personId, accountId } }, orderBy, page);
}

async function connectionOf(scene: Scene, reach: Reach, filter: CorrectionFilter, order: CorrectionOrder, page: Page): Promise<CorrectionConnection> {
  const corrections = new Corrections(scene.loaders.sql, reach);
  return new CorrectionConnection({
    page: await corrections.page(filter, order, page),
    itemOf: (row) => new CorrectionObject(row, scene),
    cursorOf: (row) => cursorOf(order, { key: row.dueOn, id: row.id }),
    count: () => corrections.count(filter, MOST_COUNTED + 1),
    at: scene.at,
    knownAt: scene.knownAt,
  });
}
