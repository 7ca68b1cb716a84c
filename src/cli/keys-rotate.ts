import { requireNode } from '../require-node.ts';

requireNode('npm run keys:rotate');

const [{ runKeysRotate }, { runRecordCommand }] = await Promise.all([import('./keys-rotate-command.ts'), import('./run-record-command.ts')]);
await runRecordCommand(runKeysRotate);
