import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isServerOn } from './process-of.ts';

/** A PostgreSQL that runs on a cluster, as its own note (`postmaster.pid`) says. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** `ready`, `starting`, `stopping`, `standby`; empty when it has only just begun. */
  readonly status: string;
}

/** The server of a cluster; null when none runs, whatever a killed one has left behind. */
export function runningServer(cluster: string): RunningServer | null {
  const lines = noteOf(cluster);
  const pid = Number(lines[0]);
  return isServerOn(pid, cluster) ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : null;
}

/** What a killed server leaves: a note with a process number that may by now be somebody else's, for which PostgreSQL would refuse to start. */
export function removeStaleNote(cluster: string): void {
  if (!runningServer(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Waits until a process has ended; false when it has not within the time. */
export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (const began = performance.now(); performance.now() - began < withinMs; await sleep(4)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

function noteOf(cluster: string): readonly string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
