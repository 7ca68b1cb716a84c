import { Migration } from '@mikro-orm/migrations';
import { ROLES, SEPARATED } from '../../access/roles.ts';

/**
 * Who may see what, in the database itself. An account is a subject of an issuer of tokens; roles are granted to it with
 * a scope and days. `access_enter()` begins a transaction of the application: it finds the account, reads its grants and
 * sets what the row policies go by, so that these rest on the rows of this database and not on what the application
 * believes. Whoever owns the tables is not bound by the policies; the application owns nothing.
 */
export class AccessMigration extends Migration {
  override readonly name: string = 'access-20261126';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const TABLES: readonly string[] = [
  `create table account (
    id bigint generated always as identity primary key,
    issuer text not null,
    subject text not null,
    kind text not null check (kind in ('person', 'client')),
    display_name text,
    person_id bigint references person,
    recorded_at timestamptz(3) not null,
    unique (issuer, subject)
  )`,
  `create index account_person on account (person_id) where person_id is not null`,
  `create table role_grant (
    id bigint generated always as identity primary key,
    account_id bigint not null references account,
    role text not null check (role in (${list(ROLES)})),
    scope_kind text not null check (scope_kind in ('self', 'institution', 'jurisdiction')),
    institution_id bigint references institution,
    jurisdiction_code text references jurisdiction,
    province_code text,
    prefecture_code text,
    county_code text,
    from_on date not null,
    to_on date check (from_on <= to_on),
    granted_by bigint references account,
    recorded_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    revoked_by bigint references account,
    check ((scope_kind = 'institution') = (institution_id is not null)),
    check ((scope_kind = 'self') = (jurisdiction_code is null)),
    check (granted_by <> account_id),
    exclude using gist (account_id with =, role with <>) where (role in (${list(SEPARATED)}) and revoked_at is null)
  )`,
  `create index role_grant_account on role_grant (account_id)`,
  `create unique index role_grant_current on role_grant (account_id, role, scope_kind, institution_id, jurisdiction_code, from_on) nulls not distinct where revoked_at is null`,
  // What a teacher lets somebody else do for them, for a time.
  `create table delegation (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    account_id bigint not null references account,
    actions text[] not null,
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null check (from_at < to_at),
    granted_by bigint not null references account,
    recorded_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    check (granted_by <> account_id)
  )`,
  `create index delegation_account on delegation (account_id)`,
  `create index delegation_person on delegation (person_id)`,
  // A way to link a subject to a person, good for one use; the word itself is not kept.
  `create table invitation (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    word_hash bytea not null unique,
    invited_by bigint references account,
    recorded_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    used_by bigint references account
  )`,
  `create index invitation_person on invitation (person_id)`,
  // The table of readers, as the application has it: what the policies go by.
  `create table access_rule (row_class text not null, role text not null, relation text not null, primary key (row_class, role, relation))`,
  `alter table stored_assessment add account_id bigint references account`,
];

/** What a transaction may see is set once, as lists; the policies read each list once a statement. */
const FUNCTIONS: readonly string[] = [
  `create function reach_whole(row_class text) returns boolean language sql stable parallel safe as $$ select coalesce(current_setting('shixun.' || row_class || '_whole', true), '') = 'yes' $$`,
  ...(['codes', 'institutions', 'people'] as const).map(
    (what) =>
      `create function reach_${what}(row_class text) returns ${what === 'codes' ? 'text' : 'bigint'}[] language sql stable parallel safe as $$ select coalesce(nullif(current_setting('shixun.' || row_class || '_${what}', true), ''), '{}')::${what === 'codes' ? 'text' : 'bigint'}[] $$`,
  ),
  `create function reach_account() returns bigint language sql stable parallel safe as $$ select nullif(current_setting('shixun.account', true), '')::bigint $$`,
  `create function reach_person() returns bigint language sql stable parallel safe as $$ select nullif(current_setting('shixun.person', true), '')::bigint $$`,
  `create function reach_today() returns date language sql stable parallel safe as $$ select (clock_timestamp() at time zone 'Asia/Shanghai')::date $$`,
  // A person is seen by whoever has a place in which the person was ever employed, or the institution of today.
  `create function sees_person(row_class text, person bigint) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      if person is null then return false; end if;
      if reach_whole(row_class) or person = any (reach_people(row_class)) then return true; end if;
      return exists (
        select 1 from employment e where e.person_id = person
          and (e.province_code = any (reach_codes(row_class)) or e.prefecture_code = any (reach_codes(row_class)) or e.county_code = any (reach_codes(row_class))
            or (e.institution_id = any (reach_institutions(row_class)) and e.superseded_at is null and (e.to_on is null or e.to_on >= reach_today()))));
    end
  $$`,
  `create function access_enter(asked_issuer text, asked_subject text) returns json language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found account%rowtype;
      moment timestamptz := clock_timestamp();
      reach record;
      held json;
      acting json;
    begin
      select * into found from account a where a.issuer = asked_issuer and a.subject = asked_subject;
      perform set_config('shixun.account', coalesce(found.id::text, ''), true), set_config('shixun.person', coalesce(found.person_id::text, ''), true);
      for reach in
        with own as (
          select g.role, g.scope_kind, g.institution_id, g.jurisdiction_code from role_grant g
          where g.account_id = found.id and g.revoked_at is null and g.from_on <= reach_today() and (g.to_on is null or g.to_on >= reach_today())
          union all select 'TEACHER', 'self', null, null where found.person_id is not null
        )
        select c.row_class,
          bool_or(r.relation = 'jurisdiction' and o.scope_kind = 'jurisdiction' and o.jurisdiction_code = 'CN') as whole,
          array_agg(o.jurisdiction_code) filter (where r.relation = 'jurisdiction' and o.scope_kind = 'jurisdiction') as codes,
          array_agg(o.institution_id) filter (where r.relation = 'institution' and o.scope_kind = 'institution') as institutions,
          bool_or(r.relation = 'own' and o.scope_kind = 'self') as self
        from (select distinct a.row_class from access_rule a) c
        left join access_rule r on r.row_class = c.row_class left join own o on o.role = r.role
        group by c.row_class
      loop
        perform set_config('shixun.' || reach.row_class || '_whole', case when reach.whole then 'yes' else '' end, true),
          set_config('shixun.' || reach.row_class || '_codes', coalesce(reach.codes::text, ''), true),
          set_config('shixun.' || reach.row_class || '_institutions', coalesce(reach.institutions::text, ''), true),
          set_config('shixun.' || reach.row_class || '_people', coalesce((
            select array_agg(person)::text from (
              select found.person_id as person where reach.self and found.person_id is not null
              union select d.person_id from delegation d where case reach.row_class when 'people' then 'VIEW' when 'recorded' then 'RECORD_ASSESSMENT' end = any (d.actions) and d.account_id = found.id and d.revoked_at is null and d.from_at <= moment and d.to_at > moment
            ) people), ''), true);
      end loop;
      if found.id is null then return null; end if;
      select json_agg(json_build_array(g.id::text, g.role, g.scope_kind, g.institution_id::text, g.jurisdiction_code) order by g.id) into held from role_grant g
        where g.account_id = found.id and g.revoked_at is null and g.from_on <= reach_today() and (g.to_on is null or g.to_on >= reach_today());
      select json_agg(json_build_array(d.id::text, d.person_id::text, d.actions) order by d.id) into acting from delegation d
        where d.account_id = found.id and d.revoked_at is null and d.from_at <= moment and d.to_at > moment;
      return json_build_object('id', found.id::text, 'kind', found.kind, 'name', found.display_name, 'person', found.person_id::text, 'grants', held, 'delegations', acting);
    end
  $$`,
];

/** `any (array)` with the array read once: an index on the column can be used below the policy. */
const lies = (column: string, rowClass: string): string => `${column} = any ((select reach_codes('${rowClass}'))::text[])`;
const inPlace = (table: string, rowClass: string): string => ['province_code', 'prefecture_code', 'county_code'].map((column) => lies(`${table}.${column}`, rowClass)).join(' or ');
/** Grants of a place, or of an institution, whose grants may be seen: the same may be given and ended there. */
const GOVERNED = `(select reach_whole('grants')) or ${inPlace('role_grant', 'grants')} or role_grant.institution_id = any ((select reach_institutions('grants'))::bigint[])`;
const whole = (rowClass: string): string => `(select reach_whole('${rowClass}'))`;
const signedIn = `(select reach_account()) is not null`;

/** What may be read and added; rows are changed and removed by nobody through a policy unless said below. */
const POLICIES: readonly (readonly [table: string, reads: string, adds: string | null])[] = [
  ['person', `sees_person('people', person.id)`, null],
  [
    'employment',
    `${whole('people')} or ${inPlace('employment', 'people')}
      or (employment.institution_id = any ((select reach_institutions('people'))::bigint[]) and employment.superseded_at is null and (employment.to_on is null or employment.to_on >= (select reach_today())))
      or sees_person('people', employment.person_id)`,
    null,
  ],
  ['person_property', `${whole('people')} or sees_person('people', person_property.person_id)`, null],
  ['person_role', `${whole('people')} or sees_person('people', person_role.person_id)`, null],
  ['credit_ledger', `${whole('people')} or ${lies('credit_ledger.province_code', 'people')} or ${lies('credit_ledger.jurisdiction_code', 'people')} or sees_person('people', credit_ledger.person_id)`, null],
  ['person_identity', `${whole('private')} or sees_person('private', person_identity.person_id)`, null],
  ['person_key', `${whole('people')} or sees_person('people', person_key.person_id)`, null],
  [
    'stored_assessment',
    `${whole('people')} or stored_assessment.account_id = (select reach_account()) or ${lies('stored_assessment.province_code', 'people')} and stored_assessment.person_id is null or ${lies('stored_assessment.jurisdiction_code', 'people')} and stored_assessment.person_id is null
      or sees_person('people', stored_assessment.person_id)`,
    `${signedIn} and stored_assessment.account_id = (select reach_account()) and (stored_assessment.person_id is null or sees_person('recorded', stored_assessment.person_id))`,
  ],
  ['institution', signedIn, null],
  ['institution_property', signedIn, null],
  ['course', signedIn, null],
  ['account', `account.id = (select reach_account()) or ${whole('grants')} or exists (select 1 from role_grant g where g.account_id = account.id)`, null],
  ['role_grant', `role_grant.account_id = (select reach_account()) or role_grant.granted_by = (select reach_account()) or ${GOVERNED}`, `role_grant.granted_by = (select reach_account()) and (${GOVERNED})`],
  ['delegation', `delegation.account_id = (select reach_account()) or delegation.granted_by = (select reach_account())`, `delegation.granted_by = (select reach_account()) and delegation.person_id = (select reach_person())`],
  ['invitation', `invitation.invited_by = (select reach_account()) or ${whole('grants')}`, `invitation.invited_by = (select reach_account()) and sees_person('recorded', invitation.person_id)`],
];

/** What may be ended: a grant and a delegation, by who may see it. */
const ENDINGS: readonly string[] = [
  `create policy role_grant_ends on role_grant for update using (${GOVERNED}) with check (revoked_by = (select reach_account()))`,
  `create policy delegation_ends on delegation for update using (granted_by = (select reach_account()) or account_id = (select reach_account())) with check (revoked_at is not null)`,
];

/** What is not to be had by the policies: a subject meets a word, or is seen for the first time. */
const SIGNING_IN: readonly string[] = [
  `create function access_join(asked_issuer text, asked_subject text, asked_kind text, asked_name text, asked_source text, asked_key text) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found account%rowtype;
      named bigint := (select k.person_id from person_key k join source s on s.id = k.source_id where s.name = asked_source and k.source_key = asked_key);
    begin
      select * into found from account a where a.issuer = asked_issuer and a.subject = asked_subject;
      -- Asked with each request of somebody whom the register does not know: then nothing is written.
      if found.id is not null and (found.person_id is not null or named is null) then return found.id; end if;
      insert into account (issuer, subject, kind, display_name, person_id, recorded_at) values (asked_issuer, asked_subject, asked_kind, asked_name, named, clock_timestamp())
        on conflict (issuer, subject) do update set person_id = coalesce(account.person_id, excluded.person_id) returning * into found;
      return found.id;
    end
  $$`,
  `create function access_accept(asked_word bytea) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      met invitation%rowtype;
    begin
      if reach_account() is null then return null; end if;
      update invitation set used_at = clock_timestamp(), used_by = reach_account()
        where word_hash = asked_word and used_at is null and expires_at > clock_timestamp() and invited_by is distinct from reach_account() returning * into met;
      if met.id is null then return null; end if;
      update account set person_id = met.person_id where id = reach_account() and person_id is null;
      if not found then raise exception 'this account is linked already' using errcode = 'unique_violation'; end if;
      return met.person_id;
    end
  $$`,
];

const STATEMENTS: readonly string[] = [
  ...TABLES,
  ...FUNCTIONS,
  ...POLICIES.flatMap(([table, reads, adds]) => [
    `alter table ${table} enable row level security`,
    `create policy ${table}_reads on ${table} for select using (${reads})`,
    ...(adds === null ? [] : [`create policy ${table}_adds on ${table} for insert with check (${adds})`]),
  ]),
  ...ENDINGS,
  ...SIGNING_IN,
  // Whoever may connect may call what stands in `public`; these are for the application alone, which is told so by name.
  ...['access_enter(text, text)', 'access_join(text, text, text, text, text, text)', 'access_accept(bytea)'].map((name) => `revoke execute on function ${name} from public`),
];
