import { registerHooks } from 'node:module';
import { extname } from 'node:path';

/** What a plugin that does not ship with the product may import, and the host's own module behind each name. */
const MODULES: Readonly<Record<string, string>> = { 'shixun/plugin-kit': '../plugin-kit', 'shixun/test-kit': '../testing/test-kit' };

let isReady = false;

/**
 * Lets plugins from elsewhere import the kit of the very host that runs them: the product is no package among their
 * dependencies, and a second copy of it would have amounts that this one does not know. Done once a process.
 */
export function answerHostModules(): void {
  if (isReady) return;
  isReady = true;
  const ending = extname(import.meta.url);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const module = Object.hasOwn(MODULES, specifier) ? MODULES[specifier] : undefined;
      return nextResolve(module === undefined ? specifier : new URL(`${module}${ending}`, import.meta.url).href, context);
    },
  });
}
