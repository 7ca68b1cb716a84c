import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/** What must never reach a log, wherever it stands in what is logged. */
const SECRET = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'idNumber'];
const redact = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`].map((path) => path.replace(/(^|\.)([\w-]*-[\w-]*)$/, (_, dot: string, last: string) => `${dot === '.' ? '' : ''}["${last}"]`)));

/** JSON lines on standard error: standard output holds only what a person started the server to read. */
export function createLogger(config: Config): Logger {
  return pino({ level: config.logLevel, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
