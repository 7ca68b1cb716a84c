import { Migration } from '@mikro-orm/migrations';
import { SEPARATED } from '../../access/roles.ts';

/**
 * The records as they are read: by functions alone, each of which asks first whether whoever has entered may see what is
 * asked for. A policy on the tables would be asked of every row before an index could be used. What is written is bound by
 * policies: nobody writes down that somebody else did it.
 *
 * And: accesses that belong to a change are a chain of their own, written in its transaction; roles that watch each other
 * never meet in one person, by whichever accounts.
 */
export class RecordsApiMigration extends Migration {
  override readonly name: string = 'records-api-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const CODES = (row: string): string => `array_remove(array[${row}.province_code, ${row}.prefecture_code, ${row}.county_code, ${row}.jurisdiction_code], null)`;

/** Where a node of the records lies: the people, institutions and places by which it may be seen. */
const PLACES: readonly string[] = [
  `create function places_of_person(asked bigint) returns table (person bigint, institution bigint, codes text[]) language sql stable security definer set search_path = public, pg_temp as $$
    select asked, null::bigint, '{}'::text[] where asked is not null
    union all
    select e.person_id, case when e.superseded_at is null and (e.to_on is null or e.to_on >= reach_today()) then e.institution_id end, ${CODES('e')} from employment e where e.person_id = asked
  $$`,
  `create function places_of_node(node text) returns table (person bigint, institution bigint, codes text[]) language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      kind text := split_part(node, ':', 1);
      named text := substr(node, length(kind) + 2);
      asked bigint := case when named ~ '^[0-9]{1,18}$' then named::bigint end;
    begin
      case kind
        when 'Teacher' then return query select p.* from places_of_person(asked) p;
        when 'CreditEntry' then return query select p.* from credit_ledger c cross join lateral places_of_person(c.person_id) p where c.id = asked;
        when 'Employment' then return query select p.* from employment e cross join lateral places_of_person(e.person_id) p where e.id = asked;
        when 'HeldRole' then return query select p.* from person_role r cross join lateral places_of_person(r.person_id) p where r.id = asked;
        when 'PersonProperty' then return query select p.* from person_property r cross join lateral places_of_person(r.person_id) p where r.id = asked;
        when 'StoredAssessment' then
          return query select p.* from stored_assessment s cross join lateral places_of_person(s.person_id) p where s.id = asked;
          return query select null::bigint, null::bigint, array[s.province_code, s.jurisdiction_code] from stored_assessment s where s.id = asked and s.person_id is null;
        when 'Institution' then return query select null::bigint, i.id, ${CODES('i')} from institution i where i.id = asked;
        when 'RoleGrant' then return query select null::bigint, g.institution_id, ${CODES('g')} from role_grant g where g.id = asked;
        when 'Account' then
          return query select p.* from account a cross join lateral places_of_person(a.person_id) p where a.id = asked;
          return query select null::bigint, g.institution_id, ${CODES('g')} from role_grant g where g.account_id = asked;
        when 'Delegation' then return query select p.* from delegation d cross join lateral places_of_person(d.person_id) p where d.id = asked;
        when 'Invitation' then return query select p.* from invitation i cross join lateral places_of_person(i.person_id) p where i.id = asked;
        when 'Jurisdiction' then return query select null::bigint, null::bigint, array[left(named, 2) || '0000', left(named, 4) || '00', named] where named ~ '^[0-9]{6}$';
        else return;
      end case;
    end
  $$`,
  `create function sees_node(row_class text, node text) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      return reach_whole(row_class) or exists (
        select 1 from places_of_node(node) p
        where p.person = any (reach_people(row_class)) or p.institution = any (reach_institutions(row_class)) or p.codes && reach_codes(row_class));
    end
  $$`,
  `create function places_as_json(node text) returns json language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(json_agg(json_build_array(p.person::text, p.institution::text, p.codes)), '[]') from places_of_node(node) p
  $$`,
];

const READS: readonly string[] = [
  // Of each entry, the nodes that may be seen with their places, and whether what is sealed may: then all its people are in
  // reach of those who read what is private.
  `create function audit_of_node(asked text, beyond bigint, before bigint, from_end boolean, most int) returns table (entry audit_trail, seen json, is_private boolean) language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      if not sees_node('audit', asked) then return; end if;
      return query
        with found as materialized (select a.seq, a.recorded_at from audit_trail a where a.nodes @> array[asked]),
          page as materialized (
            select f.seq, f.recorded_at from found f where (beyond is null or f.seq < beyond) and (before is null or f.seq > before)
            order by case when from_end then f.seq end, case when not from_end then f.seq end desc limit most)
        select a,
          (select coalesce(json_object_agg(n, places_as_json(n)), '{}') from unnest(a.nodes) n where sees_node('audit', n)),
          coalesce((select bool_and(sees_person('private', p.person)) from unnest(a.nodes) n cross join lateral places_of_node(n) p where p.person is not null), false)
        from audit_trail a join page using (seq, recorded_at) order by a.seq desc;
    end
  $$`,
  `create function audit_count(asked text, most int) returns table (count int, places json) language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      if not sees_node('audit', asked) then return; end if;
      return query select count(*)::int, places_as_json(asked) from (select 1 from audit_trail a where a.nodes @> array[asked] limit most) counted;
    end
  $$`,
  // Who that is, by the name of today and the roles of then.
  `create function accesses_of_person(asked bigint, beyond_at timestamptz, beyond_chain uuid, beyond_seq bigint, before_at timestamptz, before_chain uuid, before_seq bigint, from_end boolean, most int)
    returns table (entry access_record, account_name text, is_client boolean, is_oneself boolean, roles text[], places json) language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      if not sees_node('accesses', 'Teacher:' || asked) then return; end if;
      return query
        with found as materialized (select a.recorded_at, a.chain, a.seq from access_record a where a.persons @> array[asked]),
          bounded as materialized (
            select f.recorded_at, f.chain, f.seq from found f
            where (beyond_at is null or (f.recorded_at, f.chain, f.seq) < (beyond_at, beyond_chain, beyond_seq)) and (before_at is null or (f.recorded_at, f.chain, f.seq) > (before_at, before_chain, before_seq))),
          page as materialized (
            (select * from bounded b where not from_end order by b.recorded_at desc, b.chain desc, b.seq desc limit most)
            union all (select * from bounded b where from_end order by b.recorded_at, b.chain, b.seq limit most))
        select a, o.display_name, coalesce(o.kind = 'client', false), coalesce(o.person_id = asked, false),
          array(
            select distinct g.role from role_grant g where g.account_id = a.account_id and g.recorded_at <= a.recorded_at and (g.revoked_at is null or g.revoked_at > a.recorded_at)
              and (a.recorded_at at time zone 'Asia/Shanghai')::date between g.from_on and coalesce(g.to_on, 'infinity')
            union select 'TEACHER' where o.person_id is not null order by 1),
          places_as_json('Teacher:' || asked)
        from access_record a join page using (recorded_at, chain, seq) left join account o on o.id = a.account_id
        order by a.recorded_at desc, a.chain desc, a.seq desc;
    end
  $$`,
  `create function accesses_count(asked bigint, most int) returns table (count int, places json) language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      if not sees_node('accesses', 'Teacher:' || asked) then return; end if;
      return query select count(*)::int, places_as_json('Teacher:' || asked) from (select 1 from access_record a where a.persons @> array[asked] limit most) counted;
    end
  $$`,
];

/** As `audit_head`, of the one chain of accesses that is written by whoever changes something. */
const WRITES: readonly string[] = [
  `create function access_head(asked uuid) returns table (last_seq bigint, last_link bytea, moment timestamptz) language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last_at timestamptz;
    begin
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the record of accesses is written in transactions that are read committed' using errcode = 'invalid_transaction_state';
      end if;
      perform pg_advisory_xact_lock(7411601);
      select a.seq, a.link, a.recorded_at into last_seq, last_link, last_at from access_record a where a.chain = asked order by a.seq desc limit 1;
      if last_seq is null then
        select r.last_seq, r.last_link into last_seq, last_link from audit_archive r where r.table_name = 'access_record' and r.chain = asked::text and r.last_seq is not null order by r.last_seq desc limit 1;
      end if;
      moment := greatest(date_trunc('milliseconds', clock_timestamp()), last_at);
      perform ensure_record_year('access_record', extract(year from moment at time zone 'Asia/Shanghai')::int);
      return next;
    end
  $$`,
  `alter table audit_trail enable row level security`,
  `create policy audit_trail_adds on audit_trail for insert with check (audit_trail.account_id is not distinct from (select reach_account()))`,
  // Accesses of many requests are written together, on a connection that has entered as nobody.
  `alter table access_record enable row level security`,
  `create policy access_record_adds on access_record for insert with check ((select reach_account()) is null or access_record.account_id = (select reach_account()))`,
];

const WATCHING = SEPARATED.map((role) => `'${role}'`).join(', ');

/** Of one account the table of grants sees to it itself; of one person with several, these do. */
const SEPARATION: readonly string[] = [
  // Two transactions that give one person two of the roles wait for each other.
  `create function separated_roles(asked bigint) returns text[] language plpgsql volatile security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(7411603, hashint8(asked));
      return array(select distinct g.role from role_grant g join account a on a.id = g.account_id where a.person_id = asked and g.revoked_at is null and g.role in (${WATCHING}) order by 1);
    end
  $$`,
  `create function keep_roles_separated() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      whose bigint := case tg_table_name when 'account' then (to_jsonb(new) ->> 'person_id')::bigint else (select a.person_id from account a where a.id = (to_jsonb(new) ->> 'account_id')::bigint) end;
    begin
      if whose is null then return null; end if;
      if cardinality(separated_roles(whose)) > 1 then
        raise exception 'roles that watch each other would meet in one person' using errcode = 'exclusion_violation';
      end if;
      return null;
    end
  $$`,
  `create trigger role_grant_separated after insert on role_grant for each row when (new.role in (${WATCHING})) execute function keep_roles_separated()`,
  `create trigger account_separated after insert or update of person_id on account for each row when (new.person_id is not null) execute function keep_roles_separated()`,
  // Linked by the word of the provider, with each request: where roles would meet the account stays by itself.
  `create or replace function access_join(asked_issuer text, asked_subject text, asked_kind text, asked_name text, asked_source text, asked_key text) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found account%rowtype;
      named bigint := (select k.person_id from person_key k join source s on s.id = k.source_id where s.name = asked_source and k.source_key = asked_key);
    begin
      select * into found from account a where a.issuer = asked_issuer and a.subject = asked_subject;
      -- Asked with each request of somebody whom the register does not know: then nothing is written.
      if found.id is not null and (found.person_id is not null or named is null) then return found.id; end if;
      if named is not null and exists (
        select 1 from unnest(separated_roles(named)) held, role_grant g
        where g.account_id = found.id and g.revoked_at is null and g.role in (${WATCHING}) and g.role <> held) then
        return found.id;
      end if;
      insert into account (issuer, subject, kind, display_name, person_id, recorded_at) values (asked_issuer, asked_subject, asked_kind, asked_name, named, clock_timestamp())
        on conflict (issuer, subject) do update set person_id = coalesce(account.person_id, excluded.person_id) returning * into found;
      return found.id;
    end
  $$`,
];

/** Whoever may connect may call what stands in `public`; these are for the application, or for the functions above, alone. */
const NOT_PUBLIC = [
  'places_of_person(bigint)',
  'places_of_node(text)',
  'places_as_json(text)',
  'audit_of_node(text, bigint, bigint, boolean, int)',
  'audit_count(text, int)',
  'accesses_of_person(bigint, timestamptz, uuid, bigint, timestamptz, uuid, bigint, boolean, int)',
  'accesses_count(bigint, int)',
  'access_head(uuid)',
  'separated_roles(bigint)',
];

const STATEMENTS: readonly string[] = [...PLACES, ...READS, ...WRITES, ...SEPARATION, ...NOT_PUBLIC.map((name) => `revoke execute on function ${name} from public`)];
