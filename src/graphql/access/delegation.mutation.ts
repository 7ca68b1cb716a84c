import { DELEGATED_ACTIONS } from '../../access/principal.ts';
import type { DelegatedAction } from '../../access/principal.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { join } from '../../persistence/repositories/accounts.ts';
import { insertDelegation, isOfAccount, revokeDelegation } from '../../persistence/repositories/delegations.ts';
import { open } from '../../records/audit-row.ts';
import { audited } from './audited.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { globalId } from '../relay/global-id.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { readId } from '../teacher/read-list.ts';
import { Arg, Ctx, Field as InputField, ID, InputType, ObjectType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';
import { DelegatedActionEnum } from './enums.ts';
import { madeBy, Mutation } from './mutation.ts';
import type { Replay } from './mutation.ts';
import { problemsOfSubject, SubjectInput } from './read-subject.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 366;

@InputType({ description: 'What a teacher lets somebody do, and for how long.' })
export class DelegationGrantInput {
  @InputField(() => SubjectInput, { description: 'Who may act, such as a school administrator.' })
  readonly account!: SubjectInput;
  @InputField(() => [DelegatedActionEnum], { description: 'What may be done.' })
  readonly actions!: readonly DelegatedAction[];
  @InputField(() => InstantScalar, { nullable: true, description: 'From when; default: now.' })
  readonly from?: Instant | null;
  @InputField(() => InstantScalar, { description: 'Until when, at most a year later.' })
  readonly to!: Instant;
}

@ObjectType('DelegationPayload', { description: 'The delegation that was given or ended, or what forbids it.', simpleResolvers: true })
export class DelegationPayload {
  @Field(() => ID, { nullable: true, description: 'Its global id; null where it was refused, and where a request that was sent again may not see it any more.' })
  readonly delegation!: string | null;
  @Field(() => [UserError], { description: 'Everything that forbids it.' })
  readonly userErrors!: readonly UserError[];
}

const replay: Replay = async (earlier, { access, loaders }): Promise<DelegationPayload> => {
  const [id, { accountId }] = [madeBy(earlier, 'Delegation'), access.principal];
  const isSeen = id !== null && accountId !== null && (await isOfAccount(loaders.sql, id, accountId));
  return { delegation: isSeen ? globalId('Delegation', id) : null, userErrors: [] };
};

@Resolver()
export class DelegationMutation {
  @Mutation(() => DelegationPayload, { description: 'Lets somebody act for the teacher who asks, without handing over a password; both stand in the record. It ends by itself, or at once by `delegationRevoke`.', replay })
  async delegationGrant(@Arg('input', () => DelegationGrantInput, { description: 'To whom, what and for how long.' }) input: DelegationGrantInput, @Ctx() context: ApiContext): Promise<DelegationPayload> {
    const { account, actions, to } = input;
    const from = input.from ?? (Date.now() as Instant);
    const { personId, accountId } = context.access.principal;
    const problems = problemsOfSubject(account, 'input.account');
    if (actions.length === 0) problems.push(problem('OUT_OF_RANGE', 'input.actions', [], 'access.no-action', [], { actions: DELEGATED_ACTIONS.join(', ') }));
    if (to <= from || to - from > MOST_DAYS * DAY_MS) problems.push(problem('OUT_OF_RANGE', 'input.to', null, 'access.window', [], { max: MOST_DAYS }));
    if (personId === null || accountId === null) problems.push(problem('NOT_ALLOWED', 'input', null, 'access.no-person'));
    if (personId === null || accountId === null || problems.length > 0) return refused(problems, context);
    return audited<DelegationPayload>(context, 'delegationGrant', async (transaction) => {
      const holder = await join(transaction, { issuer: account.issuer, subject: account.subject, kind: account.isClient ? 'client' : 'person', name: account.name ?? null, person: null });
      if (holder === accountId) return { result: refused([problem('NOT_ALLOWED', 'input.account', null, 'access.not-to-oneself')], context), change: null };
      const id = await insertDelegation(transaction, { personId, accountId: holder, actions: withView(actions), from, to, grantedBy: accountId });
      const nodes = [{ type: 'Delegation', id }, { type: 'Teacher', id: personId }, { type: 'Account', id: holder }];
      return { result: { delegation: globalId('Delegation', id), userErrors: [] }, change: { nodes, after: { actions: open(actions.join(',')), to: open(new Date(to).toISOString()) } } };
    });
  }

  @Mutation(() => DelegationPayload, { description: 'Ends a delegation at once: by who gave it, or by who holds it.', replay })
  async delegationRevoke(@Arg('delegation', () => ID, { description: 'The delegation, by global id.' }) given: string, @Ctx() context: ApiContext): Promise<DelegationPayload> {
    const problems: Problem[] = [];
    const id = readId('Delegation', 'delegation', given, problems);
    if (id === null) return refused(problems, context);
    const isDone = await audited(context, 'delegationRevoke', async (transaction) => {
      const person = await revokeDelegation(transaction, id);
      return { result: person !== null, change: person === null ? null : { nodes: [{ type: 'Delegation', id }, { type: 'Teacher', id: person }] } };
    });
    return isDone ? { delegation: given, userErrors: [] } : refused([problem('UNKNOWN_GRANT', 'delegation', given, 'access.unknown-grant', [], { id: given })], context);
  }
}

/** Whoever has an assessment kept reads it. */
const withView = (actions: readonly DelegatedAction[]): DelegatedAction[] => DELEGATED_ACTIONS.filter((action) => action === 'VIEW' || actions.includes(action));

const refused = (problems: readonly Problem[], { view }: ApiContext): DelegationPayload => ({ delegation: null, userErrors: problems.map((found) => userError(view, found)) });
