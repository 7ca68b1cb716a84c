import type { EntityManager } from '@mikro-orm/postgresql';
import type { Grant, Scope } from '../../access/principal.ts';
import { SCOPE_OF, SEPARATED } from '../../access/roles.ts';
import type { Role } from '../../access/roles.ts';
import { dayOf } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import { effectiveKnownAt } from '../../persistence/recording.ts';
import { join } from '../../persistence/repositories/accounts.ts';
import { Institutions } from '../../persistence/repositories/institutions.ts';
import { anyGrantById, grantById, insertGrant, revokeGrant, rolesOfPerson } from '../../persistence/repositories/role-grants.ts';
import { sqlErrorKind } from '../../persistence/sql-errors.ts';
import { grantOnRecord } from '../../records/role-grant-entry.ts';
import { audited } from './audited.ts';
import { problemsOfGranting } from '../../workflows/grant-role.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { sceneAt } from '../scene.ts';
import { readId } from '../teacher/read-list.ts';
import { Arg, Ctx, Field as InputField, ID, InputType, ObjectType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';
import { RoleEnum } from './enums.ts';
import { madeBy, Mutation } from './mutation.ts';
import type { Replay } from './mutation.ts';
import { Refused } from './refused.ts';
import { problemsOfSubject, SubjectInput } from './read-subject.ts';
import { RoleGrantObject } from './viewer.type.ts';

@InputType({ description: 'A role for somebody, over a place or an institution.' })
export class RoleGrantInput {
  @InputField(() => SubjectInput, { description: 'To whom.' })
  readonly account!: SubjectInput;
  @InputField(() => RoleEnum, { description: 'The role.' })
  readonly role!: Role;
  @InputField(() => ID, { nullable: true, description: 'The place, with all below it, by code; for roles over a place.' })
  readonly jurisdiction?: string | null;
  @InputField(() => ID, { nullable: true, description: 'The institution, by global id; for roles over an institution.' })
  readonly institution?: string | null;
  @InputField(() => CivilDayScalar, { nullable: true, description: 'The first day; default: today.' })
  readonly from?: CivilDay | null;
  @InputField(() => CivilDayScalar, { nullable: true, description: 'The last day, included; default: until it is revoked.' })
  readonly to?: CivilDay | null;
}

@ObjectType('RoleGrantPayload', { description: 'The role that was given or ended, or all that forbids it.', simpleResolvers: true })
export class RoleGrantPayload {
  @Field(() => RoleGrantObject, { nullable: true, description: 'The grant; null on a dry run, where it was refused, and where a request that was sent again may not see it any more.' })
  readonly grant!: RoleGrantObject | null;
  @Field(() => [UserError], { description: 'Everything that forbids it; empty when it was done, or would be.' })
  readonly userErrors!: readonly UserError[];
}

/** The grant, while whoever asks governs it: also one that was ended since. */
const replay: Replay = async (earlier, context): Promise<RoleGrantPayload> => {
  const id = madeBy(earlier, 'RoleGrant');
  const known = id === null ? null : await anyGrantById(context.loaders.sql, id);
  const isSeen = known !== null && problemsOfGranting(context.access.principal, known, []).length === 0;
  return { grant: isSeen ? new RoleGrantObject(known, context.view, () => sceneAt(context)) : null, userErrors: [] };
};

@Resolver()
export class RoleGrantMutation {
  @Mutation(() => RoleGrantPayload, { description: 'Gives a role to somebody: by whoever holds a role that gives it, over a scope that holds the one given; never to oneself.', replay })
  roleGrant(
    @Arg('input', () => RoleGrantInput, { description: 'Who gets what.' }) input: RoleGrantInput,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Whether to say alone what would come of it.' }) dryRun: boolean,
    @Ctx() context: ApiContext,
  ): Promise<RoleGrantPayload> {
    return answered(context, 'roleGrant', (transaction) => grant(transaction, input, dryRun, context));
  }

  @Mutation(() => RoleGrantPayload, { description: 'Ends a role at once: by whoever could have given it. Nobody’s own role is ended by oneself.', replay })
  roleRevoke(
    @Arg('grant', () => ID, { description: 'The grant, by global id.' }) id: string,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Whether to say alone what would come of it.' }) dryRun: boolean,
    @Ctx() context: ApiContext,
  ): Promise<RoleGrantPayload> {
    return answered(context, 'roleRevoke', (transaction) => revoke(transaction, id, dryRun, context));
  }
}

async function answered(context: ApiContext, action: string, work: (transaction: EntityManager) => Promise<{ readonly grant: Grant; readonly accountId: string } | null>): Promise<RoleGrantPayload> {
  try {
    const made = await audited(context, action, async (transaction) => {
      const done = await work(transaction);
      return { result: done?.grant ?? null, change: done && grantOnRecord(done.grant, done.accountId, action === 'roleGrant' ? 'after' : 'before') };
    });
    return { grant: made && new RoleGrantObject(made, context.view, () => sceneAt(context)), userErrors: [] };
  } catch (error) {
    const problems = error instanceof Refused ? error.problems : sqlErrorKind(error) === 'exclusion' ? [problem('CONFLICT', 'input.role', null, 'access.separated-elsewhere', [], { all: SEPARATED.join(', ') })] : null;
    if (!problems) throw error;
    return { grant: null, userErrors: problems.map((found) => userError(context.view, found)) };
  }
}

async function grant(transaction: EntityManager, input: RoleGrantInput, dryRun: boolean, context: ApiContext): Promise<{ readonly grant: Grant; readonly accountId: string } | null> {
  const { access, now } = context;
  const from = input.from ?? dayOf(now);
  const to = input.to ?? null;
  const problems = problemsOfSubject(input.account, 'input.account');
  if (to !== null && to < from) problems.push(problem('OUT_OF_RANGE', 'input.to', to, 'access.days'));
  const scope = await readScope(transaction, input, context, problems);
  if (!scope || problems.length > 0) throw new Refused(problems);
  const { issuer, subject, isClient, name = null } = input.account;
  const accountId = await join(transaction, { issuer, subject, kind: isClient ? 'client' : 'person', name, person: null });
  const wanted = { accountId, role: input.role, scope };
  const forbidden = problemsOfGranting(access.principal, wanted, await rolesOfPerson(transaction, accountId));
  if (forbidden.length > 0) throw new Refused(forbidden.map((found) => ({ ...found, path: `input.${found.path}` })));
  // An account that was made for it goes with it.
  if (dryRun) throw new Refused([]);
  const id = await insertGrant(transaction, { ...wanted, from, to, grantedBy: access.principal.accountId });
  if (id === null) throw new Refused([problem('CONFLICT', 'input.role', input.role, 'access.held-already')]);
  return { grant: { id, role: input.role, scope }, accountId };
}

async function readScope(transaction: EntityManager, { role, jurisdiction, institution }: RoleGrantInput, { view }: ApiContext, problems: Problem[]): Promise<Scope | null> {
  const kind = SCOPE_OF[role];
  if (kind === 'self') return { kind };
  const wrong = (): null => {
    problems.push(problem('CONFLICT', 'input.role', role, 'access.other-scope', [], { role, kind }));
    return null;
  };
  if (kind === 'jurisdiction') {
    if (jurisdiction == null || institution != null) return wrong();
    if (view.registry.jurisdictions.has(jurisdiction)) return { kind, code: jurisdiction };
    problems.push(problem('UNKNOWN_JURISDICTION', 'input.jurisdiction', jurisdiction, 'input.unknown-jurisdiction', view.registry.nearestPlaces(jurisdiction), { code: jurisdiction }));
    return null;
  }
  if (institution == null || jurisdiction != null) return wrong();
  const row = readId('Institution', 'input.institution', institution, problems);
  if (row === null) return null;
  const [found] = await new Institutions(transaction).byId([row], await effectiveKnownAt(transaction, null));
  if (found) return { kind, institutionId: found.id, code: found.jurisdictionCode };
  problems.push(problem('UNKNOWN_INSTITUTION', 'input.institution', institution, 'access.unknown-institution', [], { id: institution }));
  return null;
}

async function revoke(transaction: EntityManager, given: string, dryRun: boolean, { access: { principal } }: ApiContext): Promise<{ readonly grant: Grant; readonly accountId: string } | null> {
  const problems: Problem[] = [];
  const id = readId('RoleGrant', 'grant', given, problems);
  if (id === null) throw new Refused(problems);
  const known = await grantById(transaction, id);
  const unknown = problem('UNKNOWN_GRANT', 'grant', given, 'access.unknown-grant', [], { id: given });
  if (!known) throw new Refused([unknown]);
  // Seen only because it is one's own: the same as what is not there to be ended.
  const forbidden = problemsOfGranting(principal, known, []);
  if (forbidden.length > 0) throw new Refused(known.accountId === principal.accountId ? forbidden.map((found) => ({ ...found, path: 'grant' })) : [unknown]);
  if (dryRun) return null;
  if (!(await revokeGrant(transaction, id, principal.accountId ?? ''))) throw new Refused([unknown]);
  return { grant: { id, role: known.role, scope: known.scope }, accountId: known.accountId };
}
