import type { FactInput } from '../../kernel/facts.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { formatBigUnits } from '../../kernel/exact.ts';
import type { ActRow, CreditEntryRow } from '../../persistence/repositories/credit-entries.ts';
import { recordsOf } from '../../plugin-host/place-records.ts';
import type { Book } from '../../plugin-host/place-records.ts';
import { Act } from '../enums.ts';
import { Field } from '../field.ts';
import { InstitutionObject } from '../institution/institution.type.ts';
// For annotations: the modules import each other, and what a decorator notes of a class has to be there already.
import type { InstitutionObject as Institution } from '../institution/institution.type.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { globalId } from '../relay/global-id.ts';
import { Node } from '../relay/node.type.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { ExactScalar } from '../scalars/exact.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import type { Scene } from '../scene.ts';
import { ID, Int, ObjectType } from '../type-graphql.ts';
import { unitLabel } from '../view.ts';
import { labelledAttributes } from './labelled-attributes.ts';

@ObjectType('CreditAct', { description: 'Something that was done about an entry of the credit ledger, which only grows.', simpleResolvers: true })
export class CreditAct {
  @Field(() => Act, { description: 'What was done.' })
  readonly act!: string;
  @Field(() => InstantScalar, { description: 'When it was recorded.' })
  readonly recordedAt!: Instant;
  @Field(() => String, { description: 'The source that it was recorded from, such as an import of an office.' })
  readonly source!: string;
}

@ObjectType('CreditAttribute', { description: 'What is recorded of an entry beyond its amount and day, with the words of its place.', simpleResolvers: true })
export class CreditAttribute {
  @Field(() => String, { description: 'Its name, with a dot inside a record: `level`, `degree.certificate`.' })
  readonly name!: string;
  @Field(() => String, { nullable: true, description: 'Its title; null where the place declares none.' })
  readonly label!: string | null;
  @Field(() => JsonScalar, { nullable: true, description: 'Its value as it is stored; null: that there is none.' })
  readonly value!: FactInput;
  @Field(() => String, { nullable: true, description: 'The value in words, where it is one of those that the place declares; else null.' })
  readonly valueLabel!: string | null;
}

@ObjectType('CreditEntry', { implements: Node, description: 'An entry of the credit ledger (学分记录): declared, reviewed, recognised, refused or reversed by acts that come after one another.', simpleResolvers: true })
export class CreditEntryObject {
  readonly #row: CreditEntryRow;
  readonly #scene: Scene;
  constructor(row: CreditEntryRow, scene: Scene) {
    this.#row = row;
    this.#scene = scene;
    scene.access.givesOut(row.personId, 'CreditEntry');
  }

  @Field(() => ID, { description: 'The global id; an assessment says under it where the entry was counted.' })
  get id(): string {
    return globalId('CreditEntry', this.#row.id);
  }
  @Field(() => String, { description: 'The book that it stands in: the fact that lists such entries in its place, such as `entries`.' })
  get book(): string {
    return this.#row.book;
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place under whose rules it was earned; null for a code that no plugin knows.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#scene.view, this.#row.jurisdictionCode);
  }
  @Field(() => ExactScalar, { nullable: true, description: 'The amount in `unit`, exact, such as `"1.5"`; null: not settled, or no plugin knows the book.' })
  get amount(): string | null {
    const book = this.#book();
    return this.#row.units === null || !book ? null : formatBigUnits(BigInt(this.#row.units), book.perWhole);
  }
  @Field(() => String, { nullable: true, description: 'The unit of the amount, such as `credit`; null where no plugin knows the book.' })
  get unit(): string | null {
    const book = this.#book();
    const type = book?.fields[book.amountField]?.type;
    return type?.kind === 'amount' ? type.unit : null;
  }
  @Field(() => String, { nullable: true, description: 'The unit in words; null where no plugin knows the book.' })
  get unitLabel(): string | null {
    return this.unit === null ? null : unitLabel(this.#scene.view, this.unit);
  }
  @Field(() => CivilDayScalar, { nullable: true, description: 'The day on which it was completed; null: not recorded.' })
  get completedOn(): string | null {
    return this.#row.completedOn;
  }
  @Field(() => Act, { description: 'Where it stands: its last act.' })
  get status(): string {
    return this.#row.acts.at(-1)?.act ?? 'declared';
  }
  @Field(() => [CreditAct], { description: 'All that was done about it, in the order of recording.' })
  get history(): readonly ActRow[] {
    return this.#row.acts;
  }
  @Field(() => Int, { description: 'Which version of the record it is, from 1: a change is a reversal and a new entry.' })
  get revision(): number {
    return this.#row.revision;
  }
  @Field(() => JsonScalar, { description: 'What is recorded beyond amount and day, as one object by the names of its place: `{"level": "district"}`.' })
  get attributes(): unknown {
    return this.#row.attributes;
  }
  @Field(() => [CreditAttribute], { description: 'The same one by one, with titles and values in words.' })
  get labelledAttributes(): CreditAttribute[] {
    return labelledAttributes(this.#row.attributes, this.#book(), this.#scene.view);
  }
  @Field(() => String, { nullable: true, description: 'The title of the course that it was earned by; null: none is recorded.' })
  get courseTitle(): string | null {
    return this.#row.courseTitle;
  }
  @Field(() => InstitutionObject, { nullable: true, description: 'The institution that gave the training; null: none is recorded.' })
  get institution(): Institution | null {
    return this.#row.institution && new InstitutionObject(this.#row.institution, this.#scene);
  }
  @Field(() => ID, { nullable: true, description: 'The entry of another place that this one is the decision about; null: none.' })
  get decides(): string | null {
    return this.#row.decidesId === null ? null : globalId('CreditEntry', this.#row.decidesId);
  }

  #book(): Book | undefined {
    const place = this.#scene.view.registry.place(this.#row.jurisdictionCode);
    return place ? recordsOf(place).books.get(this.#row.book) : undefined;
  }
}
