import { GraphQLError } from 'graphql';
import type { ASTNode } from 'graphql';
import { ErrorCode } from '../error-codes.ts';

/** Refuses an input value: what was found, cut short, and what is expected. */
export function refuse(found: unknown, expected: string, node?: ASTNode): never {
  throw new GraphQLError(`Found ${show(found)}; expected ${expected}.`, { nodes: node, extensions: { code: ErrorCode.BAD_USER_INPUT } });
}

/** A value of ours that the type cannot hold: a bug, not a mistake of the client. */
export function failToSerialize(found: unknown, expected: string): never {
  throw new TypeError(`cannot give out ${show(found)}: expected ${expected}`);
}

function show(found: unknown): string {
  if (typeof found === 'bigint' || typeof found === 'number') return String(found);
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object' && found !== null) return 'an object';
  return (JSON.stringify(found) ?? typeof found).slice(0, 80);
}
