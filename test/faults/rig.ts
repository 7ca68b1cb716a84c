import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { fillDemo } from '../../src/demo/fill-demo.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { DatabaseOptions } from '../../src/persistence/database.ts';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';
import type { EmbeddedServer } from '../../src/persistence/embedded/embedded-server.ts';
import { USER } from '../../src/persistence/embedded/make-cluster.ts';
import { runningServer } from '../../src/persistence/embedded/running-server.ts';
import { secretIn } from '../../src/persistence/embedded/secret.ts';
import { buildServer, ready } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';
import { TEST_LIMITS } from '../support/database.ts';
import { databaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';
import { loadRegistry } from '../support/plugins.ts';
import { eventually, processesOf } from '../support/processes.ts';
import { readiness } from './client.ts';

/** The product and its database as processes of their own; between them the proxy, where the database is not the product's own. */
export interface Rig {
  readonly url: URL;
  readonly proxy: DatabaseProxy | null;
  readonly server: Running;
  /** The address of the database for its owner, past the proxy. */
  readonly ownerUrl: string;
  /** In which the database runs. */
  readonly cluster: string;
  /** Starts the product, or starts it again, and waits until it is ready. */
  start(): Promise<void>;
  /** Ends the product without a word. */
  killServer(): Promise<void>;
  token(identity: string): Promise<string>;
  /** Asks the database as its owner, past the proxy; tries again while it recovers. */
  query<Row extends object>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Waits until nobody does anything in the database: what was under way when a process was killed has ended. */
  untilQuiet(): Promise<void>;
  isReady(): Promise<boolean>;
  /** Runs `audit:verify` as an operator does; throws with what it says when the records are not whole. */
  verify(): Promise<string>;
  /** Ends everything, and fails when a process is left. */
  close(): Promise<void>;
}

export type RigKind = 'proxied' | 'embedded';

const ROLE = 'shixun_faults';
const PASSWORD = 'no-secret';
/** Much that happens in one window of the budgets is no attack here. */
const UNBOUND = { BUDGET_PERSON: '999999999999', BUDGET_ANONYMOUS: '999999999999', BUDGET_CLIENT: '999999999999' };

export async function openRig(name: string, kind: RigKind, environment: Readonly<Record<string, string>> = {}): Promise<Rig> {
  const built = buildServer(name);
  if (kind === 'proxied') return proxiedRig(built, environment);
  await fill({ url: null, dataFolder: built.dataFolder });
  return rigOf(built, { environment, cluster: join(built.dataFolder, 'postgres'), ownerUrl: () => embeddedUrl(built), proxy: null, database: null });
}

async function proxiedRig(built: BuiltServer, environment: Readonly<Record<string, string>>): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-database-'));
  chmodSync(folder, 0o755);
  const database = await startEmbedded(folder, 'owner');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`create role ${ROLE} login nosuperuser password '${PASSWORD}'`);
  await client.end();
  const url = Object.assign(new URL(database.url), { username: ROLE, password: PASSWORD }).toString();
  await fill({ url, ownerUrl: database.url, dataFolder: built.dataFolder });
  const proxy = await databaseProxy(url);
  return rigOf(built, { environment: { ...environment, DATABASE_URL: proxy.url, DATABASE_OWNER_URL: database.url }, cluster: join(database.folder.root, 'postgres'), ownerUrl: () => database.url, proxy, database, folder });
}

/** A few people, and the demo identities. */
async function fill(options: Pick<DatabaseOptions, 'url' | 'ownerUrl' | 'dataFolder'>): Promise<void> {
  const registry = await loadRegistry();
  const database = await openDatabase({ ...options, identityKey: null, limits: TEST_LIMITS }, [...registry.jurisdictions.values()]);
  try {
    await fillDemo(database, registry, 60);
  } finally {
    await database.close();
  }
}

/** The port is another after each start of the product. */
function embeddedUrl({ dataFolder }: BuiltServer): string {
  const server = runningServer(join(dataFolder, 'postgres'));
  return `postgres://${USER}:${secretIn(dataFolder, 'password')}@127.0.0.1:${server?.port ?? 1}/postgres`;
}

interface Parts {
  readonly environment: Readonly<Record<string, string>>;
  readonly cluster: string;
  readonly ownerUrl: () => string;
  readonly proxy: DatabaseProxy | null;
  readonly database: EmbeddedServer | null;
  readonly folder?: string;
}

async function rigOf(built: BuiltServer, { environment, cluster, ownerUrl, proxy, database, folder }: Parts): Promise<Rig> {
  const settings = { PORT: '0', ...UNBOUND, ...environment };
  const tokens = new Map<string, string>();
  const owner = new Owner(ownerUrl);
  let running: Running | undefined;
  let url: URL | undefined;
  const rig: Rig = {
    get url() {
      if (!url) throw new Error('the product was not started');
      return url;
    },
    get server() {
      if (!running) throw new Error('the product was not started');
      return running;
    },
    get ownerUrl() {
      return ownerUrl();
    },
    proxy,
    cluster,
    async start() {
      running = built.run(settings);
      url = await ready(running);
      await eventually(() => rig.isReady(), 30_000);
    },
    async killServer() {
      rig.server.child.kill('SIGKILL');
      await rig.server.ended;
    },
    async token(identity) {
      const known = tokens.get(identity);
      if (known !== undefined) return known;
      const answer = await fetch(new URL(`/demo/token?as=${identity}`, rig.url), { headers: { connection: 'close' } });
      const token = await answer.text();
      if (!answer.ok) throw new Error(token);
      tokens.set(identity, token);
      return token;
    },
    query: (text, params) => owner.query(text, params),
    untilQuiet: () => eventually(async () => (await rig.query<{ busy: number }>(`select count(*)::int as busy from pg_stat_activity where application_name like 'shixun%' and state <> 'idle'`))[0]?.busy === 0, 30_000),
    isReady: async () => (await readiness(rig.url)).health === 'ready',
    verify: () => runVerify(built, settings),
    async close() {
      await owner.end();
      if (running && running.child.exitCode === null && running.child.signalCode === null) {
        running.child.kill('SIGTERM');
        expect(await running.ended, running.errors()).toBe(0);
      }
      proxy?.close();
      if (database === null) expect(processesOf(cluster), 'the product has left processes of its database').toEqual([]);
      await database?.stop();
      expect(processesOf(built.folder), 'the product has left processes').toEqual([]);
      if (folder !== undefined) {
        await eventually(() => processesOf(folder).length === 0);
        rmSync(folder, { recursive: true, force: true });
      }
      built.remove();
    },
  };
  return rig;
}

/** What PostgreSQL says while it starts, recovers or ends. */
const AWAY = /not yet accepting|ECONNREFUSED|ECONNRESET|EPIPE|terminated|not queryable|connection error|starting up|shutting down|recovery mode|57P0|terminating connection/i;

/** A connection of the owner's past the proxy, made anew whenever the database is. */
class Owner {
  readonly #url: () => string;
  #client: pg.Client | null = null;

  constructor(url: () => string) {
    this.#url = url;
  }

  async query<Row extends object>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      try {
        this.#client ??= await this.#connect();
        return (await this.#client.query<Row>(text, [...params])).rows;
      } catch (error) {
        this.#client = null;
        if (!AWAY.test(String(error)) || performance.now() - began > 30_000) throw error;
      }
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url(), application_name: 'fault test', statement_timeout: 20_000 });
    client.on('error', () => (this.#client = null));
    await client.connect();
    return client;
  }

  async end(): Promise<void> {
    await this.#client?.end().catch(() => undefined);
  }
}

async function runVerify(built: BuiltServer, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [`${built.folder}/src/cli/audit-verify.js`], { env: { PATH: process.env['PATH'], DATA_DIR: built.dataFolder, LANG: 'en', ...environment }, stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`audit:verify ended with ${code}: ${said}`);
  return said.trim();
}
