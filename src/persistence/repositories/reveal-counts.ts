import type { Instant } from '../../kernel/civil-day.ts';
import type { Sql } from '../sql.ts';

/** What came of counting: how many are left, or that there are none, and when the window is over. */
export interface Counted {
  readonly ok: boolean;
  readonly remaining: number;
  readonly resetsAt: Instant;
}

const ENDS = `(extract(epoch from window_start + interval '1 hour') * 1000)::bigint::text as ends`;

/**
 * Counts one more that the account of the open transaction has revealed, unless it has reached the most of an hour. The
 * hour begins with the first. Whoever asks at the same moment waits for the row; what is rolled back was not counted.
 */
export async function countReveal(sql: Sql, most: number): Promise<Counted> {
  const isOver = `c.window_start <= statement_timestamp() - interval '1 hour'`;
  const [row] = await sql.execute<{ used: number; ends: string }>(
    `insert into reveal_count as c (account_id, window_start, used) values (reach_account(), statement_timestamp(), 1)
     on conflict (account_id) do update set window_start = case when ${isOver} then statement_timestamp() else c.window_start end, used = case when ${isOver} then 1 else c.used + 1 end
     where ${isOver} or c.used < ?::int
     returning used, ${ENDS}`,
    [most],
  );
  if (row) return { ok: true, remaining: Math.max(0, most - row.used), resetsAt: Number(row.ends) as Instant };
  const [reached] = await sql.execute<{ ends: string }>(`select ${ENDS} from reveal_count where account_id = reach_account()`);
  return { ok: false, remaining: 0, resetsAt: Number(reached?.ends ?? 0) as Instant };
}
