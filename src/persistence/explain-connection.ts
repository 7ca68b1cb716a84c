import { text } from '../kernel/text.ts';
import type { Text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import { sqlErrorKind } from './sql-errors.ts';

/** A failed start as something that the operator can mend; null: it is none. */
export function explainConnection(error: unknown, url: string): StartError | null {
  if (error instanceof StartError) return error;
  const { code, message } = innermost(error);
  const explain = BY_CODE[code] ?? BY_WORDS.find(([words]) => words.test(message))?.[1] ?? (sqlErrorKind(error) === 'connectionLost' ? unreachable : null);
  const known = explain?.(withoutPassword(url), message);
  return known ? new StartError([known]) : null;
}

type Explain = (url: string, message: string) => Text;

const unreachable: Explain = (url, message) => text(`连不上数据库服务器 ${url}(${message})。请确认它已启动、地址正确;不设 DATABASE_URL 则使用内置数据库。`, `The database server ${url} cannot be reached (${message}). See that it runs and that the address is right; without DATABASE_URL the embedded one is used.`);
const noEntry: Explain = (url, message) => text(`数据库 ${url} 拒绝登录(${message})。请检查 DATABASE_URL 中的用户名和密码。`, `The database ${url} refuses the sign-in (${message}). Check user and password in DATABASE_URL.`);
const noRight: Explain = (url, message) => text(`在数据库 ${url} 中没有所需权限(${message})。建表和扩展 btree_gist 需要该数据库的所有者。`, `The user lacks a right in the database ${url} (${message}). Making tables and the extension btree_gist takes the owner of the database.`);

const BY_CODE: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOENT: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  '28P01': noEntry,
  '28000': noEntry,
  '3D000': (url, message) => text(`服务器上没有 DATABASE_URL 所指的数据库 ${url}(${message})。请先建立它:createdb`, `The server has no such database as DATABASE_URL names, ${url} (${message}). Make it first: createdb`),
  '42501': noRight,
  '58P01': (_url, message) => text(`数据库服务器缺少扩展 btree_gist(${message})。请安装 PostgreSQL 的 contrib 包。`, `The database server lacks the extension btree_gist (${message}). Install the contrib package of PostgreSQL.`),
  '0A000': (_url, message) => text(`数据库服务器不能满足要求(${message})。需要 PostgreSQL 15 或更新版本及扩展 btree_gist(contrib 包)。`, `The database server cannot do what is asked (${message}). It has to be PostgreSQL 15 or newer, with the extension btree_gist (contrib package).`),
  '53100': (_url, message) => text(`数据库的磁盘已满(${message})。请腾出空间后再启动。`, `The disk of the database is full (${message}). Make room and start again.`),
  ENOSPC: (_url, message) => text(`磁盘已满(${message})。请腾出空间后再启动。`, `The disk is full (${message}). Make room and start again.`),
  '53300': (url, message) => text(`数据库 ${url} 已无空闲连接(${message})。请增加 max_connections,或调小 DATABASE_POOL_SIZE。`, `The database ${url} has no connection left (${message}). Raise max_connections, or lower DATABASE_POOL_SIZE.`),
  '42P07': (url, message) => text(`数据库 ${url} 中已有不属于师训的表(${message})。请在 DATABASE_URL 中指定一个空的数据库。`, `The database ${url} holds tables that are not Shixun's (${message}). Name an empty one in DATABASE_URL.`),
  '25006': (url, message) => text(`数据库 ${url} 是只读的(${message})。请在 DATABASE_URL 中指定可写的主服务器。`, `The database ${url} is read-only (${message}). Name the server that can be written to in DATABASE_URL.`),
  '57P03': (url, message) => text(`数据库 ${url} 正在启动或恢复(${message}),请稍后再试。`, `The database ${url} is starting or recovering (${message}); try again a little later.`),
};

/** What the client says itself, without a code. */
const BY_WORDS: readonly (readonly [RegExp, Explain])[] = [
  [/client password must be a string|no password supplied/i, noEntry],
  [/\bSSL\b|certificate|\bTLS\b/i, (url, message) => text(`与数据库服务器 ${url} 无法建立加密连接(${message})。请检查 DATABASE_URL 中的 sslmode。`, `No encrypted connection to the database server ${url} (${message}). See to sslmode in DATABASE_URL.`)],
];

interface Found {
  readonly code: string;
  readonly message: string;
}

/** The code and words of whatever lies at the bottom of an error. */
export function innermost(error: unknown): Found {
  let found: Found = { code: '', message: String(error) };
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 6; depth++) {
    const { code, message, cause, previous, errors } = current as { readonly code?: unknown; readonly message?: unknown; readonly cause?: unknown; readonly previous?: unknown; readonly errors?: readonly unknown[] };
    if (typeof code === 'string') found = { code, message: typeof message === 'string' && message !== '' ? message : code };
    current = cause ?? previous ?? errors?.[0];
  }
  return found;
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '(?)';
  const parsed = new URL(url);
  return `${parsed.protocol}//${parsed.username ? `${parsed.username}@` : ''}${parsed.host}${parsed.pathname}`;
}
