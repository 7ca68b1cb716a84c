import { formatFaults } from '../plugin-host/faults.ts';
import { loadPlugins } from '../plugin-host/load-plugins.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Language, Printed } from './options.ts';

/** Loads all plugins and prints what a command answers; the process ends with the command's code. */
export async function runCommand(command: (given: readonly string[], registry: Registry, systemLanguage: Language) => Printed): Promise<void> {
  const language = systemLanguage(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '');
  const loaded = await loadPlugins();
  const printed = loaded.ok ? command(process.argv.slice(2), loaded.registry, language) : { code: 1, out: '', error: `${formatFaults(loaded.faults, language)}\n` };
  process.exitCode = printed.code;
  // A reader that closes early (`| head`) has seen what it wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  if (printed.error) process.stderr.write(printed.error);
  if (printed.out) process.stdout.write(printed.out);
}

const systemLanguage = (locale: string): Language => (locale.toLowerCase().startsWith('zh') ? 'zh' : 'en');
