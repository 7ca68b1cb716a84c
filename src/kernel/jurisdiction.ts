import type { Text } from './text.ts';

/** A division of the country by its official six-digit code; `CN` is the whole. */
export interface JurisdictionSpec {
  readonly code: string;
  readonly name: Text;
}

export const NATION = 'CN';
const CODE = /^[1-9]\d{5}$/;

export const isJurisdictionCode = (code: string): boolean => code === NATION || CODE.test(code);

/** The code and those of all places above it, the nation first: `110101` gives CN, 110000, 110100, 110101. */
export function chainOf(code: string): string[] {
  if (code === NATION) return [NATION];
  const chain = [NATION, `${code.slice(0, 2)}0000`];
  if (!code.endsWith('0000')) chain.push(`${code.slice(0, 4)}00`);
  if (!code.endsWith('00')) chain.push(code);
  return chain;
}
