import type { EntityManager } from '@mikro-orm/postgresql';
import type { Reach } from '../../access/reach.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { chainOf } from '../../kernel/jurisdiction.ts';
import { readSubject, subjectText, writtenForm } from '../../workflows/stored-assessment.ts';
import type { AssessmentDraft, ContentStore, StoredAssessment, StoredTexts } from '../../workflows/stored-assessment.ts';
import type { DataKey, DataKeys } from '../keys/data-keys.ts';
import { assessmentPlace } from '../keys/private-values.ts';
import { writingKey } from '../keys/writing-key.ts';
import type { Page, PageRows, Position } from '../keyset.ts';
import { pageOf } from '../keyset.ts';
import { peopleWithin } from '../reach-conditions.ts';
import { record } from '../recording.ts';
import { raw, sql } from '../sql-part.ts';
import type { SqlPart } from '../sql-part.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** A row with its instants in milliseconds, in digits. */
type Row = Omit<StoredAssessment, 'recordedAt' | 'at' | 'lawAt' | 'knownAt' | 'subject'> & { readonly [column in 'recordedAt' | 'at' | 'lawAt' | 'knownAt' | 'subject']: string };

const milliseconds = (column: string): string => `(extract(epoch from a.${column}) * 1000)::bigint::text`;
const COLUMNS = raw(`a.id::text as id, ${milliseconds('recorded_at')} as "recordedAt", a.person_id::text as "personId", a.jurisdiction_code as "jurisdictionCode", a.subject,
  ${milliseconds('at')} as at, ${milliseconds('law_at')} as "lawAt", ${milliseconds('known_at')} as "knownAt", a.answer_hash as "answerHash", a.verdict, a.rulebook_hash as "rulebookHash", a.content_hash as "contentHash"`);

/** The place of an assessment in the list of its person, the latest first. Ids grow, so they are the order. */
export const positionOf = ({ id }: Pick<StoredAssessment, 'id'>): Position => ({ key: '', id });

/** Whose assessments may be seen: those about people in reach, and those that the account had stored. */
export interface AssessmentReach {
  readonly people: Reach;
  readonly accountId: string | null;
}

/** Assessments that were stored and may be seen. They are never changed. */
export class StoredAssessments implements ContentStore {
  readonly #sql: Sql;
  readonly #reach: AssessmentReach;
  readonly #keys: DataKeys;

  constructor(store: Sql, reach: AssessmentReach, keys: DataKeys) {
    this.#sql = store;
    this.#reach = reach;
    this.#keys = keys;
  }

  async contents(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#sql.execute<{ hash: string; content: string }>('select hash, content from stored_rulebook where hash = any(?::text[])', [`{${hashes.join(',')}}`]);
    return new Map(rows.map(({ hash, content }) => [hash, content]));
  }

  /** The texts of assessments that there are, in the order of the ids. An answer that is not the one that was stored throws. */
  async texts(ids: readonly string[]): Promise<StoredTexts[]> {
    const within = seenBy(this.#reach);
    const rows = await this.#sql.execute<StoredTexts & { id: string; hash: string }>('select id::text as id, question, answer, answer_hash as hash, engine from stored_assessment a where id = any(?::bigint[]) and ' + within.text, [idList(ids), ...within.params]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = found.get(id);
      if (!row) throw new Error(`no assessment ${id} is stored`);
      return openedTexts(row, this.#keys);
    });
  }

  /** In the order of the ids; null where there is none, or was none yet. */
  async byId(ids: readonly string[], knownAt: Instant): Promise<(StoredAssessment | null)[]> {
    const rows = await this.#read(sql`select ${COLUMNS} from stored_assessment a where a.id = any(${idList(ids)}::bigint[]) and ${recordedBy(knownAt)} and ${seenBy(this.#reach)}`);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** One page of each person, the latest first: one statement for any number of people. */
  async pagesOf(personIds: readonly string[], page: Page, knownAt: Instant): Promise<PageRows<StoredAssessment>[]> {
    const own = sql`a.person_id = asked.id and ${recordedBy(knownAt)} and ${seenBy(this.#reach)}`;
    const within = sql`${page.after ? sql`a.id < ${page.after.id}::bigint` : raw('true')} and ${page.before ? sql`a.id > ${page.before.id}::bigint` : raw('true')}`;
    const exists = (condition: SqlPart | null): SqlPart => (condition ? sql`exists (select 1 from stored_assessment a where ${own} and ${condition})` : raw('false'));
    const { text, params } = sql`
      select asked.id::text as "asked", found.*, ${exists(page.after && sql`a.id >= ${page.after.id}::bigint`)} as "outsideBefore", ${exists(page.before && sql`a.id <= ${page.before.id}::bigint`)} as "outsideAfter"
      from unnest(${idList(personIds)}::bigint[]) as asked (id)
      left join lateral (select ${COLUMNS} from stored_assessment a where ${own} and ${within} order by a.id${raw(page.fromEnd ? '' : ' desc')} limit ${page.size + 1}) found on true`;
    type Found = Row & { readonly asked: string; readonly outsideBefore: boolean; readonly outsideAfter: boolean };
    const byPerson = Map.groupBy(await this.#sql.execute<Found>(text, params), ({ asked }) => asked);
    return personIds.map((person) => {
      const found = byPerson.get(person) ?? [];
      const [first] = found;
      const rows = found.flatMap(({ asked: _, outsideBefore: __, outsideAfter: ___, ...row }) => (row.id === null ? [] : [storedOf(row)]));
      return pageOf(rows, page, first?.outsideBefore ?? false, first?.outsideAfter ?? false);
    });
  }

  /** How many each person has, counted no further than the limit. */
  async countsOf(personIds: readonly string[], limit: number, knownAt: Instant): Promise<number[]> {
    const { text, params } = sql`
      select asked.id::text as id, (select count(*)::int from (select 1 from stored_assessment a where a.person_id = asked.id and ${recordedBy(knownAt)} and ${seenBy(this.#reach)} limit ${limit}) counted) as count
      from unnest(${idList(personIds)}::bigint[]) as asked (id)`;
    const counts = new Map((await this.#sql.execute<{ id: string; count: number }>(text, params)).map(({ id, count }) => [id, count]));
    return personIds.map((id) => counts.get(id) ?? 0);
  }

  async #read({ text, params }: SqlPart): Promise<StoredAssessment[]> {
    return (await this.#sql.execute<Row>(text, params)).map(storedOf);
  }
}

/** What people were asked about, and what came of it, is nobody's who has the database alone. */
const sealedTexts = ({ question, answer, engine }: StoredTexts, hash: string, key: DataKey): StoredTexts => ({ question: key.sealText(question, assessmentPlace('question', hash)), answer: key.sealText(answer, assessmentPlace('answer', hash)), engine });

const openedTexts = ({ question, answer, engine, hash }: StoredTexts & { readonly hash: string }, keys: DataKeys): StoredTexts => ({ question: keys.openText(question, assessmentPlace('question', hash)), answer: keys.openText(answer, assessmentPlace('answer', hash)), engine });

const recordedBy = (knownAt: Instant): SqlPart => sql`a.recorded_at <= ${timestamp(knownAt)}::timestamptz`;
/** Without a person it lies in the place whose rules decided. */
function seenBy({ people, accountId }: AssessmentReach): SqlPart {
  const aboutPerson = peopleWithin('a.person_id', people);
  if (aboutPerson === null) return raw('true');
  const places = people.codes.length === 0 ? raw('false') : sql`a.person_id is null and (a.jurisdiction_code = any(${`{${people.codes.join(',')}}`}::text[]) or a.province_code = any(${`{${people.codes.join(',')}}`}::text[]))`;
  return sql`(${aboutPerson} or ${places} or ${accountId === null ? raw('false') : sql`a.account_id = ${accountId}::bigint`})`;
}

const provinceOf = (code: string): string => chainOf(code)[1] ?? code;

const storedOf = (row: Row): StoredAssessment => ({
  ...row,
  subject: readSubject(row.subject),
  recordedAt: Number(row.recordedAt) as Instant,
  at: Number(row.at) as Instant,
  lawAt: Number(row.lawAt) as Instant,
  knownAt: Number(row.knownAt) as Instant,
});

/**
 * Stores an assessment in the open transaction. The contents of places are kept once; which
 * of them are new is asked before the instant is taken, because other writers wait from there on.
 */
export async function storeAssessment(transaction: EntityManager, draft: AssessmentDraft, keys: DataKeys, key: string, accountId: string | null): Promise<StoredAssessment> {
  const { row: written, texts: open } = writtenForm(draft);
  const texts = sealedTexts(open, written.answerHash, await writingKey(transaction, keys));
  const contents = await unknownContents(transaction, draft);
  const { recordedAt, sourceId } = await record(transaction, { source: 'api', what: 'record assessment', counts: { assessments: 1 } });
  if (contents.length > 0) {
    await transaction.execute(`insert into stored_rulebook (hash, content, recorded_at) select hash, content, ?::timestamptz from json_to_recordset(?::json) as given (hash text, content text) on conflict do nothing`, [recordedAt, JSON.stringify(contents)]);
  }
  const { personId, jurisdictionCode, subject, at, lawAt, knownAt, answerHash, verdict, rulebookHash, contentHash } = written;
  const { text, params } = sql`
    insert into stored_assessment (person_id, jurisdiction_code, province_code, subject, at, law_at, known_at, question, answer, answer_hash, verdict, rulebook_hash, content_hash, engine, recorded_at, source_id, source_key, account_id)
    values (${personId}, ${jurisdictionCode}, ${provinceOf(jurisdictionCode)}, ${subjectText(subject)}, ${timestamp(at)}, ${timestamp(lawAt)}, ${timestamp(knownAt)}, ${texts.question}, ${texts.answer}, ${answerHash}, ${verdict}, ${rulebookHash}, ${contentHash}, ${texts.engine}, ${recordedAt}, ${sourceId}, ${key}, ${accountId}::bigint)
    returning id::text as id`;
  const [row] = await transaction.execute<{ id: string }[]>(text, [...params]);
  if (!row) throw new Error('no assessment was stored');
  return { ...written, id: row.id, recordedAt: Date.parse(recordedAt) as Instant };
}

async function unknownContents(store: Sql, { content: { place, layers } }: AssessmentDraft): Promise<{ readonly hash: string; readonly content: string }[]> {
  const all = [place, ...layers];
  const rows = await store.execute<{ hash: string }>('select hash from stored_rulebook where hash = any(?::text[])', [`{${all.map(({ hash }) => hash).join(',')}}`]);
  const known = new Set(rows.map(({ hash }) => hash));
  return all.filter(({ hash }) => !known.has(hash)).map(({ hash, text }) => ({ hash, content: text }));
}
