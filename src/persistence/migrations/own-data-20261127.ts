import { Migration } from '@mikro-orm/migrations';

/**
 * What a person has to see in order to be given all that is kept about them: the other accounts that are linked to them,
 * what those hold, gave and had stored, what anybody was let do for them, and that they were asked in. None of it widens
 * what may be changed: endings have policies of their own.
 */
export class OwnDataMigration extends Migration {
  override readonly name: string = 'own-data-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const own = (column: string): string => `${column} = any ((select reach_accounts())::bigint[])`;

const STATEMENTS: readonly string[] = [
  // The policies of accounts and grants look at each other: asked through them, this would go round in a circle.
  `create function reach_accounts() returns bigint[] language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      whose bigint := reach_person();
    begin
      return case when whose is null then '{}' else coalesce((select array_agg(a.id) from account a where a.person_id = whose), '{}') end;
    end
  $$`,
  `create policy account_own_reads on account for select using (account.person_id = (select reach_person())
    or exists (select 1 from delegation d where d.account_id = account.id and d.person_id = (select reach_person())))`,
  `create policy role_grant_own_reads on role_grant for select using (${own('role_grant.account_id')} or ${own('role_grant.granted_by')} or ${own('role_grant.revoked_by')})`,
  `create policy delegation_own_reads on delegation for select using (delegation.person_id = (select reach_person()) or ${own('delegation.account_id')})`,
  `create policy invitation_own_reads on invitation for select using (invitation.person_id = (select reach_person()) or ${own('invitation.invited_by')})`,
  `create policy stored_assessment_own_reads on stored_assessment for select using (${own('stored_assessment.account_id')})`,
  // How often an account was given something of its own person: what a limit on it goes by. Of the record itself the application reads nothing.
  `create function reach_accesses(asked_kind text, since timestamptz) returns int language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      return (select count(*)::int from access_record r where r.account_id = reach_account() and r.recorded_at >= since and r.persons @> array[reach_person()] and r.kinds @> array[asked_kind]);
    end
  $$`,
];
