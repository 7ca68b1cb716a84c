import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { RETRY_AFTER_SECONDS } from '../graphql/mask-errors.ts';
import { say } from '../i18n/server-messages.ts';
import { sendError } from './client-error.ts';

/**
 * Bounds how many requests to the API are held at once, bodies and all: who comes beyond is told so before anything is
 * read. Whether the process lives and is ready can be asked at any time. Returns how many there are now.
 */
export function boundInFlight(app: FastifyInstance, { requestsInFlight }: Config): () => number {
  let inFlight = 0;
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== '/graphql') return done();
    if (inFlight >= requestsInFlight) {
      sendError(reply.header('retry-after', String(RETRY_AFTER_SECONDS)).header('connection', 'close'), 503, ErrorCode.OVERLOADED, say(request.language, 'overloaded', { seconds: RETRY_AFTER_SECONDS }));
      return undefined;
    }
    inFlight++;
    reply.raw.once('close', () => inFlight--);
    return done();
  });
  return () => inFlight;
}
