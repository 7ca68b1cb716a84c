import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

const A_DAY = '86400';

/**
 * Lets pages of the origins that the operator names read answers. No page of another site can unless it is named, and
 * none gets what a browser adds by itself: a page sends the access token that it holds, or asks as nobody.
 */
export function allowOrigins(app: FastifyInstance, { corsOrigins }: Config): void {
  if (corsOrigins.length === 0) return;
  const isAny = corsOrigins.includes('*');
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (!isAny) reply.header('vary', `${String(reply.getHeader('vary') ?? '')}, origin`);
    if (origin === undefined || !(isAny || corsOrigins.includes(origin))) return done();
    reply.header('access-control-allow-origin', isAny ? '*' : origin).header('access-control-expose-headers', 'x-request-id, content-language, retry-after, content-disposition');
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) answerPreflight(reply, isAny);
    else done();
  });
}

/** A page of any site at all has no business with somebody's token. */
function answerPreflight(reply: FastifyReply, isAny: boolean): void {
  reply.code(204).header('access-control-allow-methods', 'GET, POST').header('access-control-allow-headers', isAny ? 'content-type, x-request-id' : 'authorization, content-type, x-request-id').header('access-control-max-age', A_DAY).send();
}
