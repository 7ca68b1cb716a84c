import { createHash } from 'node:crypto';
import { Exact } from './exact.ts';

/**
 * Canonical JSON: keys sorted, no white space, functions left out (a formula is named by its name and version), so that
 * equal content has equal bytes and one hash.
 */
export function canonicalJson(value: unknown): string {
  if (value instanceof Exact) return JSON.stringify(value.toString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export const contentHash = (value: unknown): string => hashOfText(canonicalJson(value));

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

const written = new WeakMap<object, string>();

/** The same of a declaration that never changes: hundreds of rulebooks share one, and it is written out once. */
export function canonicalOnce(declaration: object): string {
  let text = written.get(declaration);
  if (text === undefined) written.set(declaration, (text = canonicalJson(declaration)));
  return text;
}
