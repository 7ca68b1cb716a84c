import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { say } from '../i18n/server-messages.ts';
import type { ApiContext, ErrorLog } from './context.ts';
import { ErrorCode } from './error-codes.ts';

const CODES: ReadonlySet<unknown> = new Set(Object.values(ErrorCode));

/**
 * What a client sees of an error met while a query ran. A GraphQLError that a resolver threw is meant for the client;
 * so is one about the variables, which has no path. Everything else is ours: logged whole, answered with a reference.
 */
export function maskExecutionError(error: GraphQLError, context: ApiContext): GraphQLFormattedError {
  const meant = meantForClient(error);
  const place = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  if (meant) {
    const { http: _, ...extensions } = meant.extensions;
    return { message: meant.message, ...place, extensions: { ...extensions, code: extensions['code'] ?? ErrorCode.BAD_USER_INPUT } };
  }
  const reference = context.requestId;
  context.log.error({ err: error.originalError ?? error, path: error.path, reference }, 'internal error');
  return { message: say(context.view.language, 'internal', { reference }), ...place, extensions: { code: ErrorCode.INTERNAL, reference } };
}

function meantForClient(error: GraphQLError): GraphQLError | null {
  const original = error.originalError;
  if (original instanceof GraphQLError) return original;
  return !original && error.path === undefined ? error : null;
}

/**
 * Errors met before a query ran: of syntax, of validation, of the request itself. They have a stable code already; what
 * has none is a bug, and its message stays inside.
 */
export function maskRequestError(formatted: GraphQLFormattedError, error: unknown, log: ErrorLog): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (CODES.has(extensions['code'])) return { ...formatted, extensions };
  const reference = globalThis.crypto.randomUUID();
  log.error({ err: error, reference }, 'internal error');
  return { message: `${say('zh', 'internal', { reference })} ${say('en', 'internal', { reference })}`, extensions: { code: ErrorCode.INTERNAL, reference } };
}
