import { Migration } from '@mikro-orm/migrations';

/**
 * What people ask to have corrected in the register: asked by the person, or by whoever may for them, and decided once by
 * who answers for the place of the record, never by who asked nor by the person. What is said is personal, and sealed.
 */
export class CorrectionsMigration extends Migration {
  override readonly name: string = 'corrections-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const lies = (column: string): string => `${column} = any ((select reach_codes('corrections'))::text[])`;
/** Whoever answers for the place of the record, or for its institution. */
const OFFICIAL = `((select reach_whole('corrections')) or ${['province_code', 'prefecture_code', 'county_code'].map((column) => lies(`correction.${column}`)).join(' or ')}
  or correction.institution_id = any ((select reach_institutions('corrections'))::bigint[]))`;
/** The person, and whoever may ask for them. */
const ASKER = `(correction.person_id = any ((select reach_people('corrections'))::bigint[]) or correction.person_id = any ((select reach_delegated('REQUEST_CORRECTION'))::bigint[]))`;
const BY_ONESELF = `correction.decided_by = (select reach_account())`;

const STATEMENTS: readonly string[] = [
  `create table correction (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    about text not null check (about in ('CREDIT_ENTRY', 'EMPLOYMENT', 'ROLE', 'PROPERTY', 'IDENTITY_NUMBER', 'PRIVATE_VALUE', 'PERSON', 'MISSING')),
    record_id bigint,
    source_id int references source,
    institution_id bigint references institution,
    jurisdiction_code text not null references jurisdiction,
    province_code text,
    prefecture_code text,
    county_code text,
    claim_cipher bytea not null,
    state text not null check (state in ('SUBMITTED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
    submitted_by bigint not null references account,
    delegation_id bigint references delegation,
    due_on date not null,
    recorded_at timestamptz(3) not null,
    decided_at timestamptz(3),
    decided_by bigint references account,
    reason_cipher bytea,
    check ((about in ('PERSON', 'MISSING')) = (record_id is null)),
    check ((about = 'MISSING') = (source_id is null)),
    check ((state = 'SUBMITTED') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
    check (state <> 'REJECTED' or reason_cipher is not null),
    check (state in ('SUBMITTED', 'WITHDRAWN') or decided_by <> submitted_by)
  )`,
  // What is open about a record is open once.
  `create unique index correction_open on correction (person_id, about, record_id) where state = 'SUBMITTED' and record_id is not null`,
  `create index correction_person on correction (person_id, due_on, id)`,
  `create index correction_submitted on correction (submitted_by, due_on, id)`,
  ...[
    ['all', ''],
    ['province', 'province_code, '],
    ['prefecture', 'prefecture_code, '],
    ['county', 'county_code, '],
    ['institution', 'institution_id, '],
  ].map(([scope, first]) => `create index correction_${scope} on correction (${first}state, due_on, id)`),

  // A decision is final. What is sealed may be sealed anew by another key.
  `create function correction_once() returns trigger language plpgsql as $$
    begin
      if old.state <> 'SUBMITTED' and (new.state, new.decided_at, new.decided_by) is distinct from (old.state, old.decided_at, old.decided_by) then
        raise exception 'a correction is decided once' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$`,
  `create trigger correction_decided_once before update on correction for each row execute function correction_once()`,
  `create trigger correction_only_grows before delete or truncate on correction for each statement execute function refuse_change()`,

  // For whom an account may act in something just now.
  `create function reach_delegated(action text) returns bigint[] language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      return coalesce((select array_agg(d.person_id) from delegation d
        where d.account_id = reach_account() and action = any (d.actions) and d.revoked_at is null and d.from_at <= clock_timestamp() and d.to_at > clock_timestamp()), '{}');
    end
  $$`,
  // Whoever may see a person in the records sees there what was asked about them.
  `alter function places_of_node(text) rename to places_of_other_node`,
  `create function places_of_node(node text) returns table (person bigint, institution bigint, codes text[]) language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      asked bigint := case when node ~ '^Correction:[0-9]{1,18}$' then substr(node, 12)::bigint end;
    begin
      if split_part(node, ':', 1) <> 'Correction' then return query select p.* from places_of_other_node(node) p; end if;
      return query select p.* from correction c cross join lateral places_of_person(c.person_id) p where c.id = asked;
    end
  $$`,
  `revoke execute on function places_of_node(text) from public`,
  `alter table correction enable row level security`,
  `create policy correction_reads on correction for select using (${OFFICIAL} or ${ASKER})`,
  `create policy correction_adds on correction for insert with check (${ASKER} and correction.submitted_by = (select reach_account()) and correction.state = 'SUBMITTED')`,
  // Each says all of who and what: of several policies any may let a row through.
  `create policy correction_decides on correction for update using (correction.state = 'SUBMITTED' and ${OFFICIAL})
    with check (correction.state in ('ACCEPTED', 'REJECTED') and ${OFFICIAL} and ${BY_ONESELF} and correction.submitted_by <> (select reach_account()) and correction.person_id is distinct from (select reach_person()))`,
  `create policy correction_ends on correction for update using (correction.state = 'SUBMITTED' and ${ASKER}) with check (correction.state = 'WITHDRAWN' and ${ASKER} and ${BY_ONESELF})`,
];
