import type { CivilDay } from '../../kernel/civil-day.ts';
import { readIdentityNumber } from '../../kernel/identity-number.ts';
import type { IdentityKind } from '../../kernel/identity-number.ts';
import { openIdentity, openPrivate } from '../../persistence/keys/private-values.ts';
import type { PrivateName } from '../../persistence/keys/private-values.ts';
import type { DataKeys } from '../../persistence/keys/data-keys.ts';
import type { Session } from './session.ts';

/** By what values that lie sealed are compared: a digest, by a key that lasts as long as the file. */
export interface Secrets {
  readonly keys: DataKeys;
  readonly today: CivilDay;
  digest(name: string, value: string): string;
}

/** What rows say. A number that is known already says nothing new: what it told may have been corrected since. */
const GIVEN = `
  select f.line, f.person_id, f.key, f.is_new_person, g.item ->> 0 as name, g.item ->> 1 as sealed, g.item ->> 2 as digest,
    case when g.item ->> 3 = 'both' and k.by_identity is not null then 'column' else g.item ->> 3 end as origin
  from found f join keys k using (key), jsonb_array_elements(f.private) g(item)
  where not (g.item ->> 3 = 'number' and k.by_identity is not null)`;

const STORED = `
  select v.id::text as id, v.person_id::text as person, v.name as what, v.value_cipher as sealed from person_private v
    where v.superseded_at is null and v.person_id in (select person_id from given_private where not is_new_person)
  union all
  select null, i.person_id::text, i.kind, i.number_cipher from (
    select i.*, row_number() over (partition by i.person_id order by i.recorded_at desc, i.number_index) as turn from person_identity i
    where i.kind not in ('permit', 'passport', 'other') and i.person_id in (select person_id from given_private where not is_new_person)) i where i.turn = 1`;
const FETCHED = 2_000;

interface StoredRow {
  readonly id: string | null;
  readonly person: string;
  readonly what: string;
  readonly sealed: Buffer;
}

/**
 * Compares what rows say of their persons with each other and with what is stored, which lies sealed: by digests in
 * temporary tables. What contradicts an identity number is refused; any other value is a change.
 */
export async function comparePrivate(session: Session): Promise<void> {
  await session.make('given_private', GIVEN);
  await session.run('drop table if exists pg_temp.stored_private');
  await session.run('create temporary table stored_private (id bigint, person_id bigint not null, name text not null, digest text not null) on commit drop');
  await openStored(session);
  await session.run('analyze stored_private');
  await session.refuse(`select distinct on (a.line, a.name) a.line, case when a.origin = 'column' and b.origin = 'column' then 'CONFLICT' else 'IDENTITY_DISAGREES' end, case a.origin when 'number' then 'identityNumber' else a.name end, null, b.line::text
    from given_private a join given_private b on b.person_id = a.person_id and b.name = a.name and b.line < a.line
    where a.digest <> b.digest and (a.origin = 'column' or b.origin = 'column') order by a.line, a.name, b.line`);
  await session.refuse(`select a.line, 'IDENTITY_DISAGREES', a.name, null, null from given_private a join stored_private t on t.person_id = a.person_id and t.name = a.name and t.id is null
    where a.origin = 'column' and a.digest <> t.digest and not exists (select 1 from given_private g where g.person_id = a.person_id and g.name = a.name and g.origin <> 'column')`);
  await session.make('new_person_private', `select a.* from given_private a where not exists (select 1 from stored_private c where c.id is not null and c.person_id = a.person_id and c.name = a.name and c.digest = a.digest)`);
  await session.make('old_person_private', `select a.line, c.id, a.name, a.origin from new_person_private a join stored_private c on c.person_id = a.person_id and c.name = a.name and c.id is not null`);
  if (session.isAmending) return;
  await session.refuse(`select o.line, 'IDENTITY_DISAGREES', 'identityNumber', null, null from old_person_private o where o.origin <> 'column' and not exists (select 1 from trouble t where t.line = o.line and t.code in ('OTHER_IDENTITY', 'OTHER_PERSON'))`);
  await session.refuse(`select o.line, 'CHANGED_PRIVATE', o.name, null, null from old_person_private o where o.origin = 'column' and not exists (select 1 from trouble t where t.line = o.line and t.col = o.name)`);
}

/** Opens what is stored of the persons of the file, some at a time, and keeps its digests. */
async function openStored(session: Session): Promise<void> {
  const { client, secrets } = session;
  await session.run(`declare stored_privates no scroll cursor for ${STORED}`);
  for (;;) {
    const { rows } = await client.query<StoredRow>(`fetch ${FETCHED} from stored_privates`);
    if (rows.length === 0) break;
    const opened = rows.flatMap((row) => (row.id === null ? toldBy(row, secrets) : [{ id: row.id, person_id: row.person, name: row.what, digest: secrets.digest(row.what, openPrivate(secrets.keys, row.what as PrivateName, row.sealed)) }]));
    await client.query('insert into stored_private select id, person_id, name, digest from json_to_recordset($1) r(id bigint, person_id bigint, name text, digest text)', [JSON.stringify(opened)]);
  }
  await session.run('close stored_privates');
}

/** What a stored number says of its holder. */
function toldBy({ person, what, sealed }: StoredRow, { keys, today, digest }: Secrets): object[] {
  const read = readIdentityNumber(openIdentity(keys, sealed), what === 'resident15' ? 'resident' : (what as Exclude<IdentityKind, 'resident15'>), today);
  if ('wrong' in read) return [];
  return (['birthDate', 'sex'] as const).flatMap((name) => {
    const value = read[name];
    return value === null ? [] : [{ id: null, person_id: person, name, digest: digest(name, value) }];
  });
}

/** Closes what was corrected and adds what is new: rows of one person say the same. */
export async function takePrivate(session: Session, recordedAt: string): Promise<void> {
  const sound = 'not exists (select 1 from trouble t where t.line = a.line)';
  await session.run(`update person_private c set superseded_at = '${recordedAt}' from old_person_private a where a.id = c.id and ${sound}`);
  await session.run(`insert into person_private (person_id, name, value_cipher, recorded_at, source_id, source_key)
    select distinct on (a.person_id, a.name) a.person_id, a.name, decode(a.sealed, 'hex'), '${recordedAt}'::timestamptz, $1::int, a.key from new_person_private a where ${sound} order by a.person_id, a.name, a.line`);
}
