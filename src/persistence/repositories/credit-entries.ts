import type { Reach } from '../../access/reach.ts';
import type { CivilDay, Instant } from '../../kernel/civil-day.ts';
import type { FactInput } from '../../kernel/facts.ts';
import type { Act } from '../../plugin-host/records.ts';
import { nameAsOf } from '../names.ts';
import { peopleWithin } from '../reach-conditions.ts';
import { raw, sql } from '../sql-part.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** Something that happened to an entry. */
export interface ActRow {
  readonly act: Act;
  readonly recordedAt: Instant;
  readonly source: string;
}

/** An entry of the ledger with all that happened to it, as it was known. */
export interface CreditEntryRow {
  readonly id: string;
  readonly personId: string;
  readonly book: string;
  readonly jurisdictionCode: string;
  /** Whole smallest units, in digits: more of them than a JSON number can count stay exact. Null: not settled. */
  readonly units: string | null;
  readonly completedOn: CivilDay | null;
  readonly attributes: Readonly<Record<string, FactInput>>;
  readonly courseTitle: string | null;
  readonly institution: { readonly id: string; readonly name: string; readonly jurisdictionCode: string } | null;
  /** The entry of another place that this one is the decision about. */
  readonly decidesId: string | null;
  readonly revision: number;
  /** In the order of their recording, the first that by which the entry came to be; it stands where the last has put it. */
  readonly acts: readonly ActRow[];
}

type Cells = [
  id: string,
  entry: string | null,
  act: Act,
  recordedAt: number,
  source: string,
  book: string,
  place: string,
  units: string | null,
  completedOn: CivilDay | null,
  attributes: Readonly<Record<string, FactInput>>,
  decides: string | null,
  revision: number,
  course: string | null,
  institution: string | null,
  institutionName: string | null,
  institutionPlace: string | null,
];

/** Entries of the credit ledger about people in reach. Each method is one statement for any number, with answers in the order given. */
export class CreditEntries {
  readonly #sql: Sql;
  readonly #reach: Reach;

  constructor(sql: Sql, reach: Reach) {
    this.#sql = sql;
    this.#reach = reach;
  }

  /** All entries of each person, by the day of completion; those without one last. */
  async ofPeople(ids: readonly string[], knownAt: Instant): Promise<CreditEntryRow[][]> {
    const { text, params } = sql`
      select asked.id::text as id, (
        select json_agg(json_build_array(l.id::text, l.entry_id::text, l.act, (extract(epoch from l.recorded_at) * 1000)::bigint, s.name, l.book, l.jurisdiction_code, l.units::text,
          l.completed_on, l.attributes, l.decides_id::text, l.revision, c.title, i.id::text, ${nameAsOf('institution', 'i', knownAt)}, i.jurisdiction_code) order by l.completed_on, l.id)
        from credit_ledger l join source s on s.id = l.source_id left join course c on c.id = l.course_id left join institution i on i.id = l.institution_id
        where l.person_id = asked.id and l.recorded_at <= ${timestamp(knownAt)}::timestamptz) as ledger
      from unnest(${idList(ids)}::bigint[]) as asked (id) where ${peopleWithin('asked.id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<{ id: string; ledger: Cells[] | null }>(text, params);
    const byPerson = new Map(rows.map(({ id, ledger }) => [id, entriesOf(id, ledger ?? [])]));
    return ids.map((id) => byPerson.get(id) ?? []);
  }

  /** Whose entries these are; null for what is no entry, or was none yet. */
  async owners(ids: readonly string[], knownAt: Instant): Promise<(string | null)[]> {
    const { text, params } = sql`
      select l.id::text as id, l.person_id::text as person from credit_ledger l
      where l.id = any(${idList(ids)}::bigint[]) and l.entry_id is null and l.recorded_at <= ${timestamp(knownAt)}::timestamptz and ${peopleWithin('l.person_id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<{ id: string; person: string }>(text, params);
    const owners = new Map(rows.map(({ id, person }) => [id, person]));
    return ids.map((id) => owners.get(id) ?? null);
  }
}

function entriesOf(personId: string, rows: readonly Cells[]): CreditEntryRow[] {
  const acts = new Map<string, [id: number, act: ActRow][]>();
  for (const [id, entry, act, recordedAt, source] of rows) {
    const known = acts.get(entry ?? id) ?? [];
    known.push([Number(id), { act, recordedAt: recordedAt as Instant, source }]);
    acts.set(entry ?? id, known);
  }
  return rows.flatMap((row) => (row[1] === null ? [entryOf(personId, row, acts.get(row[0]) ?? [])] : []));
}

function entryOf(personId: string, cells: Cells, acts: readonly [id: number, act: ActRow][]): CreditEntryRow {
  const [id, , , , , book, jurisdictionCode, units, completedOn, attributes, decidesId, revision, courseTitle, institution, name, place] = cells;
  return {
    id,
    personId,
    book,
    jurisdictionCode,
    units,
    completedOn,
    attributes,
    courseTitle,
    institution: institution === null ? null : { id: institution, name: name ?? '', jurisdictionCode: place ?? '' },
    decidesId,
    revision,
    acts: [...acts].sort(([a], [b]) => a - b).map(([, act]) => act),
  };
}
