import { reachesNothing } from '../../access/reach.ts';
import type { Reach } from '../../access/reach.ts';
import type { CivilDay, Instant } from '../../kernel/civil-day.ts';
import type { CorrectionState, CorrectionSubject } from '../../workflows/correct-record.ts';
import { boundsOf, outside, pageOf, readingOrder } from '../keyset.ts';
import type { Order, Page, PageRows } from '../keyset.ts';
import { columnOf } from '../reach-conditions.ts';
import { allOf, raw, sql } from '../sql-part.ts';
import type { SqlPart } from '../sql-part.ts';
import { idList } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { within } from './teacher-lists.ts';

/** A correction as it is stored: what is said in it stays sealed until somebody reads it. */
export interface CorrectionRow {
  readonly id: string;
  readonly personId: string;
  readonly about: CorrectionSubject;
  readonly recordId: string | null;
  /** The name of the source that the record came from. */
  readonly source: string | null;
  readonly institutionId: string | null;
  readonly jurisdictionCode: string;
  /** In hexadecimal digits. */
  readonly claim: string;
  readonly state: CorrectionState;
  readonly submittedBy: string;
  readonly delegationId: string | null;
  readonly dueOn: CivilDay;
  readonly recordedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly reason: string | null;
}

type Stored = Omit<CorrectionRow, 'recordedAt' | 'decidedAt'> & { readonly recordedAt: string; readonly decidedAt: string | null };

const COLUMNS = raw(`c.id::text as id, c.person_id::text as "personId", c.about, c.record_id::text as "recordId", (select s.name from source s where s.id = c.source_id) as source, c.institution_id::text as "institutionId",
  c.jurisdiction_code as "jurisdictionCode", encode(c.claim_cipher, 'hex') as claim, c.state, c.submitted_by::text as "submittedBy", c.delegation_id::text as "delegationId", c.due_on as "dueOn",
  (extract(epoch from c.recorded_at) * 1000)::bigint::text as "recordedAt", (extract(epoch from c.decided_at) * 1000)::bigint::text as "decidedAt", encode(c.reason_cipher, 'hex') as reason`);

const rowOf = (row: Stored): CorrectionRow => ({ ...row, recordedAt: Number(row.recordedAt) as Instant, decidedAt: row.decidedAt === null ? null : (Number(row.decidedAt) as Instant) });

/** Which corrections are asked for; what is null does not matter. */
export interface CorrectionFilter {
  readonly state?: CorrectionState | null;
  readonly jurisdiction?: string | null;
  readonly institutionId?: string | null;
  /** Only what should have been decided before this day, and was not. */
  readonly overdueOn?: CivilDay | null;
  /** Only what is about this person, or was asked for by this account. */
  readonly of?: { readonly personId: string | null; readonly accountId: string | null } | null;
}

export const CORRECTION_ORDERS = {
  DUE_ON: { key: 'c.due_on', type: 'date', id: 'c.id', descending: false },
  DUE_ON_DESC: { key: 'c.due_on', type: 'date', id: 'c.id', descending: true },
} as const satisfies Record<string, Order>;
export type CorrectionOrder = keyof typeof CORRECTION_ORDERS;

const OF_CORRECTIONS = 'correction c';

/** Corrections that somebody may see. Each method is one statement. */
export class Corrections {
  readonly #sql: Sql;
  readonly #reach: Reach;

  constructor(store: Sql, reach: Reach) {
    this.#sql = store;
    this.#reach = reach;
  }

  /** In the order of the ids; null where there is none. */
  async byId(ids: readonly string[]): Promise<(CorrectionRow | null)[]> {
    const rows = await this.#read(sql`select ${COLUMNS} from correction c where ${allOf([sql`c.id = any(${idList(ids)}::bigint[])`, withinReach(this.#reach)])}`);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async page(filter: CorrectionFilter, orderBy: CorrectionOrder, page: Page): Promise<PageRows<CorrectionRow>> {
    const order = CORRECTION_ORDERS[orderBy];
    const conditions = this.#conditions(filter);
    const reading = readingOrder(order, page);
    type Found = Stored & { readonly before: boolean; readonly after: boolean };
    const { text, params } = sql`
      select found.*, ${outside(order, page, 'before', OF_CORRECTIONS, conditions)} as before, ${outside(order, page, 'after', OF_CORRECTIONS, conditions)} as after
      from (values (1)) as asked (n) left join lateral (select ${COLUMNS} from correction c where ${conditions} and ${boundsOf(order, page)} order by ${reading} limit ${page.size + 1}) found on true`;
    const rows = await this.#sql.execute<Found>(text, params);
    const [first] = rows;
    return pageOf(rows.flatMap(({ before: _, after: __, ...row }) => (row.id === null ? [] : [rowOf(row)])), page, first?.before ?? false, first?.after ?? false);
  }

  /** How many there are, counted up to a limit. */
  async count(filter: CorrectionFilter, limit: number): Promise<number> {
    const { text, params } = sql`select count(*)::int as count from (select 1 from correction c where ${this.#conditions(filter)} limit ${limit}) counted`;
    return (await this.#sql.execute<{ count: number }>(text, params))[0]?.count ?? 0;
  }

  #conditions({ state, jurisdiction, institutionId, overdueOn, of }: CorrectionFilter): SqlPart {
    return allOf([
      withinReach(this.#reach),
      state == null ? null : sql`c.state = ${state}`,
      jurisdiction == null ? null : within('c', jurisdiction),
      institutionId == null ? null : sql`c.institution_id = ${institutionId}::bigint`,
      overdueOn == null ? null : sql`c.state = 'SUBMITTED' and c.due_on < ${overdueOn}::date`,
      of == null ? null : sql`(c.person_id = ${of.personId}::bigint or c.submitted_by = ${of.accountId}::bigint)`,
    ]);
  }

  async #read({ text, params }: SqlPart): Promise<CorrectionRow[]> {
    return (await this.#sql.execute<Stored>(text, params)).map(rowOf);
  }
}

/** Those of a place, of an institution, of a person. Null: all. */
function withinReach(reach: Reach): SqlPart | null {
  if (reach.isWhole) return null;
  if (reachesNothing(reach)) return raw('false');
  const { personIds, institutionIds, codes } = reach;
  const places = [...Map.groupBy(codes, columnOf)].map(([column, of]) => sql`${raw(`c.${column}`)} = any(${`{${of.join(',')}}`}::text[])`);
  const conditions = [
    ...places,
    ...(institutionIds.length === 0 ? [] : [sql`c.institution_id = any(${idList(institutionIds)}::bigint[])`]),
    ...(personIds.length === 0 ? [] : [sql`c.person_id = any(${idList(personIds)}::bigint[])`]),
  ];
  return { text: `(${conditions.map(({ text }) => text).join(' or ')})`, params: conditions.flatMap(({ params }) => params) };
}
