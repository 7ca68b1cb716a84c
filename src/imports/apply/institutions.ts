import { compareItems, INSTITUTION_PROPERTIES, makeItems, takeItems } from './dated-items.ts';
import { duplicateRows, SOUND } from './session.ts';
import type { Taking } from './session.ts';

const FOUND = `
  select s.*, coalesce(i.id, nextval(pg_get_serial_sequence('institution', 'id'))) as institution_id, i.id is null as is_new, null::text as effect
  from staged s left join institution i on i.source_id = $1 and i.source_key = s.key`;

const CHANGES = `
  select f.line, d.col, d.value, d.other from found f join institution i on i.id = f.institution_id
  cross join lateral (values
    ('name', f.name, i.name, i.name <> f.name),
    ('jurisdiction', f.jurisdiction_code, i.jurisdiction_code, i.jurisdiction_code <> f.jurisdiction_code)
  ) d(col, value, other, differs)
  where not f.is_new and d.differs`;

/**
 * Institutions with their dated properties. A corrected name is that of all days. The place is not corrected here: who
 * works there is judged by it, on every day that was ever asked about.
 */
export const takeInstitutions: Taking = {
  tables: ['institution', 'institution_property'],

  async compare(session) {
    await session.refuse(duplicateRows('key', 'key'));
    await session.make('found', FOUND);
    await session.make('changes', CHANGES);
    await makeItems(session, 'institution_id');
    await compareItems(session, INSTITUTION_PROPERTIES);
    await session.refuse(`select line, case when col = 'jurisdiction' then 'CANNOT_CHANGE' else 'CHANGED' end, col, value, other from changes${session.isAmending ? ` where col = 'jurisdiction'` : ''}`);
    await session.run(`update found f set effect = case when f.is_new then 'added'
      when exists (select 1 from changes c where c.line = f.line) or exists (select 1 from old_institution_property o where o.line = f.line) then 'amended'
      when exists (select 1 from new_institution_property n where n.line = f.line) then 'added' else 'unchanged' end`);
  },

  async take(session, recordedAt) {
    await session.run(`insert into institution (id, name, name_key, jurisdiction_code, province_code, prefecture_code, county_code, recorded_at, source_id, source_key) overriding system value
      select f.institution_id, f.name, f.name_key, f.jurisdiction_code, f.province_code, f.prefecture_code, f.county_code, '${recordedAt}', $1, f.key from found f where f.is_new and ${SOUND} order by f.line`);
    await session.run(`update institution i set name = f.name, name_key = f.name_key from found f where i.id = f.institution_id and not f.is_new and i.name <> f.name and ${SOUND}`);
    await takeItems(session, INSTITUTION_PROPERTIES, recordedAt);
  },
};
