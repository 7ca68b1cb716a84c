import { resolve } from 'node:path';
import { ALGORITHMS } from './access/tokens/token-settings.ts';
import type { TokenSettings } from './access/tokens/token-settings.ts';
import type { BudgetLimits } from './access/budget/budgets.ts';
import { isNetwork } from './http/client-address.ts';
import type { Text } from './kernel/text.ts';
import { text } from './kernel/text.ts';
import { packageFolder } from './package-folder.ts';
import type { DatabaseOptions } from './persistence/database.ts';
import { StartError } from './start-error.ts';

/** Read by hand: a schema library for seven texts would take a tenth of the whole start to load. */
interface Setting<Value> {
  readonly default: string;
  /** The value that a text stands for; null for a text that stands for none. */
  readonly parse: (written: string) => Value | null;
  readonly expected: Text;
  /** Never shown, right or wrong. */
  readonly isSecret?: boolean;
}

const setting = <Value>(value: string, parse: Setting<Value>['parse'], expected: Text): Setting<Value> => ({ default: value, parse, expected });

const secret = <Value>(parse: Setting<Value>['parse'], expected: Text): Setting<Value> => ({ ...setting('', parse, expected), isSecret: true });

function integer(value: string, from: number, to: number, unit: Text): Setting<number> {
  const parse = (written: string): number | null => (/^\d{1,12}$/.test(written) && Number(written) >= from && Number(written) <= to ? Number(written) : null);
  return setting(value, parse, text(`${from} 到 ${to} 之间的整数${unit.zh}`, `a whole number from ${from} to ${to}${unit.en}`));
}

function oneOf<const Value extends string>(value: Value, values: readonly Value[]): Setting<Value> {
  return setting(value, (written) => values.find((known) => known === written) ?? null, text(`以下之一:${values.join('、')}`, `one of: ${values.join(', ')}`));
}

/** An origin as a browser sends it: scheme, host and port in their shortest form, no path. */
function readOrigins(written: string): readonly string[] | null {
  const origins = written.split(',').map((part) => part.trim()).filter((part) => part !== '');
  return origins.every((origin) => origin === '*' || (/^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin)) ? origins : null;
}

/** Without encryption the keys of a provider could be anybody's: on this machine alone that is no matter. */
const isSafe = (address: string): boolean => URL.canParse(address) && (/^https:/.test(address) || /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(address));

/** Addresses as they stand in tokens, to the letter. */
function readIssuers(written: string): readonly string[] | null {
  const issuers = written.split(',').map((part) => part.trim()).filter((part) => part !== '');
  return issuers.every((issuer) => /^https?:\/\/\S+$/.test(issuer) && isSafe(issuer)) ? issuers : null;
}

function readAlgorithms(written: string): readonly string[] | null {
  const names = written.split(',').map((part) => part.trim()).filter((part) => part !== '');
  return names.length > 0 && names.every((name) => (ALGORITHMS as readonly string[]).includes(name)) ? names : null;
}

const readUrl = (written: string): string | null => (written === '' || isSafe(written) ? written : null);

/** At least 32 bytes in base64; empty: none given. */
const readKey = (written: string): string | null => (written === '' || (/^[A-Za-z0-9+/_-]+=*$/.test(written) && Buffer.from(written, 'base64').length >= 32) ? written : null);
/** The current one, and then former ones. */
const readKeys = (written: string): string | null => (written === '' || written.split(',').every((key) => key !== '' && readKey(key.trim()) !== null) ? written.replaceAll(' ', '') : null);
const readDatabaseUrl = (written: string): string | null => (written === '' || (/^postgres(ql)?:\/\//.test(written) && URL.canParse(written)) ? written : null);

/** Guessing it has to be hopeless; empty: none given. */
const readToken = (written: string): string | null => (written === '' || /^[!-~]{16,500}$/.test(written) ? written : null);

function readNetworks(written: string): readonly string[] | null {
  const networks = written.split(',').map((part) => part.trim()).filter((part) => part !== '');
  return networks.every(isNetwork) ? networks : null;
}

/** When an empty store is filled with a demo. */
export type DemoSetting = 'embedded' | 'always' | 'never';
const DEMO: Readonly<Record<string, DemoSetting>> = { '': 'embedded', '0': 'never', '1': 'always' };

const none = text('', '');
const milliseconds = text('(毫秒)', ' (milliseconds)');

/** Everything that the environment sets. Names, defaults and what each accepts. */
const settings = {
  PORT: integer('4000', 0, 65_535, none),
  HOST: setting('127.0.0.1', (written) => (/^[A-Za-z0-9.:_-]{1,253}$/.test(written) ? written : null), text('主机名或 IP 地址,例如 127.0.0.1 或 0.0.0.0', 'a host name or IP address such as 127.0.0.1 or 0.0.0.0')),
  // In production nothing is left open that a newcomer may have open: it has to be asked for.
  NODE_ENV: oneOf('development', ['production', 'development', 'test']),
  LOG_LEVEL: oneOf('info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  LOG_REQUESTS: oneOf('0', ['0', '1']),
  CORS_ORIGINS: setting('', readOrigins, text('以逗号分隔的来源,例如 https://a.example,https://b.example:8443,或 * 表示任何来源', 'origins separated by commas, such as https://a.example,https://b.example:8443, or * for any')),
  OIDC_ISSUER: setting('', readIssuers, text('身份提供者的 https 地址(令牌中的 iss),多个以逗号分隔', 'the https address of the identity provider as it stands in tokens (iss); several separated by commas')),
  OIDC_AUDIENCE: setting('shixun', (written) => (/^[!-~]{1,200}$/.test(written) ? written : null), text('令牌的受众(aud),1 至 200 个可见的 ASCII 字符', 'the audience of tokens (aud), 1 to 200 visible ASCII characters')),
  OIDC_JWKS_URL: setting('', readUrl, text('密钥集的地址,只可与一个 OIDC_ISSUER 同用;不设则由其自身的配置得知', 'the address of the key set, with one OIDC_ISSUER alone; without it its own configuration says')),
  OIDC_ALGORITHMS: setting('RS256,PS256,ES256,EdDSA', readAlgorithms, text(`以逗号分隔的签名算法:${ALGORITHMS.join('、')}`, `algorithms separated by commas, of ${ALGORITHMS.join(', ')}`)),
  OIDC_PERSON_CLAIM: setting('', (written) => (/^[\w.:/-]{0,200}$/.test(written) ? written : null), text('令牌中写明人员的声明,其值为「来源:编号」', 'the claim of tokens that names the person, as source:key')),
  OIDC_TIMEOUT_MS: integer('5000', 100, 60_000, milliseconds),
  BODY_LIMIT_BYTES: integer('2000000', 1_000, 100_000_000, text('(字节)', ' (bytes)')),
  REQUEST_TIMEOUT_MS: integer('30000', 100, 600_000, milliseconds),
  SHUTDOWN_TIMEOUT_MS: integer('10000', 100, 600_000, milliseconds),
  MAX_REQUESTS_IN_FLIGHT: integer('200', 1, 100_000, none),
  TRUST_PROXY: setting('', readNetworks, text('以逗号分隔的代理地址或网段,例如 10.0.0.1,fd00::/8', 'addresses or networks of proxies, separated by commas, such as 10.0.0.1,fd00::/8')),
  BUDGET_ANONYMOUS: integer('2000000', 1, 999_999_999_999, none),
  BUDGET_PERSON: integer('6000000', 1, 999_999_999_999, none),
  BUDGET_CLIENT: integer('30000000', 1, 999_999_999_999, none),
  BUDGET_WINDOW_SECONDS: integer('60', 1, 86_400, text('(秒)', ' (seconds)')),
  REVEALS_PER_HOUR: integer('20', 1, 10_000, none),
  IMPORT_TOKEN: secret(readToken, text('至少 16 个可见的 ASCII 字符', 'at least 16 visible ASCII characters')),
  METRICS_TOKEN: secret(readToken, text('至少 16 个可见的 ASCII 字符', 'at least 16 visible ASCII characters')),
  IMPORT_BODY_LIMIT_BYTES: integer('2000000000', 1_000, 999_999_999_999, text('(字节)', ' (bytes)')),
  DATABASE_OWNER_URL: secret(readDatabaseUrl, text('同一数据库所有者的地址,用于建表和导入;DATABASE_URL 则为应用自己的角色', 'the address of the same database for its owner, who makes tables and imports; DATABASE_URL is then for a role of the application alone')),
  DATABASE_URL: secret(readDatabaseUrl, text('postgres://用户:密码@主机:端口/数据库;不设则使用内置数据库', 'postgres://user:password@host:port/database; without it the embedded one is used')),
  DATA_DIR: setting(resolve(packageFolder ?? '.', 'data'), (written) => (written.includes('\0') ? null : resolve(written)), text('目录', 'a folder')),
  IDENTITY_KEY: secret(readKeys, text('至少 32 字节的 base64;更换时新的写在前面,原来的写在后面,以逗号分隔', 'base64 of at least 32 bytes; while it is changed, the new one first and the former behind it, separated by commas')),
  AUDIT_KEY: secret(readKeys, text('至少 32 字节的 base64;更换后,原来的密钥写在新的后面,以逗号分隔', 'base64 of at least 32 bytes; once it was changed, former ones behind it, separated by commas')),
  IDEMPOTENCY_KEPT_DAYS: integer('30', 30, 3_660, text('(天)', ' (days)')),
  // Two at least: a migration asks on one connection while it holds the lock on another.
  DEMO: setting('', (written) => DEMO[written] ?? null, text('0(不要演示数据)或 1(即使用了 DATABASE_URL 也写入演示数据);不设则只写入内置数据库', '0 (no demo) or 1 (a demo also with DATABASE_URL); without it only the embedded database gets one')),
  DATABASE_POOL_SIZE: integer('12', 2, 200, none),
  DATABASE_QUEUE_SIZE: integer('400', 0, 100_000, none),
  DATABASE_QUEUE_TIMEOUT_MS: integer('2000', 10, 600_000, milliseconds),
  DATABASE_CONNECT_TIMEOUT_MS: integer('2000', 100, 600_000, milliseconds),
  STATEMENT_TIMEOUT_MS: integer('15000', 100, 600_000, milliseconds),
  LOCK_TIMEOUT_MS: integer('5000', 100, 600_000, milliseconds),
  CORRECTION_DAYS: integer('30', 1, 365, text('(日)', ' (days)')),
  IDLE_TRANSACTION_TIMEOUT_MS: integer('30000', 100, 600_000, milliseconds),
};

export interface Config {
  readonly port: number;
  readonly host: string;
  /** In production what protects the data has to be there: a provider of sign-in, and a role of the database that owns nothing. */
  readonly environment: 'production' | 'development' | 'test';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whether every request is logged at `info`. */
  readonly logRequests: boolean;
  /** Whose pages may read answers in a browser; `*`: everyone's. */
  readonly corsOrigins: readonly string[];
  readonly tokens: TokenSettings;
  readonly bodyLimitBytes: number;
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number;
  /** How long accepted requests may take once the server was told to stop. */
  readonly shutdownTimeoutMs: number;
  /** How many requests to the API are answered at once; who comes beyond is asked to come again. */
  readonly requestsInFlight: number;
  /** Proxies whose word about the address of the client is taken: addresses and networks. */
  readonly trustedProxies: readonly string[];
  /** What may be spent in a window, in estimated cost. */
  readonly budgets: BudgetLimits;
  /** How often somebody may have a private value revealed within an hour. */
  readonly revealsPerHour: number;
  readonly imports: {
    /** What opens imports to other machines; null: they are open to this one alone. */
    readonly token: string | null;
    readonly bodyLimitBytes: number;
  };
  /** What opens metrics to other machines; null: they are open to this one alone. */
  readonly metrics: { readonly token: string | null };
  readonly records: {
    /** What links and seals records; null: the key of the data folder. */
    readonly auditKey: string | null;
    /** How many days what came of requests with an idempotency key is kept. */
    readonly keptDays: number;
  };
  /** Within how many civil days a correction is to be decided. */
  readonly correctionDays: number;
  readonly demo: DemoSetting;
  readonly database: Pick<DatabaseOptions, 'url' | 'ownerUrl' | 'dataFolder' | 'identityKey' | 'limits'>;
}

/**
 * The configuration that an environment asks for. An absent or empty name takes its default. Throws a StartError that
 * names every wrong setting at once, with the value found and what is expected.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const wrong: Text[] = [];
  const read = <Value>(name: string, { default: fallback, parse, expected, isSecret }: Setting<Value>): Value => {
    const found = environment[name]?.trim() || fallback;
    const parsed = parse(found);
    if (parsed !== null) return parsed;
    wrong.push(describe(name, isSecret ? null : found, expected));
    return undefined as never;
  };
  const config: Config = {
    port: read('PORT', settings.PORT),
    host: read('HOST', settings.HOST),
    environment: read('NODE_ENV', settings.NODE_ENV),
    logLevel: read('LOG_LEVEL', settings.LOG_LEVEL),
    logRequests: read('LOG_REQUESTS', settings.LOG_REQUESTS) === '1',
    corsOrigins: read('CORS_ORIGINS', settings.CORS_ORIGINS),
    tokens: {
      issuers: read('OIDC_ISSUER', settings.OIDC_ISSUER),
      audience: read('OIDC_AUDIENCE', settings.OIDC_AUDIENCE),
      keySetUrl: read('OIDC_JWKS_URL', settings.OIDC_JWKS_URL) || null,
      algorithms: read('OIDC_ALGORITHMS', settings.OIDC_ALGORITHMS),
      personClaim: read('OIDC_PERSON_CLAIM', settings.OIDC_PERSON_CLAIM) || null,
      timeoutMs: read('OIDC_TIMEOUT_MS', settings.OIDC_TIMEOUT_MS),
    },
    bodyLimitBytes: read('BODY_LIMIT_BYTES', settings.BODY_LIMIT_BYTES),
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', settings.REQUEST_TIMEOUT_MS),
    shutdownTimeoutMs: read('SHUTDOWN_TIMEOUT_MS', settings.SHUTDOWN_TIMEOUT_MS),
    requestsInFlight: read('MAX_REQUESTS_IN_FLIGHT', settings.MAX_REQUESTS_IN_FLIGHT),
    trustedProxies: read('TRUST_PROXY', settings.TRUST_PROXY),
    budgets: {
      windowSeconds: read('BUDGET_WINDOW_SECONDS', settings.BUDGET_WINDOW_SECONDS),
      most: { anonymous: read('BUDGET_ANONYMOUS', settings.BUDGET_ANONYMOUS), person: read('BUDGET_PERSON', settings.BUDGET_PERSON), client: read('BUDGET_CLIENT', settings.BUDGET_CLIENT) },
    },
    revealsPerHour: read('REVEALS_PER_HOUR', settings.REVEALS_PER_HOUR),
    imports: { token: read('IMPORT_TOKEN', settings.IMPORT_TOKEN) || null, bodyLimitBytes: read('IMPORT_BODY_LIMIT_BYTES', settings.IMPORT_BODY_LIMIT_BYTES) },
    metrics: { token: read('METRICS_TOKEN', settings.METRICS_TOKEN) || null },
    records: { auditKey: read('AUDIT_KEY', settings.AUDIT_KEY) || null, keptDays: read('IDEMPOTENCY_KEPT_DAYS', settings.IDEMPOTENCY_KEPT_DAYS) },
    correctionDays: read('CORRECTION_DAYS', settings.CORRECTION_DAYS),
    demo: read('DEMO', settings.DEMO),
    database: {
      url: read('DATABASE_URL', settings.DATABASE_URL) || null,
      ownerUrl: read('DATABASE_OWNER_URL', settings.DATABASE_OWNER_URL) || null,
      dataFolder: read('DATA_DIR', settings.DATA_DIR),
      identityKey: read('IDENTITY_KEY', settings.IDENTITY_KEY) || null,
      limits: {
        poolSize: read('DATABASE_POOL_SIZE', settings.DATABASE_POOL_SIZE),
        queueSize: read('DATABASE_QUEUE_SIZE', settings.DATABASE_QUEUE_SIZE),
        queueTimeoutMs: read('DATABASE_QUEUE_TIMEOUT_MS', settings.DATABASE_QUEUE_TIMEOUT_MS),
        connectTimeoutMs: read('DATABASE_CONNECT_TIMEOUT_MS', settings.DATABASE_CONNECT_TIMEOUT_MS),
        statementTimeoutMs: read('STATEMENT_TIMEOUT_MS', settings.STATEMENT_TIMEOUT_MS),
        lockTimeoutMs: read('LOCK_TIMEOUT_MS', settings.LOCK_TIMEOUT_MS),
        idleTransactionTimeoutMs: read('IDLE_TRANSACTION_TIMEOUT_MS', settings.IDLE_TRANSACTION_TIMEOUT_MS),
      },
    },
  };
  if (wrong.length === 0) wrong.push(...contradictions(config));
  if (wrong.length > 0) throw new StartError(wrong);
  return config;
}

/** Settings that are right by themselves and not together. */
function contradictions({ environment, tokens, database }: Config): Text[] {
  const found: Text[] = [];
  if (tokens.keySetUrl !== null && tokens.issuers.length !== 1) found.push(text('OIDC_JWKS_URL 只可与一个 OIDC_ISSUER 同用。', 'OIDC_JWKS_URL goes with one OIDC_ISSUER alone.'));
  if (database.ownerUrl != null && database.url === null) found.push(text('设了 DATABASE_OWNER_URL 就必须设 DATABASE_URL(应用自己的角色)。', 'With DATABASE_OWNER_URL there has to be DATABASE_URL, for the role of the application.'));
  if (environment !== 'production') return found;
  if (tokens.issuers.length === 0) found.push(text('NODE_ENV=production 时必须设 OIDC_ISSUER:演示用的登录不得用于生产。', 'With NODE_ENV=production there has to be OIDC_ISSUER: the sign-in for demos is not for production.'));
  if (database.url !== null && database.ownerUrl == null) found.push(text('NODE_ENV=production 时必须另设 DATABASE_OWNER_URL:应用要用不拥有任何表的角色连接,行级保护才对它有效。', 'With NODE_ENV=production there has to be DATABASE_OWNER_URL too: the application connects in a role that owns no table, which row policies bind.'));
  return found;
}

/** `found`: null for what is not to be shown. */
function describe(name: string, found: string | null, expected: Text): Text {
  const shown = found === null ? text('不符合格式(此处不显示)', 'not of its form (it is not shown)') : text(JSON.stringify(found.slice(0, 80)), JSON.stringify(found.slice(0, 80)));
  return text(
    `环境变量 ${name} 的值${found === null ? '' : '是 '}${shown.zh},应为${expected.zh}。请改正或去掉它。`,
    `The environment variable ${name} is ${shown.en}; expected ${expected.en}. Correct it or take it away.`,
  );
}
