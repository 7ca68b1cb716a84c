import type { CivilDay, Instant } from '../../kernel/civil-day.ts';
import type { Reach } from '../../access/reach.ts';
import { chainOf, NATION } from '../../kernel/jurisdiction.ts';
import { boundsOf, outside, pageOf, readingOrder } from '../keyset.ts';
import type { Order, Page, PageRows } from '../keyset.ts';
import { nameAsOf } from '../names.ts';
import { columnOf, jobsWithin, narrowed } from '../reach-conditions.ts';
import { allOf, raw, sql } from '../sql-part.ts';
import type { SqlPart } from '../sql-part.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** As of when a list is read: employments of the day, as they were known. */
export interface ListTime {
  readonly day: CivilDay;
  readonly knownAt: Instant;
}

export interface TeacherFilter {
  /** A place and all below it. */
  readonly jurisdiction?: string | null;
  readonly institutionId?: string | null;
  /** Held on the day, in the province of the employment. */
  readonly role?: string | null;
  readonly stage?: string | null;
  readonly subject?: string | null;
  /** The beginning of the key of a name. */
  readonly nameKey?: string | null;
}

/** The orders of teachers, each with an index for the nation, a province, prefecture, county and institution. */
export const TEACHER_ORDERS = {
  NAME: { key: 'e.name_key', type: 'text', id: 'e.person_id', descending: false },
  STARTED_ON: { key: 'e.from_on', type: 'date', id: 'e.person_id', descending: false },
  STARTED_ON_DESC: { key: 'e.from_on', type: 'date', id: 'e.person_id', descending: true },
} as const satisfies Record<string, Order>;
export type TeacherOrder = keyof typeof TEACHER_ORDERS;

export interface TeacherList {
  readonly filter: TeacherFilter;
  readonly order: TeacherOrder;
  readonly time: ListTime;
}

/** A main employment with the names that a page shows. */
export interface JobRow {
  readonly id: string;
  readonly institution: { readonly id: string; readonly name: string; readonly jurisdictionCode: string };
  readonly jurisdictionCode: string;
  readonly isMain: boolean;
  readonly stage: string | null;
  readonly subject: string | null;
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}

/** A teacher of a list; `key` is what the list is ordered by. */
export interface TeacherRow {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  /** The main employment of the day; null: none, which only a teacher asked for by id can have. */
  readonly job: JobRow | null;
}

type Cells = [person: string, name: string, key: string, ...job: JobCells];
export type JobCells = [id: string, institution: string, institutionName: string, institutionPlace: string, place: string, isMain: boolean, stage: string | null, subject: string | null, from: CivilDay, to: CivilDay | null];

/** The columns of an employment `e` in its institution `i`, in the order of {@link JobCells}. */
export const jobAsOf = (knownAt: Instant): SqlPart =>
  sql`e.id::text, i.id::text, ${nameAsOf('institution', 'i', knownAt)}, i.jurisdiction_code, e.jurisdiction_code, e.is_main, e.stage, e.subject, e.from_on, e.to_on`;

export const jobOf = ([id, institution, name, institutionPlace, jurisdictionCode, isMain, stage, subject, from, to]: JobCells): JobRow => ({
  id,
  institution: { id: institution, name, jurisdictionCode: institutionPlace },
  jurisdictionCode,
  isMain,
  stage,
  subject,
  from,
  to,
});

/** Rows of a table as they were known. */
export const seen = (table: string, knownAt: Instant): SqlPart => sql`${raw(table)}.recorded_at <= ${timestamp(knownAt)}::timestamptz and (${raw(table)}.superseded_at is null or ${raw(table)}.superseded_at > ${timestamp(knownAt)}::timestamptz)`;

/** Rows of a table that hold on a day; either end may be open. */
export const holdsOn = (table: string, day: CivilDay): SqlPart => sql`(${raw(table)}.from_on is null or ${raw(table)}.from_on <= ${day}::date) and (${raw(table)}.to_on is null or ${raw(table)}.to_on >= ${day}::date)`;

/** Behind every character of a name's key. */
const END = '\u{10ffff}';
export const beginsWith = (column: string, start: string): SqlPart => sql`${raw(column)} >= ${start} and ${raw(column)} < ${start + END}`;

/** Rows of a table in a place or below it, by the column that an index begins with. */
export function within(table: string, code: string): SqlPart | null {
  if (code === NATION) return null;
  return sql`${raw(`${table}.${columnOf(code)}`)} = ${code}`;
}

/** Who is listed, and who of them can be looked for by name; null: everybody who is listed. */
interface Readers {
  readonly reach: Reach;
  readonly named: Reach | null;
}

function conditionsOf({ filter, time }: TeacherList, { reach, named }: Readers): SqlPart {
  const { institutionId, role, stage, subject, nameKey } = filter;
  const { jurisdiction, isWithin } = narrowed(filter, reach);
  return allOf([
    isWithin ? null : jobsWithin('e', reach),
    sql`e.is_main and e.from_on <= ${time.day}::date and (e.to_on is null or e.to_on >= ${time.day}::date)`,
    seen('e', time.knownAt),
    jurisdiction == null ? null : within('e', jurisdiction),
    institutionId == null ? null : sql`e.institution_id = ${institutionId}::bigint`,
    stage == null ? null : sql`e.stage = ${stage}`,
    subject == null ? null : sql`e.subject = ${subject}`,
    nameKey == null ? null : beginsWith('e.name_key', nameKey),
    // Who could be looked for by a name that is not shown would be known by it.
    nameKey == null || named === null ? null : jobsWithin('e', named),
    role == null ? null : holding(role, jurisdiction, time),
  ]);
}

/** The province of the employment is that of the place asked for: said twice, so that the database knows how few hold the role there. */
function holding(role: string, jurisdiction: string | null | undefined, { day, knownAt }: ListTime): SqlPart {
  const province = jurisdiction == null || jurisdiction === NATION ? null : sql`r.province_code = ${chainOf(jurisdiction)[1]}`;
  return sql`exists (select 1 from person_role r where ${allOf([sql`r.person_id = e.person_id and r.role = ${role} and r.province_code = e.province_code`, province, holdsOn('r', day), seen('r', knownAt)])})`;
}

/** Which lists are read at once: one of a place, or one for each of some institutions. */
type Scopes = readonly string[] | null;
const scopesOf = (institutions: Scopes): SqlPart => (institutions ? sql`unnest(${idList(institutions)}::bigint[]) as asked (id)` : raw('(values (null::bigint)) as asked (id)'));
const inScope = (institutions: Scopes): SqlPart | null => (institutions ? raw('e.institution_id = asked.id') : null);

/** Teachers by their main employment of the day, of those in reach. Each method is one statement, for one list or for those of many institutions. */
export class TeacherLists {
  readonly #sql: Sql;
  readonly #readers: Readers;

  constructor(sql: Sql, reach: Reach, named: Reach | null = null) {
    this.#sql = sql;
    this.#readers = { reach, named };
  }

  /** A page of all teachers that the filter admits. */
  async page(list: TeacherList, page: Page): Promise<PageRows<TeacherRow>> {
    const pages = await this.#pages(list, page, null);
    return pages[0] ?? pageOf([], page, false, false);
  }

  /** The same page of each institution, in the order given. */
  pages(list: TeacherList, page: Page, institutions: readonly string[]): Promise<PageRows<TeacherRow>[]> {
    return this.#pages(list, page, institutions);
  }

  async #pages(list: TeacherList, page: Page, institutions: Scopes): Promise<PageRows<TeacherRow>[]> {
    const order = TEACHER_ORDERS[list.order];
    const conditions = allOf([conditionsOf(list, this.#readers), inScope(institutions)]);
    const reading = readingOrder(order, page);
    const { text, params } = sql`
      select asked.id::text as scope,
        (select json_agg(json_build_array(e.person_id::text, ${nameAsOf('person', 'p', list.time.knownAt)}, ${raw(order.key)}, ${jobAsOf(list.time.knownAt)}) order by ${reading})
          from (select e.* from employment e where ${conditions} and ${boundsOf(order, page)} order by ${reading} limit ${page.size + 1}) e
          join person p on p.id = e.person_id join institution i on i.id = e.institution_id) as rows,
        ${outside(order, page, 'before', 'employment e', conditions)} as before, ${outside(order, page, 'after', 'employment e', conditions)} as after
      from ${scopesOf(institutions)}`;
    const found = await this.#sql.execute<{ scope: string | null; rows: Cells[] | null; before: boolean; after: boolean }>(text, params);
    const byScope = new Map(found.map(({ scope, rows, before, after }) => [scope, pageOf((rows ?? []).map(teacherOf), page, before, after)]));
    return (institutions ?? [null]).map((scope) => byScope.get(scope) ?? pageOf([], page, false, false));
  }

  /** How many the filter admits, counted up to a limit. */
  async count(list: TeacherList, limit: number): Promise<number> {
    return (await this.#counts(list, limit, null))[0] ?? 0;
  }

  /** The same for each institution, in the order given. */
  counts(list: TeacherList, limit: number, institutions: readonly string[]): Promise<number[]> {
    return this.#counts(list, limit, institutions);
  }

  async #counts(list: TeacherList, limit: number, institutions: Scopes): Promise<number[]> {
    const { text, params } = sql`
      select asked.id::text as scope, (select count(*) from (select 1 from employment e where ${allOf([conditionsOf(list, this.#readers), inScope(institutions)])} limit ${limit}) counted)::int as found
      from ${scopesOf(institutions)}`;
    const found = await this.#sql.execute<{ scope: string | null; found: number }>(text, params);
    const byScope = new Map(found.map((row) => [row.scope, row.found]));
    return (institutions ?? [null]).map((scope) => byScope.get(scope) ?? 0);
  }
}

const teacherOf = ([id, name, key, ...job]: Cells): TeacherRow => ({ id, name, key, job: jobOf(job) });
