import { reachesNothing } from '../access/reach.ts';
import type { Reach } from '../access/reach.ts';
import { chainOf, NATION } from '../kernel/jurisdiction.ts';
import { raw, sql } from './sql-part.ts';
import type { SqlPart } from './sql-part.ts';
import { idList } from './sql.ts';

const NOBODY: SqlPart = raw('false');
const TODAY = raw(`(clock_timestamp() at time zone 'Asia/Shanghai')::date`);

/** The column of rows with a place that an index of the division begins with. */
export const columnOf = (code: string): string => (code.endsWith('0000') ? 'province_code' : code.endsWith('00') ? 'prefecture_code' : 'county_code');

const anyOf = (conditions: readonly SqlPart[]): SqlPart => ({ text: `(${conditions.map(({ text }) => text).join(' or ')})`, params: conditions.flatMap(({ params }) => params) });

/** Employments of a table `alias` that somebody may see: of a place, of an institution as it is staffed today, of a person. Null: all. */
export function jobsWithin(alias: string, reach: Reach): SqlPart | null {
  if (reach.isWhole) return null;
  if (reachesNothing(reach)) return NOBODY;
  const { personIds, institutionIds, codes } = reach;
  const places = [...Map.groupBy(codes, columnOf)].map(([column, of]) => sql`${raw(`${alias}.${column}`)} = any(${`{${of.join(',')}}`}::text[])`);
  const job = raw(alias);
  return anyOf([
    ...places,
    ...(institutionIds.length === 0 ? [] : [sql`(${job}.institution_id = any(${idList(institutionIds)}::bigint[]) and ${job}.superseded_at is null and (${job}.to_on is null or ${job}.to_on >= ${TODAY}))`]),
    ...(personIds.length === 0 ? [] : [sql`${job}.person_id = any(${idList(personIds)}::bigint[])`]),
  ]);
}

/** People, by a column that holds their id, whom somebody may see: oneself, and whoever has an employment that may be seen. Null: all. */
export function peopleWithin(column: string, reach: Reach): SqlPart | null {
  const jobs = jobsWithin('seen_job', { ...reach, personIds: [] });
  if (jobs === null) return null;
  const person = raw(column);
  const byJob = sql`exists (select 1 from employment seen_job where seen_job.person_id = ${person} and ${jobs})`;
  return reach.personIds.length === 0 ? byJob : anyOf([sql`${person} = any(${idList(reach.personIds)}::bigint[])`, byJob]);
}

/** What is asked for and what may be seen, as one filter where the one lies in the other: then an index can begin with it. */
export function narrowed(asked: { readonly jurisdiction?: string | null; readonly institutionId?: string | null }, reach: Reach): { readonly jurisdiction: string | null; readonly isWithin: boolean } {
  const jurisdiction = asked.jurisdiction ?? null;
  if (reach.isWhole) return { jurisdiction, isWithin: true };
  const chain = jurisdiction === null ? [NATION] : chainOf(jurisdiction);
  if (reach.codes.some((code) => chain.includes(code))) return { jurisdiction, isWithin: true };
  const [only] = reach.codes;
  const isAlone = reach.codes.length === 1 && reach.institutionIds.length + reach.personIds.length === 0;
  if (only !== undefined && isAlone && (jurisdiction === null || chainOf(only).includes(jurisdiction))) return { jurisdiction: only, isWithin: true };
  return { jurisdiction, isWithin: false };
}
