import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../kernel/text.ts';
import { damagedSecret, givenOrKept, secretLines } from '../persistence/keys/secret-lines.ts';
import { StartError } from '../start-error.ts';
import { HeadSigner } from './chain-head.ts';
import { RecordKeys } from './keys.ts';

/** Beside the data folder's other secrets. A former key stays in its file, on a line below the current one. */
export const AUDIT_KEY = { name: 'audit-key', lacking: text('记录的密钥既不在环境变量 AUDIT_KEY 中,', 'The key of the records is not in AUDIT_KEY, and ') };
const HEAD_KEY = { name: 'head-key', lacking: text('链头的签名密钥', 'The key that signs chain heads ') };
/** For whoever checks heads without being able to make them. */
const HEAD_KEY_PUBLIC = 'head-key.pub';

/** The keys of the records: those given in base64, separated by commas (the current one first), else those of the data folder. */
export function recordKeys(given: string | null, dataFolder: string): RecordKeys {
  return new RecordKeys(givenOrKept(given, dataFolder, AUDIT_KEY));
}

/** What signs chain heads: always in the data folder, where they are kept too. */
export function headSigner(dataFolder: string): HeadSigner {
  const seeds = secretLines(dataFolder, HEAD_KEY).map((seed) => Buffer.from(seed, 'base64'));
  if (seeds.some((seed) => seed.length !== 32)) throw damagedSecret(dataFolder, HEAD_KEY.name);
  const signer = new HeadSigner(seeds);
  try {
    writeFileSync(join(dataFolder, HEAD_KEY_PUBLIC), signer.publicKey, { flag: 'wx', mode: 0o644 });
  } catch {
    // It is there, or follows from the other one whenever it is needed.
  }
  return signer;
}

export const otherKey = (): StartError =>
  new StartError([
    text(
      '审计记录的密钥(AUDIT_KEY 或数据目录中的 audit-key)不是这个数据库所用的那一个。请找回原来的密钥(更换密钥时,原来的要留在新的后面);没有它,已有的记录无法核对。',
      'The key of the records (AUDIT_KEY, or audit-key in the data folder) is not the one of this database. Bring back the former key (when it is changed, the former one stays behind the new one): without it the records that exist cannot be checked.',
    ),
  ]);
