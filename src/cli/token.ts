import { requireNode } from '../require-node.ts';

requireNode('npm run token');

const { printToken } = await import('./token-command.ts');
process.exitCode = await printToken(process.argv.slice(2), process.env, { out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) });
