import { duplicateRows, SOUND } from './session.ts';
import type { Session, Taking } from './session.ts';

const RANK = (act: string): string => `array_position(array['declared', 'reviewed', 'refused', 'recognised', 'reversed'], ${act})`;

/** The current entry of a key: looked up row by row, which takes the same time whatever the planner knows of the ledger. */
const latest = (key: string): string => `select l.id, l.act, l.revision from credit_ledger l where l.source_id = $1 and l.source_key = ${key} and l.entry_id is null order by l.revision desc limit 1`;

/** Rows beside the current entry of their key, with all that they refer to. */
const FOUND = `
  select s.line, s.key, s.teacher, s.jurisdiction_code, s.province_code, s.book, s.course, s.institution, s.units, s.completed_on, s.act, s.decides,
    case when c.id is null or c.attributes = '{}' or c.province_code <> s.province_code then s.attributes
      else (select coalesce(jsonb_object_agg(a.key, a.value), '{}') from jsonb_each(c.attributes) a join book_field b on b.book = s.book and b.jurisdiction_code = s.jurisdiction_code and b.field = a.key) || s.attributes end as attributes,
    coalesce(k.person_id, p.person_id) as person_id, k.person_id as by_key, p.person_id as by_identity, s.identity_index is not null as has_identity,
    c.id as course_id, i.id as institution_id, null::bigint as decides_id, false as decides_row,
    e.id as entry_id, e.revision, l.act as last_act, case when e.id is null then 'added' when s.act <> l.act then 'advanced' else 'unchanged' end as effect
  from staged s
  left join person_key k on k.source_id = $1 and k.source_key = s.teacher
  left join person_identity p on p.number_index = s.identity_index
  left join course c on c.source_id = $1 and c.source_key = s.course and c.superseded_at is null
  left join institution i on i.source_id = $1 and i.source_key = s.institution
  left join lateral (${latest('s.key')}) e on true
  left join lateral (select a.act from (select e.id, e.act union all select a.id, a.act from credit_ledger a where a.entry_id = e.id) a order by a.id desc limit 1) l on e.id is not null`;

/** What each row would change: one line for each column, with both values. */
const CHANGES = `
  select f.line, d.col, d.value, d.other from found f
  join credit_ledger e on e.id = f.entry_id
  left join course oc on oc.id = e.course_id
  left join institution oi on oi.id = e.institution_id
  left join credit_ledger od on od.id = e.decides_id
  left join book_scale w on w.book = f.book and w.jurisdiction_code = f.jurisdiction_code
  left join person_key ok on ok.person_id = e.person_id and ok.source_id = $1 and e.person_id <> f.person_id
  cross join lateral (values
    ('teacher', f.teacher, ok.source_key, e.person_id <> f.person_id),
    ('jurisdiction', f.jurisdiction_code, e.jurisdiction_code, e.jurisdiction_code <> f.jurisdiction_code),
    ('book', f.book, e.book, e.book <> f.book),
    ('amount', trim_scale(f.units / w.per_whole)::text, trim_scale(e.units / w.per_whole)::text, e.units is distinct from f.units),
    ('completedOn', f.completed_on::text, e.completed_on::text, e.completed_on is distinct from f.completed_on),
    ('course', f.course, oc.source_key, oc.source_key is distinct from f.course),
    ('institution', f.institution, oi.source_key, oi.source_key is distinct from f.institution),
    ('decides', f.decides, od.source_key, od.source_key is distinct from f.decides),
    ('status', f.act, f.last_act, f.last_act = 'reversed' and f.act <> 'reversed' or ${RANK('f.act')} < ${RANK('f.last_act')})
  ) d(col, value, other, differs)
  where d.differs
  union all
  select f.line, d.* from found f
  join credit_ledger e on e.id = f.entry_id and e.attributes <> f.attributes
  cross join lateral (
    select coalesce(n.key, o.key), n.value #>> '{}', o.value #>> '{}' from jsonb_each(f.attributes) n full join jsonb_each(e.attributes) o on o.key = n.key where n.value is distinct from o.value
  ) d`;

const ENTRY_COLUMNS = 'person_id, act, book, jurisdiction_code, province_code, units, completed_on, attributes, course_id, institution_id, decides_id, revision, recorded_at, source_id, source_key';

/** Entries of the ledger. What is stored is never changed: an amended entry is a reversal and a new entry with the next revision. */
export const takeCredits: Taking = {
  tables: ['credit_ledger'],
  async compare(session) {
    await session.refuse(duplicateRows('key', 'key'));
    await session.make('found', FOUND);
    await session.run(`create unique index on found (line)`);
    await resolveDecided(session);
    await session.refuse(`select line, 'UNKNOWN_TEACHER', 'teacher', teacher, null from found where teacher is not null and by_key is null`);
    await session.refuse(`select line, 'UNKNOWN_TEACHER', 'identityNumber', null, null from found where teacher is null and by_identity is null`);
    await session.refuse(`select line, 'OTHER_PERSON', 'identityNumber', null, teacher from found where by_key <> by_identity or (by_key is not null and has_identity and by_identity is null)`);
    await session.refuse(`select line, 'UNKNOWN_COURSE', 'course', course, null from found where course is not null and course_id is null`);
    await session.refuse(`select line, 'UNKNOWN_INSTITUTION', 'institution', institution, null from found where institution is not null and institution_id is null`);
    await session.make('changes', CHANGES);
    await session.run(`create index on changes (line)`);
    if (!session.isAmending) await session.refuse(`select line, 'CHANGED', col, value, other from changes`);
    // A decision about a row that is not taken would be about nothing.
    await session.refuse(`select f.line, 'UNKNOWN_ENTRY', 'decides', f.decides, null from found f where f.decides_row and ${SOUND} and exists (select 1 from found d join trouble t on t.line = d.line where d.key = f.decides)`);
    // Of these alone the effect was not known with the row: setting that of all would write the whole table a second time.
    await session.run(`update found f set effect = 'amended' where exists (select 1 from changes c where c.line = f.line)`);
  },

  async take(session, recordedAt, effects) {
    const at = (text: string): string => text.replaceAll('$at', `'${recordedAt}'::timestamptz`);
    const reversed = `insert into credit_ledger (entry_id, person_id, act, book, jurisdiction_code, province_code, recorded_at, source_id, source_key)`;
    if (effects.amended > 0) await session.run(at(`${reversed} select e.id, e.person_id, 'reversed', e.book, e.jurisdiction_code, e.province_code, $at, $1, f.key from found f join credit_ledger e on e.id = f.entry_id where f.effect = 'amended' and f.last_act <> 'reversed' and ${SOUND}`));
    if (effects.advanced > 0) await session.run(at(`${reversed} select e.id, e.person_id, f.act, e.book, e.jurisdiction_code, e.province_code, $at, $1, f.key from found f join credit_ledger e on e.id = f.entry_id where f.effect = 'advanced' and ${SOUND}`));
    if (effects.added + effects.amended === 0) return;
    // Those that others decide about come first; entries of one person lie together.
    const added = (decides: string): string => at(`select f.person_id, case f.act when 'reversed' then 'recognised' else f.act end, f.book, f.jurisdiction_code, f.province_code, f.units, f.completed_on, f.attributes, f.course_id, f.institution_id, ${decides}, coalesce(f.revision, 0) + 1, $at, $1, f.key from found f`);
    await session.run(`insert into credit_ledger (${ENTRY_COLUMNS}) ${added('f.decides_id')} where f.effect in ('added', 'amended') and not f.decides_row and ${SOUND} order by f.person_id, f.completed_on, f.line`);
    await session.run(`insert into credit_ledger (${ENTRY_COLUMNS}) ${added('d.id')} cross join lateral (${latest('f.decides')}) d
      where f.effect in ('added', 'amended') and f.decides_row and ${SOUND} order by f.person_id, f.completed_on, f.line`);
    await session.run(at(`${reversed} select e.id, f.person_id, 'reversed', f.book, f.jurisdiction_code, f.province_code, $at, $1, f.key from found f cross join lateral (${latest('f.key')}) e
      where f.act = 'reversed' and f.effect in ('added', 'amended') and ${SOUND}`));
  },
};

/** The entry that a row decides about: one of the file, of the source, or of the same person from any source. */
async function resolveDecided(session: Session): Promise<void> {
  if ((await session.run('select 1 from found where decides is not null limit 1')) === 0) return;
  await session.run(`create index on found (key)`);
  if ((await session.run(`update found f set decides_row = true from found d where d.key = f.decides and d.line <> f.line and (d.entry_id is null)`)) > 0) {
    await session.refuse(`select f.line, 'DECIDES_DECISION', 'decides', f.decides, d.line::text from found f join found d on d.key = f.decides and d.decides is not null where f.decides_row`);
  }
  await session.run(`update found set decides_id = (select e.id from (${latest('decides')}) e) where decides is not null and not decides_row`);
  await session.run(`update found f set decides_id = (
      select case when count(distinct d.source_id) = 1 then (array_agg(d.id order by d.revision desc))[1] end from credit_ledger d where d.person_id = f.person_id and d.source_key = f.decides and d.entry_id is null
    ) where f.decides is not null and not f.decides_row and f.decides_id is null`);
  await session.refuse(`select line, 'UNKNOWN_ENTRY', 'decides', decides, null from found where decides is not null and not decides_row and decides_id is null`);
}
