import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Whether a process runs, whoever's it is. One that has ended and that nobody has asked about (a zombie) does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statOf(pid)?.[0] !== 'Z';
}

/** When a process began, as the system writes it; null where it does not tell. Numbers of processes come again, with another beginning. */
export function beginningOf(pid: number): string | null {
  if (process.platform === 'linux') return statOf(pid)?.[19] ?? null;
  return process.platform === 'win32' ? null : told(pid, 'lstart');
}

/** Whether a process is a PostgreSQL on this cluster: by the folder it runs in, else by its command line. */
export function isServerOn(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') return told(pid, 'command')?.includes(cluster) ?? false;
  return folderOf(pid) === cluster || commandOf(pid).includes(cluster);
}

/** The fields of /proc/<pid>/stat from the third on: the state first. */
function statOf(pid: number): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  const line = read(`/proc/${pid}/stat`);
  return line === null ? null : line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** Null for a process of somebody else, unless this one is root. */
function folderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

const commandOf = (pid: number): readonly string[] => read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];

function told(pid: number, what: string): string | null {
  const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-o', `${what}=`], { encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : null;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
