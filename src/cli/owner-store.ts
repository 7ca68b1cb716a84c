import type { Client } from 'pg';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../persistence/database.ts';
import type { Database } from '../persistence/database.ts';
import { explainConnection } from '../persistence/explain-connection.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What a command works with that is run beside a product: the store, and a connection of the owner of the tables. */
export interface OwnerStore {
  readonly config: Config;
  readonly database: Database;
  readonly client: Client;
}

/** Opens the store that the environment names, and ends it after the work. Throws a StartError for what the operator can mend. */
export async function withOwnerStore<Result>(registry: Registry, environment: Readonly<Record<string, string | undefined>>, work: (store: OwnerStore) => Promise<Result>): Promise<Result> {
  const config = readConfig(environment);
  const database = await openDatabase({ ...config.database, part: 'guest' }, [...registry.jurisdictions.values()]);
  try {
    const client = await database.connect();
    try {
      return await work({ config, database, client });
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw explainConnection(error, database.url) ?? error;
  } finally {
    await database.close();
  }
}
