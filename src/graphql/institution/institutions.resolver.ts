import type { InstitutionList, InstitutionRow } from '../../persistence/repositories/institutions.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { refuseInput } from '../refuse-input.ts';
import { connectionType, MOST_COUNTED } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import { readPage } from '../relay/page-args.ts';
import { sceneAt, timeOf } from '../scene.ts';
import { readId, readName, readPlace, readText } from '../teacher/read-list.ts';
import { WhenArgs } from '../teacher/teacher.input.ts';
import { Arg, Args, Ctx, ID, Query, Resolver } from '../type-graphql.ts';
import { InstitutionsArgs } from './institution.input.ts';
import { InstitutionObject } from './institution.type.ts';

type Row = InstitutionRow & { readonly key: string };

const InstitutionConnection = connectionType<Row, InstitutionObject>({ name: 'Institution', items: 'institutions', order: 'by name' }, () => InstitutionObject);
type InstitutionConnection = InstanceType<typeof InstitutionConnection>;

@Resolver()
export class InstitutionsResolver {
  @Query(() => InstitutionObject, { nullable: true, description: 'An institution; null: no such one was known.' })
  async institution(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Args(() => WhenArgs) when: WhenArgs, @Ctx() context: ApiContext): Promise<InstitutionObject | null> {
    const problems: Problem[] = [];
    const row = readId('Institution', 'id', id, problems);
    if (row === null) return refuseInput(context.view, problems);
    const scene = await sceneAt(context, when);
    const found = await scene.loaders.institution(row, scene.knownAt);
    return found && new InstitutionObject(found, scene);
  }

  @Query(() => InstitutionConnection, { description: 'Institutions, with what holds of them on the day of `at`.' })
  async institutions(@Args(() => InstitutionsArgs) { filter, orderBy, at, knownAt, ...paging }: InstitutionsArgs, @Ctx() context: ApiContext): Promise<InstitutionConnection> {
    const problems: Problem[] = [];
    const admitted = {
      jurisdiction: readPlace(context.view, filter?.jurisdiction, problems),
      kind: readText('filter.kind', filter?.kind, problems),
      stage: readText('filter.stage', filter?.stage, problems),
      nameKey: await readName(filter?.name, problems),
    };
    const page = readPage(paging, ORDER_TAG[orderBy], () => true, problems);
    if (problems.length > 0) refuseInput(context.view, problems);
    const scene = await sceneAt(context, { at, knownAt });
    const list: InstitutionList = { filter: admitted, time: timeOf(scene) };
    const lists = scene.loaders.institutionLists;
    return new InstitutionConnection({
      page: await lists.page(list, page),
      itemOf: (row) => new InstitutionObject(row, scene),
      cursorOf: (row) => cursorOf(ORDER_TAG[orderBy], row),
      count: () => lists.count(list, MOST_COUNTED + 1),
      at: scene.at,
      knownAt: scene.knownAt,
    });
  }
}

/** Cursors of teachers by name are no cursors of institutions. */
const ORDER_TAG = { NAME: 'INSTITUTION_NAME' } as const;
