import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { loadRegistry } from './plugins.ts';
import type { JurisdictionSpec } from '../../src/kernel/jurisdiction.ts';
import { MikroORM } from '@mikro-orm/postgresql';
import { ensureRole } from '../../src/persistence/app-role.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import { entities } from '../../src/persistence/entities/entities.ts';
import { ormOptions } from '../../src/persistence/orm-options.ts';
import type { DatabaseLimits } from '../../src/persistence/orm-options.ts';
import { sqlOf } from '../../src/persistence/sql.ts';
import pg from 'pg';

export const TEST_LIMITS: DatabaseLimits = { poolSize: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000, lockTimeoutMs: 10_000, idleTransactionTimeoutMs: 60_000 };
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the URL of this run's database server is told; the folder in which its data lie; the database that is copied. */
    readonly testServer: { readonly address: string; readonly folder: string; readonly template: string };
  }
}

const TEMPLATE_LOCK = 7_411_699;

export const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).toString();

export async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let known: readonly JurisdictionSpec[] | undefined;
export const shippedPlaces = async (): Promise<readonly JurisdictionSpec[]> => (known ??= [...(await loadRegistry()).jurisdictions.values()]);

/** The application's role in the test server. */
const APPLICATION = 'shixun_test_app';
const PASSWORD = 'no-secret';

/** The same database for the application. */
export const asApplication = (url: string): string => Object.assign(new URL(url), { username: APPLICATION, password: PASSWORD }).toString();

const openAt = async (url: string): Promise<Database> => openDatabase({ url: asApplication(url), ownerUrl: url, dataFolder: inject('testServer').folder, identityKey: TEST_KEY, limits: TEST_LIMITS }, await shippedPlaces());

/** A store for a test: as the product has it, and with a mapper of its owner's, whom nothing binds. */
export interface TestDatabase extends Database {
  readonly admin: MikroORM;
  readonly ownerUrl: string;
}

/** The URL of this run's database server, which is started for the first who asks. */
export async function testServerUrl(): Promise<string> {
  const answer = await fetch(inject('testServer').address);
  const said = await answer.text();
  if (!answer.ok) throw new Error(`no database server: ${said}`);
  return said;
}

/** An empty database of this test alone, not even migrated. `drop` ends it. */
export async function emptyDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const url = await testServerUrl();
  const name = newName();
  await administer(url, (client) => client.query(`create database ${name}`));
  return { url: at(url, name), drop: () => dropDatabase(url, name) };
}

const newName = (): string => `test_${randomUUID().replaceAll('-', '')}`;
const dropDatabase = async (url: string, name: string): Promise<void> => void (await administer(url, (client) => client.query(`drop database if exists ${name} with (force)`)));

/** A database of this test file alone, with the shipped plugins' places and no people. `close` drops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await testServerUrl();
  const { template } = inject('testServer');
  const name = newName();
  await administer(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(client, url, template);
    await client.query(`create database ${name} template ${template}`);
  });
  const ownerUrl = at(url, name);
  const [database, admin] = await Promise.all([openAt(ownerUrl), MikroORM.init(ormOptions(ownerUrl, TEST_LIMITS, entities))]);
  return {
    ...database,
    ownerUrl,
    admin,
    async close() {
      await admin.close(true);
      await database.close();
      await dropDatabase(url, name);
    },
  };
}

/** Whom a test asks as that is not about who may what: an account that sees the whole nation. */
export const NATIONAL = { issuer: 'test', subject: 'national' };
const NATION_WIDE = `
  with made as (insert into account (issuer, subject, kind, display_name, recorded_at) values ('${NATIONAL.issuer}', '${NATIONAL.subject}', 'person', 'National', now()) returning id)
  insert into role_grant (account_id, role, scope_kind, jurisdiction_code, from_on, recorded_at) select id, 'AUTHORITY', 'jurisdiction', 'CN', '2000-01-01', now() from made`;

/** Migrated once a run, by whichever test file comes first. */
async function makeTemplate(client: pg.Client, url: string, template: string): Promise<void> {
  const unfinished = `${template}_new`;
  await client.query(`drop database if exists ${unfinished}`);
  await client.query(`create database ${unfinished}`);
  await ensureRole(sqlOf(client), APPLICATION, PASSWORD);
  await (await openAt(at(url, unfinished))).close();
  await administer(at(url, unfinished), (own) => own.query(NATION_WIDE));
  await client.query(`alter database ${unfinished} rename to ${template}`);
}
