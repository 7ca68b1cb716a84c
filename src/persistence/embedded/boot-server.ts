import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.ts';
import { programs } from './programs.ts';
import { removeStaleNote, runningServer } from './running-server.ts';
import { serverFailure } from './server-failure.ts';
import { serverEnvironment, settingsFor } from './server-settings.ts';

/** Recovery after a crash takes its time. */
const START_MS = 120_000;
/** What a killed server leaves of itself (its other processes, their shared memory) goes within moments. */
const REMAINS_MS = 15_000;

/** Starts the server of a cluster and waits until it takes connections. Returns its port: the one given, else a free one. */
export async function bootServer(folder: DataFolder, givenPort?: number): Promise<number> {
  for (const began = performance.now(); ; await sleep(100)) {
    removeStaleNote(folder.cluster);
    const port = givenPort ?? (await freePort());
    const failure = await runOn(port, folder);
    if (failure === null) return port;
    const maySucceed = /shared memory block .* still in use|Address already in use|could not bind|lock file "postmaster.pid" already exists/.test(failure);
    if (!maySucceed || performance.now() - began > REMAINS_MS) throw serverFailure(failure);
  }
}

/**
 * Null once it is ready, else what it wrote before it ended. In a group of its own: Ctrl-C goes to the product, which ends
 * the server when its last request is answered.
 */
async function runOn(port: number, folder: DataFolder): Promise<string | null> {
  const { root, cluster, user } = folder;
  const file = join(root, 'postgres.log');
  if (existsSync(file)) renameSync(file, join(root, 'postgres.log.1'));
  const log = openSync(file, 'w', 0o600);
  const child = spawn(join(programs(folder), 'bin', 'postgres'), ['-D', cluster, ...settingsFor(port)], { ...user, cwd: root, detached: true, stdio: ['ignore', log, log], env: serverEnvironment(), windowsHide: true });
  closeSync(log);
  child.unref();
  // Until it has written its own note, nobody else can find it to end it.
  const end = (): void => void child.kill('SIGINT');
  process.once('exit', end);
  try {
    return await outcome(child, cluster, file);
  } finally {
    process.off('exit', end);
  }
}

async function outcome(child: ChildProcess, cluster: string, log: string): Promise<string | null> {
  let ended: string | null = null;
  child.once('error', (error) => (ended = String(error)));
  child.once('exit', (code, signal) => (ended ??= `exit: ${code ?? signal}`));
  for (const began = performance.now(); performance.now() - began < START_MS; await sleep(2)) {
    if (ended !== null) return readFileSync(log, 'utf8').trim() || ended;
    const server = runningServer(cluster);
    if (server?.pid === child.pid && server?.status === 'ready') return null;
  }
  child.kill('SIGQUIT');
  return `not ready after ${START_MS / 1_000} s: ${readFileSync(log, 'utf8')}`;
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
