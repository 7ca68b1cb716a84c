import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { NO_REACH, WHOLE } from '../../src/access/reach.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { Page } from '../../src/persistence/keyset.ts';
import type { AuditEntry } from '../../src/records/audit-row.ts';
import type { Appended } from '../../src/records/audit-trail.ts';
import type { AccessEntry } from '../../src/records/access-row.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';

export const AUDIT_KEY = Buffer.alloc(32, 9).toString('base64');

/** A store with its records, keys and heads in a folder of its own. */
export interface Bench {
  readonly database: Database;
  readonly records: Records;
  readonly folder: string;
  /** For the owner of the tables, whom nothing binds. */
  readonly ownerUrl: string;
  em(): EntityManager;
  /** The time that the records go by; null: the real one. */
  now: number | null;
  readonly logged: string[];
  /** A transaction of somebody with all rights, for whom triggers do not fire. */
  asSuperuser(...statements: string[]): Promise<void>;
  append(entry: AuditEntry): Promise<Appended>;
  close(): Promise<void>;
}

export async function openBench(shared?: Database, { cleanEveryMs = 600_000 } = {}): Promise<Bench> {
  const database = shared ?? (await testDatabase());
  const { ownerUrl = database.url, admin: owner = database.orm } = database as Database & { readonly ownerUrl?: string; readonly admin?: MikroORM };
  const folder = mkdtempSync(join(tmpdir(), 'shixun-records-'));
  const logged: string[] = [];
  const note = (what: object, message: string): void => void logged.push(`${message} ${JSON.stringify(what)}`);
  const clock = (): number => bench.now ?? Date.now();
  const bench: Omit<Bench, 'records'> & { records: Records } = {
    database,
    folder,
    now: null,
    logged,
    records: null as never,
    ownerUrl,
    em: () => owner.em.fork() as EntityManager,
    asSuperuser: (...statements) => asSuperuser(ownerUrl, ...statements),
    async append(entry) {
      const appended = await bench.em().transactional((em) => bench.records.audit.append(em, entry));
      bench.records.audit.committed(appended);
      return appended;
    },
    async close() {
      await bench.records.close();
      if (!shared) await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  bench.records = await openRecords({ ...database, dataFolder: folder }, { auditKey: AUDIT_KEY, limits: TEST_LIMITS, clock, headsEveryMs: 10, cleanEveryMs, log: { warn: note, error: note, info: note } });
  return bench;
}

export async function asSuperuser(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Triggers do not fire for a replica.
    await client.query('set session_replication_role = replica');
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** What somebody reads who has entered with some classes of rows over the whole nation. */
export const seeing = <Result>(em: EntityManager, rowClasses: readonly string[], work: (sql: EntityManager) => Promise<Result>): Promise<Result> =>
  em.transactional(async (transaction) => {
    for (const rowClass of rowClasses) await transaction.execute(`select set_config(?, 'yes', true)`, [`shixun.${rowClass}_whole`]);
    return work(transaction as EntityManager);
  });

export const page = (change: Partial<Page> = {}): Page => ({ size: 10, fromEnd: false, after: null, before: null, ...change });
export const AUDITOR = { audit: WHOLE, private: NO_REACH };
export const AUDITOR_OF_PEOPLE = { audit: WHOLE, private: WHOLE };

export const audit = (change: Partial<AuditEntry> = {}): AuditEntry => ({ who: { accountId: '1', displayName: 'Office One' }, requestId: 'request-1', action: 'roleGrant', nodes: [{ type: 'Teacher', id: '17' }], ...change });
export const access = (change: Partial<AccessEntry> = {}): AccessEntry => ({ accountId: '1', requestId: 'request-1', operation: 'Page', persons: ['17', '18'], kinds: ['NAME', 'PHONE'], ...change });
