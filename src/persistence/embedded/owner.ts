import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { isAlive } from './running-server.ts';

const FILE = 'owner.json';

/** The product that owns a data folder: it alone starts and stops the server. */
export interface Owner {
  readonly pid: number;
  /** When that process began, where the system tells: numbers of processes come again. */
  readonly began: string | null;
}

/** The living owner of a data folder; null when there is none. */
export function ownerOf(root: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(join(root, FILE), 'utf8')) as Owner;
    return isAlive(owner.pid) && began(owner.pid) === owner.began ? owner : null;
  } catch {
    return null;
  }
}

/** Makes this process the owner. Throws a StartError when another product has the folder. */
export function takeOwnership(root: string): void {
  for (let tries = 0; tries < 3; tries++) {
    const other = ownerOf(root);
    if (other && other.pid !== process.pid) throw inUse(root, other.pid);
    if (!other) rmSync(join(root, FILE), { force: true });
    else return;
    try {
      const file = openSync(join(root, FILE), 'wx', 0o600);
      writeFileSync(file, JSON.stringify({ pid: process.pid, began: began(process.pid) } satisfies Owner));
      closeSync(file);
      return;
    } catch (error) {
      // Somebody else was quicker: who, says the next round.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw inUse(root, 0);
}

export const giveUpOwnership = (root: string): void => {
  if (ownerOf(root)?.pid === process.pid) rmSync(join(root, FILE), { force: true });
};

const inUse = (root: string, pid: number): StartError =>
  new StartError([
    text(
      `数据目录 ${root} 正由另一个师训进程(${pid || '?'})使用。请先停止它,或换一个目录:DATA_DIR=另一目录 npm start`,
      `The data folder ${root} is in use by another Shixun (process ${pid || '?'}). Stop that one first, or take another folder: DATA_DIR=another npm start`,
    ),
  ]);

function began(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
