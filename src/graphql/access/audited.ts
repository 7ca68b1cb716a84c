import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditEntry } from '../../records/audit-row.ts';
import type { Appended } from '../../records/audit-trail.ts';
import type { ApiContext } from '../context.ts';

/** What is put on record of a change, beside who made it and when. */
export type Change = Pick<AuditEntry, 'nodes' | 'before' | 'after' | 'ruleIds' | 'assessmentId' | 'rulebookHash'> & {
  /** For whom it was done, where that is not who did it. */
  readonly delegation?: { readonly id: string; readonly personId: string };
};

/** What a change gives, and what is put on record of it; null: nothing was changed. */
export interface Changed<Result> {
  readonly result: Result;
  readonly change: Change | null;
}

/** A change and the record of it in one transaction: there is none without the other. */
export async function audited<Result>({ loaders, access, records, requestId }: ApiContext, action: string, work: (transaction: EntityManager) => Promise<Changed<Result>>): Promise<Result> {
  const kept: Appended[] = [];
  const result = await loaders.store.write(async (transaction) => {
    const { result: made, change } = await work(transaction);
    if (change && records) {
      const { delegation, ...what } = change;
      const { accountId, displayName } = access.principal;
      const acting = delegation ? { onBehalfOf: delegation.personId, delegationId: delegation.id } : {};
      kept.push(await records.audit.append(transaction, { who: { accountId, displayName, ...acting }, requestId, action, ...what }));
    }
    return made;
  });
  for (const appended of kept) records?.audit.committed(appended);
  return result;
}
