import type { Instant } from '../../kernel/civil-day.ts';
import { ROLES } from '../../access/roles.ts';
import type { Role } from '../../access/roles.ts';
import type { AccessRecord } from '../../records/access-reads.ts';
import { RoleEnum } from '../access/enums.ts';
import type { RequestAccess } from '../access/request-access.ts';
import { Field } from '../field.ts';
import { globalId } from '../relay/global-id.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { ID, ObjectType } from '../type-graphql.ts';

@ObjectType('AccessEntry', { description: 'That somebody was given personal data of a teacher.', simpleResolvers: true })
export class AccessEntryObject {
  readonly #entry: AccessRecord;
  constructor(entry: AccessRecord, personId: string, access: RequestAccess) {
    this.#entry = entry;
    access.givesOut(personId, 'AccessEntry');
  }

  @Field(() => InstantScalar, { description: 'When.' })
  get at(): Instant {
    return this.#entry.recordedAt;
  }
  @Field(() => ID, { nullable: true, description: 'The global id of the account to whom; null: the operator, by a command.' })
  get account(): string | null {
    return this.#entry.accountId === null ? null : globalId('Account', this.#entry.accountId);
  }
  @Field(() => String, { nullable: true, description: 'The name of the account; null: it has none.' })
  get name(): string | null {
    return this.#entry.accountName;
  }
  @Field(() => [RoleEnum], { description: 'The roles that the account held then.' })
  get roles(): readonly Role[] {
    return ROLES.filter((role) => this.#entry.roles.includes(role));
  }
  @Field(() => Boolean, { description: 'Whether it is another system rather than a person.' })
  get isClient(): boolean {
    return this.#entry.isClient;
  }
  @Field(() => Boolean, { description: 'Whether it is the teacher’s own account.' })
  get isOneself(): boolean {
    return this.#entry.isOneself;
  }
  @Field(() => Boolean, { description: 'Whether it was for the teacher, by a delegation.' })
  get isForTeacher(): boolean {
    return this.#entry.isOnBehalf;
  }
  @Field(() => String, { nullable: true, description: 'The name of the operation, as the client gave it, or of the change that was made; null: none was given.' })
  get operation(): string | null {
    return this.#entry.operation;
  }
  @Field(() => [String], { description: 'What was given out: names of types, fields or classes of data.' })
  get kinds(): readonly string[] {
    return this.#entry.kinds;
  }
  @Field(() => String, { nullable: true, description: 'What for, in the words of whoever asked; null: it did not have to be said.' })
  get purpose(): string | null {
    return this.#entry.purpose;
  }
  @Field(() => String, { description: 'The request, as in `x-request-id`.' })
  get requestId(): string {
    return this.#entry.requestId;
  }
}
