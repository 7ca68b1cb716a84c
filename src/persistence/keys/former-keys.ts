/** Under which the store keeps the checks of keys that something may still be sealed with, while they are being changed. */
export const FORMER_KEYS = 'identityKeyFormer';

export const formerKeys = (noted: string | undefined): string[] => (noted === undefined ? [] : (JSON.parse(noted) as string[]));
