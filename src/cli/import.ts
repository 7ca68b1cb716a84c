import { requireNode } from '../require-node.ts';

requireNode('npm run import');

const [{ runImport }, { loadRegistry }, { describeStartError, StartError }] = await Promise.all([import('./import-command.ts'), import('../load-registry.ts'), import('../start-error.ts')]);

const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
const giveUp = new AbortController();
// Nothing of the file at hand is taken; a second signal does not wait for that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    giveUp.abort(new Error(signal));
    process.once(signal, () => process.exit(1));
  });
}
// A reader that closes early (`| head`) has seen what it wanted.
process.stdout.on('error', () => undefined);
try {
  const output = { out: (text: string) => void process.stdout.write(text), error: (text: string) => void process.stderr.write(text), terminal: process.stderr };
  process.exitCode = await runImport(process.argv.slice(2), await loadRegistry(), locale.toLowerCase().startsWith('zh') ? 'zh' : 'en', output, process.env, giveUp.signal);
} catch (error) {
  if (giveUp.signal.aborted) {
    process.stderr.write('已中止,当前文件没有写入任何内容。\nGiven up; nothing of the file at hand was written.\n');
    process.exitCode = 1;
  } else if (error instanceof StartError) {
    process.stderr.write(describeStartError(error));
    process.exitCode = 1;
  } else throw error;
}
