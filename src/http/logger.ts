import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from '../config.ts';
import { safeError } from './safe-error.ts';

/** What must never reach a log, at the top of what is logged or one or two levels down. */
const SECRET = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'idNumber', 'variables', 'query', 'body', 'headers'];

/** JSON lines on standard error: standard output holds only what a person started the server to read. */
export function createLogger({ logLevel }: Config, destination: DestinationStream = standardError()): Logger {
  const redact = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  // A request or an answer is logged by what is said of it, never as a whole.
  const serializers = { err: (error: unknown) => safeError(error), error: (error: unknown) => safeError(error), req: () => undefined, res: () => undefined };
  return pino({ level: logLevel, redact, serializers, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function standardError(): DestinationStream {
  const destination = pino.destination({ fd: 2, sync: true });
  // A log that cannot be written ends no request.
  destination.on('error', () => undefined);
  return destination;
}
