import { existsSync, realpathSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { demoAtFirstStart } from './demo/first-start.ts';
import { stopOnSignal } from './http/stop-on-signal.ts';
import type { Instant } from './kernel/civil-day.ts';
import { text } from './kernel/text.ts';
import { openDatabase, startServer } from './persistence/database.ts';
import type { Database } from './persistence/database.ts';
import { describeStartError, StartError } from './start-error.ts';

/** Starts the server of this process; `checkedPlugins` as of `Starting`. What the operator can mend ends it with 1 and says how; all else is a bug and throws. */
export async function start(checkedPlugins: readonly string[]): Promise<void> {
  try {
    const config = readConfig(process.env);
    // Whoever started it may go, or the disk of its output be full: it serves on.
    process.stdout.on('error', () => undefined);
    const stopping = stopOnSignal();
    // The server boots on another processor while everything else is loaded here, and is asked what there is in it as soon as
    // it answers. Whatever ends the process ends it too.
    const server = startServer(config.database);
    const plugins = turn().then(() => import('./load-registry.ts')).then(({ loadRegistry }) => loadRegistry(checkedPlugins));
    const loading = plugins.then(loadRest);
    const opening = openDatabase(config.database, plugins.then(({ jurisdictions }) => [...jurisdictions.values()]), server, loading);
    for (const underWay of [server, plugins, loading, opening]) underWay.catch(() => undefined);
    const [database, registry, { createLogger, openRecords, buildApp }] = await Promise.all([opening, plugins, loading]);
    const log = createLogger(config);
    // What one request left behind ends no other.
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'something failed that nobody waited for'));
    const records = await stoppingOnFailure(database, openRecords(database, { ...config.records, limits: config.database.limits, clock: Date.now, log }));
    const both = { close: () => records.close().then(() => database.close()) };
    records.access.connect();
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

/** In parts, for all that happens meanwhile. */
async function loadRest() {
  await turn();
  const { createLogger } = await import('./http/logger.ts');
  await turn();
  const [{ buildApp, apiSchema }, { openRecords }] = await Promise.all([import('./app.ts'), import('./records/open-records.ts')]);
  await turn();
  // Kept by its module: made while the store is waited for.
  apiSchema();
  return { createLogger, buildApp, openRecords };
}

/** What has come meanwhile is answered before more is loaded: a server that boots, a connection that is being made. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
