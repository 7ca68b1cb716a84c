import { parseDay } from './civil-day.ts';
import type { CivilDay } from './civil-day.ts';

/** The documents whose numbers are told apart: the resident card and its number of old, residence permits, the card of foreign permanent residents, travel permits, passports, and all else. */
export const IDENTITY_NUMBER_KINDS = ['resident', 'resident15', 'residencePermit', 'foreignPermanent', 'permit', 'passport', 'other'] as const;
export type IdentityKind = (typeof IDENTITY_NUMBER_KINDS)[number];
/** As offices name them: a number of old is that of a resident. */
export type NamedIdentityKind = Exclude<IdentityKind, 'resident15'>;

export type Sex = 'male' | 'female';

/** An identity number that can be one, with what it says of its holder. */
export interface IdentityNumber {
  readonly kind: IdentityKind;
  /** As it is stored: capitals, no spaces. */
  readonly number: string;
  /** Under which it is recognised: an old resident number by the one that took its place. */
  readonly indexed: string;
  /** Null: the number does not say. */
  readonly birthDate: CivilDay | null;
  readonly sex: Sex | null;
}

/** Why a text is no number of its kind: `damaged` by a spreadsheet, or the number of another kind of document. */
export type WrongIdentity = 'form' | 'region' | 'birth' | 'future' | 'check' | 'damaged' | 'otherKind';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The last character of a number (GB 11643, MOD 11-2), from the seventeen digits before it. */
export function checkDigitOf(seventeen: string): string {
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index++) sum += (WEIGHTS[index] ?? 0) * (seventeen.charCodeAt(index) - 48);
  return CHECK_DIGITS[sum % 11] ?? '';
}

/** What Excel makes of a long number: an exponent, or zeros in place of the digits after the fifteenth. */
const EXPONENT = /^\d(?:\.\d+)?E\+?\d+$/i;
const ZEROS = /^\d{15}000$/;
const EIGHTEEN = /^\d{17}[\dX]$/;
/** Of people registered outside the mainland; no county has such a code. */
const RESIDENCE_PERMIT = /^8[123]0000/;
const FORMS: Readonly<Record<'permit' | 'passport' | 'other', RegExp>> = {
  permit: /^(?:[HM]\d{8}(?:\d{2})?|\d{8}|[A-Z]\d{9})$/,
  passport: /^(?=.*\d)[A-Z0-9]{5,12}$/,
  other: /^[A-Z0-9\-/]{4,40}$/,
};

/**
 * Reads an identity number of a kind; spaces, width and case do not matter. `today`: nobody is born after it. Numbers of 18
 * characters have a region (the first digit is 1 to 8, that of a foreign permanent resident 9), a real day of birth and a
 * check digit. The number of old of a foreign permanent resident (three letters, twelve digits) is taken by its form.
 */
export function readIdentityNumber(written: string, kind: NamedIdentityKind, today: CivilDay): IdentityNumber | { readonly wrong: WrongIdentity } {
  if (EXPONENT.test(written)) return { wrong: 'damaged' };
  const number = written.normalize('NFKC').replace(/[\s'’]+/g, '').toUpperCase();
  switch (kind) {
    case 'resident':
      return readResident(number, today);
    case 'residencePermit':
      if (!EIGHTEEN.test(number)) return { wrong: 'form' };
      return RESIDENCE_PERMIT.test(number) ? readEighteen(number, kind, today) : { wrong: 'region' };
    case 'foreignPermanent':
      if (/^[A-Z]{3}\d{12}$/.test(number)) return silent(kind, number);
      if (!EIGHTEEN.test(number)) return { wrong: 'form' };
      return number.startsWith('9') ? readEighteen(number, kind, today) : { wrong: 'region' };
    case 'permit':
      // Residence permits took the place of travel permits for many, and offices write them down as such.
      if (EIGHTEEN.test(number) && RESIDENCE_PERMIT.test(number)) return readEighteen(number, 'residencePermit', today);
      return FORMS.permit.test(number) ? silent(kind, number) : { wrong: 'form' };
    default:
      return FORMS[kind].test(number) ? silent(kind, number) : { wrong: 'form' };
  }
}

/** Reads a number of which nobody says what kind it is: only as far as it takes to recognise whose it is. */
export function readAnyIdentityNumber(written: string, today: CivilDay): IdentityNumber | { readonly wrong: WrongIdentity } {
  const resident = readIdentityNumber(written, 'resident', today);
  if (!('wrong' in resident) || resident.wrong === 'damaged') return resident;
  for (const kind of ['residencePermit', 'foreignPermanent'] as const) {
    const read = readIdentityNumber(written, kind, today);
    if (!('wrong' in read)) return read;
  }
  // What looks like a resident number and is none is a mistake, and no other document.
  return /^\d{14,}/.test(written) ? resident : readIdentityNumber(written, 'other', today);
}

const silent = (kind: IdentityKind, number: string): IdentityNumber => ({ kind, number, indexed: number, birthDate: null, sex: null });

function readResident(number: string, today: CivilDay): IdentityNumber | { readonly wrong: WrongIdentity } {
  const isOld = /^\d{15}$/.test(number);
  if (!isOld && !EIGHTEEN.test(number)) return { wrong: 'form' };
  if (!/^[1-8]/.test(number)) return { wrong: !isOld && number.startsWith('9') ? 'otherKind' : 'region' };
  if (RESIDENCE_PERMIT.test(number) && !isOld) return { wrong: 'otherKind' };
  if (!isOld) return readEighteen(number, 'resident', today);
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`;
  const read = readEighteen(`${seventeen}${checkDigitOf(seventeen)}`, 'resident15', today);
  return 'wrong' in read ? read : { ...read, number };
}

function readEighteen(number: string, kind: IdentityKind, today: CivilDay): IdentityNumber | { readonly wrong: WrongIdentity } {
  const birthDate = parseDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (birthDate === null) return { wrong: ZEROS.test(number) ? 'damaged' : 'birth' };
  if (checkDigitOf(number) !== number[17]) return { wrong: ZEROS.test(number) ? 'damaged' : 'check' };
  if (birthDate > today) return { wrong: 'future' };
  return { kind, number, indexed: number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}
