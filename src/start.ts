import { existsSync, realpathSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { demoAtFirstStart } from './demo/first-start.ts';
import { stopOnSignal } from './http/stop-on-signal.ts';
import type { Instant } from './kernel/civil-day.ts';
import { text } from './kernel/text.ts';
import { openDatabase, startServer } from './persistence/database.ts';
import type { Database, StartingServer } from './persistence/database.ts';
import type { Registry } from './plugin-host/registry.ts';
import type { Records } from './records/open-records.ts';
import type { Starting } from './start-bundle.ts';
import { describeStartError, StartError } from './start-error.ts';

/** Starts the server of this process. What the operator can mend ends it with 1 and says how; all else is a bug and throws. */
export async function start({ checkedPlugins, withoutPackages }: Pick<Starting, 'checkedPlugins' | 'withoutPackages'>): Promise<void> {
  try {
    const config = readConfig(process.env);
    // Whoever started it may go, or the disk of its output be full: it serves on.
    process.stdout.on('error', () => undefined);
    const stopping = stopOnSignal();
    // The server boots on another processor while everything else is loaded here, and is asked what there is in it as soon as
    // it answers. Whatever ends the process ends it too.
    const server = startServer(config.database);
    const plugins = turn().then(() => import('./load-registry.ts')).then(({ loadRegistry }) => loadRegistry(checkedPlugins, withoutPackages));
    const logging = plugins.then(() => import('./http/logger.ts')).then(({ createLogger }) => createLogger(config));
    const loading = logging.then(loadRest);
    const opening = openStore(config, { server, plugins, logging, loading });
    for (const underWay of [server, plugins, logging, loading, opening]) underWay.catch(() => undefined);
    const [{ database, records }, registry, log, { buildApp }] = await Promise.all([opening, plugins, logging, loading]);
    // What one request left behind ends no other.
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'something failed that nobody waited for'));
    const both = { close: () => records.close().then(() => database.close()) };
    await stoppingOnFailure(both, demoAtFirstStart(config.demo, database, registry, records, (line) => process.stdout.write(line)));
    const app = await stoppingOnFailure(both, buildApp({ config, clock: () => Date.now() as Instant, registry, database, records }));
    await stoppingOnFailure(app, listen(app, config));
    stopping.closeFirst(app, config.shutdownTimeoutMs);
    process.stdout.write(`师训 Shixun: ${addressOf(app, config)}\n${whereDataLie(config, database)}${notes(config, database)}`);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(describeStartError(error));
    process.exit(1);
  }
}

interface UnderWay {
  readonly server: StartingServer;
  readonly plugins: Promise<Registry>;
  readonly logging: Promise<Logger>;
  readonly loading: Promise<unknown>;
}

/** The store and the records of it, with all that the first request would wait for under way. */
async function openStore(config: Config, { server, plugins, logging, loading }: UnderWay): Promise<{ readonly database: Database; readonly records: Records }> {
  const database = await openDatabase(config.database, plugins.then(({ jurisdictions }) => [...jurisdictions.values()]), server, loading);
  const [registry, log, { openRecords }, { warmUp }] = await Promise.all([plugins, logging, import('./records/open-records.ts'), import('./persistence/warm-up.ts')]);
  // Without it the first request takes longer.
  await warmUp(database, registry).catch(() => undefined);
  const records = await stoppingOnFailure(database, openRecords(database, { ...config.records, limits: config.database.limits, clock: Date.now, log }));
  records.access.connect();
  return { database, records };
}

/** What takes long to load, in parts: the store is asked meanwhile, one answer between two of them. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('graphql'),
  () => import('./graphql/type-graphql.ts'),
  () => import('./graphql/schema.ts'),
  // Kept by its module.
  () => import('./graphql/schema.ts').then(({ apiSchema }) => apiSchema()),
  () => import('fastify'),
  () => import('./graphql/execution/apollo.ts'),
];

async function loadRest() {
  for (const part of PARTS) {
    await turn();
    await part();
  }
  await turn();
  return import('./app.ts');
}

/** What has come meanwhile is answered before more is loaded: a server that boots, a connection that is being made, whose steps follow each other at once. */
async function turn(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** What has been started is ended before a failure is told: nothing is left behind. */
async function stoppingOnFailure<Value>(started: { close(): PromiseLike<unknown> }, next: Promise<Value>): Promise<Value> {
  try {
    return await next;
  } catch (error) {
    await started.close();
    throw error;
  }
}

/** A line for when the data do not lie where they were asked for: a private home, which the server's user cannot enter. */
function whereDataLie({ database: { dataFolder } }: Config, database: Database): string {
  const wanted = existsSync(dataFolder) ? realpathSync(dataFolder) : dataFolder;
  return database.dataFolder === wanted ? '' : `数据在 The data lie in: ${database.dataFolder}\n`;
}

/** How to sign in where there is no provider, and what protection is missing. */
function notes({ tokens }: Config, { isProtected }: Database): string {
  const lines: string[] = [];
  if (tokens.issuers.length === 0) lines.push('登录:演示身份;取令牌 Sign-in: demo identities; a token: npm run token -- --as authority');
  if (!isProtected) lines.push('注意:DATABASE_URL 的用户拥有这些表,行级保护对它无效;请另设 DATABASE_OWNER_URL。 Note: the user of DATABASE_URL owns the tables, so row policies do not bind it; give DATABASE_OWNER_URL too.');
  return lines.map((line) => `${line}\n`).join('');
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explainListen((error as NodeJS.ErrnoException).code, host, port) ?? error;
  }
}

function explainListen(code: string | undefined, host: string, port: number): StartError | null {
  const other = port < 65_535 ? port + 1 : 4000;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError([
        text(`${host} 的端口 ${port} 已被别的程序占用。请停止那个程序,或换一个端口:PORT=${other} npm start`, `Port ${port} of ${host} is in use by another program. Stop that program, or take another port: PORT=${other} npm start`),
      ]);
    case 'EACCES':
      return new StartError([text(`没有权限使用端口 ${port}。请换一个 1024 以上的端口,例如 PORT=4000 npm start`, `There is no permission to use port ${port}. Take one above 1024, such as PORT=4000 npm start`)]);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError([text(`这台机器没有 HOST=${host} 这个地址。请用 127.0.0.1(仅本机)或 0.0.0.0(所有网卡)。`, `This machine has no address HOST=${host}. Use 127.0.0.1 (this machine only) or 0.0.0.0 (all interfaces).`)]);
    default:
      return null;
  }
}

function addressOf(app: FastifyInstance, { host }: Config): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}
