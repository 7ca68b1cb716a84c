import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { beginningOf, isAlive } from './process-of.ts';

const FILE = 'owner.json';

/** The product that owns a data folder: it alone starts and stops the server. */
export interface Owner {
  readonly pid: number;
  /** When that process began, where the system tells: numbers of processes come again. */
  readonly began: string | null;
}

/** The living owner of a data folder; null when there is none. */
export function ownerOf(root: string): Owner | null {
  const owner = ownerIn(join(root, FILE));
  return owner && isAlive(owner.pid) && beginningOf(owner.pid) === owner.began ? owner : null;
}

/**
 * Makes this process the owner. Throws a StartError when a living one has the folder. The note appears whole or not at all
 * (a link to a file already written), and everybody may read it: another user's product has to see whose the folder is.
 */
export function takeOwnership(root: string): void {
  const note = join(root, FILE);
  const mine = `${note}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) } satisfies Owner), { mode: 0o644 });
  try {
    for (let tries = 0; tries < 20; tries++) {
      if (linked(mine, note)) return;
      const other = ownerOf(root);
      if (other) throw inUse(root, other.pid);
      removeStale(note, root);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw inUse(root, 0);
}

export function giveUpOwnership(root: string): void {
  if (ownerOf(root)?.pid === process.pid) rmSync(join(root, FILE), { force: true });
}

function linked(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moved away before it is removed: where a quicker start has just replaced it, the living note is put back. */
function removeStale(note: string, root: string): void {
  const moved = `${note}.stale-${process.pid}`;
  try {
    renameSync(note, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const owner = ownerIn(moved);
  if (owner && isAlive(owner.pid) && beginningOf(owner.pid) === owner.began && ownerOf(root) === null) linked(moved, note);
  rmSync(moved, { force: true });
}

function ownerIn(file: string): Owner | null {
  try {
    const { pid, began } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' ? { pid, began: began ?? null } : null;
  } catch {
    return null;
  }
}

const inUse = (root: string, pid: number): StartError =>
  new StartError([
    text(
      `数据目录 ${root} 正由另一个师训进程(${pid || '?'})使用。请先停止它(kill ${pid || '<pid>'}),或换一个目录:DATA_DIR=另一目录 npm start`,
      `The data folder ${root} is in use by another Shixun (process ${pid || '?'}). Stop that one first (kill ${pid || '<pid>'}), or take another folder: DATA_DIR=another npm start`,
    ),
  ]);
