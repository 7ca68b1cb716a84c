import type { FastifyInstance } from 'fastify';
import { ErrorCode } from '../graphql/error-codes.ts';
import { sayBoth } from '../i18n/server-messages.ts';
import { sendError } from './client-error.ts';

const METHODS: Readonly<Record<string, readonly string[]>> = { '/graphql': ['GET', 'POST'], '/health/live': ['GET'], '/health/ready': ['GET'], '/metrics': ['GET'], '/me/data': ['GET'], '/': ['GET'] };
const ROUTES = ['GET /graphql', 'POST /graphql', 'POST /import/<kind>', 'GET /import/<kind>/template', 'GET /me/data', 'GET /health/live', 'GET /health/ready', 'GET /metrics'];

/** Says in both languages what exists: whoever comes here does not know the API yet. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const path = (request.url.split('?')[0] ?? '').slice(0, 200);
    const methods = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined;
    const found = { method: request.method, path };
    const messages = methods ? sayBoth('route.methodNotAllowed', { ...found, methods }) : sayBoth('route.notFound', { ...found, routes: ROUTES });
    if (methods) reply.header('allow', methods.join(', '));
    return sendError(reply, methods ? 405 : 404, methods ? ErrorCode.METHOD_NOT_ALLOWED : ErrorCode.NOT_FOUND, `${messages.zh} ${messages.en}`, { messages, routes: ROUTES });
  });
}
