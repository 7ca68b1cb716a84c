import module from 'node:module';
import { requireNode } from './require-node.ts';
import { starting } from './start-bundle.ts';

requireNode('npm start');

// Compiled code of all packages is kept between starts.
module.enableCompileCache();
const { module: address, checkedPlugins } = starting();
const { start } = (await import(address)) as typeof import('./start.ts');
await start(checkedPlugins);
// Else it is kept only when the process ends by itself.
setTimeout(() => module.flushCompileCache(), 1_000).unref();
