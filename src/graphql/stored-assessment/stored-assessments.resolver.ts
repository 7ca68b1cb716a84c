import type { Problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { refuseInput } from '../refuse-input.ts';
import { sceneAt } from '../scene.ts';
import { readId } from '../teacher/read-list.ts';
import { WhenArgs } from '../teacher/teacher.input.ts';
import { Arg, Args, Ctx, ID, Query, Resolver } from '../type-graphql.ts';
import { StoredAssessmentObject } from './stored-assessment.type.ts';

@Resolver()
export class StoredAssessmentsResolver {
  @Query(() => StoredAssessmentObject, { nullable: true, description: 'An assessment that was stored, by its global id; null: there is none, or there was none by `knownAt`.' })
  async assessment(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Args(() => WhenArgs) when: WhenArgs, @Ctx() context: ApiContext): Promise<StoredAssessmentObject | null> {
    const problems: Problem[] = [];
    const row = readId('StoredAssessment', 'id', id, problems);
    if (row === null) return refuseInput(context.view, problems);
    const scene = await sceneAt(context, when);
    const found = await scene.loaders.storedAssessment(row, scene.knownAt);
    return found && new StoredAssessmentObject(found, scene);
  }
}
