import { canonicalJson } from '../kernel/canonical.ts';
import { excerpt } from './problem.ts';

/** Where two answers differ. What is large is shown by its kind; null also stands for what is not there. */
export interface Difference {
  readonly path: string;
  readonly then: unknown;
  readonly now: unknown;
}

/** Nobody reads more; the rest is counted. */
export const MOST_DIFFERENCES = 100;

/** What differs between two values of JSON, the order of keys apart: the first hundred places, and how many more there are. */
export function differencesBetween(then: unknown, now: unknown): { readonly differences: readonly Difference[]; readonly more: number } {
  const found: Difference[] = [];
  let all = 0;
  const compare = (path: string, before: unknown, after: unknown): void => {
    const keys = commonKeys(before, after);
    if (keys) return keys.forEach((key) => compare(pathTo(path, key, Array.isArray(before)), valueAt(before, key), valueAt(after, key)));
    if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return;
    if (all++ < MOST_DIFFERENCES) found.push({ path, then: excerpt(before), now: excerpt(after) });
  };
  compare('', then, now);
  return { differences: found, more: all - found.length };
}

const pathTo = (path: string, key: string, isItem: boolean): string => (isItem ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const valueAt = (value: unknown, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key];

/** The keys below which two values are to be compared: those of either of two objects or of two lists; null for anything else. */
function commonKeys(before: unknown, after: unknown): string[] | null {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) return null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}
