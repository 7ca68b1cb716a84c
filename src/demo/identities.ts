import { DEVELOPMENT_ISSUER } from '../access/tokens/development-issuer.ts';
import { SCOPE_OF } from '../access/roles.ts';
import type { Role } from '../access/roles.ts';
import type { CivilDay } from '../kernel/civil-day.ts';
import { NATION } from '../kernel/jurisdiction.ts';
import { join } from '../persistence/repositories/accounts.ts';
import { insertGrant } from '../persistence/repositories/role-grants.ts';
import type { Sql } from '../persistence/sql.ts';

interface DemoIdentity {
  readonly role: Role;
  /** Over what: everything, or where the school of the demo lies. */
  readonly over: 'nation' | 'county' | 'school' | 'self';
  readonly isClient?: boolean;
}

/** As whom a newcomer can look at the demo: `npm run token -- --as <name>`. */
export const DEMO_IDENTITIES: Readonly<Record<string, DemoIdentity>> = {
  authority: { role: 'AUTHORITY', over: 'nation' },
  'district-reviewer': { role: 'DISTRICT_REVIEWER', over: 'county' },
  'school-administrator': { role: 'SCHOOL_ADMINISTRATOR', over: 'school' },
  teacher: { role: 'TEACHER', over: 'self' },
  analyst: { role: 'ANALYST', over: 'nation' },
  'provider-lead': { role: 'PROVIDER_LEAD', over: 'school' },
  association: { role: 'ASSOCIATION', over: 'county' },
  auditor: { role: 'AUDITOR', over: 'nation' },
  'security-officer': { role: 'SECURITY_OFFICER', over: 'nation' },
  'system-administrator': { role: 'SYSTEM_ADMINISTRATOR', over: 'nation' },
  'public-front-end': { role: 'ANALYST', over: 'nation', isClient: true },
};

export const demoSubject = (name: string): string => `demo:${name}`;

const SINCE = '2000-01-01' as CivilDay;

/** The accounts and roles of the demo: at the school with most staff, in its place, and as its first teacher by name. Again it changes nothing. */
export async function grantDemoIdentities(sql: Sql): Promise<void> {
  const [school] = await sql.execute<{ id: string; code: string; teacher: string }>(
    `select e.institution_id::text as id, min(i.jurisdiction_code) as code, (array_agg(e.person_id::text order by e.name_key, e.person_id))[1] as teacher
     from employment e join institution i on i.id = e.institution_id where e.is_main and e.superseded_at is null and e.to_on is null group by e.institution_id order by count(*) desc, e.institution_id limit 1`,
  );
  if (!school) return;
  for (const [name, { role, over, isClient = false }] of Object.entries(DEMO_IDENTITIES)) {
    const accountId = await join(sql, { issuer: DEVELOPMENT_ISSUER, subject: demoSubject(name), kind: isClient ? 'client' : 'person', name, person: null });
    if (over === 'self') {
      await sql.execute('update account set person_id = coalesce(person_id, ?::bigint) where id = ?::bigint', [school.teacher, accountId]);
      continue;
    }
    const code = over === 'nation' ? NATION : school.code;
    const scope = SCOPE_OF[role] === 'institution' ? ({ kind: 'institution', institutionId: school.id, code } as const) : ({ kind: 'jurisdiction', code } as const);
    await insertGrant(sql, { accountId, role, scope, from: SINCE, to: null, grantedBy: null });
  }
}
