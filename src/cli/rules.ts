import { requireNode } from '../require-node.ts';

requireNode('npm run rules');

const [{ listRules }, { runCommand }] = await Promise.all([import('./list-rules.ts'), import('./run-command.ts')]);
await runCommand(listRules);
