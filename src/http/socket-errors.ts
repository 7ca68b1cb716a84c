import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { sayBoth } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';

/** Answers what could not even be read as a request, in both languages, and closes the connection. */
export const answerSocketErrors =
  ({ requestTimeoutMs }: Config) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    // Nobody is there any more.
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return end(socket, 408, ErrorCode.REQUEST_TIMEOUT, 'request.timeout', { limit: requestTimeoutMs });
    if (error.code === 'HPE_HEADER_OVERFLOW') return end(socket, 431, ErrorCode.QUERY_TOO_LONG, 'request.headersTooLarge', {});
    return end(socket, 400, ErrorCode.BAD_REQUEST, 'request.bad', { found: error.code ?? 'HTTP' });
  };

/** Nobody is connected on to anywhere, and no expectation but 100-continue is met: without this both would be refused without a word. */
export function refuseUnusual(server: Server): void {
  const refuse = (socket: Socket, found: string): void => end(socket.on('error', () => undefined), 400, ErrorCode.BAD_REQUEST, 'request.bad', { found });
  server.on('connect', (_request, socket: Socket) => refuse(socket, 'CONNECT'));
  server.on('checkExpectation', ({ socket }) => refuse(socket, 'Expect'));
}

/** Written out: importing `node:http` as a module loads all that it exports, `fetch` with it, a twentieth of the whole start. */
const PHRASES = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' } as const;

function end(socket: Socket, status: keyof typeof PHRASES, code: ErrorCode, key: ServerMessageKey, params: Readonly<Record<string, string | number>>): void {
  const messages = sayBoth(key, params);
  const body = JSON.stringify({ errors: [{ message: `${messages.zh} ${messages.en}`, extensions: { code, messages, ...params } }] });
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${PHRASES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  socket.destroySoon();
}
