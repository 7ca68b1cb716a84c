import { parseDay } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';

const WRITTEN = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/** Reads a day as offices write it: 2018-06-30, 2018/6/30, 2018.6.30, 2018年6月30日, 20180630; null for anything else. */
export function readDay(written: string): CivilDay | null {
  const exact = parseDay(written);
  if (exact) return exact;
  const [, year, month = '', day = ''] = WRITTEN.exec(written) ?? COMPACT.exec(written) ?? [];
  return year === undefined ? null : parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
