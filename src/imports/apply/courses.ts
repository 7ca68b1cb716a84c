import { duplicateRows, SOUND } from './session.ts';
import type { Taking } from './session.ts';

const FOUND = `
  select s.*, i.id as institution_id, c.id as course_id, null::text as effect from staged s
  left join institution i on i.source_id = $1 and i.source_key = s.institution
  left join course c on c.source_id = $1 and c.source_key = s.key and c.superseded_at is null`;

const CHANGES = `
  select f.line, d.col, d.value, d.other from found f
  join course c on c.id = f.course_id
  left join institution oi on oi.id = c.institution_id
  cross join lateral (values
    ('title', f.title, c.title, c.title <> f.title),
    ('jurisdiction', f.jurisdiction_code, c.jurisdiction_code, c.jurisdiction_code <> f.jurisdiction_code),
    ('institution', f.institution, oi.source_key, oi.source_key is distinct from f.institution),
    ('from', f.from_on::text, c.from_on::text, c.from_on is distinct from f.from_on),
    ('to', f.to_on::text, c.to_on::text, c.to_on is distinct from f.to_on)
  ) d(col, value, other, differs)
  where d.differs
  union all
  select f.line, d.* from found f
  join course c on c.id = f.course_id and c.attributes <> f.attributes
  cross join lateral (
    select coalesce(n.key, o.key), n.value #>> '{}', o.value #>> '{}' from jsonb_each(f.attributes) n full join jsonb_each(c.attributes) o on o.key = n.key where n.value is distinct from o.value
  ) d`;

/** Courses. A corrected one closes the old row and adds one; entries keep the row that they named. */
export const takeCourses: Taking = {
  tables: ['course'],

  async compare(session) {
    await session.refuse(duplicateRows('key', 'key'));
    await session.make('found', FOUND);
    await session.refuse(`select line, 'UNKNOWN_INSTITUTION', 'institution', institution, null from found where institution is not null and institution_id is null`);
    await session.make('changes', CHANGES);
    if (!session.isAmending) await session.refuse(`select line, 'CHANGED', col, value, other from changes`);
    await session.run(`update found f set effect = case when f.course_id is null then 'added' when exists (select 1 from changes c where c.line = f.line) then 'amended' else 'unchanged' end`);
  },

  async take(session, recordedAt) {
    await session.run(`update course c set superseded_at = '${recordedAt}' from found f where c.id = f.course_id and f.effect = 'amended' and ${SOUND}`);
    await session.run(`insert into course (title, jurisdiction_code, province_code, prefecture_code, county_code, institution_id, attributes, from_on, to_on, recorded_at, source_id, source_key)
      select f.title, f.jurisdiction_code, f.province_code, f.prefecture_code, f.county_code, f.institution_id, f.attributes, f.from_on, f.to_on, '${recordedAt}', $1, f.key from found f where f.effect in ('added', 'amended') and ${SOUND} order by f.line`);
  },
};
