import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/** One line a request, at `debug` unless asked for, with the route as it is declared: an address may hold anything. What went wrong is logged where it is met. */
export class RequestLog extends LogController {
  readonly #level: 'debug' | 'info';

  constructor({ logRequests }: Config) {
    super();
    this.#level = logRequests ? 'info' : 'debug';
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = { method: request.method, route: request.routeOptions.url ?? 'none', outcome: request.outcome ?? 'OK', status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) };
    if (error) request.log.error({ ...line, err: error }, 'request failed');
    else request.log[this.#level](line, 'request');
  }
}
