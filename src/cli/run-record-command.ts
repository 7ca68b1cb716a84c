import { loadRegistry } from '../load-registry.ts';
import { describeStartError, StartError } from '../start-error.ts';
import type { TextOutput } from './audit-verify-command.ts';
import type { Language } from '../i18n/render.ts';
import type { Registry } from '../plugin-host/registry.ts';

type Command = (given: readonly string[], registry: Registry, systemLanguage: Language, output: TextOutput, environment: Readonly<Record<string, string | undefined>>) => Promise<0 | 1 | 2>;

/** Runs a command about records on this process's words and environment; the process ends with its code. */
export async function runRecordCommand(command: Command): Promise<void> {
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  // A reader that closes early (`| head`) has seen what it wanted.
  process.stdout.on('error', () => undefined);
  const output: TextOutput = { out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) };
  try {
    process.exitCode = await command(process.argv.slice(2), await loadRegistry(), locale.toLowerCase().startsWith('zh') ? 'zh' : 'en', output, process.env);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(describeStartError(error));
    process.exitCode = 1;
  }
}
