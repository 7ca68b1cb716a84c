import type { Client, PoolClient } from 'pg';
import type { Kind } from '../columns/column.ts';
import type { Secrets } from './private-values.ts';

/** What became of the rows of a file. */
export interface Effects {
  /** Rows that were not known before. */
  added: number;
  /** Rows that say what is stored. */
  unchanged: number;
  /** Entries whose status has moved on. */
  advanced: number;
  /** Rows that say something else than what is stored, which now says the same. */
  amended: number;
}
export const noEffects = (): Effects => ({ added: 0, unchanged: 0, advanced: 0, amended: 0 });

/** One file in its transaction: what is staged is compared with what is stored, and taken. */
export class Session {
  readonly client: Client | PoolClient;
  readonly kind: Kind;
  /** Null while nothing was ever recorded from the source. */
  sourceId: number | null;
  readonly isAmending: boolean;
  /** What lies sealed is opened and compared with. */
  readonly secrets: Secrets;

  constructor(client: Client | PoolClient, kind: Kind, sourceId: number | null, isAmending: boolean, secrets: Secrets) {
    this.client = client;
    this.kind = kind;
    this.sourceId = sourceId;
    this.isAmending = isAmending;
    this.secrets = secrets;
  }

  /** Runs one statement and gives the number of rows. `$1` is the source. */
  async run(sql: string, ...more: unknown[]): Promise<number> {
    const usesSource = sql.includes('$1');
    const { rowCount } = await this.client.query(sql, usesSource ? [this.sourceId, ...more] : []);
    return rowCount ?? 0;
  }

  /** Notes what is wrong with rows: a query for line, code, column, value and what stands against it. */
  refuse(query: string): Promise<number> {
    return this.run(`insert into trouble (line, code, col, value, other) ${query}`);
  }

  /** Makes a temporary table of this transaction and tells the planner what is in it. */
  async make(name: string, query: string): Promise<void> {
    await this.run(`drop table if exists pg_temp.${name}`);
    await this.run(`create temporary table ${name} on commit drop as ${query}`);
    await sketch(this.client, name);
  }

  /** Tells the planner that tables have grown by so many rows: until the server finds out by itself it takes them for small. */
  async grown(rows: number, ...tables: readonly string[]): Promise<void> {
    if (rows >= MANY && tables.length > 0) await this.run(`analyze ${tables.join(', ')}`);
  }
}

/**
 * Tells the planner roughly what is in a temporary table: how many rows, and which columns tell them apart. A tenth of the
 * usual sample is enough for that; the usual one would take longer than many a file takes to compare.
 */
export async function sketch(client: Client | PoolClient, table: string): Promise<void> {
  await client.query(`set local default_statistics_target = 10; analyze ${table}; reset default_statistics_target`);
}

/** Fewer new rows mislead no plan. */
const MANY = 1_000;

/** Rows of `found` that nothing is wrong with. */
export const SOUND = 'not exists (select 1 from trouble t where t.line = f.line)';

/** Two rows of a file with one key: the later is named, with the line of the first. */
export const duplicateRows = (columns: string, column: string, table = 'staged'): string =>
  `select s.line, 'DUPLICATE_ROW', '${column}', s.${column === 'from' ? 'from_on::text' : column}, d.first::text from ${table} s join (select ${columns}, min(line) as first from ${table} group by ${columns} having count(*) > 1) d using (${columns}) where s.line <> d.first`;

/** One kind of rows: how they are compared with what is stored, and how they are taken. */
export interface Taking {
  /** Where its rows go. */
  readonly tables: readonly string[];
  /** Resolves what rows refer to, notes what is wrong, and says in `found` what becomes of each row. */
  compare(session: Session): Promise<void>;
  /** Writes all rows that nothing is wrong with, by what becomes of them. */
  take(session: Session, recordedAt: string, effects: Effects): Promise<void>;
}

/** Counts the rows that nothing is wrong with, by what becomes of them. */
export async function countEffects({ client }: Session): Promise<Effects> {
  const effects = noEffects();
  const { rows } = await client.query<{ effect: keyof Effects; count: string }>(`select effect, count(*) from found f where ${SOUND} group by effect`);
  for (const { effect, count } of rows) effects[effect] = Number(count);
  return effects;
}
