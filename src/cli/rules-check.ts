import { requireNode } from '../require-node.ts';

requireNode('npm run rules:check');

const [{ checkRules }, { runCommand }] = await Promise.all([import('./check-rules.ts'), import('./run-command.ts')]);
await runCommand(checkRules);
