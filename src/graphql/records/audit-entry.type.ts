import type { Instant } from '../../kernel/civil-day.ts';
import type { NodeRef, ReadValue } from '../../records/audit-row.ts';
import type { AuditRecord } from '../../records/audit-trail.ts';
import type { RequestAccess } from '../access/request-access.ts';
import { Field } from '../field.ts';
import { globalId } from '../relay/global-id.ts';
import type { NodeType } from '../relay/global-id.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { ID, ObjectType } from '../type-graphql.ts';

@ObjectType('AuditNode', { description: 'Something that an entry of the audit trail is about.', simpleResolvers: true })
export class AuditNodeObject {
  readonly #node: NodeRef;
  constructor(node: NodeRef) {
    this.#node = node;
  }
  @Field(() => String, { description: 'What kind of thing it is, such as `Teacher`.' })
  get type(): string {
    return this.#node.type;
  }
  @Field(() => ID, { description: 'Its global id (of a place, the code), by which `auditTrail` finds what else was done to it.' })
  get id(): string {
    const { type, id } = this.#node;
    return type === 'Jurisdiction' ? id : globalId(type as NodeType, id);
  }
}

@ObjectType('AuditValue', { description: 'What a field was or became.', simpleResolvers: true })
export class AuditValueObject {
  readonly #value: ReadValue;
  @Field(() => String, { description: 'The name of the field.' })
  readonly name: string;
  constructor(name: string, value: ReadValue) {
    this.name = name;
    this.#value = value;
  }
  @Field(() => JsonScalar, { nullable: true, description: 'The value; null also where it is personal and not for whoever asks, see `isSealed`.' })
  get value(): unknown {
    return 'value' in this.#value ? this.#value.value : null;
  }
  @Field(() => Boolean, { description: 'Whether there is a value that is not for whoever asks.' })
  get isSealed(): boolean {
    return 'isSealed' in this.#value;
  }
}

@ObjectType('AuditEntry', { description: 'Something that was done: a change or a decision. Entries are never changed.', simpleResolvers: true })
export class AuditEntryObject {
  readonly #entry: AuditRecord;
  constructor(entry: AuditRecord, access: RequestAccess) {
    this.#entry = entry;
    for (const person of entry.persons) access.givesOut(person, 'AuditEntry');
  }

  @Field(() => String, { description: 'Its number in the trail, in digits: one more than that of the entry before it.' })
  get number(): string {
    return this.#entry.seq;
  }
  @Field(() => InstantScalar, { description: 'When it was done.' })
  get at(): Instant {
    return this.#entry.recordedAt;
  }
  @Field(() => String, { description: 'What was done: a mutation such as `roleGrant`, or a command of the operator.' })
  get action(): string {
    return this.#entry.action;
  }
  @Field(() => ID, { nullable: true, description: 'The global id of the account that did it; null: the operator, by a command.' })
  get account(): string | null {
    return this.#entry.accountId === null ? null : globalId('Account', this.#entry.accountId);
  }
  @Field(() => String, { nullable: true, description: 'The name by which the account went then; null: it had none.' })
  get name(): string | null {
    return this.#entry.actor;
  }
  @Field(() => ID, { nullable: true, description: 'The teacher for whom it was done, by delegation; null: for nobody else, or for somebody whom whoever asks may not see.' })
  get forWhom(): string | null {
    return this.#entry.onBehalfOf === null ? null : globalId('Teacher', this.#entry.onBehalfOf);
  }
  @Field(() => String, { nullable: true, description: 'The request, as in `x-request-id`; null: a command of the operator.' })
  get requestId(): string | null {
    return this.#entry.requestId;
  }
  @Field(() => [AuditNodeObject], { description: 'What it is about, as far as whoever asks may see it.' })
  get nodes(): readonly AuditNodeObject[] {
    return this.#entry.nodes.map((node) => new AuditNodeObject(node));
  }
  @Field(() => [AuditValueObject], { nullable: true, description: 'What it was before, by field; null: nothing is put down of it.' })
  get before(): readonly AuditValueObject[] | null {
    return valuesOf(this.#entry.before);
  }
  @Field(() => [AuditValueObject], { nullable: true, description: 'What it became, by field; null: nothing is put down of it.' })
  get after(): readonly AuditValueObject[] | null {
    return valuesOf(this.#entry.after);
  }
  @Field(() => [ID], { description: 'The rules that decided.' })
  get ruleIds(): readonly string[] {
    return this.#entry.ruleIds;
  }
  @Field(() => ID, { nullable: true, description: 'The global id of the stored assessment on which it rests; null: none.' })
  get assessment(): string | null {
    return this.#entry.assessmentId === null ? null : globalId('StoredAssessment', this.#entry.assessmentId);
  }
  @Field(() => String, { nullable: true, description: 'SHA-256 of the rulebook under which it was decided; null: none decided.' })
  get rulebookHash(): string | null {
    return this.#entry.rulebookHash;
  }
}

const valuesOf = (values: AuditRecord['before']): readonly AuditValueObject[] | null => values && Object.entries(values).map(([name, value]) => new AuditValueObject(name, value));
