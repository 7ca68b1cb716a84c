import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say, sayBoth } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import { sendError } from './client-error.ts';
import { NotUtf8 } from './json-bodies.ts';

interface Known {
  readonly status: number;
  readonly code: ErrorCode;
  readonly key: ServerMessageKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Answers what went wrong before GraphQL was reached; what is not known is ours, logged and masked. */
export function handleRequestErrors(app: FastifyInstance, config: Config): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const known = knownError(error, request, config);
    if (!known) return internal(error, request, reply);
    if (known.code === ErrorCode.BODY_TOO_LARGE) await passed(request);
    return sendError(reply, known.status, known.code, say(request.language, known.key, known.params), known.params);
  });
}

/** So long, and so much of it, the rest of a body is let pass. */
const PASSING_MS = 500;
const PASSING_BYTES = 8_000_000;

/** Whoever still sends does not hear an answer when the connection is closed on them: what comes is let pass for a moment. */
function passed({ raw }: FastifyRequest): Promise<void> {
  if (raw.complete || raw.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const end = (): void => {
      clearTimeout(timer);
      raw.off('data', count).off('end', end).off('close', end).off('error', end);
      resolve();
    };
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > PASSING_BYTES) end();
    };
    const timer = setTimeout(end, PASSING_MS);
    raw.on('data', count).once('end', end).once('close', end).once('error', end).resume();
  });
}

/** An address that cannot be read never reaches the hooks that know the language. */
export function answerUnreadable(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const messages = sayBoth('request.bad', { found: 'URL' });
  void sendError(reply, error.statusCode ?? 400, ErrorCode.BAD_REQUEST, `${messages.zh} ${messages.en}`, { messages });
}

function knownError(error: FastifyError, request: FastifyRequest, config: Config): Known | null {
  if (error instanceof NotUtf8) return { status: 400, code: ErrorCode.INVALID_JSON, key: 'request.notUtf8', params: { byte: error.byte } };
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, code: ErrorCode.BODY_TOO_LARGE, key: 'request.bodyTooLarge', params: { limit: config.bodyLimitBytes } };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { status: 415, code: ErrorCode.UNSUPPORTED_MEDIA_TYPE, key: 'request.mediaType', params: { found: request.headers['content-type']?.slice(0, 80) || '—' } };
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return { status: 400, code: ErrorCode.INVALID_JSON, key: 'request.invalidJson' };
    case 'ERR_INVALID_URL':
      return { status: 400, code: ErrorCode.BAD_REQUEST, key: 'request.bad', params: { found: 'Host' } };
  }
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? { status, code: ErrorCode.BAD_REQUEST, key: 'request.bad', params: { found: error.message.slice(0, 200) } } : null;
}

function internal(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const reference = request.id;
  request.log.error({ err: error, reference }, 'internal error');
  return sendError(reply, 500, ErrorCode.INTERNAL, say(request.language, 'internal', { reference }), { reference });
}
