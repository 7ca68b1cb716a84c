import type { Client } from 'pg';
import { readConfig } from '../config.ts';
import { sayRecord } from '../i18n/record-messages.ts';
import { openDatabase } from '../persistence/database.ts';
import type { Database } from '../persistence/database.ts';
import { explainConnection } from '../persistence/explain-connection.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { HeadSigner } from '../records/chain-head.ts';
import type { RecordKeys } from '../records/keys.ts';
import { requireKey } from '../records/open-records.ts';
import { headSigner, recordKeys } from '../records/record-secrets.ts';

/** A line of the commands about records. */
export const recordLine = (...given: Parameters<typeof sayRecord>): string => `${sayRecord(...given)}\n`;

/** What these commands work with: the store, a connection of the owner of the tables, and the keys. */
export interface RecordStore {
  readonly database: Database;
  readonly client: Client;
  readonly keys: RecordKeys;
  readonly signer: HeadSigner;
}

/** Opens the store that the environment names, and ends it after the work. Throws a StartError for what the operator can mend. */
export async function withRecordStore<Result>(registry: Registry, environment: Readonly<Record<string, string | undefined>>, work: (store: RecordStore) => Promise<Result>): Promise<Result> {
  const config = readConfig(environment);
  const database = await openDatabase({ ...config.database, part: 'guest' }, [...registry.jurisdictions.values()]);
  try {
    const keys = recordKeys(config.records.auditKey, database.dataFolder);
    await requireKey(database.orm.em.fork(), keys);
    const client = await database.connect();
    try {
      return await work({ database, client, keys, signer: headSigner(database.dataFolder) });
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw explainConnection(error, database.url) ?? error;
  } finally {
    await database.close();
  }
}
