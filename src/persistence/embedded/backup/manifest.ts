import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from '../../../kernel/text.ts';
import type { Text } from '../../../kernel/text.ts';
import { StartError } from '../../../start-error.ts';

/** What a backup holds, file by file: written last, so that a backup without one is none. */
export interface Manifest {
  readonly format: 1;
  /** The version of PostgreSQL whose files these are: another one cannot read them. */
  readonly postgres: string;
  /** The kind of machine, for the same reason. */
  readonly machine: string;
  readonly takenAt: string;
  readonly folders: readonly string[];
  readonly files: Readonly<Record<string, FileEntry>>;
}

export interface FileEntry {
  readonly bytes: number;
  readonly sha256: string;
}

export const MANIFEST = 'manifest.json';
export const MANIFEST_HASH = 'manifest.sha256';
/** Below it everything lies as in a data folder. */
export const CONTENT = 'data';

export const machineOf = (): string => `${process.platform}-${process.arch}`;
export const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The manifest of a backup that is whole: every byte is read. Throws a StartError that names what is wrong. */
export async function checkedManifest(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  const wrong: Text[] = [];
  for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const file = join(folder, CONTENT, path);
    if (!existsSync(file)) wrong.push(text(`缺少文件 ${path}`, `${path} is missing`));
    else if (statSync(file).size !== bytes || (await hashOfFile(file)) !== sha256) wrong.push(text(`文件 ${path} 与备份时不同`, `${path} is not what was backed up`));
  }
  for (const path of filesBelow(join(folder, CONTENT))) if (!Object.hasOwn(manifest.files, path)) wrong.push(text(`文件 ${path} 不属于这份备份`, `${path} is no part of the backup`));
  if (wrong.length > 0) throw damaged(folder, wrong);
  return manifest;
}

function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file) || !existsSync(join(folder, MANIFEST_HASH))) throw new StartError([text(`${folder} 不是一份完整的备份:没有 ${MANIFEST}。请用 npm run backup 所写的文件夹。`, `${folder} is not a whole backup: it has no ${MANIFEST}. Give a folder that npm run backup has written.`)]);
  const written = readFileSync(file);
  if (readFileSync(join(folder, MANIFEST_HASH), 'utf8').trim() !== hashOf(written)) throw damaged(folder, [text(`${MANIFEST} 与备份时不同`, `${MANIFEST} is not what was written`)]);
  return JSON.parse(written.toString('utf8')) as Manifest;
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** By their paths with `/`, sorted. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();

const SHOWN = 5;
const damaged = (folder: string, wrong: readonly Text[]): StartError =>
  new StartError([
    text(`备份 ${folder} 已损坏,没有恢复任何内容。请用另一份备份。`, `The backup ${folder} is damaged, and nothing was restored. Use another one.`),
    ...wrong.slice(0, SHOWN),
    ...(wrong.length > SHOWN ? [text(`……共 ${wrong.length} 处`, `… ${wrong.length} in all`)] : []),
  ]);
