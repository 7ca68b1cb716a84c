import type { Session } from './session.ts';

/**
 * Keeps the names that are about to be replaced, as closed properties called `@name`: from when the name was recorded to
 * now. `renamed` gives the ids of the rows whose name changes.
 */
export const keepFormerNames = (session: Session, table: 'person' | 'institution', renamed: string, recordedAt: string): Promise<unknown> =>
  session.run(`insert into ${table}_property (${table}_id, name, value, from_on, to_on, recorded_at, source_id, source_key, superseded_at)
    select o.id, '@name', to_jsonb(o.name), null, null, coalesce((select max(v.superseded_at) from ${table}_property v where v.${table}_id = o.id and v.name = '@name'), o.recorded_at), o.source_id, o.source_key, '${recordedAt}'::timestamptz
    from ${table} o where o.id in (${renamed})`);
