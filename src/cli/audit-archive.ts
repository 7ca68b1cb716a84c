import { requireNode } from '../require-node.ts';

requireNode('npm run audit:archive');

const [{ runAuditArchive }, { runRecordCommand }] = await Promise.all([import('./audit-archive-command.ts'), import('./run-record-command.ts')]);
await runRecordCommand(runAuditArchive);
