import { requireNode } from '../require-node.ts';

requireNode('npm run generate');

const { generate } = await import('./generate-command.ts');
await generate(process.argv.slice(2));
