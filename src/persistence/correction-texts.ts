import type { Claim } from '../workflows/correct-record.ts';
import type { IdentityNumbers } from './identity-numbers.ts';

/** What is said in a correction, and why it was refused, as they are stored: sealed like identity numbers. */
export const sealClaim = (keys: IdentityNumbers, claim: Claim): Buffer => keys.encrypt(JSON.stringify(claim));
export const openClaim = (keys: IdentityNumbers, sealed: Buffer): Claim => JSON.parse(keys.decrypt(sealed)) as Claim;

export const sealReason = (keys: IdentityNumbers, reason: string): Buffer => keys.encrypt(reason);
export const openReason = (keys: IdentityNumbers, sealed: Buffer): string => keys.decrypt(sealed);
