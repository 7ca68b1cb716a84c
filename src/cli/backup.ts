import { requireNode } from '../require-node.ts';

requireNode('npm run backup');

const [{ runBackup }, { StartError }] = await Promise.all([import('./backup-command.ts'), import('../start-error.ts')]);

try {
  process.stdout.write(await runBackup(process.argv.slice(2), process.env));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  for (const language of ['zh', 'en'] as const) process.stderr.write(error.lines.map((line) => `${line[language]}\n`).join(''));
  process.exitCode = 1;
}
