import type { OnLinked } from '../persistence/request-store.ts';
import type { Records } from './open-records.ts';
import { recordingAs } from './operator-records.ts';

/** Puts down that the word of the provider has linked an account to a person; null where nothing is kept. */
export const linksOnRecord = (records: Pick<Records, 'audit'> | null, requestId: string): OnLinked | null =>
  records && ((transaction, { accountId, displayName, personId }) => recordingAs(records.audit, { accountId, displayName }, requestId)(transaction, { action: 'accountLink', nodes: [{ type: 'Account', id: accountId }, { type: 'Teacher', id: personId }] }));
