import type { EntityManager } from '@mikro-orm/postgresql';
import { principalKeyOf } from '../../records/idempotency.ts';
import type { Earlier } from '../../records/idempotency.ts';
import type { AuditEntry } from '../../records/audit-row.ts';
import type { Records } from '../../records/open-records.ts';
import type { ApiContext } from '../context.ts';

/** What is put on record of a change, beside who made it and when. */
export type Change = Pick<AuditEntry, 'nodes' | 'before' | 'after' | 'ruleIds' | 'assessmentId' | 'rulebookHash'> & {
  /** For whom it was done, where that is not who did it. */
  readonly delegation?: { readonly id: string; readonly personId: string };
  /** What was given out by it beside what its nodes say, and what for. */
  readonly looked?: { readonly purpose: string; readonly kinds: readonly string[] };
};

/** What a change gives, and what is put on record of it; null: nothing was changed. The answer has to be found again by its nodes. */
export interface Changed<Result> {
  readonly result: Result;
  readonly change: Change | null;
}

/** Thrown to leave a transaction whose change was made before, by a request with the same key. */
export class DoneBefore extends Error {
  readonly earlier: Earlier;
  constructor(earlier: Earlier) {
    super('done before');
    this.earlier = earlier;
  }
}

/**
 * A change, the records of it and its idempotency key in one transaction: there is none without the others. Throws
 * DoneBefore where the request has a key and was met before, and a RecordError where the key does not let it happen.
 */
export async function audited<Result>(context: ApiContext, action: string, work: (transaction: EntityManager) => Promise<Changed<Result>>): Promise<Result> {
  const { loaders, records, once } = context;
  let settle = (): void => undefined;
  const perform = async (transaction: EntityManager): Promise<Changed<Result>> => {
    const done = await work(transaction);
    if (done.change && records) settle = await putOnRecord(transaction, records, action, done.change, context);
    return done;
  };
  const result = await loaders.store.write(async (transaction) => {
    if (!once) return (await perform(transaction)).result;
    if (!records) throw new Error('a key is kept with the records, and there are none');
    const met = await records.idempotency.runOnce(transaction, principalKeyOf(await ownAccount(transaction, context)), once, async () => {
      const { result: made, change } = await perform(transaction);
      return { made, nodes: change?.nodes ?? null };
    });
    if (met.earlier) throw new DoneBefore(met.earlier);
    return met.made;
  });
  settle();
  return result;
}

/** That it was done, and whose data were looked at for it. Gives what is to be done once it is committed. */
async function putOnRecord(transaction: EntityManager, records: Records, action: string, { delegation, looked: given, ...what }: Change, context: ApiContext): Promise<() => void> {
  const { access, requestId } = context;
  const accountId = await ownAccount(transaction, context);
  const acting = delegation ? { onBehalfOf: delegation.personId, delegationId: delegation.id } : {};
  const named = what.nodes.flatMap(({ type, id }) => (type === 'Teacher' ? [id] : []));
  const persons = [...new Set([...access.persons, ...named])];
  const kinds = [...new Set([...access.kinds, ...what.nodes.map(({ type }) => type), ...(given?.kinds ?? [])])];
  // Both under one lock, which is taken here at the latest.
  const looked = persons.length === 0 ? null : await records.changes.append(transaction, { accountId, ...acting, requestId, operation: action, purpose: given?.purpose ?? null, persons, kinds });
  const done = await records.audit.append(transaction, { who: { accountId, displayName: access.principal.displayName, ...acting }, requestId, action, ...what });
  return () => {
    if (looked) records.changes.committed(looked);
    records.audit.committed(done);
    access.wereRecorded(persons, kinds);
  };
}

/** Whoever had no account when the request began may have one in the transaction. */
async function ownAccount(transaction: EntityManager, { access }: ApiContext): Promise<string> {
  const known = access.principal.accountId ?? (await transaction.execute<{ id: string | null }[]>('select reach_account()::text as id'))[0]?.id ?? null;
  if (known === null) throw new Error('a change by nobody');
  return known;
}
