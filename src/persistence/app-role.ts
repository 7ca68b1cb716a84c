import { createHash } from 'node:crypto';
import { rowRules } from '../access/row-classes.ts';
import type { Sql } from './sql.ts';

/** What the application may do with each table; what is not here it cannot touch. It owns nothing, and row policies bind it. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  mikro_orm_migrations: 'select',
  store_info: 'select',
  jurisdiction: 'select',
  source: 'select, insert, update (name)',
  recording: 'select, insert',
  rule_setting: 'select',
  stored_rulebook: 'select, insert',
  institution: 'select',
  institution_property: 'select',
  course: 'select',
  person: 'select',
  person_key: 'select',
  person_property: 'select',
  person_role: 'select',
  person_identity: 'select',
  person_private: 'select',
  reveal_count: 'select, insert, update (window_start, used)',
  employment: 'select',
  credit_ledger: 'select',
  stored_assessment: 'select, insert',
  account: 'select',
  role_grant: 'select, insert, update (revoked_at, revoked_by)',
  delegation: 'select, insert, update (revoked_at)',
  invitation: 'select, insert',
  correction: 'select, insert, update (state, decided_at, decided_by, reason_cipher)',
  budget: 'select, insert, update, delete',
  audit_trail: 'insert',
  access_record: 'insert',
  idempotency: 'select, insert, delete',
};

const FUNCTIONS: readonly string[] = ['audit_head(timestamptz)', 'ensure_record_year(text, int)', 'note_audit_key(text)', 'access_enter(text, text)', 'access_join(text, text, text, text, text, text)', 'access_accept(bytea)', 'access_head(uuid)', 'audit_of_node(text, bigint, bigint, boolean, int)', 'audit_count(text, int)', 'accesses_of_person(bigint, timestamptz, uuid, bigint, timestamptz, uuid, bigint, boolean, int)', 'accesses_count(bigint, int)', 'judged_private(bigint, timestamptz)'];

/** Changes with everything that is granted, so that a start sees whether anything is left to grant. */
export const accessHash = (): string => createHash('sha256').update(JSON.stringify([PRIVILEGES, FUNCTIONS, rowRules()])).digest('hex');

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Gives the role what the application needs and nothing else, and writes down by which table rows are guarded. */
export async function grantAccess(sql: Sql, role: string): Promise<void> {
  const to = quoted(role);
  await sql.execute(`revoke all on all tables in schema public from ${to}`);
  for (const [table, privileges] of Object.entries(PRIVILEGES)) await sql.execute(`grant ${privileges} on ${quoted(table)} to ${to}`);
  for (const name of FUNCTIONS) await sql.execute(`grant execute on function ${name} to ${to}`);
  await sql.execute(`grant usage on schema public to ${to}`);
}

/** The database's copy of the table of readers. */
export async function writeRowRules(sql: Sql): Promise<void> {
  await sql.execute('delete from access_rule');
  await sql.execute('insert into access_rule (row_class, role, relation) select row_class, role, relation from json_to_recordset(?::json) as given (row_class text, role text, relation text)', [
    JSON.stringify(rowRules().map(({ rowClass, role, relation }) => ({ row_class: rowClass, role, relation }))),
  ]);
}

/** The role of the application in the embedded server, made when it is not there. The password has no character that needs care. */
export async function ensureRole(sql: Sql, role: string, password: string): Promise<void> {
  if (!/^[\w-]+$/.test(password)) throw new RangeError('not a password of the data folder');
  const [known] = await sql.execute<{ found: boolean }>('select true as found from pg_roles where rolname = ?', [role]);
  await sql.execute(`${known ? 'alter' : 'create'} role ${quoted(role)} login nosuperuser nocreatedb nocreaterole nobypassrls password '${password}'`);
}
