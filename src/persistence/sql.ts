/** Whatever runs a statement with `?` for its parameters: an entity manager, or a transaction of it. */
export interface Sql {
  execute<Row extends object>(query: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** Whatever runs a statement with `$1`, `$2` for its parameters: a connection of its own. */
interface NumberedClient {
  query(query: string, params: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** A connection of its own as what runs statements with `?`, so that what is written for the mapper runs on it too. */
export const sqlOf = (client: NumberedClient): Sql => ({
  async execute<Row extends object>(query: string, params: readonly unknown[] = []) {
    const { rows } = await client.query(numbered(query, params.length), [...params]);
    return rows as Row[];
  },
});

/** Throws when the number of `?` is another: they are not told from operators, of which no statement with parameters uses one. */
function numbered(query: string, count: number): string {
  let found = 0;
  const written = count === 0 ? query : query.replaceAll('?', () => `$${++found}`);
  if (found !== count) throw new RangeError(`${found} places for ${count} parameters`);
  return written;
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
