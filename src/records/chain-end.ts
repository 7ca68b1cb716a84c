import type { Instant } from '../kernel/civil-day.ts';
import type { Sql } from '../persistence/sql.ts';
import { CHAIN_BEGINNING } from './chain-row.ts';

interface Head {
  readonly seq: string | null;
  readonly link: string | null;
  readonly moment: string;
}

/** Where the next row of a chain goes: its number and moment, and the link that it follows. */
export interface ChainEnd {
  readonly seq: bigint;
  readonly recordedAt: Instant;
  readonly before: Buffer;
}

/** `head`: the call, with one parameter, of the function that finds the last row and holds others off until the transaction ends. */
export async function chainEnd(sql: Sql, head: string, param: string | number | null): Promise<ChainEnd> {
  const [last] = await sql.execute<Head>(`select last_seq::text as seq, encode(last_link, 'hex') as link, (extract(epoch from moment) * 1000)::bigint::text as moment from ${head}`, [param]);
  if (!last) throw new Error(`${head} gives no head`);
  return { seq: BigInt(last.seq ?? 0) + 1n, recordedAt: Number(last.moment) as Instant, before: last.link === null ? CHAIN_BEGINNING : Buffer.from(last.link, 'hex') };
}
