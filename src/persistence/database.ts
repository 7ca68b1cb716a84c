import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import { secretIn } from './embedded/data-folder.ts';
import type { EmbeddedServer, Part } from './embedded/embedded-server.ts';
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
  /** Where the product keeps what is not in the database. */
  readonly dataFolder: string;
  /** A connection of its own, for COPY and other long work; the caller ends it. */
  connect(): Promise<Client>;
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
  const [{ MikroORM, pg, ormOptions, prepareStore }, server] = await Promise.all([loadMapper(), starting]);
  const url = server?.url ?? options.url ?? '';
  const dataFolder = server?.folder.root ?? options.dataFolder;
  const identityNumbers = new IdentityNumbers(identityKey(options, dataFolder));
  try {
    const orm = await MikroORM.init(ormOptions(url, options.limits));
    try {
      await prepareStore(orm, identityNumbers, places);
    } catch (error) {
      await orm.close(true);
      throw error;
    }
    return {
      orm,
      url,
      identityNumbers,
      isEmbedded: server !== null,
      dataFolder,
      async connect() {
        const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: options.limits.connectTimeoutMs, application_name: 'shixun', keepAlive: true });
        // Its next statement says it too.
        client.on('error', () => undefined);
        await client.connect();
        return client;
      },
      isReachable: () => orm.em.fork().execute('select 1').then(() => true, () => false),
      async close() {
        await Promise.race([orm.close(true), new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
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

async function loadMapper() {
  const [{ MikroORM }, { default: pg }, { ormOptions }, { prepareStore }] = await Promise.all([import('@mikro-orm/postgresql'), import('pg'), import('./orm-options.ts'), import('./prepare-store.ts')]);
  return { MikroORM, pg, ormOptions, prepareStore };
}

function identityKey({ identityKey: given }: DatabaseOptions, dataFolder: string): Buffer {
  if (given !== null) return Buffer.from(given, 'base64');
  try {
    return Buffer.from(secretIn(dataFolder, 'identity-key'), 'base64url');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError([text(`身份证件号码的密钥既不在环境变量 IDENTITY_KEY 中,也无法存入数据目录 ${dataFolder}(${code})。`, `The key of identity numbers is not in IDENTITY_KEY, and cannot be kept in the data folder ${dataFolder} (${code}).`)]);
  }
}
