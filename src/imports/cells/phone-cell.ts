import { message } from '../../kernel/text.ts';
import type { CellProblem } from './fact-cell.ts';

const EXPONENT = /^\d(?:\.\d+)?E\+?\d+$/i;
const MOBILE = /^(?:\+?86|0086)?(1[3-9]\d{9})$/;
/** Area code and number; both are found again without what stands between them. */
const LANDLINE = /^(?:\+?86|0086)?(0[1-9]\d{8,10})$/;
const ABROAD = /^(?:\+|00)([1-9]\d{6,14})$/;

/** Reads a telephone number, of this country or with the code of another: as it is stored, digits alone, or + and digits. */
export function readPhone(written: string): { readonly phone: string } | { readonly problem: CellProblem } {
  if (EXPONENT.test(written)) return { problem: { code: 'DAMAGED_NUMBER', expected: message('import.phone-damaged'), nearest: [] } };
  const plain = written.normalize('NFKC').replace(/[\s'’()\-‐–.]+/g, '');
  const own = MOBILE.exec(plain) ?? LANDLINE.exec(plain);
  if (own) return { phone: own[1] ?? '' };
  const abroad = plain.startsWith('+86') || plain.startsWith('0086') ? null : ABROAD.exec(plain);
  return abroad ? { phone: `+${abroad[1]}` } : { problem: { code: 'WRONG_TYPE', expected: message('import.phone'), nearest: [] } };
}
