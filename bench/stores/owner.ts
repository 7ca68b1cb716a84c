import { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { NATION } from '../../src/kernel/jurisdiction.ts';
import { join } from '../../src/persistence/repositories/accounts.ts';
import { insertGrant } from '../../src/persistence/repositories/role-grants.ts';
import type { Database } from '../../src/persistence/database.ts';
import { ormOptions } from '../../src/persistence/orm-options.ts';

const LIMITS = { poolSize: 12, connectTimeoutMs: 10_000, statementTimeoutMs: 600_000, lockTimeoutMs: 10_000, idleTransactionTimeoutMs: 60_000 };
const known = new WeakMap<Database, Promise<MikroORM>>();

/** Statements of whoever owns the tables: what the product is measured against has no rows to hide. */
export async function ownerOf(database: Database): Promise<EntityManager> {
  let orm = known.get(database);
  if (!orm) known.set(database, (orm = MikroORM.init(ormOptions(database.ownerUrl ?? database.url, LIMITS))));
  return (await orm).em.fork();
}

export async function leaveOwner(database: Database): Promise<void> {
  await (await known.get(database))?.close(true);
}

/** As whom the product is asked: somebody who sees the nation, so that its pages are those of the bare route. */
const BENCHER = { issuer: 'bench', subject: 'national', isClient: false, name: null, person: null };

/** Makes the account, if it is not there, and gives who it is. */
export async function benchIdentity(database: Database): Promise<typeof BENCHER> {
  const sql = await ownerOf(database);
  const accountId = await join(sql, { ...BENCHER, kind: 'person' });
  await insertGrant(sql, { accountId, role: 'AUTHORITY', scope: { kind: 'jurisdiction', code: NATION }, from: '2000-01-01' as CivilDay, to: null, grantedBy: null });
  return BENCHER;
}
