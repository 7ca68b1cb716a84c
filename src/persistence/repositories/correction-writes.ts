import type { CivilDay } from '../../kernel/civil-day.ts';
import { chainOf, NATION } from '../../kernel/jurisdiction.ts';
import type { AnsweringPlace, CorrectionState, CorrectionSubject, MainJob, RecordToCorrect } from '../../workflows/correct-record.ts';
import { sql } from '../sql-part.ts';
import type { Sql } from '../sql.ts';

/** Where the rows of each subject stand, by the person, place and institution they belong to. */
const RECORDS: Readonly<Record<Exclude<CorrectionSubject, 'MISSING'>, string>> = {
  CREDIT_ENTRY: `select person_id, jurisdiction_code as code, null::bigint as institution_id, source_id from credit_ledger where id = ?::bigint and entry_id is null`,
  EMPLOYMENT: `select person_id, jurisdiction_code as code, institution_id, source_id from employment where id = ?::bigint and superseded_at is null`,
  ROLE: `select person_id, province_code as code, null::bigint as institution_id, source_id from person_role where id = ?::bigint and superseded_at is null`,
  PROPERTY: `select person_id, null as code, null::bigint as institution_id, source_id from person_property where id = ?::bigint and superseded_at is null`,
  IDENTITY_NUMBER: `select person_id, null as code, null::bigint as institution_id, source_id from person_identity where id = ?::bigint`,
  PRIVATE_VALUE: `select person_id, null as code, null::bigint as institution_id, source_id from person_private where id = ?::bigint and superseded_at is null`,
  PERSON: `select id as person_id, null as code, null::bigint as institution_id, source_id from person where id = ?::bigint`,
};

/** A row that holds today and may be seen; null: there is none. */
export async function recordToCorrect(store: Sql, about: Exclude<CorrectionSubject, 'MISSING'>, id: string): Promise<RecordToCorrect | null> {
  type Row = { readonly person: string; readonly code: string | null; readonly institution: string | null; readonly source: number };
  const [row] = await store.execute<Row>(`select person_id::text as person, code, institution_id::text as institution, source_id as source from (${RECORDS[about]}) r`, [id]);
  return row ? { personId: row.person, about, recordId: about === 'PERSON' ? null : id, sourceId: row.source, institutionId: row.institution, code: row.code } : null;
}

/** The main employment on a day, or else the last one before or the first one after; null: none is known. */
export async function mainJobOf(store: Sql, personId: string, on: CivilDay): Promise<MainJob | null> {
  const { text, params } = sql`
    select institution_id::text as "institutionId", jurisdiction_code as code, (from_on <= ${on}::date and (to_on is null or to_on >= ${on}::date)) as "isCurrent"
    from employment where person_id = ${personId}::bigint and is_main and superseded_at is null order by 3 desc, from_on desc limit 1`;
  return (await store.execute<MainJob>(text, params))[0] ?? null;
}

/** How many corrections of a person are still to be decided. */
export async function openCorrections(store: Sql, personId: string): Promise<number> {
  const [row] = await store.execute<{ count: number }>(`select count(*)::int as count from correction where person_id = ?::bigint and state = 'SUBMITTED'`, [personId]);
  return row?.count ?? 0;
}

export interface NewCorrection {
  readonly record: RecordToCorrect;
  readonly place: AnsweringPlace;
  /** Sealed. */
  readonly claim: Buffer;
  readonly submittedBy: string;
  readonly delegationId: string | null;
  readonly dueOn: CivilDay;
}

/** Puts it down. A second one that is open about the same record is a unique violation. */
export async function insertCorrection(store: Sql, { record, place, claim, submittedBy, delegationId, dueOn }: NewCorrection): Promise<string> {
  const { code, institutionId } = place;
  const [province, prefecture, county] = code === NATION ? [null, null, null] : [chainOf(code)[1] ?? null, code.endsWith('0000') ? null : `${code.slice(0, 4)}00`, code.endsWith('00') ? null : code];
  const { text, params } = sql`
    insert into correction (person_id, about, record_id, source_id, institution_id, jurisdiction_code, province_code, prefecture_code, county_code, claim_cipher, state, submitted_by, delegation_id, due_on, recorded_at)
    values (${record.personId}::bigint, ${record.about}, ${record.recordId}::bigint, ${record.sourceId}::int, ${institutionId}::bigint, ${code}, ${province}, ${prefecture}, ${county}, ${claim}, 'SUBMITTED', ${submittedBy}::bigint, ${delegationId}::bigint, ${dueOn}::date, clock_timestamp())
    returning id::text as id`;
  const [row] = await store.execute<{ id: string }>(text, params);
  if (!row) throw new Error('no correction was put down');
  return row.id;
}

/** Brings an open correction to its end; false where it was not open any more, or is not for whoever asks to end. */
export async function endCorrection(store: Sql, id: string, to: Exclude<CorrectionState, 'SUBMITTED'>, by: string, reason: Buffer | null): Promise<boolean> {
  const { text, params } = sql`
    update correction set state = ${to}, decided_at = clock_timestamp(), decided_by = ${by}::bigint, reason_cipher = ${reason}::bytea
    where id = ${id}::bigint and state = 'SUBMITTED' returning id::text as id`;
  return (await store.execute<{ id: string }>(text, params)).length === 1;
}
