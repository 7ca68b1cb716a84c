import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../graphql/error-codes.ts';

/** An answer of the HTTP layer in the shape of a GraphQL answer, so that a client reads one kind of error. */
export function sendError(reply: FastifyReply, status: number, code: ErrorCode, message: string, extensions: Readonly<Record<string, unknown>> = {}): FastifyReply {
  reply.request.outcome = code;
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }));
}
