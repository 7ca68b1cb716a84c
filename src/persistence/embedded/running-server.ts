import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A PostgreSQL that runs on a cluster, as its own note (`postmaster.pid`) says. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** The server of a cluster; null when none runs, whatever a killed one has left behind. */
export function runningServer(cluster: string): RunningServer | null {
  const lines = linesOf(join(cluster, 'postmaster.pid'));
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isServerOf(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** What a killed server leaves: a note with a process number that may by now be somebody else's. */
export function removeStaleNote(cluster: string): void {
  if (!runningServer(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Numbers of ended processes come again: on Linux the command line tells whether this one is meant. */
function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const command = linesOf(`/proc/${pid}/cmdline`)[0]?.split('\0') ?? [];
  return command.includes(cluster);
}
