import { keepFormerNames } from './former-names.ts';
import { comparePrivate, takePrivate } from './private-values.ts';
import { compareItems, makeItems, PERSON_PROPERTIES, PERSON_ROLES, takeItems } from './dated-items.ts';
import { duplicateRows, SOUND } from './session.ts';
import type { Session, Taking } from './session.ts';

/** One row a key, with its identity number and whom either is known to be. */
const KEYS = `
  select k.*, p.person_id as by_key, i.person_id as by_identity from (
    select key, (array_agg(identity_index order by line) filter (where identity_index is not null))[1] as identity_index, min(line) as line from staged group by key
  ) k
  left join person_key p on p.source_id = $1 and p.source_key = k.key
  left join person_identity i on i.number_index = k.identity_index`;

/** Each key's person: the one known, or a new one for all keys of one identity number. */
const PERSONS = `
  with newcomers as (
    select who, nextval(pg_get_serial_sequence('person', 'id')) as person_id from (
      select distinct coalesce(encode(identity_index, 'hex'), 'key:' || key) as who from keys where by_key is null and by_identity is null
    ) w
  )
  select k.key, k.identity_index, k.by_key, k.by_identity, coalesce(k.by_key, k.by_identity, n.person_id) as person_id, n.person_id is not null as is_new
  from keys k left join newcomers n on k.by_key is null and k.by_identity is null and n.who = coalesce(encode(k.identity_index, 'hex'), 'key:' || k.key)`;

const FOUND = `
  select s.*, p.person_id, p.is_new as is_new_person, i.id as institution_id, i.jurisdiction_code, i.province_code, i.prefecture_code, i.county_code, e.id as employment_id, null::text as effect
  from staged s
  join persons p on p.key = s.key
  left join institution i on i.source_id = $1 and i.source_key = s.institution
  left join employment e on e.person_id = p.person_id and e.institution_id = i.id and e.from_on = s.from_on and e.superseded_at is null`;

const CHANGES = `
  select f.line, d.col, d.value, d.other from found f
  join employment e on e.id = f.employment_id
  cross join lateral (values
    ('main', f.is_main::text, e.is_main::text, e.is_main <> f.is_main),
    ('to', f.to_on::text, e.to_on::text, e.to_on is distinct from f.to_on),
    ('stage', f.stage, e.stage, f.stage is not null and e.stage is distinct from f.stage),
    ('subject', f.subject, e.subject, f.subject is not null and e.subject is distinct from f.subject)
  ) d(col, value, other, differs)
  where d.differs`;

/** Who is who: keys and identity numbers that do not agree with each other or with what is stored. */
async function compareIdentities(session: Session): Promise<void> {
  await session.refuse(`select s.line, 'OTHER_IDENTITY', 'identityNumber', null, k.line::text from staged s join keys k using (key) where s.identity_index is not null and s.identity_index <> k.identity_index`);
  await session.refuse(`select s.line, 'OTHER_PERSON', 'identityNumber', null, s.key from staged s join keys k using (key) where s.identity_index is not null and k.by_key <> k.by_identity`);
  if (!session.isAmending) {
    await session.refuse(`select f.line, 'OTHER_IDENTITY', 'identityNumber', null, null from found f join keys k using (key) where f.identity_index is not null and k.by_key is not null and k.by_identity is null and exists (select 1 from person_identity i where i.person_id = k.by_key and (i.kind = f.identity_kind or (i.kind in ('resident', 'resident15') and f.identity_kind in ('resident', 'resident15'))))`);
  }
  await session.refuse(`select f.line, 'OTHER_NAME', 'name', f.name, g.line::text from found f join (select distinct on (person_id) person_id, line, name from found order by person_id, line) g using (person_id) where g.name <> f.name`);
  await session.make('renamed', `select distinct on (f.person_id) f.line, f.person_id, f.name, f.name_key, p.name as old_name, k.by_key is not null as is_by_key from found f join person p on p.id = f.person_id and p.name <> f.name join keys k using (key) order by f.person_id, f.line`);
  await session.refuse(`select line, 'OTHER_NAME', 'name', name, null from renamed where not is_by_key`);
  if (!session.isAmending) await session.refuse(`select line, 'CHANGED', 'name', name, old_name from renamed where is_by_key`);
}

/** Nobody has two main employments on one day. */
async function compareMains(session: Session): Promise<void> {
  await session.refuse(`select distinct on (f.line) f.line, 'MAIN_OVERLAP', 'from', concat(f.from_on, '..', f.to_on), concat(g.institution, ' ', g.from_on, '..', g.to_on, ' #', g.line) from found f
    join found g on g.person_id = f.person_id and g.is_main and g.line < f.line and daterange(g.from_on, g.to_on, '[]') && daterange(f.from_on, f.to_on, '[]') where f.is_main`);
  await session.refuse(`select distinct on (f.line) f.line, 'MAIN_OVERLAP', 'from', concat(f.from_on, '..', f.to_on), concat(i.source_key, ' ', e.from_on, '..', e.to_on) from found f
    join employment e on e.person_id = f.person_id and e.is_main and e.superseded_at is null and daterange(e.from_on, e.to_on, '[]') && daterange(f.from_on, f.to_on, '[]')
    join institution i on i.id = e.institution_id
    where f.is_main and e.id is distinct from f.employment_id and not exists (select 1 from found g where g.employment_id = e.id and not exists (select 1 from trouble t where t.line = g.line))`);
}

/** Teachers: persons, their identity numbers, dated employments, roles and properties. */
export const takeTeachers: Taking = {
  tables: ['person', 'person_key', 'person_identity', 'person_private', 'person_property', 'person_role', 'employment'],

  async compare(session) {
    await session.make('keys', KEYS);
    await session.make('persons', PERSONS);
    await session.make('found', FOUND);
    await session.run(`create index on found (person_id)`);
    await session.refuse(`select line, 'UNKNOWN_INSTITUTION', 'institution', institution, null from found where institution_id is null`);
    await compareIdentities(session);
    await session.refuse(duplicateRows('person_id, institution, from_on', 'from', 'found'));
    await session.make('changes', CHANGES);
    if (!session.isAmending) await session.refuse(`select line, 'CHANGED', col, value, other from changes`);
    await compareMains(session);
    await makeItems(session, 'person_id');
    await compareItems(session, PERSON_PROPERTIES);
    await compareItems(session, PERSON_ROLES);
    await comparePrivate(session);
    await session.run(`update found f set effect = case
      when exists (select 1 from changes c where c.line = f.line) or exists (select 1 from renamed r where r.line = f.line) or exists (select 1 from old_person_property o where o.line = f.line) or exists (select 1 from old_person_role o where o.line = f.line) or exists (select 1 from old_person_private o where o.line = f.line) then 'amended'
      when f.employment_id is null or exists (select 1 from new_person_property n where n.line = f.line) or exists (select 1 from new_person_role n where n.line = f.line) or exists (select 1 from new_person_private n where n.line = f.line) then 'added'
      when exists (select 1 from keys k where k.key = f.key and (k.by_key is null or (k.by_identity is null and k.identity_index is not null))) then 'added'
      else 'unchanged' end`);
  },

  async take(session, recordedAt) {
    await takePersons(session, recordedAt);
    await takeEmployments(session, recordedAt);
    await takeItems(session, PERSON_PROPERTIES, recordedAt);
    await takeItems(session, PERSON_ROLES, recordedAt);
    await takePrivate(session, recordedAt);
  },
};

async function takePersons(session: Session, recordedAt: string): Promise<void> {
  await session.run(`insert into person (id, name, name_key, recorded_at, source_id, source_key) overriding system value
    select distinct on (f.person_id) f.person_id, f.name, f.name_key, '${recordedAt}'::timestamptz, $1::int, f.key from found f where f.is_new_person and ${SOUND} order by f.person_id, f.line`);
  await session.run(`insert into person_key (source_id, source_key, person_id, recorded_at) select distinct $1::int, f.key, f.person_id, '${recordedAt}'::timestamptz from found f where ${SOUND} on conflict do nothing`);
  await session.run(`insert into person_identity (person_id, kind, number_cipher, number_index, recorded_at, source_id, source_key)
    select distinct on (f.identity_index) f.person_id, f.identity_kind, f.identity_cipher, f.identity_index, '${recordedAt}'::timestamptz, $1::int, f.key from found f where f.identity_index is not null and ${SOUND} order by f.identity_index, f.line on conflict do nothing`);
  await keepFormerNames(session, 'person', `select r.person_id from renamed r where not exists (select 1 from trouble t where t.line = r.line)`, recordedAt);
  await session.run(`update person p set name = r.name, name_key = r.name_key from renamed r where r.person_id = p.id and not exists (select 1 from trouble t where t.line = r.line)`);
}

const EMPLOYMENT_COLUMNS = 'person_id, institution_id, is_main, stage, subject, name_key, jurisdiction_code, province_code, prefecture_code, county_code, from_on, to_on, recorded_at, source_id, source_key';

async function takeEmployments(session: Session, recordedAt: string): Promise<void> {
  // What a row leaves open stays as it is stored.
  await session.run(`update found f set stage = coalesce(f.stage, e.stage), subject = coalesce(f.subject, e.subject) from employment e where e.id = f.employment_id and f.effect = 'amended'`);
  await session.run(`update employment e set superseded_at = '${recordedAt}' from found f where e.id = f.employment_id and exists (select 1 from changes c where c.line = f.line) and ${SOUND}`);
  await session.run(`insert into employment (${EMPLOYMENT_COLUMNS})
    select f.person_id, f.institution_id, f.is_main, f.stage, f.subject, f.name_key, f.jurisdiction_code, f.province_code, f.prefecture_code, f.county_code, f.from_on, f.to_on, '${recordedAt}', $1, f.key
    from found f where (f.employment_id is null or exists (select 1 from changes c where c.line = f.line)) and ${SOUND} order by f.person_id, f.from_on`);
  // Lists by name show the name that the person has now.
  await session.make('renamed_employment', `select e.*, r.name_key as new_name_key from employment e join renamed r using (person_id) where e.superseded_at is null and e.name_key <> r.name_key and not exists (select 1 from trouble t where t.line = r.line)`);
  await session.run(`update employment e set superseded_at = '${recordedAt}' from renamed_employment r where r.id = e.id`);
  await session.run(`insert into employment (${EMPLOYMENT_COLUMNS}) select person_id, institution_id, is_main, stage, subject, new_name_key, jurisdiction_code, province_code, prefecture_code, county_code, from_on, to_on, '${recordedAt}', source_id, source_key from renamed_employment`);
}
