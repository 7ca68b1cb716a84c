import pg from 'pg';

/** date, timestamp, timestamptz, interval and lists of them. */
const AS_WRITTEN = [1082, 1114, 1184, 1186, 1182, 1115, 1185, 1187];

/**
 * How rows come from a connection of its own, the same as through the mapper: days and instants as the database writes them
 * (`2025-12-31`: a Date would move a day by the machine's time zone), bigint as text, jsonb parsed.
 */
export function rowTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  for (const id of AS_WRITTEN) types.setTypeParser(id, (written: string) => written);
  return types;
}
