import { chownSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../../kernel/text.ts';
import type { Text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';
import { secretIn } from '../embedded/secret.ts';

/** A secret of the data folder that changes: one line for each, the current one first. Made when there is none. */
export interface SecretFile {
  readonly name: string;
  /** What is lacking when it can neither be read nor made. */
  readonly lacking: Text;
}

/** Its lines. Throws a StartError when the folder cannot hold it or the file says nothing. */
export function secretLines(dataFolder: string, { name, lacking }: SecretFile): string[] {
  try {
    const lines = secretIn(dataFolder, name).split(/\s+/).filter((line) => line !== '');
    if (lines.length > 0) return lines;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError([text(`${lacking.zh}无法存入数据目录 ${dataFolder}(${code})。请用 DATA_DIR 指定一个可写的目录。`, `${lacking.en}cannot be kept in the data folder ${dataFolder} (${code}). Name a folder that can be written to with DATA_DIR.`)]);
  }
  throw damagedSecret(dataFolder, name);
}

/** Keys given in base64, separated by commas (the current one first), else those of the data folder: at least 32 bytes each. */
export function givenOrKept(given: string | null, dataFolder: string, file: SecretFile): Buffer[] {
  const secrets = (given?.split(',') ?? secretLines(dataFolder, file)).map((secret) => Buffer.from(secret, 'base64'));
  if (secrets.some((secret) => secret.length < 32)) throw damagedSecret(dataFolder, file.name);
  return secrets;
}

export const damagedSecret = (dataFolder: string, name: string): StartError => new StartError([text(`数据目录 ${dataFolder} 中的 ${name} 不完整。请从备份恢复它。`, `The file ${name} in the data folder ${dataFolder} is damaged. Bring it back from a backup.`)]);

/** Writes a secret file anew, whole or not at all, for its owner alone. */
export function writeSecretLines(dataFolder: string, name: string, lines: readonly string[]): void {
  const file = join(dataFolder, name);
  const { uid, gid } = statSync(file);
  const made = `${file}.${process.pid}`;
  writeFileSync(made, lines.map((line) => `${line}\n`).join(''), { mode: 0o600, flush: true });
  if (process.getuid?.() === 0) chownSync(made, uid, gid);
  renameSync(made, file);
}
