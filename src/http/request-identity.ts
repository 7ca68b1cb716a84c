import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { FastifyInstance } from 'fastify';
import { chooseLanguage, languageTags } from '../i18n/language.ts';
import type { Language } from '../i18n/render.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request asks to be answered in. */
    language: Language;
  }
}

/** The id that a proxy in front gave the request, if it can be one; else a new one. */
export function newRequestId({ headers }: IncomingMessage | Http2ServerRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Gives every request its language and every answer its language and id. */
export function describeRequests(app: FastifyInstance): void {
  app.decorateRequest('language', 'zh');
  app.addHook('onRequest', (request, reply, done) => {
    request.language = chooseLanguage(request.headers['accept-language']);
    reply.header('x-request-id', request.id).header('content-language', languageTags[request.language]).header('vary', 'accept, accept-language');
    done();
  });
}
