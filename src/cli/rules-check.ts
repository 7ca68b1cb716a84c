import { checkRules } from './check-rules.ts';
import { runCommand } from './run-command.ts';

await runCommand(checkRules);
