import type { Instant } from '../kernel/civil-day.ts';
import { raw, sql } from './sql-part.ts';
import type { SqlPart } from './sql-part.ts';
import { timestamp } from './sql.ts';

/** The name of a person or an institution as it was known: the one that was replaced later, else the present one. */
export const nameAsOf = (table: 'person' | 'institution', alias: string, knownAt: Instant): SqlPart =>
  sql`coalesce((select v.value #>> '{}' from ${raw(`${table}_property`)} v where v.name = '@name' and ${raw(`v.${table}_id = ${alias}.id`)} and v.recorded_at <= ${timestamp(knownAt)}::timestamptz and v.superseded_at > ${timestamp(knownAt)}::timestamptz limit 1), ${raw(`${alias}.name`)})`;
