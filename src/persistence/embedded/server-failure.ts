import { text } from '../../kernel/text.ts';
import { StartError } from '../../start-error.ts';

/** Why the server or the making of its cluster failed, from what it wrote. */
export function serverFailure(output: string): StartError {
  const lines = output.trim().split('\n');
  const line = lines.filter((candidate) => /FATAL|PANIC|ERROR|error/.test(candidate)).at(-1) ?? output.trim().slice(-300);
  if (/No space left/i.test(output)) return new StartError([text(`磁盘已满,内置 PostgreSQL 无法启动(${line})。请腾出空间,或以 DATA_DIR 指定另一块磁盘上的目录。`, `The disk is full, the embedded PostgreSQL cannot start (${line}). Make room, or name a folder on another disk with DATA_DIR.`)]);
  const other = /initialized by PostgreSQL version (\d+)/.exec(output)?.[1];
  if (other) return new StartError([text(`数据目录中的数据库由 PostgreSQL ${other} 建立,内置的是另一个大版本。请用 pg_dump 从旧版本导出后再导入,或换一个目录(DATA_DIR)。`, `The database in the data folder was made by PostgreSQL ${other}, and the embedded one has another major version. Move the data with pg_dump of the former version, or take another folder (DATA_DIR).`)]);
  return new StartError([text(`内置 PostgreSQL 无法启动:${line}`, `The embedded PostgreSQL cannot start: ${line}`)]);
}

const WITH_FOLDERS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'ELOOP', 'ENAMETOOLONG']);

/** A data folder that cannot be used, as something that the operator can mend; anything else as it is. */
export function folderFailure(error: unknown, asked: string): unknown {
  const { code = '', path = asked } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StartError([text(`数据目录 ${asked} 所在的磁盘已满(${code})。请腾出空间,或以 DATA_DIR 指定另一块磁盘上的目录。`, `The disk of the data folder ${asked} is full (${code}). Make room, or name a folder on another disk with DATA_DIR.`)]);
  if (!WITH_FOLDERS.has(code)) return error;
  return new StartError([text(`无法使用数据目录 ${asked}(${code}:${path})。请检查权限,用建立它的那个用户启动,或以 DATA_DIR 指定另一个目录。`, `The data folder ${asked} cannot be used (${code}: ${path}). See to its permissions, start as the user who made it, or name another with DATA_DIR.`)]);
}
