import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { CivilDay, Instant } from '../../src/kernel/civil-day.ts';
import { NATION } from '../../src/kernel/jurisdiction.ts';
import { loadRegistry } from '../../src/load-registry.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import * as accounts from '../../src/persistence/repositories/accounts.ts';
import { insertGrant } from '../../src/persistence/repositories/role-grants.ts';
import type { Scope } from '../../src/access/principal.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { openRecords } from '../../src/records/open-records.ts';
import { BOUNDLESS } from '../boundless.ts';
import { leaveOwner, ownerOf } from './owner.ts';

/** Says which of the bench's accounts asks; without it, the one that sees the nation. */
export const AS_HEADER = 'x-bench-as';
const ISSUER = 'bench';
const NATIONAL = 'nation';

export interface BenchProduct {
  readonly registry: Registry;
  readonly database: Database;
  /** The address of the product, listening. */
  readonly graphql: string;
  /** Makes an account with one role, which requests can come from. */
  account(name: string, role: Role, scope: Scope): Promise<void>;
  close(): Promise<void>;
}

/** The product on the store of DATA_DIR as it is run: with its walls, its budgets and its records; every request is signed in, but for the token's check. */
export async function openProduct(more: Readonly<Record<string, string>> = {}): Promise<BenchProduct> {
  const config = readConfig({ ...process.env, LOG_LEVEL: 'warn', PORT: '0', ...BOUNDLESS, ...more });
  const registry = await loadRegistry();
  const database = await openDatabase(config.database, [...registry.jurisdictions.values()]);
  // The keys and heads of the records lie apart, so that a store can be kept from one run to the next.
  const folder = mkdtempSync(join(tmpdir(), 'shixun-bench-records-'));
  const log = { info: () => undefined, warn: console.error, error: console.error };
  const sql = await ownerOf(database);
  await sql.execute(`delete from store_info where name = 'auditKey'`);
  const records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: config.database.limits, clock: Date.now, log });
  const account: BenchProduct['account'] = async (subject, role, scope) => {
    const accountId = await accounts.join(sql, { issuer: ISSUER, subject, kind: 'person', name: null, person: null });
    await insertGrant(sql, { accountId, role, scope, from: '2000-01-01' as CivilDay, to: null, grantedBy: null });
  };
  await account(NATIONAL, 'AUTHORITY', { kind: 'jurisdiction', code: NATION });
  const app = await buildApp({ config, clock: () => Date.now() as Instant, registry, database, records, identify: async ({ headers }) => ({ issuer: ISSUER, subject: String(headers[AS_HEADER] ?? NATIONAL), isClient: false, name: null, person: null }) });
  return {
    registry,
    database,
    graphql: `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`,
    account,
    async close() {
      await leaveOwner(database);
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends with its parent, and the embedded server with it. */
export function endWithParent(close: () => Promise<unknown>): void {
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await close();
    process.exit(0);
  };
  process.stdin.on('end', () => void end()).resume();
  process.on('SIGTERM', () => void end());
}
