import { requireNode } from '../require-node.ts';

requireNode('npm run audit:verify');

const [{ runAuditVerify }, { runRecordCommand }] = await Promise.all([import('./audit-verify-command.ts'), import('./run-record-command.ts')]);
await runRecordCommand(runAuditVerify);
