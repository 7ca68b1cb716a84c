import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client, Pool } from 'pg';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import type { EmbeddedServer, Part } from './embedded/embedded-server.ts';
import { secretIn } from './embedded/secret.ts';
import type { PoolState } from './bounded-pool.ts';
import { explainConnection } from './explain-connection.ts';
import { IdentityNumbers } from './identity-numbers.ts';
import type { DatabaseLimits } from './orm-options.ts';

/** The store of this process. */
export interface Database {
  readonly orm: MikroORM;
  /** With the password: never shown. */
  readonly url: string;
  readonly identityNumbers: IdentityNumbers;
  /** Whether the product's own server holds it. */
  readonly isEmbedded: boolean;
  /** Where the product keeps what is not in the database; not always the folder asked for. */
  readonly dataFolder: string;
  /** A connection of its own, for COPY and other long work: without time limits. The caller ends it. */
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
  readonly dataFolder: string;
  /** The key of identity numbers in base64; null: that of the data folder, made when there is none. */
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

/** Opens the store, migrated and with the places of the plugins. Throws a StartError for all that an operator can mend. */
export async function openDatabase(options: DatabaseOptions, places: readonly JurisdictionSpec[], starting: StartingServer = startServer(options)): Promise<Database> {
  // Loading takes as long as the server needs to boot; a start that fails is told by whichever fails first.
  const [mapper, server] = await Promise.all([loadMapper(), starting]);
  const url = server?.url ?? options.url ?? '';
  const dataFolder = server?.folder.root ?? options.dataFolder;
  try {
    const identityNumbers = new IdentityNumbers(identityKey(options, dataFolder));
    const { orm, poolState } = await prepared(mapper, { url, limits: options.limits, identityNumbers, places });
    return {
      orm,
      url,
      identityNumbers,
      isEmbedded: server !== null,
      dataFolder,
      connect: () => connect(mapper, url, options.limits),
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
  const [{ MikroORM }, { default: pg }, { boundQueue }, { ormOptions }, { prepareStore }, { rowTypes }] = await Promise.all([import('@mikro-orm/postgresql'), import('pg'), import('./bounded-pool.ts'), import('./orm-options.ts'), import('./prepare-store.ts'), import('./pg-types.ts')]);
  return { MikroORM, pg, boundQueue, ormOptions, prepareStore, rowTypes };
}

interface Asked {
  readonly url: string;
  readonly limits: DatabaseLimits;
  readonly identityNumbers: IdentityNumbers;
  readonly places: readonly JurisdictionSpec[];
}

interface Prepared {
  readonly orm: MikroORM;
  readonly poolState: () => PoolState;
}

/** A server that says nothing is given up a little after it should have given up a statement itself. */
const STALLED_AFTER_MS = 3_000;
const MOST_WAITING = 400;

async function prepared({ MikroORM: Mapper, boundQueue, ormOptions, prepareStore }: Mapper, { url, limits, identityNumbers, places }: Asked): Promise<Prepared> {
  const orm = await Mapper.init(ormOptions(url, limits));
  try {
    await prepareStore(orm, identityNumbers, places);
    // Only now: migrating may take as long as it takes.
    const pool = (await orm.em.getConnection().getNativeClient()) as Pool;
    return { orm, poolState: boundQueue(pool, { queueSize: limits.queueSize ?? MOST_WAITING, queueTimeoutMs: limits.queueTimeoutMs ?? limits.connectTimeoutMs, answerTimeoutMs: limits.statementTimeoutMs + STALLED_AFTER_MS }) };
  } catch (error) {
    await within(CLOSE_MS, orm.close(true), undefined);
    throw error;
  }
}

async function connect({ pg, rowTypes }: Mapper, url: string, limits: DatabaseLimits): Promise<Client> {
  const client = new pg.Client({ connectionString: url, types: rowTypes(), connectionTimeoutMillis: limits.connectTimeoutMs, application_name: 'shixun', keepAlive: true });
  // A lost connection is told by the next statement; as an event that nobody hears it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function identityKey({ identityKey: given }: DatabaseOptions, dataFolder: string): Buffer {
  if (given !== null) return Buffer.from(given, 'base64');
  try {
    const secret = Buffer.from(secretIn(dataFolder, 'identity-key'), 'base64');
    if (secret.length >= 32) return secret;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError([text(`身份证件号码的密钥既不在环境变量 IDENTITY_KEY 中,也无法存入数据目录 ${dataFolder}(${code})。`, `The key of identity numbers is not in IDENTITY_KEY, and cannot be kept in the data folder ${dataFolder} (${code}).`)]);
  }
  throw new StartError([text(`数据目录 ${dataFolder} 中的 identity-key 不完整。请从备份恢复它。`, `The file identity-key in the data folder ${dataFolder} is damaged. Bring it back from a backup.`)]);
}
