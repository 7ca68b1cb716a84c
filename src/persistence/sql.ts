/** Whatever runs a statement with `?` for its parameters: an entity manager, or a transaction of it. */
export interface Sql {
  execute<Row extends object>(query: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** A list of numbers as one parameter, to be cast: `?::bigint[]`. Every id has to be a number written in digits. */
export function idList(ids: readonly string[]): string {
  for (const id of ids) if (!/^\d{1,18}$/.test(id)) throw new RangeError(`not a row id: ${id.slice(0, 40)}`);
  return `{${ids.join(',')}}`;
}

/** Rows as they were known at an instant, given twice: recorded by then, and not yet superseded. */
export const visible = (table: string): string => `${table}.recorded_at <= ? and (${table}.superseded_at is null or ${table}.superseded_at > ?)`;

/** An instant as a parameter. */
export const timestamp = (at: number): string => new Date(at).toISOString();
