import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const LOCAL_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;
/** What a proxy adds: behind one everybody seems to be this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Why a request may not import; null where it may. With a token whoever has it may, and nobody else. Without one only
 * programs of this machine: no proxy in between, no page of another site, no name that merely leads here.
 */
export function importRefusal(request: FastifyRequest, { imports: { token } }: Config): { readonly status: 401 | 403; readonly key: ServerMessageKey } | null {
  if (token !== null) return isBearer(request.headers.authorization, token) ? null : { status: 401, key: 'import.tokenNeeded' };
  return isLocalProgram(request) ? null : { status: 403, key: 'import.localOnly' };
}

/** Whether a program of this machine asks, or the product's own page: no proxy in between, no page of another site, no name that merely leads here. */
export function isLocalProgram({ headers, raw }: FastifyRequest): boolean {
  const isLocal = LOOPBACK.test(raw.socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined) && LOCAL_HOST.test(headers.host ?? '');
  return isLocal && (headers.origin === undefined || headers.origin === `http://${headers.host}`);
}

function isBearer(header: string | undefined, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  // Digests have one length, and comparing them takes one time.
  return timingSafeEqual(digest(given), digest(token));
}
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
