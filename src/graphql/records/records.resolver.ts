import type { Problem } from '../../workflows/problem.ts';
import { problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { NODE_TYPES, readGlobalId } from '../relay/global-id.ts';
import type { NodeType } from '../relay/global-id.ts';
import { PageArgs } from '../relay/page-args.ts';
import { readId } from '../teacher/read-list.ts';
import { Arg, Args, Ctx, ID, Query, Resolver } from '../type-graphql.ts';
import { accessConnection, AccessEntryConnection, auditConnection, AuditEntryConnection } from './record-connections.ts';

@Resolver()
export class RecordsResolver {
  @Query(() => AuditEntryConnection, { description: 'What was done to something, by whom, from what to what: for auditors, over what lies in their places, and for teachers, about themselves. Empty: nothing was, or whoever asks may not see it. That somebody looked is put on record too.' })
  auditTrail(@Arg('node', () => ID, { description: 'The global id of anything that was changed or decided about; or the code of a place, for what was taken in for it by files.' }) given: string, @Args(() => PageArgs) page: PageArgs, @Ctx() context: ApiContext): Promise<AuditEntryConnection> {
    const read = context.view.registry.jurisdictions.has(given) ? { type: 'Jurisdiction', id: given } : readGlobalId(given);
    const isKnown = read !== null && [...NODE_TYPES, 'Jurisdiction'].includes(read.type as NodeType);
    const problems: Problem[] = isKnown ? [] : [problem('INVALID_ID', 'node', given, 'input.malformed-id', [], { id: given })];
    return auditConnection(isKnown ? read : null, page, context, problems);
  }

  @Query(() => AccessEntryConnection, { description: 'Who was given personal data of a teacher: for auditors and security officers, over those in their places, and for teachers, about themselves (also `viewer.seenBy`). Empty: nobody was, or whoever asks may not see it. That somebody looked is put on record too.' })
  accessTrail(@Arg('teacher', () => ID, { description: 'The teacher, by global id.' }) given: string, @Args(() => PageArgs) page: PageArgs, @Ctx() context: ApiContext): Promise<AccessEntryConnection> {
    const problems: Problem[] = [];
    return accessConnection(readId('Teacher', 'teacher', given, problems), page, context, problems);
  }
}
