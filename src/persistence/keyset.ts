import { allOf, raw, sql } from './sql-part.ts';
import type { SqlPart } from './sql-part.ts';

/** A place in an order: the value by which is ordered, and the row that has it. */
export interface Position {
  readonly key: string;
  readonly id: string;
}

/** Some rows of an order: those after `after` and before `before`, the first `size` of them, or the last. */
export interface Page {
  readonly size: number;
  readonly fromEnd: boolean;
  readonly after: Position | null;
  readonly before: Position | null;
}

/** An order as an index has it: the column with its type, the id that settles ties, and the direction of both. */
export interface Order {
  readonly key: string;
  readonly type: 'text' | 'date';
  readonly id: string;
  readonly descending: boolean;
}

/** What was read for a page, with one row more than it holds where there is one. */
export interface PageRows<Row> {
  readonly rows: readonly Row[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Rows beyond a position: a comparison of rows, so that an index in this order leads straight to it. */
function beyond({ key, type, id, descending }: Order, side: 'after' | 'before', position: Position, inclusive = false): SqlPart {
  const sign = `${(side === 'after') === descending ? '<' : '>'}${inclusive ? '=' : ''}`;
  return sql`(${raw(key)}, ${raw(id)}) ${raw(sign)} (${position.key}::${raw(type)}, ${position.id}::bigint)`;
}

/** The conditions that a page adds to those of its list. */
export const boundsOf = (order: Order, { after, before }: Page): SqlPart => allOf([after && beyond(order, 'after', after), before && beyond(order, 'before', before)]);

/** How the rows of a page are read: from its end where it is the last ones that are wanted. */
export const readingOrder = ({ key, id, descending }: Order, { fromEnd }: Pick<Page, 'fromEnd'>): SqlPart => {
  const direction = descending === fromEnd ? '' : ' desc';
  return raw(`${key}${direction}, ${id}${direction}`);
};

/**
 * Whether there are rows on the other side of a bound; without one there is nothing there. `rows` says of which table and
 * which they are. The nearest one is looked for in the order of the index: a mere `exists` may be answered by reading the
 * table, until a row happens to fit.
 */
export function outside(order: Order, page: Page, side: 'after' | 'before', table: string, rows: SqlPart): SqlPart {
  const bound = side === 'before' ? page.after : page.before;
  if (!bound) return raw('false');
  return sql`(select true from ${raw(table)} where ${rows} and ${beyond(order, side, bound, true)} order by ${readingOrder(order, { fromEnd: side === 'before' })} limit 1) is not null`;
}

/** What was read becomes the page. `rows` are in the order in which they were read, at most one more than the page holds. */
export function pageOf<Row>(rows: readonly Row[], { size, fromEnd }: Page, outsideBefore: boolean, outsideAfter: boolean): PageRows<Row> {
  const more = rows.length > size;
  const kept = more ? rows.slice(0, size) : rows;
  return { rows: fromEnd ? [...kept].reverse() : kept, hasPrevious: outsideBefore || (fromEnd && more), hasNext: outsideAfter || (!fromEnd && more) };
}

/** The page of a list that is at hand whole, in its order. */
export function slicePage<Row>(rows: readonly Row[], { size, fromEnd, after, before }: Page, positionOf: (row: Row) => Position, compare: (a: Position, b: Position) => number): PageRows<Row> {
  const from = after ? rows.findIndex((row) => compare(positionOf(row), after) > 0) : 0;
  const start = from < 0 ? rows.length : from;
  const until = before ? rows.findIndex((row) => compare(positionOf(row), before) >= 0) : -1;
  const end = Math.max(start, until < 0 ? rows.length : until);
  const [first, last] = fromEnd ? [Math.max(start, end - size), end] : [start, Math.min(end, start + size)];
  return { rows: rows.slice(first, last), hasPrevious: first > 0, hasNext: last < rows.length };
}

/** As the database compares: by the bytes of the key, then by the number of the row. */
export function comparePositions({ descending }: Pick<Order, 'descending'>, a: Position, b: Position): number {
  const compared = (a.key === b.key ? 0 : Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))) || Number(a.id) - Number(b.id);
  return descending ? -compared : compared;
}
