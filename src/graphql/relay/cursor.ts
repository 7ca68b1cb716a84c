import type { Position } from '../../persistence/keyset.ts';

/** What a cursor can be wrong about. */
export type CursorFault = 'malformed' | 'otherOrder';

const LONGEST = 2_000;

/** A place in a list, opaque for callers: the order it belongs to, the value by which is ordered, and the row. It stays good whatever is added or taken away around it. */
export const cursorOf = (order: string, { key, id }: Position): string => Buffer.from(JSON.stringify([order, key, id])).toString('base64url');

/** Reads a cursor of this order; `isKey` says what keys it has. */
export function readCursor(given: string, order: string, isKey: (key: string) => boolean): Position | CursorFault {
  const read = given.length > LONGEST ? null : parse(given);
  if (!Array.isArray(read) || read.length !== 3) return 'malformed';
  const [of, key, id]: unknown[] = read;
  if (typeof of !== 'string' || typeof key !== 'string' || typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id) || key.includes('\0')) return 'malformed';
  if (of !== order) return 'otherOrder';
  return isKey(key) ? { key, id } : 'malformed';
}

function parse(given: string): unknown {
  try {
    return JSON.parse(Buffer.from(given, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
