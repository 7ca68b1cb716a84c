import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { ErrorCode } from '../../graphql/error-codes.ts';
import { RETRY_AFTER_SECONDS } from '../../graphql/mask-errors.ts';
import { sayRecord } from '../../i18n/record-messages.ts';
import { say } from '../../i18n/server-messages.ts';
import type { ServerMessageKey } from '../../i18n/server-messages.ts';
import { isPassing, sqlErrorKind } from '../../persistence/sql-errors.ts';
import { RecordError } from '../../records/record-error.ts';
import { sendError } from '../client-error.ts';

/** Why nothing is given out. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: ErrorCode, message: string, extensions: Refusal['extensions'] = {}, headers: Refusal['headers'] = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extensions = extensions;
    this.headers = headers;
  }
}

type Params = Parameters<typeof say>[2];

export const refusal = ({ language }: FastifyRequest, status: number, code: ErrorCode, key: ServerMessageKey, params: Params = {}, headers: Refusal['headers'] = {}): Refusal => new Refusal(status, code, say(language, key, params), {}, headers);

/** The last line of an export that could not be read to its end. */
export function failed(request: FastifyRequest, error: unknown): object {
  const reference = request.id;
  request.log.error({ err: error, reference }, 'an export of own data was not finished');
  const kind = sqlErrorKind(error);
  return { type: 'error', code: kind !== null && isPassing(kind) ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INTERNAL, reference, message: say(request.language, kind !== null && isPassing(kind) ? 'store.unavailable' : 'internal', { reference }) };
}

/** What the client is told, whatever it was that stood in the way; what is not known is a fault of ours, and thrown on. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof Refusal) return sendError(reply.headers(error.headers), error.status, error.code, error.message, error.extensions);
  if (error instanceof RecordError) return sendError(reply, 503, error.code as ErrorCode, sayRecord(request.language, error.code, error.params));
  // What a token is refused with.
  if (error instanceof GraphQLError) {
    const { code, http } = error.extensions as { readonly code: ErrorCode; readonly http?: { readonly status?: number; readonly headers?: Iterable<readonly [string, string]> } };
    return sendError(reply.headers(Object.fromEntries(http?.headers ?? [])), http?.status ?? 400, code, error.message);
  }
  const kind = sqlErrorKind(error);
  if (kind === null || !isPassing(kind)) throw error;
  const reference = request.id;
  request.log.error({ err: error, reference }, 'the store does not answer');
  return sendError(reply.header('retry-after', String(RETRY_AFTER_SECONDS)), 503, kind === 'overloaded' ? ErrorCode.OVERLOADED : ErrorCode.STORE_UNAVAILABLE, say(request.language, kind === 'overloaded' ? 'overloaded' : 'store.unavailable', { reference, seconds: RETRY_AFTER_SECONDS }), { reference });
}
