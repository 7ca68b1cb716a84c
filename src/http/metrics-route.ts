import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say } from '../i18n/server-messages.ts';
import { sendError } from './client-error.ts';
import { isBearer, isLocalProgram } from './local-access.ts';
import type { Measured } from './metrics-registry.ts';

/** `GET /metrics` for Prometheus: to programs of this machine, or with a token to whoever has it. Loaded when it is first asked for. */
export function addMetricsRoute(app: FastifyInstance, { metrics: { token } }: Config, measured: Measured): void {
  let registry: Promise<Registry> | null = null;
  app.get('/metrics', async (request, reply) => {
    const isAllowed = token === null ? isLocalProgram(request) : isBearer(request.headers.authorization, token);
    if (!isAllowed) {
      if (token !== null) reply.header('www-authenticate', 'Bearer');
      return sendError(reply, token === null ? 403 : 401, ErrorCode.METRICS_NOT_ALLOWED, say(request.language, token === null ? 'metrics.localOnly' : 'metrics.tokenNeeded'));
    }
    registry ??= import('./metrics-registry.ts').then(({ metricsRegistry }) => metricsRegistry(measured));
    const { contentType, metrics } = await registry.then(async (found) => ({ contentType: found.contentType, metrics: await found.metrics() }));
    return reply.header('content-type', contentType).header('cache-control', 'no-store').send(metrics);
  });
}
