import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { describeStartError, StartError } from '../../src/start-error.ts';

function problemsOf(environment: Record<string, string>): StartError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('defaults, and empty names as if they were absent', () => {
  expect(readConfig({ PORT: '', HOST: ' ' })).toEqual({
    port: 4000,
    host: '127.0.0.1',
    environment: 'development',
    logRequests: false,
    tokens: { issuers: [], audience: 'shixun', keySetUrl: null, algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'], personClaim: null, timeoutMs: 5_000 },
    logLevel: 'info',
    corsOrigins: [],
    bodyLimitBytes: 2_000_000,
    requestTimeoutMs: 30_000,
    shutdownTimeoutMs: 10_000,
    correctionDays: 30,
    demo: 'embedded',
    requestsInFlight: 200,
    revealsPerHour: 20,
    metrics: { token: null },
    trustedProxies: [],
    budgets: { windowSeconds: 60, most: { anonymous: 2_000_000, person: 6_000_000, client: 30_000_000 } },
    records: { auditKey: null, keptDays: 30 },
    imports: { token: null, bodyLimitBytes: 2_000_000_000 },
    database: {
      url: null,
      dataFolder: fileURLToPath(new URL('../../data', import.meta.url)),
      ownerUrl: null,
      identityKey: null,
      limits: { poolSize: 12, queueSize: 400, queueTimeoutMs: 2_000, connectTimeoutMs: 2_000, statementTimeoutMs: 15_000, lockTimeoutMs: 5_000, idleTransactionTimeoutMs: 30_000 },
    },
  });
});

test('what is set', () => {
  expect(readConfig({ PORT: '0', HOST: '::1', CORS_ORIGINS: 'https://a.example, http://localhost:3000', LOG_LEVEL: 'debug', NODE_ENV: 'development', UNKNOWN: 'x' })).toMatchObject({ port: 0, host: '::1', corsOrigins: ['https://a.example', 'http://localhost:3000'], logLevel: 'debug', environment: 'development' });
});

test.each([['0', 'never'], ['1', 'always']])('DEMO=%s', (written, demo) => {
  expect(readConfig({ DEMO: written }).demo).toBe(demo);
});

test.each([
  ['PORT', '65536'],
  ['PORT', '4000.5'],
  ['PORT', '0x10'],
  ['PORT', '-1'],
  ['CORRECTION_DAYS', '0'],
  ['CORRECTION_DAYS', '366'],
  ['DEMO', 'yes'],
  ['HOST', 'http://localhost'],
  ['IMPORT_BODY_LIMIT_BYTES', '2GB'],
  ['LOG_LEVEL', 'INFO'],
  ['NODE_ENV', 'prod'],
  ['OIDC_ISSUER', 'http://login.example'],
  ['OIDC_ISSUER', 'login.example'],
  ['OIDC_JWKS_URL', 'http://login.example/keys'],
  ['OIDC_ALGORITHMS', 'RS256,HS256'],
  ['CORS_ORIGINS', 'a.example'],
  ['CORS_ORIGINS', 'https://a.example/'],
  ['CORS_ORIGINS', 'https://A.example'],
  ['CORS_ORIGINS', 'null'],
  ['BODY_LIMIT_BYTES', '2MB'],
  ['REQUEST_TIMEOUT_MS', '0'],
])('%s=%s is refused', (name, value) => {
  const { lines } = problemsOf({ [name]: value });
  expect(lines).toHaveLength(1);
  for (const line of [lines[0]?.zh, lines[0]?.en]) {
    expect(line).toContain(name);
    expect(line).toContain(JSON.stringify(value));
  }
});

test('everything that is wrong is told at once, in both languages', () => {
  const shown = describeStartError(problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', BODY_LIMIT_BYTES: '1' }));
  for (const name of ['PORT', 'LOG_LEVEL', 'BODY_LIMIT_BYTES']) expect(shown.split(name)).toHaveLength(3);
  expect(shown).toContain('师训无法启动');
  expect(shown).toContain('Shixun cannot start');
});

test.each([
  ['DATABASE_URL', 'mysql://office:hunter22@db.example/shixun'],
  ['IDENTITY_KEY', 'aHVudGVyMjI'],
  ['AUDIT_KEY', 'aHVudGVyMjI'],
  ['AUDIT_KEY', `${Buffer.alloc(32, 1).toString('base64')},hunter22`],
  ['IMPORT_TOKEN', 'hunter22'],
  ['IMPORT_TOKEN', 'hunter22 with spaces in the middle'],
])('%s: what is wrong with a secret is told without it', (name, value) => {
  const shown = describeStartError(problemsOf({ [name]: value }));
  expect(shown.split(name)).toHaveLength(3);
  expect(shown).not.toContain('hunter22');
  expect(shown).not.toContain(value);
});
