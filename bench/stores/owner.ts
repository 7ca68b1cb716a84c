import { MikroORM } from '@mikro-orm/postgresql';
import type { EntityManager } from '@mikro-orm/postgresql';
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
