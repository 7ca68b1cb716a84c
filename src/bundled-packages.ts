import { existsSync } from 'node:fs';
import module from 'node:module';

/** Packages that the build writes as one file each. */
export const BUNDLED = ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/migrations'] as const;

/**
 * From here on these packages are loaded from what the build has made of them, where it has; everybody gets the same copy.
 * An entry point calls it before it imports anything that needs them.
 */
export function useBundledPackages(): void {
  const bundled = new Map<string, string>();
  for (const name of BUNDLED) {
    const file = new URL(`../packages/${name.replaceAll('/', '-').replace('@', '')}.js`, import.meta.url);
    if (existsSync(file)) bundled.set(name, file.href);
  }
  if (bundled.size < BUNDLED.length) return;
  module.registerHooks({
    resolve(specifier, context, next) {
      const url = bundled.get(specifier);
      return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
    },
  });
}
