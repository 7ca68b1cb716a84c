import { listRules } from './list-rules.ts';
import { runCommand } from './run-command.ts';

await runCommand(listRules);
