import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client, Pool } from 'pg';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import type { EmbeddedServer, Part } from './embedded/embedded-server.ts';
import { secretIn } from './embedded/secret.ts';
import { DataKeys } from './keys/data-keys.ts';
import { givenOrKept } from './keys/secret-lines.ts';
import type { PoolState } from './bounded-pool.ts';
import { explainConnection, innermost } from './explain-connection.ts';
import type { DatabaseLimits } from './orm-options.ts';
import type { Places } from './prepare-store.ts';

/** The store of this process. */
export interface Database {
  /** For requests: in the role of the application, which row policies bind. */
  readonly orm: MikroORM;
  /** The address of the application's role, with the password: never shown. */
  readonly url: string;
  /** That of the owner of the tables, for imports and commands of the operator; null: it was not given. */
  readonly ownerUrl: string | null;
  /** The names of what the store noted of itself when it was opened. */
  readonly notes: ReadonlySet<string>;
  /** Whether row policies bind requests. Not where one address alone was given. */
  readonly isProtected: boolean;
  /** With which private values are sealed. */
  readonly keys: DataKeys;
  /** Whether the product's own server holds it. */
  readonly isEmbedded: boolean;
  /** Where the product keeps what is not in the database; not always the folder asked for. */
  readonly dataFolder: string;
  /** A connection of the owner, for COPY and other long work: without time limits. The caller ends it. */
  connect(): Promise<Client>;
  /** What its connections do just now. */
  poolState(): PoolState;
  /** Whether it answers now. */
  isReachable(): Promise<boolean>;
  /** Gives back all connections; the embedded server ends when this process started it. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A server elsewhere; null: the embedded one. */
  readonly url: string | null;
  /** Of the same database for its owner, who migrates; null or absent: the other is the owner's too. */
  readonly ownerUrl?: string | null;
  readonly dataFolder: string;
  /** The keys of the data in base64, separated by commas; null: those of the data folder, made when there is none. */
  readonly identityKey: string | null;
  readonly limits: DatabaseLimits;
  readonly part?: Part;
}

/** A server on its way: started before the rest of the product is loaded, because it needs another processor to boot. */
export type StartingServer = Promise<EmbeddedServer | null>;

export async function startServer({ url, dataFolder, part = 'owner' }: Pick<DatabaseOptions, 'url' | 'dataFolder' | 'part'>): StartingServer {
  if (url !== null) return null;
  const { startEmbedded } = await import('./embedded/embedded-server.ts');
  return startEmbedded(dataFolder, part);
}

/**
 * Opens the store, migrated and with the places of the plugins. Throws a StartError for all that an operator can mend.
 * `loading`: until then this process is so busy that it may not hear the server in time.
 */
export async function openDatabase(options: DatabaseOptions, places: Places, starting: StartingServer = startServer(options), loading: Promise<unknown> | null = null): Promise<Database> {
  // Whoever waits for them is told.
  Promise.resolve(places).catch(() => undefined);
  // Loading takes as long as the server needs to boot; a start that fails is told by whichever fails first.
  const [mapper, server] = await Promise.all([loadMapper(), starting]);
  const addresses = addressesOf(options, server);
  const { url, ownerUrl } = addresses;
  const dataFolder = server?.folder.root ?? options.dataFolder;
  try {
    const keys = dataKeys(options, dataFolder);
    const { orm, poolState, isProtected, notes } = await prepared(mapper, { addresses, limits: options.limits, keys, places, loading });
    return {
      orm,
      url,
      ownerUrl,
      isProtected,
      notes,
      keys,
      isEmbedded: server !== null,
      dataFolder,
      connect: () => connect(mapper, ownerUrl ?? url, options.limits),
      poolState,
      isReachable: onceAtATime(() => within(options.limits.connectTimeoutMs, orm.em.fork().execute('select 1').then(() => true, () => false), false)),
      async close() {
        await within(CLOSE_MS, orm.close(true), undefined);
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw explainConnection(error, url) ?? error;
  }
}

/** Where the application connects, and where whoever prepares the store does. */
interface Addresses {
  readonly url: string;
  /** Null: there is one address alone. */
  readonly ownerUrl: string | null;
  /** The password with which the application's role is made; null: the operator has made it. */
  readonly password: string | null;
}

const APPLICATION = 'shixun_app';

function addressesOf({ url, ownerUrl = null }: DatabaseOptions, server: EmbeddedServer | null): Addresses {
  if (!server) return { url: url ?? '', ownerUrl, password: null };
  const password = secretIn(server.folder.root, 'app-password');
  return { url: Object.assign(new URL(server.url), { username: APPLICATION, password }).toString(), ownerUrl: server.url, password };
}

/** A pool whose server is gone may never be closed. */
const CLOSE_MS = 5_000;

/** Whoever asks while it is being asked gets the same answer: one connection, however often a stalled store is asked after. */
function onceAtATime<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return () => (asked ??= ask().finally(() => (asked = null)));
}

/** What a promise gives, or something else when it takes too long. */
function within<Value>(milliseconds: number, promise: Promise<Value>, otherwise: Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

type Mapper = Awaited<ReturnType<typeof loadMapper>>;

async function loadMapper() {
  const [{ MikroORM }, { default: pg }, { boundQueue }, { ormOptions }, { isPrepared, prepareStore }, { ensureRole }, { rowTypes }] = await Promise.all([
    import('@mikro-orm/postgresql'),
    import('pg'),
    import('./bounded-pool.ts'),
    import('./orm-options.ts'),
    import('./prepare-store.ts'),
    import('./app-role.ts'),
    import('./pg-types.ts'),
  ]);
  return { MikroORM, pg, boundQueue, ormOptions, isPrepared, prepareStore, ensureRole, rowTypes };
}

interface Asked {
  readonly addresses: Addresses;
  readonly limits: DatabaseLimits;
  readonly keys: DataKeys;
  readonly places: Places;
  readonly loading: Promise<unknown> | null;
}

/** What a database says to a role that is not there yet, or has not been given anything yet. */
const NOT_LET_IN: ReadonlySet<unknown> = new Set(['28P01', '28000', '42501']);

/** A server that says nothing is given up a little after it should have given up a statement itself. */
const STALLED_AFTER_MS = 3_000;
const MOST_WAITING = 400;

interface Prepared {
  readonly notes: ReadonlySet<string>;
  readonly orm: MikroORM;
  readonly poolState: () => PoolState;
  readonly isProtected: boolean;
}

async function prepared(mapper: Mapper, asked: Asked): Promise<Prepared> {
  const { addresses, limits, keys, places, loading } = asked;
  const role = addresses.ownerUrl === null ? null : decodeURIComponent(new URL(addresses.url).username);
  const { MikroORM: Mapper, ormOptions, isPrepared, boundQueue } = mapper;
  // Not by `init`, which looks for optional parts of the mapper among all packages; there are none.
  const orm = new Mapper(ormOptions(addresses.url, limits));
  try {
    const ask = (): Promise<Awaited<ReturnType<typeof isPrepared>>> => isPrepared(orm, keys, places, role);
    const first = loading === null ? ask() : ask().catch((error: unknown) => (/timeout/i.test(innermost(error).message) ? loading.then(ask) : Promise.reject(error as Error)));
    let found = await first.catch((error: unknown) => {
      if (addresses.ownerUrl !== null && NOT_LET_IN.has(innermost(error).code)) return null;
      throw error;
    });
    if (!found?.isReady) {
      await prepareAsOwner(mapper, asked, await places, role);
      found = await ask();
    }
    const pool = (await orm.em.getConnection().getNativeClient()) as Pool;
    const poolState = boundQueue(pool, { queueSize: limits.queueSize ?? MOST_WAITING, queueTimeoutMs: limits.queueTimeoutMs ?? limits.connectTimeoutMs, answerTimeoutMs: limits.statementTimeoutMs + STALLED_AFTER_MS });
    return { orm, poolState, isProtected: found.isBound, notes: found.notes };
  } catch (error) {
    await within(CLOSE_MS, orm.close(true), undefined);
    throw error;
  }
}

async function prepareAsOwner({ MikroORM: Mapper, ormOptions, prepareStore, ensureRole }: Mapper, { addresses, limits, keys }: Asked, places: readonly JurisdictionSpec[], role: string | null): Promise<void> {
  const owner = new Mapper(ormOptions(addresses.ownerUrl ?? addresses.url, limits));
  try {
    if (addresses.password !== null && role !== null) await ensureRole(owner.em.fork(), role, addresses.password);
    await prepareStore(owner, keys, places, role);
  } finally {
    await within(CLOSE_MS, owner.close(true), undefined);
  }
}

async function connect({ pg, rowTypes }: Mapper, url: string, limits: DatabaseLimits): Promise<Client> {
  const client = new pg.Client({ connectionString: url, types: rowTypes(), connectionTimeoutMillis: limits.connectTimeoutMs, application_name: 'shixun', keepAlive: true });
  // A lost connection is told by the next statement; as an event that nobody hears it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** What else is in the data folder lies beside it. */
export const DATA_KEY = { name: 'identity-key', lacking: text('数据的密钥既不在环境变量 IDENTITY_KEY 中,', 'The key of the data is not in IDENTITY_KEY, and ') };

function dataKeys({ identityKey: given }: DatabaseOptions, dataFolder: string): DataKeys {
  const read = (): Buffer[] => givenOrKept(given, dataFolder, DATA_KEY);
  // What was given stays as it is while the process lives; the folder's may have got another one since.
  return new DataKeys(read(), given === null ? read : undefined);
}
