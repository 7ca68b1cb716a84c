import { GraphQLError, Kind } from 'graphql';
import type { GraphQLErrorExtensions, GraphQLFormattedError } from 'graphql';
import { say } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import { isPassing, sqlErrorKind } from '../persistence/sql-errors.ts';
import type { SqlErrorKind } from '../persistence/sql-errors.ts';
import type { ApiContext, ErrorLog } from './context.ts';
import { ErrorCode } from './error-codes.ts';

const CODES: ReadonlySet<unknown> = new Set(Object.values(ErrorCode));

/**
 * What a client sees of an error met while a query ran. A GraphQLError with a code is meant for the client; so is one
 * about variables, which has no path, or about an argument. Everything else is ours, among it a value that its type
 * cannot hold: logged whole, answered with a reference.
 */
export function maskExecutionError(error: GraphQLError, context: ApiContext, fieldNames: ReadonlySet<string>): GraphQLFormattedError {
  const meant = meantForClient(error);
  const place = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  if (meant) {
    const { http: _, ...extensions } = meant.extensions ?? {};
    return { message: cut(meant.message), ...place, extensions: { ...extensions, code: extensions['code'] ?? ErrorCode.BAD_USER_INPUT } };
  }
  const reference = context.requestId;
  // An alias is the client's own word.
  const path = error.path?.map((part) => (typeof part === 'number' || fieldNames.has(part) ? part : '*'));
  const kind = sqlErrorKind(error.originalError ?? error);
  if (kind !== null && isPassing(kind)) {
    context.log.error({ err: error.originalError ?? error, path, reference }, 'the store does not answer');
    const { code, key } = PASSING[kind] ?? { code: ErrorCode.STORE_UNAVAILABLE, key: 'store.unavailable' };
    return { message: say(context.view.language, key, { reference, seconds: RETRY_AFTER_SECONDS }), ...place, extensions: { code, reference } };
  }
  context.log.error({ err: error.originalError ?? error, path, reference }, 'internal error');
  return { message: say(context.view.language, 'internal', { reference }), ...place, extensions: { code: ErrorCode.INTERNAL, reference } };
}

/** What the client is told of a store that may answer later, where it is more than that. */
const PASSING: Readonly<Partial<Record<SqlErrorKind, { readonly code: ErrorCode; readonly key: ServerMessageKey }>>> = {
  statementTimeout: { code: ErrorCode.QUERY_TIMEOUT, key: 'store.queryTimeout' },
  lockTimeout: { code: ErrorCode.LOCK_TIMEOUT, key: 'store.lockTimeout' },
  idleTransaction: { code: ErrorCode.TRANSACTION_TIMEOUT, key: 'store.transactionTimeout' },
  overloaded: { code: ErrorCode.OVERLOADED, key: 'overloaded' },
  tooManyConnections: { code: ErrorCode.OVERLOADED, key: 'overloaded' },
};

/** When to come again to a service that is busy. */
export const RETRY_AFTER_SECONDS = 2;

/** Messages of the GraphQL library hold names and values of the client whole. */
const LONGEST_MESSAGE = 1_000;
const cut = (message: string): string => (message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…`);

function meantForClient(error: GraphQLError): GraphQLError | null {
  const { originalError: original = error } = error;
  if (!(original instanceof GraphQLError)) return null;
  // An error of a compiled query has neither nodes nor extensions.
  const extensions: GraphQLErrorExtensions | undefined = original.extensions;
  const place = original.nodes?.[0]?.kind;
  const isAboutArgument = place !== undefined && place !== Kind.FIELD;
  return extensions?.['code'] !== undefined || error.path === undefined || isAboutArgument ? original : null;
}

/**
 * Errors met before a query ran: of syntax, of validation, of the request itself. They have a stable code already; what
 * has none is a bug, and its message stays inside.
 */
export function maskRequestError(formatted: GraphQLFormattedError, error: unknown, log: ErrorLog): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (CODES.has(extensions['code'])) return { ...formatted, message: cut(formatted.message), extensions };
  const reference = globalThis.crypto.randomUUID();
  log.error({ err: error, reference }, 'internal error');
  return { message: `${say('zh', 'internal', { reference })} ${say('en', 'internal', { reference })}`, extensions: { code: ErrorCode.INTERNAL, reference } };
}
