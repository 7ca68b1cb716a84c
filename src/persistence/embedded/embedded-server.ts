import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { bootServer } from './boot-server.ts';
import { dataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { keepRunning } from './keep-running.ts';
import { makeCluster, USER } from './make-cluster.ts';
import { giveUpOwnership, ownerOf, takeOwnership } from './owner.ts';
import { hasEnded, runningServer } from './running-server.ts';
import { secretIn } from './secret.ts';
import { folderFailure } from './server-failure.ts';
import { stopServer, tellToStop } from './stop-server.ts';

const DATABASE = 'postgres';

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
 * guest of a folder without a product becomes its owner for as long as it runs. Throws a StartError when another product
 * has the folder, and for all that is wrong with the folder, its disk or the server in it.
 */
export async function startEmbedded(asked: string, part: Part): Promise<EmbeddedServer> {
  try {
    const folder = dataFolder(asked);
    if (part === 'guest' && ownerOf(folder.root)) return await visit(folder);
    return await own(folder);
  } catch (error) {
    throw folderFailure(error, asked);
  }
}

const urlOf = ({ root }: DataFolder, port: number): string => `postgres://${USER}:${secretIn(root, 'password')}@127.0.0.1:${port}/${DATABASE}`;

async function own(folder: DataFolder): Promise<EmbeddedServer> {
  takeOwnership(folder.root);
  // Also when the process ends without stopping first: by an error, or told twice to be quick.
  const leave = (): void => {
    tellToStop(folder);
    giveUpOwnership(folder.root);
  };
  process.once('exit', leave);
  let stopWatch = async (): Promise<void> => undefined;
  const stop = async (): Promise<void> => {
    await stopWatch();
    await stopServer(folder);
    giveUpOwnership(folder.root);
    process.off('exit', leave);
  };
  try {
    const port = await running(folder);
    stopWatch = keepRunning(folder, port);
    return { url: urlOf(folder, port), folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port of the owner's server, which already runs or is started now. */
async function running(folder: DataFolder): Promise<number> {
  const found = runningServer(folder.cluster);
  // One that a product has told to stop when it had no time to wait.
  if (found?.status === 'stopping') await hasEnded(found.pid, VISIT_MS);
  else if (found) return readyPort(folder, () => runningServer(folder.cluster) !== null);
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) await makeCluster(folder);
  return bootServer(folder);
}

/** How long a guest waits for a product that is just being started. */
const VISIT_MS = 60_000;

async function visit(folder: DataFolder): Promise<EmbeddedServer> {
  const port = await readyPort(folder, () => ownerOf(folder.root) !== null);
  return { url: urlOf(folder, port), folder, stop: async () => undefined };
}

async function readyPort({ root, cluster }: DataFolder, isWorthWaiting: () => boolean): Promise<number> {
  for (const began = performance.now(); performance.now() - began < VISIT_MS && isWorthWaiting(); await sleep(5)) {
    const server = runningServer(cluster);
    if (server?.status === 'ready') return server.port;
  }
  throw new StartError([text(`数据目录 ${root} 中的内置 PostgreSQL 没有就绪。原因见 ${join(root, 'postgres.log')};请重试。`, `The embedded PostgreSQL in the data folder ${root} does not become ready. ${join(root, 'postgres.log')} says why; try again.`)]);
}
