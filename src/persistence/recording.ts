import type { Instant } from '../kernel/civil-day.ts';
import { timestamp } from './sql.ts';
import type { Sql } from './sql.ts';

/** What one writing transaction puts down about itself. */
export interface Recording {
  /** The name of the source: `import:<office>`, `demo`, `api`. */
  readonly source: string;
  /** What was done: `import credits`. */
  readonly what: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** The id of a source, which is made when it is first named. */
export async function sourceId(sql: Sql, name: string): Promise<number> {
  const known = await sql.execute<{ id: number }>('select id from source where name = ?', [name]);
  if (known[0]) return known[0].id;
  const made = await sql.execute<{ id: number }>('insert into source (name, recorded_at) values (?, clock_timestamp()) on conflict (name) do update set name = excluded.name returning id', [name]);
  if (!made[0]) throw new Error(`source ${name} was not made`);
  return made[0].id;
}

/**
 * The instant with which all rows of the open transaction are stamped. Called once, as late as can be: other writers wait
 * from here to the commit, so that instants come in the order of commits and what was known at one stays so.
 */
export async function record(sql: Sql, { source, what, counts }: Recording): Promise<{ readonly recordedAt: string; readonly sourceId: number }> {
  const id = await sourceId(sql, source);
  const [row] = await sql.execute<{ at: string }>(`insert into recording (recorded_at, source_id, what, counts) values (next_recorded_at(), ?, ?, ?::jsonb) returning to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`, [id, what, JSON.stringify(counts)]);
  if (!row) throw new Error('nothing was recorded');
  return { recordedAt: row.at, sourceId: id };
}

/**
 * The moment of knowledge that an answer rests on: the last recording not after the one asked (without one: the last of
 * all). Later commits have later instants, so the same can be asked again and gives the same. 0: nothing was recorded.
 */
export async function effectiveKnownAt(sql: Sql, asked: Instant | null): Promise<Instant> {
  const bound = asked === null ? '' : ' where recorded_at <= ?';
  const [row] = await sql.execute<{ at: string | null }>(`select (extract(epoch from max(recorded_at)) * 1000)::bigint::text as at from recording${bound}`, asked === null ? [] : [timestamp(asked)]);
  return Number(row?.at ?? 0) as Instant;
}
