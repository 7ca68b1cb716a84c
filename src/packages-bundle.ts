import { existsSync, readFileSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { packageFolder } from './package-folder.ts';

/**
 * The mapper, its query builder and the driver are 460 small files, and finding and linking them takes five times as long as running
 * them: a third of a later start. `npm run build` puts them together, once for each version, and a start reads them from
 * there. Without that they are read from where they are installed, and nothing else changes.
 */
export const BUNDLED: Readonly<Record<string, string>> = {
  '@mikro-orm/core': 'core.js',
  '@mikro-orm/sql': 'sql.js',
  '@mikro-orm/postgresql': 'postgresql.js',
  '@mikro-orm/migrations': 'migrations.js',
  pg: 'pg.js',
};

/** Where the bundle of the installed version lies; null: it cannot be known. */
export function bundleFolder(): string | null {
  if (packageFolder === null) return null;
  try {
    const { version } = JSON.parse(readFileSync(`${packageFolder}node_modules/@mikro-orm/core/package.json`, 'utf8')) as { readonly version: string };
    return `${packageFolder}node_modules/.cache/shixun/mikro-orm-${version}-pg/`;
  } catch {
    return null;
  }
}

/** From now on those packages are read from the bundle, if there is one: all of them, so that there is one copy of each. */
export function useBundle(): void {
  const folder = bundleFolder();
  if (folder === null || !existsSync(`${folder}complete`)) return;
  const addresses = new Map(Object.entries(BUNDLED).map(([name, file]) => [name, pathToFileURL(realpathSync(folder + file)).href]));
  module.registerHooks({
    resolve(specifier, context, next) {
      const address = addresses.get(specifier);
      return address === undefined ? next(specifier, context) : { url: address, format: 'module', shortCircuit: true };
    },
  });
}

