import { SEPARATED } from '../../access/roles.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { join } from '../../persistence/repositories/accounts.ts';
import { acceptInvitation, expiryOfInvitation, insertInvitation } from '../../persistence/repositories/invitations.ts';
import { sqlErrorKind } from '../../persistence/sql-errors.ts';
import { audited } from './audited.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { sceneAt, timeOf } from '../scene.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
import { ABOUT } from './guard-fields.ts';
import { madeBy, Mutation } from './mutation.ts';
import type { Replay } from './mutation.ts';
import { readId } from '../teacher/read-list.ts';
import { Arg, Ctx, ID, ObjectType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';

/** How long a word is good for. */
const INVITATION_MS = 14 * 24 * 3_600_000;

@ObjectType('InvitationPayload', { description: 'A word by which a teacher links the own account, or what forbids it.', simpleResolvers: true })
export class InvitationPayload {
  @Field(() => String, { nullable: true, description: 'The word, shown this once: hand it to the teacher. Null where it was refused, and where the request was sent again: make another one then.' })
  readonly word!: string | null;
  @Field(() => InstantScalar, { nullable: true, description: 'Until when it can be used; null where it was refused, and where a request that was sent again may not see it any more.' })
  readonly expiresAt!: Instant | null;
  @Field(() => [UserError], { description: 'Everything that forbids it.' })
  readonly userErrors!: readonly UserError[];
}

@ObjectType('InvitationAcceptPayload', { description: 'Whether the account was linked.', simpleResolvers: true })
export class InvitationAcceptPayload {
  @Field(() => Boolean, { description: 'Whether the account is linked to the teacher now: ask `viewer` next.' })
  readonly isLinked!: boolean;
  @Field(() => [UserError], { description: 'Everything that forbids it.' })
  readonly userErrors!: readonly UserError[];
}

/** The word is kept nowhere. */
const replayCreate: Replay = async (earlier, { access, loaders }): Promise<InvitationPayload> => {
  const [id, { accountId }] = [madeBy(earlier, 'Invitation'), access.principal];
  return { word: null, expiresAt: id === null || accountId === null ? null : await expiryOfInvitation(loaders.sql, id, accountId), userErrors: [] };
};

const replayAccept: Replay = (earlier, { access }): InvitationAcceptPayload => ({ isLinked: access.principal.personId !== null && access.principal.personId === madeBy(earlier, 'Teacher'), userErrors: [] });

@Resolver()
export class InvitationMutation {
  @Mutation(() => InvitationPayload, { description: 'Makes a word, good for one use in 14 days, by which a teacher links the own account to the register. Whoever made it cannot use it.', replay: replayCreate })
  async invitationCreate(@Arg('teacher', () => ID, { description: 'The teacher, by global id.' }) given: string, @Ctx() context: ApiContext): Promise<InvitationPayload> {
    const problems: Problem[] = [];
    const personId = readId('Teacher', 'teacher', given, problems);
    const scene = await sceneAt(context);
    const row = personId === null ? null : await scene.loaders.teacher(personId, timeOf(scene));
    // Whoever sees somebody by another role may not ask them in.
    const isTheirs = row !== null && context.access.admits('INVITERS', new TeacherObject(row, scene)[ABOUT]);
    if (personId !== null && !isTheirs) problems.push(problem('UNKNOWN_TEACHER', 'teacher', given, 'input.unknown-teacher', [], { id: given }));
    if (personId === null || problems.length > 0) return { word: null, expiresAt: null, userErrors: problems.map((found) => userError(context.view, found)) };
    const expiresAt = (Date.now() + INVITATION_MS) as Instant;
    const { word } = await audited(context, 'invitationCreate', async (transaction) => {
      const made = await insertInvitation(transaction, personId, context.access.principal.accountId, expiresAt);
      return { result: made, change: { nodes: [{ type: 'Teacher', id: personId }, { type: 'Invitation', id: made.id }] } };
    });
    return { word, expiresAt, userErrors: [] };
  }

  @Mutation(() => InvitationAcceptPayload, { description: 'Links the account of the access token to the teacher of an invitation.', replay: replayAccept })
  async invitationAccept(@Arg('word', () => String, { description: 'The word of the invitation.' }) word: string, @Ctx() context: ApiContext): Promise<InvitationAcceptPayload> {
    const { access, loaders, view } = context;
    const refused = (found: Problem): InvitationAcceptPayload => ({ isLinked: false, userErrors: [userError(view, found)] });
    if (access.principal.personId !== null) return refused(problem('CONFLICT', 'word', null, 'access.linked-already'));
    const { subject } = loaders.store;
    try {
      if (access.principal.accountId === null && subject) await loaders.store.write((transaction) => join(transaction, { ...subject, kind: 'person', name: null, person: null }));
      const person = await audited(context, 'invitationAccept', async (transaction) => {
        const met = await acceptInvitation(transaction, word.slice(0, 100));
        return { result: met, change: met === null ? null : { nodes: [{ type: 'Teacher', id: met }] } };
      });
      return person === null ? refused(problem('UNKNOWN_WORD', 'word', null, 'access.unknown-word')) : { isLinked: true, userErrors: [] };
    } catch (error) {
      const kind = sqlErrorKind(error);
      if (kind === 'exclusion') return refused(problem('CONFLICT', 'word', null, 'access.separated-person', [], { all: SEPARATED.join(', ') }));
      if (kind !== 'unique') throw error;
      return refused(problem('CONFLICT', 'word', null, 'access.linked-already'));
    }
  }
}
