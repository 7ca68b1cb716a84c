import { mayAdmit } from '../../access/policy/admits.ts';
import { ROUTES } from '../../access/policy/fields.ts';
import { allRows, audienceNamed } from '../../access/policy/table.ts';
import type { Standing } from '../../access/budget/budgets.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Grant, HeldDelegation, Principal } from '../../access/principal.ts';
import type { ApiContext } from '../context.ts';
import { CorrectionConnection, ownCorrections, OwnCorrectionsArgs } from '../correction/correction-connection.ts';
import { Field } from '../field.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { accessConnection, AccessEntryConnection } from '../records/record-connections.ts';
import { globalId } from '../relay/global-id.ts';
import { PageArgs } from '../relay/page-args.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
import { Args, Ctx, Float, ID, ObjectType } from '../type-graphql.ts';
import { DelegatedActionEnum, RoleEnum } from './enums.ts';

/** Reading people takes a moment of knowledge, which is asked for when somebody is read. */
type SceneOf = () => Promise<Scene>;

@ObjectType('RoleGrant', { description: 'A role that somebody holds today, and over what.', simpleResolvers: true })
export class RoleGrantObject {
  readonly #grant: Grant;
  readonly #scene: SceneOf;
  readonly #view: Scene['view'];
  constructor(grant: Grant, view: Scene['view'], scene: SceneOf) {
    this.#grant = grant;
    this.#view = view;
    this.#scene = scene;
  }

  @Field(() => ID, { nullable: true, description: 'The global id, by which it is revoked; null for what follows from being a person of the register.' })
  get id(): string | null {
    return this.#grant.id === null ? null : globalId('RoleGrant', this.#grant.id);
  }
  @Field(() => RoleEnum, { description: 'The role.' })
  get role(): string {
    return this.#grant.role;
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place, with all below it, over which it is held; that of the institution; null: over oneself alone.' })
  get jurisdiction(): JurisdictionObject | null {
    const { scope } = this.#grant;
    return scope.kind === 'self' ? null : knownJurisdiction(this.#view, scope.code);
  }
  @Field(() => InstitutionObject, { nullable: true, description: 'The institution over which it is held; null: over a place, or oneself.' })
  institution(): Promise<InstitutionObject | null> | null {
    const { scope } = this.#grant;
    if (scope.kind !== 'institution') return null;
    return this.#scene().then((scene) => scene.loaders.institution(scope.institutionId, scene.knownAt).then((row) => row && new InstitutionObject(row, scene)));
  }
}

@ObjectType('Delegation', { description: 'What a teacher lets somebody else do for them.', simpleResolvers: true })
export class DelegationObject {
  readonly #held: HeldDelegation;
  readonly #scene: SceneOf;
  constructor(held: HeldDelegation, scene: SceneOf) {
    this.#held = held;
    this.#scene = scene;
  }

  @Field(() => ID, { description: 'The global id, by which it is ended.' })
  get id(): string {
    return globalId('Delegation', this.#held.id);
  }
  @Field(() => [DelegatedActionEnum], { description: 'What may be done.' })
  get actions(): readonly string[] {
    return this.#held.actions;
  }
  @Field(() => TeacherObject, { nullable: true, description: 'For whom.' })
  teacher(): Promise<TeacherObject | null> {
    return this.#scene().then((scene) => scene.loaders.teacher(this.#held.personId, timeOf(scene)).then((row) => row && new TeacherObject(row, scene)));
  }
}

@ObjectType('Budget', { description: 'What somebody may spend on questions within a window; `extensions.cost` of each answer says what the request took of it.', simpleResolvers: true })
export class BudgetObject {
  @Field(() => Float, { description: 'What is left, in units of estimated cost; a whole number.' })
  readonly remaining!: number;
  @Field(() => Float, { description: 'The whole of it, in the same units; a whole number.' })
  readonly limit!: number;
  @Field(() => InstantScalar, { description: 'When it is whole again.' })
  readonly resetsAt!: Instant;
}

@ObjectType('Viewer', { description: 'Who asks: the account behind the access token, its roles and what it may ask.', simpleResolvers: true })
export class ViewerObject {
  readonly #principal: Principal;
  readonly #budget: Standing;
  readonly #view: Scene['view'];
  readonly #scene: SceneOf;
  constructor(principal: Principal, view: Scene['view'], budget: Standing, scene: SceneOf) {
    this.#principal = principal;
    this.#budget = budget;
    this.#view = view;
    this.#scene = scene;
  }

  @Field(() => Boolean, { description: 'Whether a good access token came with the request.' })
  get isSignedIn(): boolean {
    return this.#principal.kind !== 'anonymous';
  }
  @Field(() => ID, { nullable: true, description: 'The global id of the account; null: nobody signed in, or the token’s subject has no account yet.' })
  get account(): string | null {
    return this.#principal.accountId === null ? null : globalId('Account', this.#principal.accountId);
  }
  @Field(() => Boolean, { description: 'Whether it is another system rather than a person.' })
  get isClient(): boolean {
    return this.#principal.kind === 'client';
  }
  @Field(() => String, { nullable: true, description: 'The name of the account; null: it has none.' })
  get name(): string | null {
    return this.#principal.displayName;
  }
  @Field(() => TeacherObject, { nullable: true, description: 'The person of the register that the account is linked to; null: none.' })
  teacher(): Promise<TeacherObject | null> | null {
    const { personId } = this.#principal;
    if (personId === null) return null;
    return this.#scene().then((scene) => scene.loaders.teacher(personId, timeOf(scene)).then((row) => row && new TeacherObject(row, scene)));
  }
  @Field(() => AccessEntryConnection, { nullable: true, description: 'Who was given personal data of the person that the account is linked to, the latest first; null: it is linked to nobody.' })
  seenBy(@Args(() => PageArgs) page: PageArgs, @Ctx() context: ApiContext): Promise<AccessEntryConnection> | null {
    const { personId } = this.#principal;
    return personId === null ? null : accessConnection(personId, page, context, []);
  }
  @Field(() => [RoleGrantObject], { description: 'The roles held today.' })
  get roles(): readonly RoleGrantObject[] {
    return this.#principal.grants.map((grant) => new RoleGrantObject(grant, this.#view, this.#scene));
  }
  @Field(() => [DelegationObject], { description: 'The teachers who let this account act for them now.' })
  get delegations(): readonly DelegationObject[] {
    return this.#principal.delegations.map((held) => new DelegationObject(held, this.#scene));
  }
  @Field(() => CorrectionConnection, { description: 'Corrections of what the register says of the person behind this account, and those that it asked for on behalf of others; the latest due day first.' })
  corrections(@Args(() => OwnCorrectionsArgs) args: OwnCorrectionsArgs): Promise<CorrectionConnection> {
    return this.#scene().then((scene) => ownCorrections(scene, args));
  }
  @Field(() => BudgetObject, { description: 'What is left to spend on questions, this request already taken off.' })
  get budget(): BudgetObject {
    return this.#budget;
  }
  @Field(() => [String], { description: 'What may be asked and done, such as `Query.teachers`, `Mutation.roleGrant` and the route `GET /me/data`. How much of it is seen depends on the relation to each person.' })
  get may(): readonly string[] {
    const fields = [...allRows()].flatMap(([field, { audience }]) => (/^(Query|Mutation)\./.test(field) ? [[field, audience] as const] : []));
    return [...fields, ...Object.entries(ROUTES)].filter(([, audience]) => mayAdmit(audienceNamed(audience), this.#principal)).map(([name]) => name);
  }
}
