import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One line a request, and that only at `debug`: what went wrong is logged where it is met. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = { method: request.method, url: request.url.split('?')[0], status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) };
    if (error) request.log.error({ ...line, err: error }, 'request failed');
    else request.log.debug(line, 'request');
  }
}
