import { Migration } from '@mikro-orm/migrations';

/** Everything that an entry of the audit trail may name, with where it lies: in one place, corrections and private values too. */
export class RecordNodesMigration extends Migration {
  override readonly name: string = 'record-nodes-20261127';

  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** By the column that says whose it is. */
const OF_PEOPLE: Readonly<Record<string, string>> = {
  CreditEntry: 'credit_ledger',
  StoredAssessment: 'stored_assessment',
  Employment: 'employment',
  HeldRole: 'person_role',
  PersonProperty: 'person_property',
  IdentityNumber: 'person_identity',
  PrivateValue: 'person_private',
  Correction: 'correction',
  Delegation: 'delegation',
  Invitation: 'invitation',
  Account: 'account',
};

const CODES = (row: string): string => `array_remove(array[${row}.province_code, ${row}.prefecture_code, ${row}.county_code, ${row}.jurisdiction_code], null)`;

/** What lies in places, or does beside being somebody's. */
const IN_PLACES: readonly string[] = [
  `if kind = 'StoredAssessment' then return query select null::bigint, null::bigint, array[s.province_code, s.jurisdiction_code] from stored_assessment s where s.id = asked and s.person_id is null; end if;`,
  `if kind = 'Institution' then return query select null::bigint, i.id, ${CODES('i')} from institution i where i.id = asked; end if;`,
  `if kind = 'RoleGrant' then return query select null::bigint, g.institution_id, ${CODES('g')} from role_grant g where g.id = asked; end if;`,
  `if kind = 'Account' then return query select null::bigint, g.institution_id, ${CODES('g')} from role_grant g where g.account_id = asked; end if;`,
  `if kind = 'Jurisdiction' then return query select null::bigint, null::bigint, array[left(named, 2) || '0000', left(named, 4) || '00', named] where named ~ '^[0-9]{6}$'; end if;`,
];

const STATEMENTS: readonly string[] = [
  `create or replace function places_of_node(node text) returns table (person bigint, institution bigint, codes text[]) language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      kind text := split_part(node, ':', 1);
      named text := substr(node, length(kind) + 2);
      asked bigint := case when named ~ '^[0-9]{1,18}$' then named::bigint end;
    begin
      if kind = 'Teacher' then return query select p.* from places_of_person(asked) p; end if;
      ${Object.entries(OF_PEOPLE).map(([kind, table]) => `if kind = '${kind}' then return query select p.* from ${table} r cross join lateral places_of_person(r.person_id) p where r.id = asked; end if;`).join('\n      ')}
      ${IN_PLACES.join('\n      ')}
    end
  $$`,
  `drop function places_of_other_node(text)`,
];
