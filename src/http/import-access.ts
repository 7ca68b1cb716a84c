import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import { isBearer, isLocalProgram } from './local-access.ts';

/**
 * Why a request may not import; null where it may. With a token whoever has it may, and nobody else. Without one only
 * programs of this machine.
 */
export function importRefusal(request: FastifyRequest, { imports: { token } }: Config): { readonly status: 401 | 403; readonly key: ServerMessageKey } | null {
  if (token !== null) return isBearer(request.headers.authorization, token) ? null : { status: 401, key: 'import.tokenNeeded' };
  return isLocalProgram(request) ? null : { status: 403, key: 'import.localOnly' };
}
