import { Migration } from '@mikro-orm/migrations';
import { IDENTITY_NUMBER_KINDS } from '../../kernel/identity-number.ts';
import { JUDGED_PRIVATELY, PRIVATE_NAMES } from '../keys/private-values.ts';

/**
 * What is private of a person: telephone, day of birth and sex lie sealed, as identity numbers do; a correction closes the
 * old row and adds one. How often somebody has had something revealed is counted here too. Stored assessments are sealed
 * anew when the key is changed, and are changed in nothing else.
 */
export class PersonalMigration extends Migration {
  override readonly name: string = 'personal-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const STATEMENTS: readonly string[] = [
  `alter table person_identity drop constraint person_identity_kind_check, add constraint person_identity_kind_check check (kind in (${list(IDENTITY_NUMBER_KINDS)}))`,
  // By which it is called outside: the index is nobody's business.
  `alter table person_identity add id bigint generated always as identity unique`,
  `create table person_private (
    id bigint generated always as identity primary key,
    person_id bigint not null references person,
    name text not null check (name in (${list(PRIVATE_NAMES)})),
    value_cipher bytea not null,
    recorded_at timestamptz(3) not null,
    source_id int not null references source,
    source_key text not null,
    superseded_at timestamptz(3)
  )`,
  `create unique index person_private_current on person_private (person_id, name) where superseded_at is null`,
  `create index person_private_all on person_private (person_id)`,
  `alter table person_private enable row level security`,
  `create policy person_private_reads on person_private for select using ((select reach_whole('private')) or sees_person('private', person_private.person_id))`,

  // Whoever judges people judges by what their place asks for, and sees the verdict: what is read for it stays sealed, and
  // is opened by the application alone.
  `create function judged_private(person bigint, known timestamptz) returns json language sql stable security definer set search_path = public, pg_temp as $$
    select json_agg(json_build_array(v.name, encode(v.value_cipher, 'base64')) order by v.id) from person_private v
    where v.person_id = person and v.name in (${list(JUDGED_PRIVATELY)}) and v.recorded_at <= known and (v.superseded_at is null or v.superseded_at > known)
      -- Whoever owns the tables is bound by no policy, and by this no more than by them.
      and (sees_person('people', person) or pg_has_role(session_user, current_user, 'usage'))
  $$`,
  `revoke execute on function judged_private(bigint, timestamptz) from public`,

  // One row for each account: whoever asks at the same moment waits for it.
  `create table reveal_count (
    account_id bigint primary key references account,
    window_start timestamptz(3) not null,
    used int not null check (used > 0)
  )`,
  `alter table reveal_count enable row level security`,
  `create policy reveal_count_reads on reveal_count for select using (account_id = (select reach_account()))`,
  `create policy reveal_count_adds on reveal_count for insert with check (account_id = (select reach_account()))`,
  `create policy reveal_count_counts on reveal_count for update using (account_id = (select reach_account()))`,

  `drop trigger stored_assessment_only_grows on stored_assessment`,
  `create trigger stored_assessment_only_grows before delete or truncate on stored_assessment for each statement execute function refuse_change()`,
  `create function refuse_change_but_sealing() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'question' - 'answer' <> to_jsonb(old) - 'question' - 'answer' or new.question = old.question or new.answer = old.answer or new.question not like 'sealed:%' or new.answer not like 'sealed:%' then
        raise exception 'rows of % are never changed or removed: they are sealed anew alone', tg_table_name using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$`,
  `create trigger stored_assessment_sealed before update on stored_assessment for each row execute function refuse_change_but_sealing()`,
];
