import { requireNode } from '../require-node.ts';

requireNode('npm run grant');

const { grantFirst } = await import('./grant-command.ts');
process.exitCode = await grantFirst(process.argv.slice(2), process.env, { out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) });
