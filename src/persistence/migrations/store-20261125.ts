import { Migration } from '@mikro-orm/migrations';

/**
 * The store as it begins. Every row says when it was recorded and from which source. `recorded_at` comes from
 * `next_recorded_at()`, whose lock is held to the commit: so the order of `recorded_at` is that of commits, and what was
 * known at a moment can be asked again for ever. Dated rows are never overwritten: a correction closes the old row
 * (`superseded_at`) and adds one. The ledger and all records of what was done only grow.
 */
export class StoreMigration extends Migration {
  override readonly name: string = 'store-20261125';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** What each dated row carries beside its content. */
const RECORDED = `recorded_at timestamptz(3) not null, source_id int not null references source, source_key text not null`;
const SUPERSEDABLE = `${RECORDED}, superseded_at timestamptz(3)`;
/** Where a row lies: the official code, and the codes of the divisions above it, for lists of a whole subtree. */
const PLACE = `jurisdiction_code text not null references jurisdiction, province_code text not null, prefecture_code text, county_code text`;
const DATED = `from_on date, to_on date, check (from_on is null or to_on is null or from_on <= to_on)`;

const STATEMENTS: readonly string[] = [
  `create extension if not exists btree_gist`,

  `create table store_info (name text primary key, value text not null)`,
  `create table source (id int generated always as identity primary key, name text not null unique, recorded_at timestamptz(3) not null)`,
  `create table recording (
    recorded_at timestamptz(3) primary key,
    source_id int not null references source,
    what text not null,
    counts jsonb not null default '{}'
  )`,
  `create function next_recorded_at() returns timestamptz(3) language sql volatile as $$
    select pg_advisory_xact_lock(7411601);
    select greatest(date_trunc('milliseconds', clock_timestamp()), (select max(recorded_at) + interval '1 millisecond' from recording))::timestamptz(3);
  $$`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation';
    end
  $$`,

  `create table jurisdiction (
    code text primary key collate "C",
    name_zh text not null,
    name_en text not null,
    parent_code text references jurisdiction
  )`,

  `create table institution (
    id bigint generated always as identity primary key,
    name text not null,
    name_key text not null collate "C",
    ${PLACE},
    ${RECORDED},
    unique (source_id, source_key)
  )`,
  `create index institution_name on institution (name_key, id)`,
  `create index institution_province on institution (province_code, name_key, id)`,
  `create index institution_prefecture on institution (prefecture_code, name_key, id)`,
  `create index institution_county on institution (county_code, name_key, id)`,
  `create table institution_property (
    id bigint generated always as identity primary key,
    institution_id bigint not null references institution,
    name text not null,
    value jsonb not null,
    ${DATED},
    ${SUPERSEDABLE}
  )`,
  `create unique index institution_property_current on institution_property (institution_id, name, from_on) nulls not distinct where superseded_at is null`,
  `create index institution_property_all on institution_property (institution_id)`,

  `create table person (
    id bigint generated always as identity primary key,
    name text not null,
    name_key text not null collate "C",
    ${RECORDED}
  )`,
  `create table person_key (
    source_id int not null references source,
    source_key text not null,
    person_id bigint not null references person,
    recorded_at timestamptz(3) not null,
    primary key (source_id, source_key)
  )`,
  `create index person_key_person on person_key (person_id)`,
  `create table person_identity (
    person_id bigint not null references person,
    kind text not null check (kind in ('resident', 'resident15', 'permit', 'passport', 'other')),
    number_cipher bytea not null,
    number_index bytea not null unique,
    ${RECORDED},
    primary key (person_id, kind, number_index)
  )`,
  `create table person_property (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    name text not null,
    value jsonb not null,
    ${DATED},
    ${SUPERSEDABLE}
  )`,
  `create unique index person_property_current on person_property (person_id, name, from_on) nulls not distinct where superseded_at is null`,
  `create index person_property_all on person_property (person_id)`,
  `create table person_role (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    role text not null,
    province_code text not null,
    ${DATED},
    ${SUPERSEDABLE}
  )`,
  `create unique index person_role_current on person_role (person_id, role, province_code, from_on) nulls not distinct where superseded_at is null`,
  `create index person_role_all on person_role (person_id)`,
  // Who holds a role that few hold: found by it, not by looking at everyone.
  `create index person_role_role on person_role (role, province_code, person_id)`,

  `create table employment (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    institution_id bigint not null references institution,
    is_main boolean not null,
    stage text,
    subject text,
    name_key text not null collate "C",
    ${PLACE},
    from_on date not null,
    to_on date check (from_on <= to_on),
    ${SUPERSEDABLE},
    exclude using gist (person_id with =, daterange(from_on, to_on, '[]') with &&) where (is_main and superseded_at is null)
  )`,
  `create unique index employment_current on employment (person_id, institution_id, from_on) where superseded_at is null`,
  `create index employment_person on employment (person_id)`,
  ...[
    ['name', 'name_key, person_id'],
    ['start', 'from_on, person_id'],
  ].flatMap(([order, columns]) =>
    [
      ['all', ''],
      ['province', 'province_code, '],
      ['prefecture', 'prefecture_code, '],
      ['county', 'county_code, '],
      ['institution', 'institution_id, '],
    ].map(([scope, first]) => `create index employment_${scope}_${order} on employment (${first}${columns}) where is_main`),
  ),

  `create table course (
    id bigint generated always as identity primary key,
    title text not null,
    ${PLACE},
    institution_id bigint references institution,
    attributes jsonb not null default '{}',
    ${DATED},
    ${SUPERSEDABLE}
  )`,
  `create unique index course_current on course (source_id, source_key) where superseded_at is null`,

  `create table credit_ledger (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    entry_id bigint references credit_ledger,
    act text not null check (act in ('declared', 'reviewed', 'recognised', 'refused', 'reversed')),
    book text not null,
    jurisdiction_code text not null references jurisdiction,
    province_code text not null,
    units bigint,
    completed_on date,
    attributes jsonb not null default '{}',
    course_id bigint references course,
    institution_id bigint references institution,
    decides_id bigint references credit_ledger,
    revision int not null default 1,
    ${RECORDED},
    check (entry_id is not null or act <> 'reversed')
  )`,
  `create index credit_ledger_person on credit_ledger (person_id, completed_on, id)`,
  `create unique index credit_ledger_key on credit_ledger (source_id, source_key, revision) where entry_id is null`,
  `create index credit_ledger_acts on credit_ledger (entry_id) where entry_id is not null`,
  `create unique index credit_ledger_reversed on credit_ledger (entry_id) where act = 'reversed'`,

  `create table rule_setting (
    id bigint generated always as identity primary key,
    jurisdiction_code text not null references jurisdiction,
    name text not null,
    version int not null,
    value jsonb not null,
    from_on date not null,
    to_on date check (from_on <= to_on),
    ${SUPERSEDABLE},
    unique (jurisdiction_code, name, version)
  )`,

  `create table stored_rulebook (
    hash text primary key,
    content text not null,
    recorded_at timestamptz(3) not null
  )`,
  `create table stored_assessment (
    id bigint generated always as identity primary key,
    person_id bigint references person,
    jurisdiction_code text not null references jurisdiction,
    province_code text not null,
    subject text not null,
    at timestamptz(3) not null,
    law_at timestamptz(3) not null,
    known_at timestamptz(3) not null,
    question text not null,
    answer text not null,
    answer_hash text not null,
    verdict text not null,
    rulebook_hash text not null,
    content_hash text not null references stored_rulebook,
    engine text not null,
    ${RECORDED}
  )`,
  `create index stored_assessment_person on stored_assessment (person_id, id)`,

  ...['recording', 'credit_ledger', 'stored_rulebook', 'stored_assessment'].map(
    (table) => `create trigger ${table}_only_grows before update or delete on ${table} for each statement execute function refuse_change()`,
  ),
];
