import type { Database } from '../persistence/database.ts';
import type { Sql } from '../persistence/sql.ts';
import type { Actor, AuditEntry } from './audit-row.ts';
import { AuditTrail } from './audit-trail.ts';
import { HeadWriter } from './head-writer.ts';
import { requireKey } from './open-records.ts';
import { headSigner, recordKeys } from './record-secrets.ts';

/** The operator, by a command: nobody who has an account. */
export const OPERATOR: Actor = { accountId: null, displayName: null };

/** Puts something on record in the open transaction; what it gives is called once that is committed. */
export type PutOnRecord = (sql: Sql, entry: Omit<AuditEntry, 'who' | 'requestId'>) => Promise<() => void>;

/** The same by somebody, in a request or by a command. */
export const recordingAs =
  (audit: AuditTrail, who: Actor, requestId: string | null): PutOnRecord =>
  async (sql, entry) => {
    const appended = await audit.append(sql, { ...entry, who, requestId });
    return () => audit.committed(appended);
  };

/** What commands of the operator put on record. Throws a StartError where the keys are lacking or others. */
export async function openOperatorRecords(database: Pick<Database, 'orm' | 'dataFolder'>, auditKey: string | null, clock: () => number = Date.now): Promise<{ readonly put: PutOnRecord; close(): Promise<void> }> {
  const keys = recordKeys(auditKey, database.dataFolder);
  await requireKey(database.orm.em.fork(), keys);
  const heads = new HeadWriter({ dataFolder: database.dataFolder, signer: headSigner(database.dataFolder), clock });
  return { put: recordingAs(new AuditTrail(keys, heads.advanced), OPERATOR, null), close: () => heads.close() };
}
