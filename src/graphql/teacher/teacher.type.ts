import { dayOf, isWithin } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { TeacherRow } from '../../persistence/repositories/teacher-lists.ts';
import { MOST_READINGS } from '../../workflows/ask-question.ts';
import type { Place } from '../../access/reach.ts';
import { ABOUT } from '../access/guard-fields.ts';
import { AssessOutcome } from '../assessment/outcome.type.ts';
import { StoredOutcome } from '../assessment/stored-outcome.ts';
import { CreditConnection, creditConnection, CreditsArgs } from '../credit/credit-connection.ts';
import { Field } from '../field.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
// For annotations: the modules import each other, and what a decorator notes of a class has to be there already.
import type { InstitutionObject as Institution } from '../institution/institution.type.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import type { AskedQuestion } from '../loaders/judging.ts';
import type { PrivateOfPerson } from '../../persistence/repositories/private-values.ts';
import { IdentityNumberObject, SexEnum } from '../private/identity-number.type.ts';
import type { IdentityNumberObject as IdentityNumber } from '../private/identity-number.type.ts';
import { globalId } from '../relay/global-id.ts';
import { Node } from '../relay/node.type.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { StoredAssessmentConnection, storedConnection, StoredAssessmentsArgs } from '../stored-assessment/stored-connection.ts';
import type { StoredAssessmentConnection as StoredConnection } from '../stored-assessment/stored-connection.ts';
import { sceneFrom } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { Args, ID, ObjectType } from '../type-graphql.ts';
import { EmploymentObject } from './employment.type.ts';
import { HeldRole } from './role.type.ts';
import type { AskArgs } from './teacher.input.ts';
import { AssessmentArgs, AtArgs, RolesArgs } from './teacher.input.ts';

/** The question that arguments ask, seen from a scene. Fields in one order, so that equal questions have equal keys. */
export const questionOf = ({ decision, rule, lawAt, readings }: Omit<AskArgs, 'at' | 'knownAt'>, { at, knownAt }: Scene, allReadings: boolean | null = false): AskedQuestion => ({
  decision: brief(decision),
  rule: brief(rule),
  at,
  lawAt: lawAt ?? null,
  knownAt,
  readings: readings?.slice(0, MOST_READINGS + 1).map(({ rule: of, reading }) => ({ rule: brief(of) ?? '', reading: brief(reading) ?? '' })) ?? null,
  allReadings,
});

/** Longer is no name of anything; what is compared for each teacher of a page stays short. */
const LONGEST_NAME = 300;
const brief = (name: string | null | undefined): string | null => name?.slice(0, LONGEST_NAME) ?? null;

@ObjectType('Teacher', { implements: Node, description: 'A person who is or was employed as a teacher, as known at a moment. What is private is for whoever answers for them, and shown in part.', simpleResolvers: true })
export class TeacherObject {
  readonly #row: TeacherRow;
  readonly #scene: Scene;
  constructor(row: TeacherRow, scene: Scene) {
    this.#row = row;
    this.#scene = scene;
    scene.access.givesOut(row.id, 'Teacher');
  }

  get [ABOUT](): Place {
    const { id, job } = this.#row;
    return { personId: id, institutionId: job?.institution.id ?? null, code: job?.jurisdictionCode ?? null };
  }
  @Field(() => ID, { description: 'The global id.' })
  get id(): string {
    return globalId('Teacher', this.#row.id);
  }
  @Field(() => String, { description: 'The name; to whoever counts people and does not know them, its first character.' })
  get name(): string {
    return this.#row.name;
  }
  @Field(() => [IdentityNumberObject], { nullable: true, description: 'The identity numbers, in part, the first recorded first; empty: none is recorded, or nothing private is shown. Null only beside an error that says why.' })
  get identityNumbers(): Promise<IdentityNumber[]> {
    return this.#private('identityNumbers').then((known) => (known?.numbers ?? []).map((number) => new IdentityNumberObject(number, this[ABOUT])));
  }
  @Field(() => String, { nullable: true, description: 'The telephone number, in part: digits, or + and digits. Null: none is recorded, or nothing private is shown.' })
  get phone(): Promise<string | null> {
    return this.#private('phone').then((known) => known && known.open('phone'));
  }
  @Field(() => String, { nullable: true, description: 'The day of birth, such as 1985-01-31, to the teacher and the school; to all others the year, such as 1985. Null: none is recorded, or nothing private is shown.' })
  get birthDate(): Promise<string | null> {
    return this.#private('birthDate').then((known) => known && known.open('birthDate'));
  }
  @Field(() => SexEnum, { nullable: true, description: 'The sex. Null: none is recorded, or nothing private is shown.' })
  get sex(): Promise<string | null> {
    return this.#private('sex').then((known) => known && known.open('sex'));
  }
  @Field(() => InstantScalar, { description: 'The moment as of which fields show what they show, where they are not asked about another.' })
  get at(): Instant {
    return this.#scene.at;
  }
  @Field(() => InstantScalar, { description: 'The last recording that is known here; in 1970 when nothing was recorded.' })
  get knownAt(): Instant {
    return this.#scene.knownAt;
  }
  @Field(() => [EmploymentObject], { description: 'All employments, the earliest first.' })
  get employments(): Promise<EmploymentObject[]> {
    return this.#scene.loaders.employments(this.#row.id, this.#scene.knownAt).then((jobs) => jobs.map((job) => new EmploymentObject(job, this.#scene)));
  }
  @Field(() => EmploymentObject, { nullable: true, description: 'The main employment on the day: that by which the teacher is judged. Null: none.' })
  employment(@Args(() => AtArgs) { at }: AtArgs): EmploymentObject | null | Promise<EmploymentObject | null> {
    const scene = at == null ? this.#scene : { ...this.#scene, at };
    const day = dayOf(scene.at);
    if (day === dayOf(this.#scene.at)) return this.#row.job && new EmploymentObject(this.#row.job, scene);
    return scene.loaders.employments(this.#row.id, scene.knownAt).then((jobs) => {
      const job = jobs.findLast(({ isMain, from, to }) => isMain && isWithin(day, from, to));
      return job ? new EmploymentObject(job, scene) : null;
    });
  }
  @Field(() => InstitutionObject, { nullable: true, description: 'The institution of the main employment; null: none.' })
  get institution(): Institution | null {
    return this.#row.job && new InstitutionObject(this.#row.job.institution, this.#scene);
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place of the main employment, whose rules judge; null: none, or a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return this.#row.job && knownJurisdiction(this.#scene.view, this.#row.job.jurisdictionCode);
  }
  @Field(() => [HeldRole], { description: 'The roles held on the day, in any province; by name.' })
  roles(@Args(() => RolesArgs) { at, all }: RolesArgs): Promise<HeldRole[]> {
    const day = dayOf(at ?? this.#scene.at);
    return this.#scene.loaders.roles(this.#row.id, this.#scene.knownAt).then((roles) => roles.filter(({ from, to }) => all || isWithin(day, from, to)).map((role) => new HeldRole(role, this.#scene.view)));
  }
  @Field(() => CreditConnection, { description: 'The entries of the credit ledger about the teacher, of all places, by the day of completion.' })
  credits(@Args(() => CreditsArgs) args: CreditsArgs): Promise<CreditConnection> {
    return creditConnection(this.#row.id, this.#scene, args);
  }
  @Field(() => AssessOutcome, { description: 'Whether what is asked is met, why, and what would close the gap: judged by the place of the main employment on the day of `at`, from what is stored. Each teacher counts as a question, 100 in a request.' })
  assessment(@Args(() => AssessmentArgs) args: AssessmentArgs): Promise<AssessOutcome> {
    if (args.knownAt == null) return this.#assess(args, args.at == null ? this.#scene : { ...this.#scene, at: args.at });
    return sceneFrom(this.#scene, args).then((scene) => this.#assess(args, scene));
  }
  @Field(() => StoredAssessmentConnection, { description: 'What was stored about the teacher, the latest first.' })
  storedAssessments(@Args(() => StoredAssessmentsArgs) args: StoredAssessmentsArgs): Promise<StoredConnection> {
    return storedConnection(this.#row.id, this.#scene, args);
  }

  /** Whatever is private of a list of teachers is one statement; that it was looked at is on record by its field. */
  #private(field: string): Promise<PrivateOfPerson | null> {
    this.#scene.access.givesOut(this.#row.id, `Teacher.${field}`);
    return this.#scene.loaders.privateOf(this.#row.id, this.#scene.knownAt);
  }

  async #assess(args: AssessmentArgs, scene: Scene): Promise<AssessOutcome> {
    return new StoredOutcome(await scene.loaders.assessment(this.#row.id, questionOf(args, scene, args.allReadings)), scene);
  }
}
