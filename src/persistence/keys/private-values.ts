import type { DataKey, DataKeys } from './data-keys.ts';

/** What is private of a person beside identity numbers. Each value is a short text: digits, a day, `male` or `female`. */
export const PRIVATE_NAMES = ['phone', 'birthDate', 'sex'] as const;
export type PrivateName = (typeof PRIVATE_NAMES)[number];
/** Those that rules of places may judge by, under the names of their facts. */
export const JUDGED_PRIVATELY: readonly PrivateName[] = ['birthDate', 'sex'];

/** All as long as each other: the length of what is sealed would tell a sex. */
const LENGTH = 16;
const placeOf = (name: PrivateName): string => `person_private/${name}`;

export const sealPrivate = (key: DataKey, name: PrivateName, value: string): Buffer => key.seal(value.padEnd(LENGTH), placeOf(name));
export const openPrivate = (keys: DataKeys, name: PrivateName, sealed: Buffer): string => keys.open(sealed, placeOf(name)).trimEnd();

const IDENTITY = 'person_identity';
export const sealIdentity = (key: DataKey, number: string): Buffer => key.seal(number, IDENTITY);
export const openIdentity = (keys: DataKeys, sealed: Buffer): string => keys.open(sealed, IDENTITY);

/** What was asked and answered in a stored assessment: bound to the answer of its row. */
export const assessmentPlace = (column: 'question' | 'answer', answerHash: string): string => `stored_assessment/${column}/${answerHash}`;
