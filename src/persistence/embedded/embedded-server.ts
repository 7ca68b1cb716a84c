import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { nativeFolder } from './binaries.ts';
import { dataFolder, giveTo, secretIn } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { giveUpOwnership, ownerOf, takeOwnership } from './owner.ts';
import { isAlive, removeStaleNote, runningServer } from './running-server.ts';
import { serverUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

const DATABASE = 'postgres';
const USER = 'shixun';

/** A real PostgreSQL of the product's own, which listens on this machine alone. */
export interface EmbeddedServer {
  readonly url: string;
  readonly folder: DataFolder;
  /** Ends the server, when this process owns it: open work is broken off, nothing is lost. */
  stop(): Promise<void>;
}

/** `owner`: starts the server and stops it. `guest`: a command beside a running product, which leaves it running. */
export type Part = 'owner' | 'guest';

/**
 * The embedded server of a data folder, started when none runs. One that a killed product has left running is taken over. A
 * guest of a folder without a product becomes its owner for as long as it runs.
 */
export async function startEmbedded(asked: string, part: Part): Promise<EmbeddedServer> {
  const user = serverUser();
  const folder = prepare(asked, user);
  const isGuest = part === 'guest' && ownerOf(folder.root) !== null;
  if (!isGuest) {
    takeOwnership(folder.root);
    if (!existsSync(join(folder.cluster, 'PG_VERSION'))) makeCluster(folder, user);
    if (!runningServer(folder.cluster)) await startServer(folder, user);
    endWithProcess(folder);
  }
  const port = await readyPort(folder);
  return {
    url: `postgres://${USER}:${secretIn(folder.root, 'password')}@127.0.0.1:${port}/${DATABASE}`,
    folder,
    stop: isGuest ? async () => undefined : () => stopServer(folder),
  };
}

function prepare(asked: string, user: ServerUser | null): DataFolder {
  try {
    return dataFolder(asked, nativeFolder(), user);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) throw error;
    throw new StartError([text(`无法使用数据目录 ${asked}(${code})。请检查权限和磁盘空间,或以 DATA_DIR 指定另一个目录。`, `The data folder ${asked} cannot be used (${code}). See to its permissions and the space on its disk, or name another with DATA_DIR.`)]);
  }
}

/** Made under another name until it is whole: a start that is killed meanwhile leaves nothing to be mistaken for one. */
function makeCluster({ root, cluster, native }: DataFolder, user: ServerUser | null): void {
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(user, unfinished);
  const passwords = join(unfinished, '..', `password-${process.pid}`);
  writeFileSync(passwords, secretIn(root, 'password'), { mode: 0o600 });
  if (user) giveTo(user, passwords);
  const made = spawnSync(join(native, 'bin', 'initdb'), ['-D', unfinished, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwords}`, '--locale=C', '--encoding=UTF8', '--no-instructions'], { ...user, encoding: 'utf8', env: quietEnvironment() });
  rmSync(passwords, { force: true });
  if (made.status !== 0) throw failed(made.stderr || String(made.error ?? made.signal));
  renameSync(unfinished, cluster);
}

const quietEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

/** Larger than its defaults where bulk work gains from it; every commit still reaches the disk. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '192MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  max_connections: '60',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
};

/** In a group of its own: Ctrl-C goes to the product, which ends the server when its last request is answered. */
async function startServer({ root, cluster, native }: DataFolder, user: ServerUser | null): Promise<void> {
  removeStaleNote(cluster);
  const log = openSync(join(root, 'postgres.log'), 'w', 0o600);
  const settings = Object.entries({ ...SETTINGS, port: String(await freePort()) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', cluster, ...settings], { ...user, detached: true, stdio: ['ignore', log, log], env: quietEnvironment() });
  closeSync(log);
  child.unref();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

const START_MS = 60_000;

/** Recovery after a crash takes its time; a server that ends instead says why in its log. */
async function readyPort({ root, cluster }: DataFolder): Promise<number> {
  const began = performance.now();
  let seen = false;
  while (performance.now() - began < START_MS) {
    const server = runningServer(cluster);
    if (server?.isReady) return server.port;
    if (seen && !server) break;
    seen ||= server !== null;
    if (!seen && performance.now() - began > 5_000) break;
    await sleep(3);
  }
  throw failed(readFileSync(join(root, 'postgres.log'), 'utf8'));
}

function failed(output: string): StartError {
  const line = output.trim().split('\n').filter((candidate) => /FATAL|PANIC|ERROR|error/.test(candidate)).at(-1) ?? output.trim().slice(-300);
  if (/No space left/i.test(output)) return new StartError([text(`磁盘已满,内置 PostgreSQL 无法启动:${line}`, `The disk is full, the embedded PostgreSQL cannot start: ${line}`)]);
  return new StartError([text(`内置 PostgreSQL 无法启动:${line}`, `The embedded PostgreSQL cannot start: ${line}`)]);
}

/** An end that waits for nothing (a second signal, a fault) leaves no server behind either; only a kill does, for the next start. */
function endWithProcess({ root, cluster }: DataFolder): void {
  process.once('exit', () => {
    const server = ownerOf(root)?.pid === process.pid ? runningServer(cluster) : null;
    if (server) process.kill(server.pid, 'SIGINT');
    giveUpOwnership(root);
  });
}

const STOP_MS = 10_000;

/** Fast first, then at once: what was committed is on the disk either way. */
async function stopServer({ root, cluster }: DataFolder): Promise<void> {
  const server = runningServer(cluster);
  if (server) {
    process.kill(server.pid, 'SIGINT');
    for (let waited = 0; isAlive(server.pid) && waited < STOP_MS; waited += 5) await sleep(5);
    if (isAlive(server.pid)) process.kill(server.pid, 'SIGQUIT');
  }
  giveUpOwnership(root);
}
