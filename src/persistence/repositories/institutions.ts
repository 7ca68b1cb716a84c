import type { CivilDay } from '../../kernel/civil-day.ts';
import type { FactInput } from '../../kernel/facts.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { boundsOf, outside, pageOf, readingOrder } from '../keyset.ts';
import type { Order, Page, PageRows } from '../keyset.ts';
import { allOf, sql } from '../sql-part.ts';
import type { SqlPart } from '../sql-part.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { beginsWith, holdsOn, seen, within } from './teacher-lists.ts';
import type { ListTime } from './teacher-lists.ts';
import { inOrder } from './teachers.ts';

export interface InstitutionRow {
  readonly id: string;
  readonly name: string;
  readonly jurisdictionCode: string;
}

export interface PropertyRow {
  readonly name: string;
  readonly value: FactInput;
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
}

export interface InstitutionFilter {
  /** A place and all below it. */
  readonly jurisdiction?: string | null;
  /** The beginning of the key of a name. */
  readonly nameKey?: string | null;
  readonly kind?: string | null;
  /** One of its stages, where it has several. */
  readonly stage?: string | null;
}

export interface InstitutionList {
  readonly filter: InstitutionFilter;
  readonly time: ListTime;
}

/** With an index for the nation, a province, a prefecture and a county. */
const BY_NAME: Order = { key: 'i.name_key', type: 'text', id: 'i.id', descending: false };

/** Institutions, in lists and by their ids. Each method is one statement. */
export class Institutions {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async page(list: InstitutionList, page: Page): Promise<PageRows<InstitutionRow & { readonly key: string }>> {
    const conditions = conditionsOf(list);
    const reading = readingOrder(BY_NAME, page);
    const { text, params } = sql`
      select (select json_agg(json_build_object('id', i.id::text, 'name', i.name, 'jurisdictionCode', i.jurisdiction_code, 'key', i.name_key) order by ${reading})
          from (select i.* from institution i where ${conditions} and ${boundsOf(BY_NAME, page)} order by ${reading} limit ${page.size + 1}) i) as rows,
        ${outside(BY_NAME, page, 'before', 'institution i', conditions)} as before, ${outside(BY_NAME, page, 'after', 'institution i', conditions)} as after`;
    const [found] = await this.#sql.execute<{ rows: (InstitutionRow & { key: string })[] | null; before: boolean; after: boolean }>(text, params);
    return pageOf(found?.rows ?? [], page, found?.before ?? false, found?.after ?? false);
  }

  /** How many the filter admits, counted up to a limit. */
  async count(list: InstitutionList, limit: number): Promise<number> {
    const { text, params } = sql`select count(*)::int as found from (select 1 from institution i where ${conditionsOf(list)} limit ${limit}) counted`;
    return (await this.#sql.execute<{ found: number }>(text, params))[0]?.found ?? 0;
  }

  /** In the order of the ids; null where no such institution was known. */
  async byId(ids: readonly string[], knownAt: Instant): Promise<(InstitutionRow | null)[]> {
    const { text, params } = sql`
      select i.id::text as id, i.name, i.jurisdiction_code as "jurisdictionCode"
      from institution i where i.id = any(${idList(ids)}::bigint[]) and i.recorded_at <= ${timestamp(knownAt)}::timestamptz`;
    const rows = await this.#sql.execute<InstitutionRow>(text, params);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** The dated properties that hold on the day, by name; of several values of one the earliest first. */
  async properties(ids: readonly string[], { day, knownAt }: ListTime): Promise<PropertyRow[][]> {
    const { text, params } = sql`
      select asked.id::text as id, (select json_agg(json_build_object('name', v.name, 'value', v.value, 'from', v.from_on, 'to', v.to_on) order by v.name, v.from_on nulls first, v.id)
        from institution_property v where v.institution_id = asked.id and ${holdsOn('v', day)} and ${seen('v', knownAt)}) as properties
      from unnest(${idList(ids)}::bigint[]) as asked (id)`;
    const rows = await this.#sql.execute<{ id: string; properties: PropertyRow[] | null }>(text, params);
    return inOrder(ids, rows.map(({ id, properties }) => [id, properties ?? []]));
  }
}

function conditionsOf({ filter: { jurisdiction, nameKey, kind, stage }, time }: InstitutionList): SqlPart {
  return allOf([
    sql`i.recorded_at <= ${timestamp(time.knownAt)}::timestamptz`,
    jurisdiction == null ? null : within('i', jurisdiction),
    nameKey == null ? null : beginsWith('i.name_key', nameKey),
    kind == null ? null : hasProperty('kind', kind, time),
    stage == null ? null : hasProperty('stage', stage, time),
  ]);
}

/** A value, or one of those in a list. */
const hasProperty = (name: string, value: string, { day, knownAt }: ListTime): SqlPart =>
  sql`exists (select 1 from institution_property v where v.institution_id = i.id and v.name = ${name} and v.value @> to_jsonb(${value}::text) and ${holdsOn('v', day)} and ${seen('v', knownAt)})`;
