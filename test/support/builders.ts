import type { Instant } from '../../src/kernel/civil-day.ts';
import { chainOf } from '../../src/kernel/jurisdiction.ts';
import type { TestDatabase } from './database.ts';
import { nameKey } from '../../src/persistence/name-key.ts';
import { record } from '../../src/persistence/recording.ts';
import type { Sql } from '../../src/persistence/sql.ts';
import type { Act } from '../../src/plugin-host/records.ts';

interface Dated {
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface InstitutionSpec {
  readonly name: string;
  readonly place: string;
  /** Dated properties; a bare value holds always. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface EntrySpec {
  readonly place: string;
  readonly book?: string;
  readonly units?: number | string | null;
  readonly on?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly act?: Act;
  readonly decides?: string;
  readonly institution?: string;
}

export interface JobSpec extends Dated {
  readonly institution: string;
  readonly stage?: string;
  readonly subject?: string;
  readonly isMain?: boolean;
}

export interface TeacherSpec {
  readonly name: string;
  readonly jobs?: readonly JobSpec[];
  readonly roles?: readonly (Dated & { readonly role: string; readonly province: string })[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly entries?: readonly EntrySpec[];
}

let keys = 0;
const newKey = (): string => `key-${++keys}`;
const placeOf = (code: string): [code: string, province: string, prefecture: string | null, county: string | null] => {
  const [, province = code] = chainOf(code);
  return [code, province, code.endsWith('0000') ? null : `${code.slice(0, 4)}00`, code.endsWith('00') ? null : code];
};

/** Puts rows into a store as one recording. Ids are row ids. */
export class Writer {
  readonly #sql: Sql;
  readonly recordedAt: string;
  readonly #sourceId: number;

  constructor(sql: Sql, recordedAt: string, sourceId: number) {
    this.#sql = sql;
    this.recordedAt = recordedAt;
    this.#sourceId = sourceId;
  }

  async #insert(table: string, columns: Readonly<Record<string, unknown>>): Promise<string> {
    const row = { ...columns, recorded_at: this.recordedAt, source_id: this.#sourceId, source_key: newKey() };
    const names = Object.keys(row);
    const [made] = await this.#sql.execute<{ id: string }>(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')}) returning id::text as id`, Object.values(row));
    return made?.id ?? '';
  }

  async institution({ name, place, properties = {} }: InstitutionSpec): Promise<string> {
    const [jurisdiction_code, province_code, prefecture_code, county_code] = placeOf(place);
    const id = await this.#insert('institution', { name, name_key: await nameKey(name), jurisdiction_code, province_code, prefecture_code, county_code });
    for (const [property, value] of Object.entries(properties)) await this.#insert('institution_property', { institution_id: id, name: property, value: JSON.stringify(value) });
    return id;
  }

  async teacher({ name, jobs = [], roles = [], properties = {}, entries = [] }: TeacherSpec): Promise<string> {
    const id = await this.#insert('person', { name, name_key: await nameKey(name) });
    for (const job of jobs) await this.job(id, name, job);
    for (const { role, province, from = null, to = null } of roles) await this.#insert('person_role', { person_id: id, role, province_code: province, from_on: from, to_on: to });
    for (const [property, value] of Object.entries(properties)) await this.#insert('person_property', { person_id: id, name: property, value: JSON.stringify(value) });
    for (const entry of entries) await this.entry(id, entry);
    return id;
  }

  async job(personId: string, name: string, { institution, stage, subject, isMain = true, from = '2010-09-01', to = null }: JobSpec): Promise<string> {
    const [found] = await this.#sql.execute<{ jurisdiction_code: string }>('select jurisdiction_code from institution where id = ?', [institution]);
    const [jurisdiction_code, province_code, prefecture_code, county_code] = placeOf(found?.jurisdiction_code ?? '');
    return this.#insert('employment', { person_id: personId, institution_id: institution, is_main: isMain, stage: stage ?? null, subject: subject ?? null, name_key: await nameKey(name), jurisdiction_code, province_code, prefecture_code, county_code, from_on: from, to_on: to });
  }

  entry(personId: string, { place, book = 'entries', units = 100, on = '2018-05-01', attributes = {}, act = 'recognised', decides, institution }: EntrySpec): Promise<string> {
    const [jurisdiction_code, province_code] = placeOf(place);
    return this.#insert('credit_ledger', { person_id: personId, act, book, jurisdiction_code, province_code, units, completed_on: on, attributes: JSON.stringify(attributes), decides_id: decides ?? null, institution_id: institution ?? null });
  }

  /** A further act on an entry. */
  async act(entryId: string, act: Act): Promise<string> {
    const [entry] = await this.#sql.execute<{ person_id: string; book: string; jurisdiction_code: string; province_code: string }>('select person_id, book, jurisdiction_code, province_code from credit_ledger where id = ?', [entryId]);
    return this.#insert('credit_ledger', { ...entry, entry_id: entryId, act });
  }

  /** Many teachers of one institution, of whom nothing else is known. */
  async crowd(count: number, institution: string, place: string): Promise<void> {
    const [code, province, prefecture, county] = placeOf(place);
    await this.#sql.execute(
      `with people as (insert into person (name, name_key, recorded_at, source_id, source_key) select 'crowd ' || n, 'crowd ' || n, ?, ?, 'crowd ' || n from generate_series(1, ?::int) n returning id, name_key)
       insert into employment (person_id, institution_id, is_main, name_key, jurisdiction_code, province_code, prefecture_code, county_code, from_on, recorded_at, source_id, source_key)
       select id, ?, true, name_key, ?, ?, ?, ?, '2010-09-01', ?, ?, name_key from people`,
      [this.recordedAt, this.#sourceId, count, institution, code, province, prefecture, county, this.recordedAt, this.#sourceId],
    );
  }

  /** Closes a dated row, as a correction does before it adds another. */
  async supersede(table: 'employment' | 'person_role' | 'person_property' | 'institution_property', id: string): Promise<void> {
    await this.#sql.execute(`update ${table} set superseded_at = ? where id = ?`, [this.recordedAt, id]);
  }

  async supersedeJobs(personId: string): Promise<void> {
    await this.#sql.execute('update employment set superseded_at = ? where person_id = ? and superseded_at is null', [this.recordedAt, personId]);
  }
}

/** Writes something in one transaction with one recording; gives what `work` gives, and the instant of the recording. */
export async function write<Result>(database: TestDatabase, work: (writer: Writer) => Promise<Result>, what = 'test'): Promise<{ readonly result: Result; readonly recordedAt: Instant }> {
  return database.admin.em.fork().transactional(async (em) => {
    const { recordedAt, sourceId } = await record(em, { source: 'test', what, counts: {} });
    const result = await work(new Writer(em, recordedAt, sourceId));
    return { result, recordedAt: Date.parse(recordedAt) as Instant };
  });
}
