import type { FactRecord, FactValue, NowhereCode } from '../../../src/plugin-kit.ts';

/** A coordinate of an entry: null where nobody gave it; where it is said to be none (null), `none`. */
export const coordinateOf = (entry: FactRecord, name: string): string | null => (entry[name] === null ? 'none' : textOf(entry, name));

/** A field of an entry as text; null where it is absent or said to be none. */
export const textOf = (entry: FactRecord, name: string): string | null => {
  const value: FactValue | undefined = entry[name];
  return typeof value === 'string' ? value : null;
};

export const isMarked = (entry: FactRecord, name: string): boolean => entry[name] === true;

/** Credits without a status are recognised ones; until the city has recognised them they do not count. */
export function nowhereByStatus(entry: FactRecord): NowhereCode | null {
  const status = textOf(entry, 'status');
  if (status === 'reversed') return 'REVERSED';
  return status === null || status === 'recognised' ? null : 'NOT_RECOGNISED';
}

/** Learnt elsewhere and not decided by the district: the amount is open, whatever is written (sh-2016-credit/2.3-elsewhere). */
export const isUndecidedElsewhere = (entry: FactRecord): boolean => textOf(entry, 'origin') === 'elsewhere' && !textOf(entry, 'districtDecision');

/** Which of the fields that everyone has to state are absent: level, category and, at school level in ethics and literacy, the subcategory. */
export function absentFields(entry: FactRecord, level: string | null, category: string | null): string[] {
  const absent: string[] = [];
  if (level === null) absent.push('level');
  if (category === null) absent.push('category');
  if (level === 'school' && category === 'ethicsLiteracy' && coordinateOf(entry, 'subcategory') === null) absent.push('subcategory');
  return absent;
}
