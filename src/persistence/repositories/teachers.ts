import type { Reach } from '../../access/reach.ts';
import type { CivilDay, Instant } from '../../kernel/civil-day.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { raw, sql } from '../sql-part.ts';
import { nameAsOf } from '../names.ts';
import { peopleWithin } from '../reach-conditions.ts';
import { jobAsOf, jobOf, seen } from './teacher-lists.ts';
import type { JobCells, JobRow, ListTime, TeacherRow } from './teacher-lists.ts';

/** A role as it is recorded; either day may be open. */
export interface RoleRow {
  readonly id: string;
  readonly role: string;
  readonly provinceCode: string;
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
}

/** What is known of teachers in reach by their ids. Each method is one statement for any number, with answers in the order given. */
export class Teachers {
  readonly #sql: Sql;
  readonly #reach: Reach;

  constructor(sql: Sql, reach: Reach) {
    this.#sql = sql;
    this.#reach = reach;
  }

  /** Each with the main employment of the day; null where no such person was known. */
  async byId(ids: readonly string[], { day, knownAt }: ListTime): Promise<(TeacherRow | null)[]> {
    const { text, params } = sql`
      select p.id::text as id, ${nameAsOf('person', 'p', knownAt)} as name, p.name_key as key,
        (select json_build_array(${jobAsOf(knownAt)}) from employment e join institution i on i.id = e.institution_id
          where e.person_id = p.id and e.is_main and e.from_on <= ${day}::date and (e.to_on is null or e.to_on >= ${day}::date) and ${seen('e', knownAt)}
          order by e.from_on desc, e.id desc limit 1) as job
      from unnest(${idList(ids)}::bigint[]) as asked (id) join person p on p.id = asked.id and p.recorded_at <= ${timestamp(knownAt)}::timestamptz where ${peopleWithin('p.id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<{ id: string; name: string; key: string; job: JobCells | null }>(text, params);
    const byId = new Map(rows.map(({ job, ...row }) => [row.id, { ...row, job: job && jobOf(job) }]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** Where each stands in a list by name: by the main employment of the day, else by the name of the person. Null where no such person was known. */
  async nameKeys(ids: readonly string[], { day, knownAt }: ListTime): Promise<(string | null)[]> {
    const { text, params } = sql`
      select p.id::text as id, coalesce((select e.name_key from employment e
          where e.person_id = p.id and e.is_main and e.from_on <= ${day}::date and (e.to_on is null or e.to_on >= ${day}::date) and ${seen('e', knownAt)} order by e.from_on desc, e.id desc limit 1), p.name_key) as key
      from unnest(${idList(ids)}::bigint[]) as asked (id) join person p on p.id = asked.id and p.recorded_at <= ${timestamp(knownAt)}::timestamptz where ${peopleWithin('p.id', this.#reach) ?? raw('true')}`;
    const keys = new Map((await this.#sql.execute<{ id: string; key: string }>(text, params)).map(({ id, key }) => [id, key]));
    return ids.map((id) => keys.get(id) ?? null);
  }

  /** All employments, the earliest first. */
  async employments(ids: readonly string[], knownAt: Instant): Promise<JobRow[][]> {
    const { text, params } = sql`
      select asked.id::text as id, (select json_agg(json_build_array(${jobAsOf(knownAt)}) order by e.from_on, e.id)
        from employment e join institution i on i.id = e.institution_id where e.person_id = asked.id and ${seen('e', knownAt)}) as jobs
      from unnest(${idList(ids)}::bigint[]) as asked (id) where ${peopleWithin('asked.id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<{ id: string; jobs: JobCells[] | null }>(text, params);
    return inOrder(ids, rows.map(({ id, jobs }) => [id, (jobs ?? []).map(jobOf)]));
  }

  /** All roles, by name and then the earliest first. */
  async roles(ids: readonly string[], knownAt: Instant): Promise<RoleRow[][]> {
    const { text, params } = sql`
      select asked.id::text as id, (select json_agg(json_build_object('id', r.id::text, 'role', r.role, 'provinceCode', r.province_code, 'from', r.from_on, 'to', r.to_on) order by r.role, r.from_on nulls first, r.id)
        from person_role r where r.person_id = asked.id and ${seen('r', knownAt)}) as roles
      from unnest(${idList(ids)}::bigint[]) as asked (id) where ${peopleWithin('asked.id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<{ id: string; roles: RoleRow[] | null }>(text, params);
    return inOrder(ids, rows.map(({ id, roles }) => [id, roles ?? []]));
  }
}

/** Lists by id in the order in which they were asked for. */
export function inOrder<Item>(ids: readonly string[], found: readonly (readonly [string, Item[]])[]): Item[][] {
  const byId = new Map(found);
  return ids.map((id) => byId.get(id) ?? []);
}
