import type { Claim } from '../workflows/correct-record.ts';
import type { DataKey, DataKeys } from './keys/data-keys.ts';

/** What is said in a correction, and why it was decided so, as they are stored: sealed, each bound to the person it is about. */
export const correctionPlace = (column: 'claim' | 'reason', personId: string): string => `correction/${column}/${personId}`;

export const sealClaim = (key: DataKey, claim: Claim, personId: string): Buffer => key.seal(JSON.stringify(claim), correctionPlace('claim', personId));
export const openClaim = (keys: DataKeys, sealed: Buffer, personId: string): Claim => JSON.parse(keys.open(sealed, correctionPlace('claim', personId))) as Claim;

export const sealReason = (key: DataKey, reason: string, personId: string): Buffer => key.seal(reason, correctionPlace('reason', personId));
export const openReason = (keys: DataKeys, sealed: Buffer, personId: string): string => keys.open(sealed, correctionPlace('reason', personId));
