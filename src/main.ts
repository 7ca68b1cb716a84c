import module from 'node:module';
import { useBundle } from './packages-bundle.ts';
import { requireNode } from './require-node.ts';

requireNode('npm start');

// Compiled code of all packages is kept between starts.
module.enableCompileCache();
useBundle();
const { start } = await import('./start.ts');
await start();
// Else it is kept only when the process ends by itself.
setTimeout(() => module.flushCompileCache(), 1_000).unref();
