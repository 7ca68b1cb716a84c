import type { Client } from 'pg';
import { sayRecord } from '../i18n/record-messages.ts';
import type { Database } from '../persistence/database.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { HeadSigner } from '../records/chain-head.ts';
import type { RecordKeys } from '../records/keys.ts';
import { requireKey } from '../records/open-records.ts';
import { headSigner, recordKeys } from '../records/record-secrets.ts';
import { withOwnerStore } from './owner-store.ts';

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
export const withRecordStore = <Result>(registry: Registry, environment: Readonly<Record<string, string | undefined>>, work: (store: RecordStore) => Promise<Result>): Promise<Result> =>
  withOwnerStore(registry, environment, async ({ config, database, client }) => {
    const keys = recordKeys(config.records.auditKey, database.dataFolder);
    await requireKey(database.orm.em.fork(), keys);
    return work({ database, client, keys, signer: headSigner(database.dataFolder) });
  });
