import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';

/** Whom the server runs as, where that is not the user of this process. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: then it runs as whoever has the cluster already (an ordinary user made it), else as
 * `postgres`, who is made when there is none. Null: as the user of this process.
 */
export function serverUser(cluster: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = userNamed('postgres') ?? (spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).status === 0 ? userNamed('postgres') : null);
  if (known) return known;
  throw new StartError([
    text('内置 PostgreSQL 不能以 root 身份运行,且无法创建用户 postgres。请以普通用户启动,或以 DATABASE_URL 指定一台服务器。', 'The embedded PostgreSQL cannot run as root, and the user postgres could not be made. Start as an ordinary user, or name a server with DATABASE_URL.'),
  ]);
}

function userNamed(name: string): ServerUser | null {
  const [, , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

/** `pass`: through a folder to what is in it. */
const BIT = { read: 4, pass: 1 };

/** Whether the user may do it with a file or folder, all above it being passable. */
export function may(user: ServerUser, what: keyof typeof BIT, path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & BIT[what]) !== 0;
}

/** Whether the user may pass through every folder down to this one, itself included. */
export function canReach(user: ServerUser, folder: string): boolean {
  const above = dirname(folder);
  return may(user, 'pass', folder) && (above === folder || canReach(user, above));
}
