import type { TeacherList } from '../../persistence/repositories/teacher-lists.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { refuseInput } from '../refuse-input.ts';
import { MOST_COUNTED } from '../relay/connection.ts';
import { sceneAt, timeOf } from '../scene.ts';
import { Arg, Args, Ctx, ID, Query, Resolver } from '../type-graphql.ts';
import { readId, readTeacherFilter } from './read-list.ts';
import { TeacherConnection, teacherConnection } from './teacher-connection.ts';
import { readTeacherPage, withNames } from './teacher-cursors.ts';
import { TeachersArgs, WhenArgs } from './teacher.input.ts';
import { TeacherObject } from './teacher.type.ts';

@Resolver()
export class TeachersResolver {
  @Query(() => TeacherObject, { nullable: true, description: 'A teacher; null: no such teacher was known.' })
  async teacher(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Args(() => WhenArgs) when: WhenArgs, @Ctx() context: ApiContext): Promise<TeacherObject | null> {
    const problems: Problem[] = [];
    const row = readId('Teacher', 'id', id, problems);
    if (row === null) return refuseInput(context.view, problems);
    const scene = await sceneAt(context, when);
    const found = await scene.loaders.teacher(row, timeOf(scene));
    return found && new TeacherObject(found, scene);
  }

  @Query(() => TeacherConnection, { description: 'Teachers by their main employment on the day of `at`: who has none then is not listed.' })
  async teachers(@Args(() => TeachersArgs) { filter, orderBy, at, knownAt, ...paging }: TeachersArgs, @Ctx() context: ApiContext): Promise<TeacherConnection> {
    const problems: Problem[] = [];
    const admitted = await readTeacherFilter(context.view, filter, problems);
    const page = readTeacherPage(paging, orderBy, context.access, problems);
    if (problems.length > 0) refuseInput(context.view, problems);
    const scene = await sceneAt(context, { at, knownAt });
    const list: TeacherList = { filter: admitted, order: orderBy, time: timeOf(scene) };
    const lists = scene.loaders.teacherLists;
    return teacherConnection(scene, orderBy, await lists.page(list, await withNames(page, orderBy, scene)), () => lists.count(list, MOST_COUNTED + 1));
  }
}
