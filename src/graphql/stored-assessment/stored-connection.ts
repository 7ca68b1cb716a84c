import type { Instant } from '../../kernel/civil-day.ts';
import { positionOf } from '../../persistence/repositories/stored-assessments.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { StoredAssessment } from '../../workflows/stored-assessment.ts';
import { refuseInput } from '../refuse-input.ts';
import { connectionType, MOST_COUNTED } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import { PageArgs, readPage } from '../relay/page-args.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { sceneFrom } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { ArgsType, Field } from '../type-graphql.ts';
import { StoredAssessmentObject } from './stored-assessment.type.ts';

@ArgsType()
export class StoredAssessmentsArgs extends PageArgs {
  @Field(() => InstantScalar, { nullable: true, description: 'Only what was stored by then. Default: that of the teacher.' })
  readonly knownAt?: Instant | null;
}

export const StoredAssessmentConnection = connectionType<StoredAssessment, StoredAssessmentObject>({ name: 'StoredAssessment', items: 'stored assessments', order: 'the latest first' }, () => StoredAssessmentObject);
export type StoredAssessmentConnection = InstanceType<typeof StoredAssessmentConnection>;

const ORDER = 'RECORDED_AT_DESC';
const isKey = (key: string): boolean => key === '';

/** What was stored about someone: those of a page of teachers are one statement. */
export async function storedConnection(personId: string, of: Scene, { knownAt, ...args }: StoredAssessmentsArgs): Promise<StoredAssessmentConnection> {
  const problems: Problem[] = [];
  const page = readPage(args, ORDER, isKey, problems);
  if (problems.length > 0) refuseInput(of.view, problems);
  const scene = await sceneFrom(of, { knownAt });
  return new StoredAssessmentConnection({
    page: await scene.loaders.storedPage(personId, page, scene.knownAt),
    itemOf: (row) => new StoredAssessmentObject(row, scene),
    cursorOf: (row) => cursorOf(ORDER, positionOf(row)),
    count: () => scene.loaders.storedCount(personId, MOST_COUNTED + 1, scene.knownAt),
    at: scene.at,
    knownAt: scene.knownAt,
  });
}
