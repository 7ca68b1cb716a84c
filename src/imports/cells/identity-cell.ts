import type { CivilDay } from '../../kernel/civil-day.ts';
import { readAnyIdentityNumber, readIdentityNumber } from '../../kernel/identity-number.ts';
import type { IdentityNumber, NamedIdentityKind, WrongIdentity } from '../../kernel/identity-number.ts';
import { message } from '../../kernel/text.ts';
import type { CellProblem } from './fact-cell.ts';

/** What a file says of a kind whose number has another form. */
const FORM_OF: Readonly<Record<NamedIdentityKind, string>> = {
  resident: 'import.identity-resident',
  residencePermit: 'import.identity-residence-permit',
  foreignPermanent: 'import.identity-foreign-permanent',
  permit: 'import.identity-permit',
  passport: 'import.identity-passport',
  other: 'import.identity-other',
};

/** Reads an identity number of a kind. What is wrong never shows the number whole. */
export function readIdentity(written: string, kind: NamedIdentityKind, today: CivilDay): IdentityNumber | { readonly problem: CellProblem } {
  const read = readIdentityNumber(written, kind, today);
  return 'wrong' in read ? { problem: problemOf(read.wrong, kind) } : read;
}

/** The same where the file does not say of what kind the number is. */
export function readAnyIdentity(written: string, today: CivilDay): IdentityNumber | { readonly problem: CellProblem } {
  const read = readAnyIdentityNumber(written, today);
  return 'wrong' in read ? { problem: problemOf(read.wrong, /^\d{14,}/.test(written) ? 'resident' : 'other') } : read;
}

function problemOf(wrong: WrongIdentity, kind: NamedIdentityKind): CellProblem {
  if (wrong === 'damaged') return { code: 'DAMAGED_NUMBER', expected: message('import.identity-damaged'), nearest: [] };
  const key = wrong === 'form' || (wrong === 'region' && kind !== 'resident') ? FORM_OF[kind] : `import.identity-${wrong === 'otherKind' ? 'other-kind' : wrong}`;
  return { code: 'WRONG_IDENTITY', expected: message(key), nearest: [] };
}

/** Enough to find the cell again, and too little to know the number. */
export function maskIdentity(written: string): string {
  const length = [...written].length;
  return length <= 6 ? '*'.repeat(length) : `${written.slice(0, 2)}${'*'.repeat(Math.min(length - 4, 14))}${written.slice(-2)}`;
}
