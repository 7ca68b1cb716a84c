import { RecordError } from '../../records/record-error.ts';
import type { ApiContext } from '../context.ts';
import { recordRefusal } from './record-refusal.ts';

/**
 * Puts on record of whom something is given out. An answer about people is not given before that, and not without it. What
 * a change looked at stands with the change already; where its answer tells of more than that, and it cannot be put on
 * record, the refusal says that the change was made.
 */
export async function recordAccess({ access, records, requestId, view }: ApiContext, operation: string | null): Promise<void> {
  if (records === null || access.isRecorded()) return;
  const persons = [...access.persons];
  const [acting] = access.principal.delegations.filter(({ personId }) => persons.length === 1 && personId === persons[0]);
  const forWhom = acting ? { onBehalfOf: acting.personId, delegationId: acting.id } : {};
  try {
    await records.access.record({ accountId: access.principal.accountId, ...forWhom, requestId, operation, persons, kinds: [...access.kinds], count: persons.length });
  } catch (error) {
    throw error instanceof RecordError ? recordRefusal(access.hasChanged ? withheld(error) : error, view.language) : error;
  }
}

const withheld = ({ retryAfterSeconds, cause }: RecordError): RecordError => new RecordError('ANSWER_WITHHELD', { retryAfterSeconds, cause });
