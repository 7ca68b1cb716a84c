import { parseDay } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { slicePage } from '../../persistence/keyset.ts';
import type { Position } from '../../persistence/keyset.ts';
import type { CreditEntryRow } from '../../persistence/repositories/credit-entries.ts';
import type { Problem } from '../../workflows/problem.ts';
import { refuseInput } from '../refuse-input.ts';
import { connectionType } from '../relay/connection.ts';
import { cursorOf } from '../relay/cursor.ts';
import { PageArgs, readPage } from '../relay/page-args.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { sceneFrom } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { ArgsType, Field } from '../type-graphql.ts';
import { CreditEntryObject } from './credit-entry.type.ts';

@ArgsType()
export class CreditsArgs extends PageArgs {
  @Field(() => InstantScalar, { nullable: true, description: 'Only what was recorded by then. Default: that of the teacher.' })
  readonly knownAt?: Instant | null;
  @Field(() => String, { nullable: true, description: 'Only entries of this book, such as `entries`; default: all.' })
  readonly book?: string | null;
}

export const CreditConnection = connectionType<CreditEntryRow, CreditEntryObject>({ name: 'CreditEntry', items: 'entries of a ledger', order: 'by the day of completion, those without one last' }, () => CreditEntryObject);
export type CreditConnection = InstanceType<typeof CreditConnection>;

const ORDER = 'COMPLETED_ON';
/** Behind all days. */
const WITHOUT_DAY = '9999-12-31';
const isKey = (key: string): boolean => key === WITHOUT_DAY || parseDay(key) !== null;
const positionOf = ({ completedOn, id }: CreditEntryRow): Position => ({ key: completedOn ?? WITHOUT_DAY, id });
const compare = (a: Position, b: Position): number => (a.key === b.key ? Number(a.id) - Number(b.id) : a.key < b.key ? -1 : 1);

/** A page of someone's ledger, which is read whole: those of a page of teachers are one statement. */
export async function creditConnection(personId: string, of: Scene, { knownAt, book, ...args }: CreditsArgs): Promise<CreditConnection> {
  const problems: Problem[] = [];
  const page = readPage(args, ORDER, isKey, problems);
  if (problems.length > 0) refuseInput(of.view, problems);
  const scene = await sceneFrom(of, { knownAt });
  const all = await scene.loaders.credits(personId, scene.knownAt);
  const entries = book == null ? all : all.filter((entry) => entry.book === book);
  return new CreditConnection({
    page: slicePage(entries, page, positionOf, compare),
    itemOf: (row) => new CreditEntryObject(row, scene),
    cursorOf: (row) => cursorOf(ORDER, positionOf(row)),
    count: () => entries.length,
    at: scene.at,
    knownAt: scene.knownAt,
  });
}
