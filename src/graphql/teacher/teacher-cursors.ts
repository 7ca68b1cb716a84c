import { parseDay } from '../../kernel/civil-day.ts';
import type { Page, Position } from '../../persistence/keyset.ts';
import { TEACHER_ORDERS } from '../../persistence/repositories/teacher-lists.ts';
import type { TeacherOrder } from '../../persistence/repositories/teacher-lists.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { RequestAccess } from '../access/request-access.ts';
import { refuseInput } from '../refuse-input.ts';
import { cursorOf } from '../relay/cursor.ts';
import { readPage } from '../relay/page-args.ts';
import type { PageArgs } from '../relay/page-args.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** Cursors of the order of names without the names: of the row alone. */
const WITHOUT_NAMES = 'NAME_OF_ROW';

/**
 * A cursor holds what the list is ordered by. Who does not know the names of all who are listed gets cursors without them,
 * and can give no others: a name could be read from the one, and found out by trying with the other.
 */
const hidesNames = (order: TeacherOrder, { named }: RequestAccess): boolean => TEACHER_ORDERS[order].type === 'text' && named !== null;

const isKeyOf = (order: TeacherOrder) => (key: string): boolean => TEACHER_ORDERS[order].type === 'text' || parseDay(key) !== null;

export const teacherCursor = (order: TeacherOrder, access: RequestAccess) => ({ key, id }: Position): string => (hidesNames(order, access) ? cursorOf(WITHOUT_NAMES, { key: '', id }) : cursorOf(order, { key, id }));

/** The page that is asked for, whose places may still lack their names; what is wrong with the arguments is added to the problems. */
export const readTeacherPage = (args: PageArgs, order: TeacherOrder, access: RequestAccess, problems: Problem[]): Page =>
  hidesNames(order, access) ? readPage(args, WITHOUT_NAMES, (key) => key === '', problems) : readPage(args, order, isKeyOf(order), problems);

/** The same with the names that belong to its places. Refused where a place is that of nobody who is seen. */
export async function withNames(page: Page, order: TeacherOrder, scene: Scene): Promise<Page> {
  if (!hidesNames(order, scene.access)) return page;
  const [after, before] = await Promise.all([named('after', page.after, scene), named('before', page.before, scene)]);
  return { ...page, after, before };
}

async function named(path: string, position: Position | null, scene: Scene): Promise<Position | null> {
  if (position === null) return null;
  const key = await scene.loaders.nameKey(position.id, timeOf(scene));
  return key === null ? refuseInput(scene.view, [problem('INVALID_CURSOR', path, cursorOf(WITHOUT_NAMES, position), 'input.malformed-cursor')]) : { ...position, key };
}
