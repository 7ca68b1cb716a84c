import { readConfig } from '../config.ts';
import { text } from '../kernel/text.ts';
import { makeBackup } from '../persistence/embedded/backup/make-backup.ts';
import { restoreBackup } from '../persistence/embedded/backup/restore-backup.ts';
import { StartError } from '../start-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs `npm run backup`. Returns what is to be said, in both languages. */
export async function runBackup(given: readonly string[], environment: Environment): Promise<string> {
  const to = folderIn(given, '--to', 'backup');
  const { database } = readConfig(environment);
  requireEmbedded(database.url);
  const { folder, files, bytes } = await makeBackup(database.dataFolder, to);
  const size = `${Math.ceil(bytes / 1_000_000)} MB`;
  const keyed = database.identityKey === null ? '' : '\n注意:IDENTITY_KEY 在环境变量中,不在备份里,请另外保存。\nNote: IDENTITY_KEY is in the environment and not in the backup; keep it as well.';
  return `已备份到 ${folder}(${files} 个文件,${size})。其中有数据库的密码和密钥,请像密钥一样保管。\nBacked up to ${folder} (${files} files, ${size}). It holds the keys and the password of the database: whoever has it can read everything.${keyed}\n`;
}

/** Runs `npm run restore`. */
export async function runRestore(given: readonly string[], environment: Environment): Promise<string> {
  const from = folderIn(given, '--from', 'restore');
  const { database } = readConfig(environment);
  requireEmbedded(database.url);
  const { folder, takenAt } = await restoreBackup(from, database.dataFolder);
  return `已把 ${takenAt} 的备份恢复到 ${folder}。\nThe backup of ${takenAt} was restored to ${folder}.\n`;
}

function folderIn(given: readonly string[], option: '--to' | '--from', command: string): string {
  const [name, value, ...more] = given.flatMap((word) => (word.startsWith(`${option}=`) ? [option, word.slice(option.length + 1)] : [word]));
  if (name === option && value && more.length === 0) return value;
  throw new StartError([text(`用法:npm run ${command} -- ${option} 文件夹`, `Usage: npm run ${command} -- ${option} FOLDER`)]);
}

/** A server elsewhere has tools of its own, which know where it lies. */
function requireEmbedded(url: string | null): void {
  if (url !== null) throw new StartError([text('设置了 DATABASE_URL:数据在那台服务器上,请用 PostgreSQL 自己的工具(pg_basebackup、pg_dump)备份,并另存数据目录中的密钥。', 'DATABASE_URL is set: the data lie on that server. Back it up with the tools of PostgreSQL (pg_basebackup, pg_dump), and keep the keys of the data folder as well.')]);
}
