import { cpSync, existsSync, lchownSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isUsable, linkLibraries, nativePackage, versionOf } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import type { ServerUser } from './server-user.ts';

/** The folder with PostgreSQL's `bin`: as it was installed where the server's user can run it, else a copy in the data folder. */
export function programs({ root, user }: DataFolder): string {
  const installed = nativePackage();
  const folder = isUsable(installed, user) ? installed : copyOf(installed, root, user);
  linkLibraries(folder);
  return join(folder, 'native');
}

/** Under another name until it is whole. Made again for another version, whose forerunners go. */
function copyOf(installed: string, root: string, user: ServerUser | null): string {
  const copy = join(root, `programs-${versionOf(installed)}`);
  if (existsSync(copy)) return copy;
  for (const name of readdirSync(root)) if (name.startsWith('programs-')) rmSync(join(root, name), { recursive: true, force: true });
  const unfinished = `${copy}.new-${process.pid}`;
  for (const part of ['native', 'package.json']) cpSync(join(installed, part), join(unfinished, part), { recursive: true, verbatimSymlinks: true });
  if (user) giveAllTo(user, unfinished);
  renameSync(unfinished, copy);
  return copy;
}

function giveAllTo({ uid, gid }: ServerUser, folder: string): void {
  lchownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) lchownSync(join(entry.parentPath, entry.name), uid, gid);
}
