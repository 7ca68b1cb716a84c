import { problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { CorrectionObject } from '../correction/correction.type.ts';
import { CreditEntryObject } from '../credit/credit-entry.type.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
import { QUERY_LIMITS } from '../limits/limits.ts';
import { refuseInput } from '../refuse-input.ts';
import { sceneAt, timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { StoredAssessmentObject } from '../stored-assessment/stored-assessment.type.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
import { Arg, Ctx, ID, Query, Resolver } from '../type-graphql.ts';
import { readGlobalId } from './global-id.ts';
import type { GlobalId, NodeType } from './global-id.ts';
import { Node } from './node.type.ts';

type Finder = (row: string, scene: Scene) => Promise<Node | null>;

/** How each type is found; all that one request asks for of a type is read together. */
const FINDERS: Readonly<Partial<Record<NodeType, Finder>>> = {
  Teacher: (row, scene) => scene.loaders.teacher(row, timeOf(scene)).then((found) => found && new TeacherObject(found, scene)),
  Institution: (row, scene) => scene.loaders.institution(row, scene.knownAt).then((found) => found && new InstitutionObject(found, scene)),
  CreditEntry: (row, scene) => scene.loaders.credit(row, scene.knownAt).then((found) => found && new CreditEntryObject(found, scene)),
  Correction: (row, scene) => scene.loaders.correction(row).then((found) => found && new CorrectionObject(found, scene)),
  StoredAssessment: (row, scene) => scene.loaders.storedAssessment(row, scene.knownAt).then((found) => found && new StoredAssessmentObject(found, scene)),
};

type ReadId = ReturnType<typeof readGlobalId>;

@Resolver()
export class NodesResolver {
  @Query(() => Node, { nullable: true, description: 'Any object by its global id, as of now; null: there is none. What is no global id at all is refused.' })
  async node(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Ctx() context: ApiContext): Promise<Node | null> {
    const read = readGlobalId(id);
    if (!read) return refuseInput(context.view, [malformed('id', id)]);
    return find(read, await sceneAt(context));
  }

  @Query(() => [Node], { nullable: 'items', description: `Objects by their global ids, as of now, in the order given: null in the place of each that there is not. At most ${QUERY_LIMITS.pageSize}.` })
  async nodes(@Arg('ids', () => [ID], { description: 'The global ids.' }) ids: string[], @Ctx() context: ApiContext): Promise<(Node | null)[]> {
    if (ids.length > QUERY_LIMITS.pageSize) refuseInput(context.view, [problem('TOO_MANY', 'ids', ids.length, 'input.too-many', [], { max: QUERY_LIMITS.pageSize, found: ids.length })]);
    const read = ids.map(readGlobalId);
    const problems = ids.flatMap((id, index) => (read[index] ? [] : [malformed(`ids[${index}]`, id)]));
    if (problems.length > 0) refuseInput(context.view, problems);
    const scene = await sceneAt(context);
    return Promise.all(read.map((id) => find(id, scene)));
  }
}

const malformed = (path: string, id: string) => problem('INVALID_ID', path, id, 'input.malformed-id', [], { id });

async function find(read: ReadId, scene: Scene): Promise<Node | null> {
  return read ? ((await FINDERS[read.type as GlobalId['type']]?.(read.id, scene)) ?? null) : null;
}
