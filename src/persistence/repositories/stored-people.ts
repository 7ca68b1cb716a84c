import type { Reach } from '../../access/reach.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import type { FactInput } from '../../kernel/facts.ts';
import { NATION } from '../../kernel/jurisdiction.ts';
import type { Act } from '../../plugin-host/records.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import type { AsOf, PastEmployment, PeopleStore, StoredEmployment, StoredEntry, StoredPerson, StoredRole } from '../../workflows/stored-person.ts';
import type { DataKeys } from '../keys/data-keys.ts';
import { JUDGED_PRIVATELY, openPrivate } from '../keys/private-values.ts';
import type { PrivateName } from '../keys/private-values.ts';
import { peopleWithin } from '../reach-conditions.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';

type EmploymentRow = [institution: string, jurisdiction: string, province: string, from: CivilDay, to: CivilDay | null];
type PastRow = [province: string, kind: string | null, from: CivilDay, to: CivilDay | null];
type PropertyRow = [name: string, value: FactInput];
type SealedRow = [name: PrivateName, sealed: string];
type RoleRow = [role: string, province: string, from: CivilDay | null, to: CivilDay | null];
type LedgerRow = [id: string, entry: string | null, act: Act, book: string, province: string, units: number | string | null, completedOn: CivilDay | null, attributes: Readonly<Record<string, FactInput>>, decides: string | null];

interface PersonRow {
  readonly id: string;
  readonly job: EmploymentRow | null;
  readonly former: EmploymentRow | null;
  readonly past: readonly PastRow[] | null;
  readonly roles: readonly RoleRow[] | null;
  readonly properties: readonly PropertyRow[] | null;
  readonly secrets: readonly SealedRow[] | null;
  readonly institution: readonly PropertyRow[] | null;
  readonly settings: readonly PropertyRow[] | null;
  readonly ledger: readonly LedgerRow[] | null;
}

/**
 * One statement for any number of people: each list comes as one JSON value of the person's row, which costs a tenth of
 * a row for each entry. A property with several values that hold on the day has the one that began last.
 */
const peopleQuery = (within: string): string => `
with asked as (select ordinality, id from unnest(?::bigint[]) with ordinality as asked (id, ordinality)),
moment as (select ?::date as day, ?::date as law_day, ?::timestamptz as known_at, ?::text[] as judged)
select p.id::text as id,
  json_build_array(job.institution_id::text, job.jurisdiction_code, job.province_code, job.from_on, job.to_on) as job,
  case when job.id is null then (
    select json_build_array(e.institution_id::text, e.jurisdiction_code, e.province_code, e.from_on, e.to_on)
    from employment e
    where e.person_id = p.id and e.is_main and e.to_on < m.day and e.recorded_at <= m.known_at and (e.superseded_at is null or e.superseded_at > m.known_at)
    order by e.to_on desc limit 1
  ) end as former,
  (select json_agg(json_build_array(e.province_code, (
      select v.value from institution_property v where v.institution_id = e.institution_id and v.name = 'kind' and v.recorded_at <= m.known_at and (v.superseded_at is null or v.superseded_at > m.known_at)
        and (v.from_on is null or v.from_on <= m.day) and (v.to_on is null or v.to_on >= m.day) order by v.from_on desc nulls last, v.id desc limit 1
    ), e.from_on, e.to_on) order by e.from_on, e.id)
    from employment e where e.person_id = p.id and e.from_on <= m.day and e.recorded_at <= m.known_at and (e.superseded_at is null or e.superseded_at > m.known_at)) as past,
  (select json_agg(json_build_array(r.role, r.province_code, r.from_on, r.to_on) order by r.role, r.from_on)
    from person_role r where r.person_id = p.id and r.recorded_at <= m.known_at and (r.superseded_at is null or r.superseded_at > m.known_at)) as roles,
  (select json_agg(json_build_array(v.name, v.value) order by v.from_on nulls first, v.id)
    from person_property v where v.person_id = p.id and v.recorded_at <= m.known_at and (v.superseded_at is null or v.superseded_at > m.known_at)
      and (v.from_on is null or v.from_on <= m.day) and (v.to_on is null or v.to_on >= m.day)) as properties,
  case when array['${NATION}', job.province_code, job.prefecture_code, job.county_code] && m.judged then judged_private(p.id, m.known_at) end as secrets,
  (select json_agg(json_build_array(v.name, v.value) order by v.from_on nulls first, v.id)
    from institution_property v where v.institution_id = job.institution_id and v.recorded_at <= m.known_at and (v.superseded_at is null or v.superseded_at > m.known_at)
      and (v.from_on is null or v.from_on <= m.day) and (v.to_on is null or v.to_on >= m.day)) as institution,
  (select json_agg(json_build_array(s.name, s.value) order by case s.jurisdiction_code when 'CN' then '' else rtrim(s.jurisdiction_code, '0') end, s.from_on, s.version)
    from rule_setting s where s.jurisdiction_code in ('CN', job.province_code, job.prefecture_code, job.county_code) and s.recorded_at <= m.known_at and (s.superseded_at is null or s.superseded_at > m.known_at)
      and s.from_on <= m.law_day and (s.to_on is null or s.to_on >= m.law_day)) as settings,
  (select json_agg(json_build_array(l.id::text, l.entry_id::text, l.act, l.book, l.province_code, case when l.units between -9007199254740991 and 9007199254740991 then to_json(l.units) else to_json(l.units::text) end, l.completed_on, l.attributes, l.decides_id::text) order by l.completed_on nulls first, l.id)
    from credit_ledger l where l.person_id = p.id and l.recorded_at <= m.known_at) as ledger
from asked
join person p on p.id = asked.id
cross join moment m
left join lateral (
  select e.* from employment e
  where e.person_id = p.id and e.is_main and e.from_on <= m.day and (e.to_on is null or e.to_on >= m.day)
    and e.recorded_at <= m.known_at and (e.superseded_at is null or e.superseded_at > m.known_at)
  order by e.from_on desc, e.id desc limit 1
) job on true
where p.recorded_at <= m.known_at and ${within}
order by asked.ordinality`;

const ALL = peopleQuery('true');

/** What lies sealed and rules judge by: with which keys it is opened, and in which places the rules do. */
export interface Judging {
  readonly keys: DataKeys;
  readonly codes: readonly string[];
}

export const judgingOf = (keys: DataKeys, registry: Registry): Judging => ({
  keys,
  codes: registry.plugins.filter(({ records }) => records?.person?.some(({ fact, property = fact }) => JUDGED_PRIVATELY.some((name) => name === property))).map(({ jurisdiction }) => jurisdiction.code),
});

/** People in reach as of a day and a moment of knowledge. All that is known of one is read, wherever it was recorded: a verdict rests on the whole. */
export class StoredPeople implements PeopleStore {
  readonly #sql: Sql;
  readonly #reach: Reach;
  readonly #judging: Judging;

  constructor(sql: Sql, reach: Reach, judging: Judging) {
    this.#sql = sql;
    this.#reach = reach;
    this.#judging = judging;
  }

  async load(ids: readonly string[], { day, lawDay, knownAt }: AsOf): Promise<(StoredPerson | null)[]> {
    if (ids.length === 0) return [];
    const within = peopleWithin('p.id', this.#reach);
    const rows = await this.#sql.execute<PersonRow>(within ? peopleQuery(within.text) : ALL, [idList(ids), day, lawDay, timestamp(knownAt), `{${this.#judging.codes.join(',')}}`, ...(within?.params ?? [])]);
    const byId = new Map(rows.map((row) => [row.id, personOf(row, this.#judging.keys)]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}

function personOf({ id, job, former, past, roles, properties, secrets, institution, settings, ledger }: PersonRow, keys: DataKeys): StoredPerson {
  return {
    id,
    employment: employmentOf(job),
    lastEmployment: employmentOf(former),
    employments: (past ?? []).map(([provinceCode, kind, from, to]): PastEmployment => ({ provinceCode, kind, from, to })),
    roles: (roles ?? []).map(([role, provinceCode, from, to]): StoredRole => ({ role, provinceCode, from, to })),
    properties: new Map<string, FactInput>([...(properties ?? []), ...(secrets ?? []).map(([name, sealed]) => [name, openPrivate(keys, name, Buffer.from(sealed, 'base64'))] as const)]),
    institutionProperties: new Map(institution ?? []),
    settings: new Map(settings ?? []),
    entries: entriesOf(ledger ?? []),
  };
}

function employmentOf(row: EmploymentRow | null): StoredEmployment | null {
  if (!row || row[0] === null) return null;
  const [institutionId, jurisdictionCode, provinceCode, from, to] = row;
  return { institutionId, jurisdictionCode, provinceCode, from, to };
}

/** An entry stands where its last act has put it; acts come after it, in the order of their recording. */
function entriesOf(rows: readonly LedgerRow[]): StoredEntry[] {
  const lastActs = new Map<string, readonly [id: number, act: Act]>();
  for (const [id, entry, act] of rows) {
    const known = entry === null ? undefined : lastActs.get(entry);
    if (entry !== null && (!known || known[0] < Number(id))) lastActs.set(entry, [Number(id), act]);
  }
  const entries: StoredEntry[] = [];
  for (const [id, entry, act, book, provinceCode, units, completedOn, attributes, decidesId] of rows) {
    if (entry === null) entries.push({ id, book, provinceCode, units: typeof units === 'string' ? BigInt(units) : units, completedOn, act: lastActs.get(id)?.[1] ?? act, attributes, decidesId });
  }
  return entries;
}
