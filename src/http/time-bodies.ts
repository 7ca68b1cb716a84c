import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { answerSocketErrors } from './socket-errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a body may take as long as it goes on coming: the route itself watches over it. */
    readonly isTimedByRoute?: boolean;
  }
}

/**
 * Ends requests whose body is not there in time. The server's own limit knows no routes, and a file that is stored while
 * it arrives takes as long as storing it.
 */
export function timeBodies(app: FastifyInstance, config: Config): void {
  const answer = answerSocketErrors(config);
  app.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request) && request.routeOptions.config.isTimedByRoute !== true) {
      const { raw } = request;
      const timer = setTimeout(() => {
        if (!raw.complete && !reply.raw.headersSent) answer(Object.assign(new Error('request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), raw.socket);
      }, config.requestTimeoutMs);
      const stop = (): void => clearTimeout(timer);
      raw.once('end', stop).once('close', stop);
      reply.raw.once('close', stop);
    }
    done();
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean => headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
