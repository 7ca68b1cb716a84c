import type { Options } from '@mikro-orm/postgresql';

/** How long the database may take for something, in milliseconds, and how many connections there are. */
export interface DatabaseLimits {
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleTransactionTimeoutMs: number;
  /** How many may wait for a connection when all are in use, and how long; without them as many as come, as long as connecting may take. */
  readonly queueSize?: number;
  readonly queueTimeoutMs?: number;
}

/**
 * What the mapper is told, for the product and for its command line alike. The product asks in SQL: the entities describe its
 * tables for the command line and for tests, and making their mappings would be a tenth of a start.
 */
export function ormOptions(clientUrl: string, limits: DatabaseLimits, entities: Options['entities'] = []): Options {
  return {
    clientUrl,
    entities,
    // A database that is not there is a mistake in the address, never made by the way.
    ensureDatabase: false,
    discovery: { warnWhenNoEntities: false },
    // Nothing is read from a copy of the database unless a query says so.
    preferReadReplicas: false,
    pool: { min: 0, max: limits.poolSize },
    driverOptions: {
      // Given once more as a whole: the mapper itself reads no parameters of it (`sslmode`, `host`).
      connectionString: clientUrl,
      connectionTimeoutMillis: limits.connectTimeoutMs,
      statement_timeout: limits.statementTimeoutMs,
      lock_timeout: limits.lockTimeoutMs,
      idle_in_transaction_session_timeout: limits.idleTransactionTimeoutMs,
      application_name: 'shixun',
      keepAlive: true,
    },
    logger: () => undefined,
  };
}
