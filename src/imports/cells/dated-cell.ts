import type { CivilDay } from '../../kernel/civil-day.ts';
import { overlaps } from '../../kernel/civil-day.ts';
import type { Message } from '../../kernel/text.ts';
import { message } from '../../kernel/text.ts';
import type { CellProblem } from './fact-cell.ts';
import { readDay } from './day.ts';

/** A value and the days on which it holds, both included; null leaves an end open. */
export interface DatedPart {
  readonly written: string;
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
  /** Whether the cell gives days. */
  readonly isDated: boolean;
}

const DAY = String.raw`(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)?`;
const PERIOD = new RegExp(String.raw`^(.*?)\s*[[(（]?\s*${DAY}\s*(?:\.\.|…|~|～|至)\s*${DAY}\s*[\])）]?$`, 'u');

/**
 * Reads `value from..to; value from..to`, either day or both left out. JSON is one value without days. What holds from
 * when is kept as written; periods are checked, their values are not.
 */
export function readDated(written: string): readonly DatedPart[] | { readonly problem: CellProblem } {
  if (/^[[{]/.test(written)) return [{ written, from: null, to: null, isDated: false }];
  const parts: DatedPart[] = [];
  for (const piece of written.split(/[;；]/)) {
    const trimmed = piece.trim();
    if (trimmed === '') continue;
    const part = readPart(trimmed);
    if ('problem' in part) return part;
    parts.push(part);
  }
  return parts;
}

function readPart(written: string): DatedPart | { readonly problem: CellProblem } {
  const period = PERIOD.exec(written);
  if (!period) return { written, from: null, to: null, isDated: false };
  const [, value = '', first, last] = period;
  const from = first === undefined ? null : readDay(first);
  const to = last === undefined ? null : readDay(last);
  if ((first !== undefined && from === null) || (last !== undefined && to === null)) return { problem: problem('WRONG_TYPE', message('import.dated')) };
  if (value === '') return { problem: problem('WRONG_TYPE', message('import.dated')) };
  if (from !== null && to !== null && to < from) return { problem: problem('PERIOD_REVERSED', message('import.period-reversed', { from, to })) };
  return { written: value, from, to, isDated: true };
}

const problem = (code: CellProblem['code'], expected: Message): CellProblem => ({ code, expected, nearest: [] });

/** Two values of one property on one day: nobody could say which holds. */
export function overlapOf(parts: readonly DatedPart[]): CellProblem | null {
  for (const [index, part] of parts.entries()) {
    const other = parts.slice(index + 1).find((later) => overlaps(part, later));
    if (other) return problem('PERIODS_OVERLAP', message('import.periods-overlap', { first: part.written, second: other.written }));
  }
  return null;
}
