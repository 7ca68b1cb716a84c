import { SCOPE_OF, SEPARATED, ROLES } from '../access/roles.ts';
import type { Role } from '../access/roles.ts';
import { readConfig } from '../config.ts';
import { dayOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { loadRegistry } from '../load-registry.ts';
import { openDatabase } from '../persistence/database.ts';
import type { Database } from '../persistence/database.ts';
import { join } from '../persistence/repositories/accounts.ts';
import { insertGrant, rolesOfPerson } from '../persistence/repositories/role-grants.ts';
import { sqlOf } from '../persistence/sql.ts';
import { openOperatorRecords } from '../records/operator-records.ts';
import { grantOnRecord } from '../records/role-grant-entry.ts';
import { describeStartError, StartError } from '../start-error.ts';

interface Output {
  out(text: string): void;
  error(text: string): void;
}

/** Roles over a place: those below are granted by who holds them, through the API. */
const GIVEN = ROLES.filter((role) => SCOPE_OF[role] === 'jurisdiction');

const USAGE = `npm run grant -- --issuer <iss> --subject <sub> --role <role> --jurisdiction <code> [--client 1]
  Gives somebody a first role, by the operator of the database. 由数据库的管理者授予第一个角色。
  roles 角色: ${GIVEN.join(', ')}
`;

interface Asked {
  readonly issuer: string;
  readonly subject: string;
  readonly role: Role;
  readonly code: string;
  readonly isClient: boolean;
}

/** 0: given, or held already. 1: refused. 2: what was asked cannot be understood. */
export async function grantFirst(given: readonly string[], environment: Readonly<Record<string, string | undefined>>, output: Output): Promise<0 | 1 | 2> {
  const asked = readArguments(given);
  if (!asked) {
    output.error(USAGE);
    return 2;
  }
  try {
    const registry = await loadRegistry();
    if (!registry.jurisdictions.has(asked.code)) {
      output.error(`--jurisdiction ${asked.code}: ${registry.nearestPlaces(asked.code).join(', ') || 'CN'} ?\n`);
      return 2;
    }
    const config = readConfig(environment);
    const database = await openDatabase({ ...config.database, part: 'guest' }, [...registry.jurisdictions.values()]);
    try {
      return await give(database, asked, config.records.auditKey, output);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    output.error(describeStartError(error));
    return 1;
  }
}

async function give(database: Database, { issuer, subject, role, code, isClient }: Asked, auditKey: string | null, output: Output): Promise<0 | 1> {
  const records = await openOperatorRecords(database, auditKey);
  const client = await database.connect();
  try {
    const sql = sqlOf(client);
    await client.query('begin');
    const accountId = await join(sql, { issuer, subject, kind: isClient ? 'client' : 'person', name: null, person: null });
    const other = SEPARATED.includes(role) ? (await rolesOfPerson(sql, accountId)).find((held) => held !== role && SEPARATED.includes(held)) : undefined;
    if (other) {
      output.error(`${subject}: ${other} ✗ ${role}. ${SEPARATED.join(', ')}: 一人只能任其一 one person holds one of them.\n`);
      return 1;
    }
    const scope = { kind: 'jurisdiction', code } as const;
    const id = await insertGrant(sql, { accountId, role, scope, from: dayOf(Date.now() as Instant), to: null, grantedBy: null });
    const settle = id === null ? null : await records.put(sql, { action: 'roleGrant', ...grantOnRecord({ id, role, scope }, accountId, 'after') });
    await client.query('commit');
    settle?.();
    output.out(id === null ? `${subject}: ${role} ${code} 已持有 held already\n` : `${subject}: ${role} ${code} 已授予 given\n`);
    return 0;
  } finally {
    await client.end();
    await records.close();
  }
}

function readArguments(given: readonly string[]): Asked | null {
  const words = given.flatMap((word) => (/^--\w+=/.test(word) ? [word.slice(2, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word.replace(/^--/, '')]));
  const found: Record<string, string> = {};
  for (let index = 0; index + 1 < words.length; index += 2) found[words[index] ?? ''] = words[index + 1] ?? '';
  const { issuer, subject, role, jurisdiction, client, ...others } = found;
  if (!issuer || !subject || !jurisdiction || words.length % 2 !== 0 || Object.keys(others).length > 0) return null;
  const known = GIVEN.find((one) => one === role);
  return known ? { issuer, subject, role: known, code: jurisdiction, isClient: client === '1' } : null;
}
