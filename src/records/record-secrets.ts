import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../kernel/text.ts';
import { secretIn } from '../persistence/embedded/secret.ts';
import { StartError } from '../start-error.ts';
import { HeadSigner } from './chain-head.ts';
import { RecordKeys } from './keys.ts';

/** Beside the data folder's other secrets. A former key stays in its file, on a line below the current one. */
const AUDIT_KEY = 'audit-key';
const HEAD_KEY = 'head-key';
/** For whoever checks heads without being able to make them. */
const HEAD_KEY_PUBLIC = 'head-key.pub';

/** The keys of the records: those given in base64, separated by commas (the current one first), else those of the data folder. */
export function recordKeys(given: string | null, dataFolder: string): RecordKeys {
  const written = given?.split(',') ?? secretLines(dataFolder, AUDIT_KEY, text('记录的密钥既不在环境变量 AUDIT_KEY 中,', 'The key of the records is not in AUDIT_KEY, and '));
  const secrets = written.map((secret) => Buffer.from(secret, 'base64'));
  if (secrets.some((secret) => secret.length < 32)) throw damaged(dataFolder, AUDIT_KEY);
  return new RecordKeys(secrets);
}

/** What signs chain heads: always in the data folder, where they are kept too. */
export function headSigner(dataFolder: string): HeadSigner {
  const seeds = secretLines(dataFolder, HEAD_KEY, text('链头的签名密钥', 'The key that signs chain heads ')).map((seed) => Buffer.from(seed, 'base64'));
  if (seeds.some((seed) => seed.length !== 32)) throw damaged(dataFolder, HEAD_KEY);
  const signer = new HeadSigner(seeds);
  try {
    writeFileSync(join(dataFolder, HEAD_KEY_PUBLIC), signer.publicKey, { flag: 'wx', mode: 0o644 });
  } catch {
    // It is there, or follows from the other one whenever it is needed.
  }
  return signer;
}

function secretLines(dataFolder: string, name: string, lacking: { readonly zh: string; readonly en: string }): string[] {
  try {
    const lines = secretIn(dataFolder, name).split(/\s+/).filter((line) => line !== '');
    if (lines.length > 0) return lines;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError([text(`${lacking.zh}无法存入数据目录 ${dataFolder}(${code})。请用 DATA_DIR 指定一个可写的目录。`, `${lacking.en}cannot be kept in the data folder ${dataFolder} (${code}). Name a folder that can be written to with DATA_DIR.`)]);
  }
  throw damaged(dataFolder, name);
}

const damaged = (dataFolder: string, name: string): StartError => new StartError([text(`数据目录 ${dataFolder} 中的 ${name} 不完整。请从备份恢复它。`, `The file ${name} in the data folder ${dataFolder} is damaged. Bring it back from a backup.`)]);

export const otherKey = (): StartError =>
  new StartError([
    text(
      '审计记录的密钥(AUDIT_KEY 或数据目录中的 audit-key)不是这个数据库所用的那一个。请找回原来的密钥(更换密钥时,原来的要留在新的后面);没有它,已有的记录无法核对。',
      'The key of the records (AUDIT_KEY, or audit-key in the data folder) is not the one of this database. Bring back the former key (when it is changed, the former one stays behind the new one): without it the records that exist cannot be checked.',
    ),
  ]);
