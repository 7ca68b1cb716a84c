import { type JurisdictionSpec, text } from '../../../src/plugin-kit.ts';
import { DIVISIONS } from './divisions.ts';
import { ENGLISH, PROVINCES } from './provinces.ts';

const place = (code: string, zh: string): JurisdictionSpec => ({ code, name: text(zh, ENGLISH[code] ?? zh) });

const LINE = /^(\d{4})(\S*)((?: \d{2}\S+)*)$/;

function ofLine(line: string): JurisdictionSpec[] {
  const [, prefix = '', name = '', counties = ''] = LINE.exec(line) ?? [];
  // A city without counties is listed as its own, under 00.
  const below = counties.split(' ').filter((county) => county !== '' && !county.startsWith('00'));
  return [...(name === '' ? [] : [place(`${prefix}00`, name)]), ...below.map((county) => place(`${prefix}${county.slice(0, 2)}`, county.slice(2)))];
}

/** Every province, prefecture and county by code. English names stand where they are settled usage, else the Chinese one. */
export const places: readonly JurisdictionSpec[] = [
  ...Object.entries(PROVINCES).map(([code, zh]) => place(code, zh)),
  ...DIVISIONS.trim().split('\n').flatMap(ofLine),
];
