import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { programs } from './programs.ts';
import { hasEnded, runningServer } from './running-server.ts';

/** A fast end writes out what is in memory; after that it is ended at once. */
const FAST_MS = 10_000;
const AT_ONCE_MS = 5_000;

/** Open transactions are broken off, nothing that was committed is lost. */
export async function stopServer(folder: DataFolder): Promise<void> {
  const server = runningServer(folder.cluster);
  if (!server) return;
  signal(folder, server.pid, 'fast');
  if (await hasEnded(server.pid, FAST_MS)) return;
  signal(folder, server.pid, 'immediate');
  await hasEnded(server.pid, AT_ONCE_MS);
}

/** For a process that ends now and cannot wait: the server ends by itself a moment later. */
export function tellToStop(folder: DataFolder): void {
  const server = runningServer(folder.cluster);
  if (server) signal(folder, server.pid, 'fast');
}

/** It may end before the signal comes. Windows has no signals; there the server's own tool says it. */
function signal(folder: DataFolder, pid: number, mode: 'fast' | 'immediate'): void {
  try {
    if (process.platform === 'win32') spawnSync(join(programs(folder), 'bin', 'pg_ctl'), ['stop', '-D', folder.cluster, '-m', mode, '--no-wait'], { windowsHide: true });
    else process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
