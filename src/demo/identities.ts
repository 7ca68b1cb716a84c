import { DEVELOPMENT_ISSUER } from '../access/tokens/development-issuer.ts';
import { DEMO_IDENTITIES, demoSubject } from '../access/tokens/demo-identities.ts';
import { SCOPE_OF } from '../access/roles.ts';
import type { CivilDay } from '../kernel/civil-day.ts';
import { NATION } from '../kernel/jurisdiction.ts';
import { join } from '../persistence/repositories/accounts.ts';
import { insertGrant } from '../persistence/repositories/role-grants.ts';
import type { Sql } from '../persistence/sql.ts';
import type { PutOnRecord } from '../records/operator-records.ts';
import { grantOnRecord } from '../records/role-grant-entry.ts';

const SINCE = '2000-01-01' as CivilDay;

/** The accounts and roles of the demo: at the school with most staff, in its place, and as its first teacher by name. Again it changes nothing. Gives what is to be done once it is committed. */
export async function grantDemoIdentities(sql: Sql, putOnRecord?: PutOnRecord): Promise<() => void> {
  const settled: (() => void)[] = [];
  const [school] = await sql.execute<{ id: string; code: string; teacher: string }>(
    `select e.institution_id::text as id, min(i.jurisdiction_code) as code, (array_agg(e.person_id::text order by e.name_key, e.person_id))[1] as teacher
     from employment e join institution i on i.id = e.institution_id where e.is_main and e.superseded_at is null and e.to_on is null group by e.institution_id order by count(*) desc, e.institution_id limit 1`,
  );
  if (!school) return () => undefined;
  for (const [name, { role, over, isClient = false }] of Object.entries(DEMO_IDENTITIES)) {
    const accountId = await join(sql, { issuer: DEVELOPMENT_ISSUER, subject: demoSubject(name), kind: isClient ? 'client' : 'person', name, person: null });
    if (over === 'self') {
      await sql.execute('update account set person_id = coalesce(person_id, ?::bigint) where id = ?::bigint', [school.teacher, accountId]);
      continue;
    }
    const code = over === 'nation' ? NATION : school.code;
    const scope = SCOPE_OF[role] === 'institution' ? ({ kind: 'institution', institutionId: school.id, code } as const) : ({ kind: 'jurisdiction', code } as const);
    const id = await insertGrant(sql, { accountId, role, scope, from: SINCE, to: null, grantedBy: null });
    if (id !== null && putOnRecord) settled.push(await putOnRecord(sql, { action: 'roleGrant', ...grantOnRecord({ id, role, scope }, accountId, 'after') }));
  }
  return () => settled.forEach((settle) => settle());
}
