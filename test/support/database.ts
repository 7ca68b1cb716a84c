import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { loadRegistry } from './plugins.ts';
import type { JurisdictionSpec } from '../../src/kernel/jurisdiction.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { DatabaseLimits } from '../../src/persistence/orm-options.ts';
import pg from 'pg';

export const TEST_LIMITS: DatabaseLimits = { poolSize: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000, lockTimeoutMs: 10_000, idleTransactionTimeoutMs: 60_000 };
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');

declare module 'vitest' {
  interface ProvidedContext {
    /** How to reach the server of this run; the folder in which its data lie. */
    readonly testServer: { readonly url: string; readonly folder: string };
  }
}

const TEMPLATE = 'shixun_template';
const TEMPLATE_LOCK = 7_411_699;

const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).toString();

async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let known: readonly JurisdictionSpec[] | undefined;
const shippedPlaces = async (): Promise<readonly JurisdictionSpec[]> => (known ??= [...(await loadRegistry()).jurisdictions.values()]);

const openAt = async (url: string): Promise<Database> => openDatabase({ url, dataFolder: inject('testServer').folder, identityKey: TEST_KEY, limits: TEST_LIMITS }, await shippedPlaces());

export interface EmptyStore {
  readonly url: string;
  drop(): Promise<void>;
}

/** A migrated database without people, of one test file alone. */
export async function emptyStore(): Promise<EmptyStore> {
  const { url } = inject('testServer');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(client, url);
    await client.query(`create database ${name} template ${TEMPLATE}`);
  });
  return { url: at(url, name), drop: () => administer(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))) };
}

/** The same, opened; `close` drops it. */
export async function testDatabase(): Promise<Database> {
  const store = await emptyStore();
  const database = await openAt(store.url);
  return {
    ...database,
    async close() {
      await database.close();
      await store.drop();
    },
  };
}

/** Migrated once a run, by whichever test file comes first. */
async function makeTemplate(client: pg.Client, url: string): Promise<void> {
  const unfinished = `${TEMPLATE}_new`;
  await client.query(`drop database if exists ${unfinished}`);
  await client.query(`create database ${unfinished}`);
  await (await openAt(at(url, unfinished))).close();
  await client.query(`alter database ${unfinished} rename to ${TEMPLATE}`);
}
