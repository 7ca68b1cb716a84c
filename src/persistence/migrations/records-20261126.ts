import { Migration } from '@mikro-orm/migrations';

/**
 * What was done and who read whom. Both tables only grow, lie in one partition for each year (of the zone in which days
 * are counted), and are chained: each row carries an HMAC over the link before it and its own content, by a key that the
 * database never sees. What belongs to a partition that has left stands in `audit_archive`.
 */
export class RecordsMigration extends Migration {
  override readonly name: string = 'records-20261126';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const YEAR_OF = (moment: string): string => `extract(year from ${moment} at time zone 'Asia/Shanghai')::int`;

const TABLES: readonly string[] = [
  `create table audit_trail (
    seq bigint not null,
    recorded_at timestamptz(3) not null,
    key_id text not null,
    request_id text,
    account_id bigint,
    actor text,
    on_behalf_of bigint,
    delegation_id bigint,
    action text not null,
    nodes text[] not null,
    rule_ids text[] not null,
    assessment_id bigint,
    rulebook_hash text,
    before jsonb,
    after jsonb,
    link bytea not null,
    primary key (seq, recorded_at)
  ) partition by range (recorded_at)`,
  `create index audit_trail_nodes on audit_trail using gin (nodes)`,
  `create index audit_trail_account on audit_trail (account_id, seq)`,
  `create index audit_trail_recorded on audit_trail (recorded_at)`,

  // One chain for each process: they write without waiting for each other.
  `create table access_record (
    chain uuid not null,
    seq bigint not null,
    recorded_at timestamptz(3) not null,
    key_id text not null,
    request_id text not null,
    account_id bigint,
    on_behalf_of bigint,
    delegation_id bigint,
    operation text,
    purpose text,
    persons bigint[] not null,
    kinds text[] not null,
    count int not null,
    link bytea not null,
    primary key (chain, seq, recorded_at)
  ) partition by range (recorded_at)`,
  `create index access_record_persons on access_record using gin (persons)`,
  `create index access_record_account on access_record (account_id, recorded_at)`,
  `create index access_record_recorded on access_record (recorded_at)`,

  // Which years there are rows of: a partition that is neither here nor in the archive was taken away.
  `create table record_year (
    table_name text not null check (table_name in ('audit_trail', 'access_record')),
    year int not null,
    primary key (table_name, year)
  )`,
  // One row for each chain that has rows in the year; of a year without any, one row of no chain.
  `create table audit_archive (
    table_name text not null,
    year int not null,
    chain text not null,
    first_seq bigint,
    last_seq bigint,
    last_link bytea,
    row_count bigint not null,
    file_name text not null,
    file_hash text not null,
    key_id text not null,
    recorded_at timestamptz(3) not null,
    mac bytea not null,
    primary key (table_name, year, chain),
    foreign key (table_name, year) references record_year
  )`,

  // What came of a request whose caller gave it a key, for the time in which it may be sent again.
  `create table idempotency (
    principal_key text not null collate "C",
    key text not null collate "C",
    fingerprint bytea not null,
    answer jsonb not null,
    recorded_at timestamptz(3) not null,
    primary key (principal_key, key)
  )`,
  `create index idempotency_recorded on idempotency (recorded_at)`,
];

const ONLY_GROW = ['audit_trail', 'access_record', 'record_year', 'audit_archive'];

const FUNCTIONS: readonly string[] = [
  ...ONLY_GROW.map((table) => `create trigger ${table}_only_grows before update or delete or truncate on ${table} for each statement execute function refuse_change()`),
  `create function refuse_early_removal() returns trigger language plpgsql as $$
    begin
      if old.recorded_at > clock_timestamp() - interval '29 days 23 hours' then
        raise exception 'rows of % are kept for 30 days', tg_table_name using errcode = 'restrict_violation';
      end if;
      return old;
    end
  $$`,
  `create trigger idempotency_kept before delete on idempotency for each row execute function refuse_early_removal()`,
  `create trigger idempotency_unchanged before update or truncate on idempotency for each statement execute function refuse_change()`,

  // A year is made when it is first needed, by whoever needs it: the application owns no tables. Attaching does not stop
  // those who write to the other years. Triggers for statements are not passed on to partitions.
  `create function ensure_record_year(parent text, wanted int) returns void language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      part text := parent || '_' || wanted;
      first text := quote_literal(wanted || '-01-01 00:00:00+08');
      beyond text := quote_literal((wanted + 1) || '-01-01 00:00:00+08');
    begin
      if exists (select 1 from record_year y where y.table_name = parent and y.year = wanted) then return; end if;
      if parent not in ('audit_trail', 'access_record') or wanted not between 2000 and 2199 then
        raise exception 'no records of % in %', parent, wanted using errcode = 'invalid_parameter_value';
      end if;
      perform pg_advisory_xact_lock(7411602);
      if exists (select 1 from record_year y where y.table_name = parent and y.year = wanted) then return; end if;
      insert into record_year (table_name, year) values (parent, wanted);
      execute format('create table %I (like %I including defaults)', part, parent);
      execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()', part || '_only_grows', part);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, part, first, beyond);
    end
  $$`,
  `do $$
    declare
      this_year int := ${YEAR_OF('clock_timestamp()')};
    begin
      for year in this_year .. this_year + 5 loop
        perform ensure_record_year('audit_trail', year), ensure_record_year('access_record', year);
      end loop;
    end
  $$`,
  // Where the next row of the audit trail goes. The lock is that of next_recorded_at(): held to the commit, so that links
  // come one after the other. Each statement of the function sees what was committed while it waited.
  `create function audit_head(asked timestamptz) returns table (last_seq bigint, last_link bytea, moment timestamptz) language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last_at timestamptz;
    begin
      -- What was committed while it waited for the lock has to be seen, or two rows get one number.
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the audit trail is written in transactions that are read committed' using errcode = 'invalid_transaction_state';
      end if;
      perform pg_advisory_xact_lock(7411601);
      select a.seq, a.link, a.recorded_at into last_seq, last_link, last_at from audit_trail a order by a.seq desc limit 1;
      if last_seq is null then
        select r.last_seq, r.last_link into last_seq, last_link from audit_archive r where r.table_name = 'audit_trail' and r.last_seq is not null order by r.last_seq desc limit 1;
      end if;
      moment := greatest(coalesce(asked, next_recorded_at()), last_at);
      perform ensure_record_year('audit_trail', ${YEAR_OF('moment')});
      return next;
    end
  $$`,
  // The first who comes says which key the records are linked by; whoever comes later is told.
  `create function note_audit_key(wanted text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into store_info (name, value) values ('auditKey', wanted) on conflict (name) do nothing;
      return (select value from store_info where name = 'auditKey');
    end
  $$`,
];

const STATEMENTS: readonly string[] = [...TABLES, ...FUNCTIONS];
