import * as z from 'zod/mini';
import type { Text } from './kernel/text.ts';
import { text } from './kernel/text.ts';
import { StartError } from './start-error.ts';

interface Setting<Value> {
  readonly default: string;
  readonly schema: z.ZodMiniType<Value>;
  readonly expected: Text;
}

const setting = <Value>(value: string, schema: z.ZodMiniType<Value>, expected: Text): Setting<Value> => ({ default: value, schema, expected });

function integer(value: string, from: number, to: number, unit: Text): Setting<number> {
  const digits = z.string().check(z.regex(/^\d{1,12}$/));
  const schema = z.pipe(z.pipe(digits, z.transform(Number)), z.number().check(z.gte(from), z.lte(to)));
  return setting(value, schema, text(`${from} 到 ${to} 之间的整数${unit.zh}`, `a whole number from ${from} to ${to}${unit.en}`));
}

function oneOf<const Value extends string>(value: Value, values: readonly Value[]): Setting<Value> {
  return setting<Value>(value, z.enum(values), text(`以下之一:${values.join('、')}`, `one of: ${values.join(', ')}`));
}

const none = text('', '');
const milliseconds = text('(毫秒)', ' (milliseconds)');

/** Everything that the environment sets. Names, defaults and what each accepts. */
const settings = {
  PORT: integer('4000', 0, 65_535, none),
  HOST: setting('127.0.0.1', z.string().check(z.regex(/^[A-Za-z0-9.:_-]{1,253}$/)), text('主机名或 IP 地址,例如 127.0.0.1 或 0.0.0.0', 'a host name or IP address such as 127.0.0.1 or 0.0.0.0')),
  NODE_ENV: oneOf('production', ['production', 'development', 'test']),
  LOG_LEVEL: oneOf('info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  BODY_LIMIT_BYTES: integer('2000000', 1_000, 100_000_000, text('(字节)', ' (bytes)')),
  REQUEST_TIMEOUT_MS: integer('30000', 100, 600_000, milliseconds),
  SHUTDOWN_TIMEOUT_MS: integer('10000', 100, 600_000, milliseconds),
};

export interface Config {
  readonly port: number;
  readonly host: string;
  /** In development every request is logged at `info`. */
  readonly environment: 'production' | 'development' | 'test';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly bodyLimitBytes: number;
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number;
  /** How long accepted requests may take once the server was told to stop. */
  readonly shutdownTimeoutMs: number;
}

/**
 * The configuration that an environment asks for. An absent or empty name takes its default. Throws a StartError that
 * names every wrong setting at once, with the value found and what is expected.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const wrong: Text[] = [];
  const read = <Value>(name: string, { default: fallback, schema, expected }: Setting<Value>): Value => {
    const found = environment[name]?.trim() || fallback;
    const parsed = schema.safeParse(found);
    if (parsed.success) return parsed.data;
    wrong.push(describe(name, found, expected));
    return undefined as never;
  };
  const config: Config = {
    port: read('PORT', settings.PORT),
    host: read('HOST', settings.HOST),
    environment: read('NODE_ENV', settings.NODE_ENV),
    logLevel: read('LOG_LEVEL', settings.LOG_LEVEL),
    bodyLimitBytes: read('BODY_LIMIT_BYTES', settings.BODY_LIMIT_BYTES),
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', settings.REQUEST_TIMEOUT_MS),
    shutdownTimeoutMs: read('SHUTDOWN_TIMEOUT_MS', settings.SHUTDOWN_TIMEOUT_MS),
  };
  if (wrong.length > 0) throw new StartError(wrong);
  return config;
}

function describe(name: string, found: string, expected: Text): Text {
  const shown = JSON.stringify(found.slice(0, 80));
  return text(
    `环境变量 ${name} 的值是 ${shown},应为${expected.zh}。请改正或去掉它。`,
    `The environment variable ${name} is ${shown}; expected ${expected.en}. Correct it or take it away.`,
  );
}
