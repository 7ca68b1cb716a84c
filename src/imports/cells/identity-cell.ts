import { parseDay } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import { message } from '../../kernel/text.ts';
import type { CellProblem } from './fact-cell.ts';

export type IdentityKind = 'resident' | 'resident15' | 'permit' | 'passport' | 'other';

/** An identity number that can be one, with what it says of its holder. */
export interface Identity {
  readonly kind: IdentityKind;
  /** As it is stored: capitals, no spaces. */
  readonly number: string;
  /** Under which it is recognised: an old resident number by the one that took its place. */
  readonly indexed: string;
  readonly birthDate: CivilDay | null;
  readonly sex: 'male' | 'female' | null;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The last digit of a resident number (GB 11643), from the seventeen before it. */
export function checkDigitOf(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0);
  return CHECK_DIGITS[sum % 11] ?? '';
}

/** What Excel makes of a long number: an exponent, or zeros in place of the digits after the fifteenth. */
const EXPONENT = /^\d(?:\.\d+)?E\+?\d+$/i;
const FORMS: Readonly<Record<'permit' | 'passport' | 'other', RegExp>> = {
  permit: /^(?:[HM]\d{8}(?:\d{2})?|\d{8}|8[123]0000\d{12}|[A-Z]\d{9})$/,
  passport: /^[A-Z0-9]{5,12}$/,
  other: /^[A-Z0-9\-/]{4,40}$/,
};

/** Reads an identity number of a kind. What is wrong never shows the number whole. */
export function readIdentity(written: string, kind: Exclude<IdentityKind, 'resident15'>): Identity | { readonly problem: CellProblem } {
  if (EXPONENT.test(written)) return { problem: damaged };
  const number = written.normalize('NFKC').replace(/[\s'’]+/g, '').toUpperCase();
  if (kind === 'resident') return readResident(number);
  return FORMS[kind].test(number) ? { kind, number, indexed: number, birthDate: null, sex: null } : { problem: wrong(`import.identity-${kind}`) };
}

function readResident(number: string): Identity | { readonly problem: CellProblem } {
  const old = /^\d{15}$/.test(number);
  const seventeen = old ? `${number.slice(0, 6)}19${number.slice(6)}` : number.slice(0, 17);
  if (!/^\d{17}$/.test(seventeen) || (!old && !/^\d{17}[\dX]$/.test(number))) return { problem: wrong('import.identity-resident') };
  const birthDate = parseDay(`${seventeen.slice(6, 10)}-${seventeen.slice(10, 12)}-${seventeen.slice(12, 14)}`);
  const whole = `${seventeen}${checkDigitOf(seventeen)}`;
  const isSound = birthDate !== null && !seventeen.startsWith('0') && (old || whole === number);
  if (!isSound) return { problem: /^\d{15}000$/.test(number) ? damaged : wrong(birthDate === null ? 'import.identity-birth' : 'import.identity-check') };
  return { kind: old ? 'resident15' : 'resident', number, indexed: whole, birthDate, sex: Number(seventeen[16]) % 2 === 1 ? 'male' : 'female' };
}

const wrong = (key: string): CellProblem => ({ code: 'WRONG_IDENTITY', expected: message(key), nearest: [] });
const damaged: CellProblem = { code: 'DAMAGED_NUMBER', expected: message('import.identity-damaged'), nearest: [] };

/** Enough to find the cell again, and too little to know the number. */
export function maskIdentity(written: string): string {
  const length = [...written].length;
  return length <= 6 ? '*'.repeat(length) : `${written.slice(0, 2)}${'*'.repeat(Math.min(length - 4, 14))}${written.slice(-2)}`;
}
