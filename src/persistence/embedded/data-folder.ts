import { createHash, randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { canReach } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

/** Where everything of the embedded server lies. */
export interface DataFolder {
  /** The folder of the product: keys, the lock, the note about the running server. */
  readonly root: string;
  /** The cluster of PostgreSQL. */
  readonly cluster: string;
  /** The programs, readable by the user of the server. */
  readonly native: string;
}

/**
 * The data folder asked for. Where the server's user cannot reach it or the programs (a checkout in a private home, started
 * by root), both lie below /var/lib instead, in a folder named after the one asked for.
 */
export function dataFolder(asked: string, native: string, user: ServerUser | null): DataFolder {
  const wanted = resolve(asked);
  const folder = user && !canReachFrom(user, wanted) ? `/var/lib/shixun-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}` : wanted;
  mkdirSync(folder, { recursive: true, mode: user ? 0o711 : 0o700 });
  return { root: folder, cluster: join(folder, 'postgres'), native: user && !canReach(user, native) ? copyOf(native, folder) : native };
}

function canReachFrom(user: ServerUser, folder: string): boolean {
  // What is no folder is reported when the folder is made.
  for (let existing = folder; ; existing = resolve(existing, '..')) if (existsSync(existing)) return !statSync(existing).isDirectory() || canReach(user, existing);
}

/** Under another name until it is whole. Made again for another version. */
function copyOf(native: string, folder: string): string {
  const version = (JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { readonly version: string }).version;
  const copy = join(folder, `native-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}-${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
}

/** A secret of the folder, made when it is first asked for; only the owner can read it. */
export function secretIn(root: string, name: string): string {
  const file = join(root, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

export function giveTo(user: ServerUser | null, folder: string): void {
  if (user) chownSync(folder, user.uid, user.gid);
}
