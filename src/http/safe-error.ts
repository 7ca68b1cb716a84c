import { sqlErrorKind } from '../persistence/sql-errors.ts';

/** What of an error may stand in a log: where it was met and of what kind, not the values that it speaks of. */
export interface SafeError {
  readonly type: string;
  readonly code?: string | undefined;
  readonly message: string;
  readonly constraint?: string | undefined;
  readonly stack: string;
  readonly cause?: SafeError | undefined;
}

const DEEPEST = 3;

/**
 * An error without values of people or requests. Those of the database quote rows, parameters and statements: only their
 * kind stays. Of all others the first clause stays, without what is quoted, what is not ASCII and long numbers.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { code, constraint, cause } = error as { readonly code?: unknown; readonly constraint?: unknown; readonly cause?: unknown };
  const kind = sqlErrorKind(error);
  const isOfDatabase = kind !== null || /Exception$/.test(error.constructor.name) || 'severity' in error;
  return {
    type: error.constructor.name,
    code: typeof code === 'string' && /^[\w]{1,40}$/.test(code) ? code : undefined,
    // The parser of JSON quotes what it was given.
    message: isOfDatabase ? (kind ?? 'database error') : error instanceof SyntaxError ? '' : withoutValues(error.message),
    constraint: typeof constraint === 'string' ? constraint : undefined,
    stack: (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)).slice(0, 15).map(withoutOperation).join('\n'),
    cause: cause instanceof Error && depth < DEEPEST ? safeError(cause, depth + 1) : undefined,
  };
}

/** A compiled query is a function of the name that the client gave the operation. */
const withoutOperation = (frame: string): string => (/graphql-jit|eval at/.test(frame) ? frame.replace(/at .*?\(/, 'at (') : frame);

/** The first clause of a sentence, without what is quoted in it. */
export const withoutValues = (message: string): string =>
  (message.split(/[:\n]/)[0] ?? '')
    .replace(/(["'`]).*?(?:\1|$)/g, '…')
    .replace(/[^\x20-\x7e…]+/g, '…')
    .replace(/\d{5,}/g, '#')
    .slice(0, 200);
