import { ID, Int, ObjectType } from '../type-graphql.ts';
import type { LedgerAnswer } from '../../kernel/assess.ts';
import type { Gap, GapCell } from '../../kernel/ledger-gap.ts';
import type { EntryPlacement } from '../../kernel/ledger-placements.ts';
import type { LedgerSpec } from '../../kernel/ledger.ts';
import { Nowhere } from '../enums.ts';
import { Field } from '../field.ts';
import { ExactScalar } from '../scalars/exact.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { label, unitLabel } from '../view.ts';
import type { AnswerView } from './answer-view.ts';
import { ReasonObject } from './finding.type.ts';

const specOf = (view: AnswerView, ledger: string): LedgerSpec | undefined => view.place.ledgers.get(ledger);

/** Coordinates in words: the values' labels, or "any". */
export function cellLabel(view: AnswerView, ledger: string, pool: string, at: Readonly<Record<string, string>>): string {
  const spec = specOf(view, ledger);
  const words = Object.entries(at).map(([name, value]) => {
    const coordinate = spec?.coordinates[name];
    const meaning = coordinate?.values[value];
    if (meaning && value !== 'yes') return label(view, meaning);
    return coordinate && value === 'yes' ? label(view, coordinate.label) : value;
  });
  const poolLabel = spec && Object.keys(spec.pools).length > 1 && spec.pools[pool] ? label(view, spec.pools[pool].label) : null;
  const any = view.language === 'zh' ? '不限' : 'any';
  return [poolLabel, words.length > 0 ? words.join(view.language === 'zh' ? '·' : ', ') : any].filter((word) => word !== null).join(view.language === 'zh' ? ':' : ': ');
}

@ObjectType('GapCell', { description: 'Additional credits or hours of one kind; coordinates that nothing asks for are left out.', simpleResolvers: true })
export class GapCellObject {
  readonly #cell: GapCell;
  readonly #ledger: string;
  readonly #view: AnswerView;
  constructor(cell: GapCell, ledger: string, view: AnswerView) {
    this.#cell = cell;
    this.#ledger = ledger;
    this.#view = view;
  }

  @Field(() => ExactScalar, { description: 'How much, in the unit of the gap.' })
  get amount(): string {
    return this.#cell.amount;
  }
  @Field(() => String, { description: 'The pool in which it counts.' })
  get pool(): string {
    return this.#cell.pool;
  }
  @Field(() => JsonScalar, { description: 'What it has to be, by coordinate, such as `{"level": "district"}`; empty: any.' })
  get at(): unknown {
    return this.#cell.at;
  }
  @Field(() => String, { description: 'The same in words.' })
  get label(): string {
    return cellLabel(this.#view, this.#ledger, this.#cell.pool, this.#cell.at);
  }
  @Field(() => [ID], { description: 'The ids of the short rules that it serves.' })
  get rules(): readonly string[] {
    return this.#cell.rules;
  }
  @Field(() => Boolean, { description: 'False where the time for it is over: it can no longer be closed.' })
  get isClosable(): boolean {
    return this.#cell.isClosable;
  }
}

@ObjectType('Gap', { description: 'The least additional credits or hours (差额) with which every requirement would hold, all requirements of the person taken together. It is not the sum of the shortfalls.', simpleResolvers: true })
export class GapObject {
  readonly #gap: Gap;
  readonly #view: AnswerView;
  constructor(gap: Gap, view: AnswerView) {
    this.#gap = gap;
    this.#view = view;
  }

  @Field(() => ExactScalar, { nullable: true, description: 'The least amount; 0 when all is met; null when it cannot be told, see `unknown`.' })
  get amount(): string | null {
    return this.#gap.amount;
  }
  @Field(() => String, { description: 'The unit, such as `credit`.' })
  get unit(): string {
    return this.#gap.unit;
  }
  @Field(() => String, { description: 'The unit in words.' })
  get unitLabel(): string {
    return unitLabel(this.#view, this.#gap.unit);
  }
  @Field(() => [GapCellObject], { description: 'One way to close it with that amount: what kind, and how much of it.' })
  get cells(): GapCellObject[] {
    return this.#gap.cells.map((cell) => new GapCellObject(cell, this.#gap.ledger, this.#view));
  }
  @Field(() => [ReasonObject], { description: 'Why the amount is null; empty when it is known.' })
  get unknown(): ReasonObject[] {
    return this.#gap.unknown.map((reason) => new ReasonObject(reason, this.#view));
  }
}

@ObjectType('EntryPlacement', { description: 'Where an entry, or part of it, was counted, or why it counts nowhere.', simpleResolvers: true })
export class EntryPlacementObject {
  readonly #placement: EntryPlacement;
  readonly #ledger: string;
  readonly #view: AnswerView;
  constructor(placement: EntryPlacement, ledger: string, view: AnswerView) {
    this.#placement = placement;
    this.#ledger = ledger;
    this.#view = view;
  }

  @Field(() => Int, { description: 'Its position in the list given, from 0.' })
  get index(): number {
    return this.#placement.index;
  }
  @Field(() => String, { nullable: true, description: 'The id given with it; null when none was.' })
  get id(): string | null {
    return this.#placement.id;
  }
  @Field(() => ExactScalar, { nullable: true, description: 'How much of it lies here; null when its amount is not known.' })
  get amount(): string | null {
    return this.#placement.amount;
  }
  @Field(() => String, { nullable: true, description: 'The pool in which it counts; null when it counts nowhere.' })
  get pool(): string | null {
    return this.#placement.pool;
  }
  @Field(() => JsonScalar, { nullable: true, description: 'The coordinates of the cell in which it counts; null when nowhere.' })
  get at(): unknown {
    return this.#placement.at;
  }
  @Field(() => String, { nullable: true, description: 'The same in words; null when nowhere.' })
  get label(): string | null {
    return this.#placement.at && cellLabel(this.#view, this.#ledger, this.#placement.pool ?? '', this.#placement.at);
  }
  @Field(() => JsonScalar, { nullable: true, description: 'The cell that it was moved from by offsets; null when it stayed.' })
  get movedFrom(): unknown {
    return this.#placement.movedFrom;
  }
  @Field(() => [ID], { description: 'The offset rules by which it moved, in order.' })
  get movedBy(): readonly string[] {
    return this.#placement.movedBy;
  }
  @Field(() => [ID], { description: 'The ids of the rules whose requirement it counts for.' })
  get countsFor(): readonly string[] {
    return this.#placement.countsFor;
  }
  @Field(() => Nowhere, { nullable: true, description: 'Why it counts nowhere; null when it counts.' })
  get nowhere(): string | null {
    return this.#placement.nowhere;
  }
  @Field(() => ID, { nullable: true, description: 'The rule behind that; null where none is.' })
  get because(): string | null {
    return this.#placement.because;
  }
}

@ObjectType('Ledger', { description: 'Credits or hours as they were allocated.', simpleResolvers: true })
export class LedgerObject {
  readonly #answer: LedgerAnswer;
  readonly #view: AnswerView;
  constructor(answer: LedgerAnswer, view: AnswerView) {
    this.#answer = answer;
    this.#view = view;
  }

  @Field(() => ID, { description: 'Which ledger.' })
  get id(): string {
    return this.#answer.ledger;
  }
  @Field(() => String, { description: 'Its name.' })
  get label(): string {
    const spec = specOf(this.#view, this.#answer.ledger);
    return spec ? label(this.#view, spec.label) : this.#answer.ledger;
  }
  @Field(() => GapObject, { description: 'What would close it.' })
  get gap(): GapObject {
    return new GapObject(this.#answer.gap, this.#view);
  }
  @Field(() => [EntryPlacementObject], { description: 'Where each entry was counted, in the order given; empty when bare figures were given.' })
  get entries(): EntryPlacementObject[] {
    return this.#answer.entries.map((placement) => new EntryPlacementObject(placement, this.#answer.ledger, this.#view));
  }
}
