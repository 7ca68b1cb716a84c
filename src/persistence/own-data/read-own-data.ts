import type { Instant } from '../../kernel/civil-day.ts';
import { effectiveKnownAt } from '../recording.ts';
import { raw, sql } from '../sql-part.ts';
import type { SqlPart } from '../sql-part.ts';
import { timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';
import type { OwnSection } from './section.ts';
import { OWN_SECTIONS } from './sections.ts';

/** Whose data, and as of when: the register as of its last recording, all else as of a moment. */
export interface OwnDataAsOf {
  readonly personId: string;
  readonly knownAt: Instant;
  readonly at: Instant;
}

export type OwnRow = Readonly<Record<string, unknown>>;

/** As of now, by the clock of the store. */
export async function ownDataAsOf(store: Sql, personId: string): Promise<OwnDataAsOf> {
  const [row] = await store.execute<{ at: string }>('select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as at');
  return { personId, knownAt: await effectiveKnownAt(store, null), at: Number(row?.at ?? 0) as Instant };
}

/** How many rows each section has, in one statement. */
export async function countOwnData(store: Sql, asOf: OwnDataAsOf): Promise<ReadonlyMap<string, number>> {
  const counts = OWN_SECTIONS.map((section) => sql`select ${section.name}::text as name, count(*)::int as count from ${rowsOf(section, asOf)}`);
  const text = counts.map((part) => part.text).join(' union all ');
  const rows = await store.execute<{ name: string; count: number }>(text, counts.flatMap(({ params }) => params));
  return new Map(rows.map(({ name, count }) => [name, count]));
}

/** The rows of a section behind a key, in the order of keys. `next`: the key of the last; null: there are no more. */
export async function readOwnData(store: Sql, section: OwnSection, asOf: OwnDataAsOf, after: string | null): Promise<{ readonly rows: readonly OwnRow[]; readonly next: string | null }> {
  const { key, shows, pageSize } = section;
  // Text is compared by its bytes: in the same order everywhere.
  const order = raw(key.type === 'text' ? `(${key.sql}) collate "C"` : key.sql);
  const row = raw(`json_build_object(${Object.entries(shows).flatMap(([name, expression]) => [`'${name}'`, expression]).join(', ')})`);
  const beyond = after === null ? raw('true') : sql`${order} > ${after}::${raw(key.type)}`;
  const { text, params } = sql`select (${raw(key.sql)})::text as key, ${row} as row from ${rowsOf(section, asOf)} and ${beyond} order by ${order} limit ${pageSize}`;
  const found = await store.execute<{ key: string; row: OwnRow }>(text, params);
  return { rows: found.map((one) => one.row), next: found.length < pageSize ? null : (found.at(-1)?.key ?? null) };
}

/** Ends with a condition, so that more can be added. */
function rowsOf({ table, by, only, joins, isRegister }: OwnSection, { personId, knownAt, at }: OwnDataAsOf): SqlPart {
  const column = raw(`t.${by.column}`);
  const theirs = by.of === 'person' ? sql`${column} = ${personId}::bigint` : sql`${column} in (select own.id from account own where own.person_id = ${personId}::bigint)`;
  return sql`${raw(table)} t cross join (select ${personId}::bigint as person_id, ${timestamp(knownAt)}::timestamptz as known_at, ${timestamp(at)}::timestamptz as at) asked ${raw(joins ?? '')}
    where ${theirs} and (${raw(only ?? 'true')}) and t.recorded_at <= ${raw(isRegister ? 'asked.known_at' : 'asked.at')}`;
}

/** How often an account was given something of its own person since an instant. */
export async function accessesSince(store: Sql, kind: string, since: Instant): Promise<number> {
  const [row] = await store.execute<{ count: number }>('select reach_accesses(?, ?::timestamptz) as count', [kind, timestamp(since)]);
  return row?.count ?? 0;
}
