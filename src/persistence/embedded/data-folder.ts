import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { canReach, may, serverUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

/** Where everything of the embedded server lies, and whom it belongs to. */
export interface DataFolder {
  /** The folder of the product: keys, the note about its owner, the server's log. */
  readonly root: string;
  /** The cluster of PostgreSQL. */
  readonly cluster: string;
  readonly user: ServerUser | null;
}

const CLUSTER = 'postgres';

/** The data folder asked for, made when it is not there. */
export function dataFolder(asked: string): DataFolder {
  const wanted = resolve(asked);
  const user = serverUser(join(wanted, CLUSTER));
  const root = realpathSync(user ? rootFor(user, wanted) : made(wanted));
  return { root, cluster: join(root, CLUSTER), user };
}

const hasCluster = (root: string): boolean => existsSync(join(root, CLUSTER, 'PG_VERSION'));

function made(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * Where root keeps the data of a server that runs as another user. Where that user cannot reach the folder asked for (a
 * checkout in a private home), they lie below /var/lib, in a folder named after the one asked for, and stay there.
 */
function rootFor(user: ServerUser, wanted: string): string {
  const above = nearestExisting(wanted);
  if (!statSync(above).isDirectory()) throw Object.assign(new Error(`${above} is no folder`), { code: 'ENOTDIR', path: above });
  const elsewhere = `/var/lib/shixun-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
  if (!hasCluster(wanted) && hasCluster(elsewhere)) return elsewhere;
  if (opened(user, wanted)) return wanted;
  if (hasCluster(wanted)) throw closed(wanted);
  opened(user, elsewhere);
  return elsewhere;
}

/** Whether the user can reach the folder. Made, or let in by its group, when it is the product's own; nothing is readable by that. */
function opened(user: ServerUser, folder: string): boolean {
  if (!canReach(user, nearestExisting(dirname(folder)))) return false;
  if (!existsSync(folder)) {
    for (let first = mkdirSync(folder, { recursive: true }), part = folder; first && part.length >= first.length; part = dirname(part)) chmodSync(part, part === folder ? 0o700 : 0o755);
  }
  if (may(user, 'pass', folder)) return true;
  const isOurs = statSync(folder).uid === 0 && (readdirSync(folder).length === 0 || existsSync(join(folder, 'password')));
  if (!isOurs) return false;
  chownSync(folder, 0, user.gid);
  chmodSync(folder, 0o710);
  return true;
}

const nearestExisting = (folder: string): string => (existsSync(folder) ? folder : nearestExisting(dirname(folder)));

const closed = (wanted: string): StartError =>
  new StartError([
    text(
      `数据目录 ${wanted} 中已有数据库,但内置 PostgreSQL 的用户无法进入它的上级目录。请恢复上级目录的权限(chmod o+x),或把数据目录移到别处并以 DATA_DIR 指定。`,
      `The data folder ${wanted} holds a database, but the user of the embedded PostgreSQL cannot pass through the folders above it. Let it pass (chmod o+x), or move the data folder elsewhere and name it with DATA_DIR.`,
    ),
  ]);

export function giveTo(user: ServerUser | null, path: string): void {
  if (user) chownSync(path, user.uid, user.gid);
}
