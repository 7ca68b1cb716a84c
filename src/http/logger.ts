import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/** What must never reach a log, at the top of what is logged or one or two levels down. */
const SECRET = ['authorization', 'cookie', 'password', 'token', 'idNumber'];

/** JSON lines on standard error: standard output holds only what a person started the server to read. */
export function createLogger({ logLevel }: Config): Logger {
  const redact = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const destination = pino.destination({ fd: 2, sync: true });
  // A log that cannot be written ends no request.
  destination.on('error', () => undefined);
  return pino({ level: logLevel, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
