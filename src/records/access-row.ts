import type { Instant } from '../kernel/civil-day.ts';
import type { ChainedRow } from './chain-row.ts';
import type { RecordKeys } from './keys.ts';

/** One access to the personal data of people. */
export interface AccessEntry {
  /** Who: the row of the account; null: nobody signed in. */
  readonly accountId: string | null;
  /** The person for whom, and by which delegation; absent: for oneself. */
  readonly onBehalfOf?: string | null;
  readonly delegationId?: string | null;
  readonly requestId: string;
  /** The name of the operation, as the client gave it. */
  readonly operation: string | null;
  /** What for, where it had to be said. */
  readonly purpose?: string | null;
  /** Rows of the people whose data were given out. */
  readonly persons: readonly string[];
  /** Which kinds of fields: names of sensitivity classes or fields. */
  readonly kinds: readonly string[];
  /** How many records of them; absent: one of each person. */
  readonly count?: number;
}

/** The columns of a row beside its place in the chain. */
export interface AccessContent {
  readonly requestId: string;
  readonly accountId: string | null;
  readonly onBehalfOf: string | null;
  readonly delegationId: string | null;
  readonly operation: string | null;
  readonly purpose: string | null;
  readonly persons: readonly string[];
  readonly kinds: readonly string[];
  readonly count: number;
}

const MAX_PERSONS = 10_000;
const MAX_KINDS = 100;
const MAX_TEXT = 500;

/** Throws for what is no entry: it would be refused by the store together with those of others. */
export function checkEntry({ accountId, onBehalfOf = null, delegationId = null, requestId, operation, purpose = null, persons, kinds, count = 0 }: AccessEntry): void {
  const ids = [accountId, onBehalfOf, delegationId].filter((id) => id !== null);
  for (const id of [...ids, ...persons]) if (!/^\d{1,18}$/.test(id)) throw new RangeError('an access names no row id');
  for (const kind of kinds) if (!/^[\w.:-]{1,100}$/.test(kind)) throw new RangeError('an access names no kind of field');
  for (const written of [requestId, operation ?? '', purpose ?? '']) if (written.length > MAX_TEXT || /\0/.test(written) || !written.isWellFormed()) throw new RangeError('a text of an access is too long, or none');
  if (persons.length > MAX_PERSONS || kinds.length > MAX_KINDS) throw new RangeError('an access is of too many at once');
  if (!Number.isSafeInteger(count) || count < 0 || count > 2_000_000_000) throw new RangeError('an access has no such count');
}

const placeOf = (chain: string, seq: bigint): string => `access_record/${chain}/${seq}/purpose`;

export function contentOfAccess(entry: AccessEntry, chain: string, seq: bigint, keys: RecordKeys): AccessContent {
  const { requestId, accountId, onBehalfOf = null, delegationId = null, operation, purpose = null, persons, kinds, count = persons.length } = entry;
  // People write purposes, and write of people.
  return { requestId, accountId, onBehalfOf, delegationId, operation, purpose: purpose === null ? null : keys.seal(purpose, placeOf(chain, seq)), persons, kinds, count };
}

export const readPurpose = (purpose: string | null, chain: string, seq: bigint, keys: RecordKeys): string | null => (purpose === null ? null : keys.unseal(purpose, placeOf(chain, seq)));

/** All of a row, for `accessRowOf`. */
export const ACCESS_COLUMNS = `chain::text as chain, seq::text as seq, (extract(epoch from recorded_at) * 1000)::bigint::text as "recordedAt", key_id as "keyId", request_id as "requestId",
  account_id::text as "accountId", on_behalf_of::text as "onBehalfOf", delegation_id::text as "delegationId", operation, purpose, to_json(persons::text[]) as persons, to_json(kinds) as kinds, count, encode(link, 'hex') as link`;

export interface AccessRow extends AccessContent {
  readonly chain: string;
  readonly seq: string;
  readonly recordedAt: string;
  readonly keyId: string;
  readonly link: string;
}

export function accessRowOf(row: AccessRow): { readonly row: ChainedRow & { readonly content: AccessContent }; readonly link: Buffer } {
  const { chain, seq, recordedAt, keyId, link, ...content } = row;
  return { row: { table: 'access_record', chain, seq: BigInt(seq), recordedAt: Number(recordedAt) as Instant, keyId, content }, link: Buffer.from(link, 'hex') };
}
