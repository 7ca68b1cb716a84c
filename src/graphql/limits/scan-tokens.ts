import { Lexer, Source, TokenKind } from 'graphql';
import { ErrorCode } from '../error-codes.ts';
import { QUERY_LIMITS } from './limits.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Counts tokens and brackets before the parser builds a tree, which is many times larger than the text, or recurses.
 * Throws the syntax error of the lexer where a token cannot be read.
 */
export function scanTokens(query: string): Refusal | null {
  if (query.length > QUERY_LIMITS.characters) return refusal(ErrorCode.QUERY_TOO_LONG, 'request.queryTooLong', { limit: QUERY_LIMITS.characters, found: query.length });
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; ) {
    if (++tokens > QUERY_LIMITS.tokens) return refusal(ErrorCode.QUERY_TOO_LONG, 'request.tooManyTokens', { limit: QUERY_LIMITS.tokens });
    const { kind } = lexer.token;
    if (OPENING.has(kind) && ++depth > QUERY_LIMITS.brackets) return refusal(ErrorCode.QUERY_TOO_DEEP, 'request.tooDeep', { limit: QUERY_LIMITS.brackets });
    if (CLOSING.has(kind)) depth--;
  }
  return null;
}
