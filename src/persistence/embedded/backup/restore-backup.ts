import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from '../../../kernel/text.ts';
import { StartError } from '../../../start-error.ts';
import { nativePackage, versionOf } from '../binaries.ts';
import { dataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { startEmbedded } from '../embedded-server.ts';
import { giveUpOwnership, ownerOf, takeOwnership } from '../owner.ts';
import { copyFile } from './copy-file.ts';
import { checkedManifest, CONTENT, machineOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export interface Restored {
  readonly folder: string;
  readonly takenAt: string;
}

const CLUSTER = 'postgres/';

/**
 * Makes a data folder out of a backup: every byte is checked first, and the server is started once, which brings the copy
 * to the moment at which the backup ended. A folder that holds anything is refused, and so is one whose product runs.
 */
export async function restoreBackup(from: string, asked: string): Promise<Restored> {
  refuseUsed(asked);
  const backup = resolve(from);
  const manifest = await checkedManifest(backup);
  requireReadable(manifest);
  const folder = dataFolder(asked);
  refuseUsed(folder.root);
  takeOwnership(folder.root);
  try {
    await copyBack(manifest, join(backup, CONTENT), folder);
  } catch (error) {
    for (const name of readdirSync(folder.root)) rmSync(join(folder.root, name), { recursive: true, force: true });
    throw error;
  } finally {
    giveUpOwnership(folder.root);
  }
  const server = await startEmbedded(asked, 'owner');
  await server.stop();
  return { folder: folder.root, takenAt: manifest.takenAt };
}

function refuseUsed(folder: string): void {
  if (!existsSync(folder)) return;
  const owner = ownerOf(folder);
  if (owner) throw new StartError([text(`数据目录 ${folder} 正由师训进程 ${owner.pid} 使用。请先停止它,或以 DATA_DIR 指定一个新目录。`, `The data folder ${folder} is in use by a Shixun, process ${owner.pid}. Stop it first, or name a new folder with DATA_DIR.`)]);
  if (readdirSync(folder).length > 0) throw new StartError([text(`数据目录 ${folder} 不是空的,没有覆盖任何内容。请把它移走,或以 DATA_DIR 指定一个新目录。`, `The data folder ${folder} is not empty, and nothing was overwritten. Move it away, or name a new folder with DATA_DIR.`)]);
}

function requireReadable({ postgres, machine }: Manifest): void {
  const [ours = ''] = versionOf(nativePackage()).split('.');
  if (postgres === ours && machine === machineOf()) return;
  throw new StartError([text(`备份来自 PostgreSQL ${postgres}(${machine}),这里是 PostgreSQL ${ours}(${machineOf()}),不能读取它的文件。请用当时的版本恢复。`, `The backup is of PostgreSQL ${postgres} on ${machine}; this is PostgreSQL ${ours} on ${machineOf()}, which cannot read its files. Restore with the version of that time.`)]);
}

async function copyBack({ folders, files }: Manifest, content: string, { root, cluster, user }: DataFolder): Promise<void> {
  const unfinished = `${cluster}.new-${process.pid}`;
  const placeOf = (path: string): string => (path.startsWith(CLUSTER) ? join(unfinished, path.slice(CLUSTER.length)) : join(root, path));
  for (const path of [CLUSTER, ...folders]) mkdirSync(placeOf(path), { recursive: true, mode: 0o700 });
  for (const [path, { sha256 }] of Object.entries(files)) {
    const copied = await copyFile(join(content, path), placeOf(path));
    if (copied?.sha256 !== sha256) throw new Error(`${path} changed while it was restored`);
  }
  if (user) for (const path of ['', ...readdirSync(unfinished, { recursive: true }).map(String)]) chownSync(join(unfinished, path), user.uid, user.gid);
  renameSync(unfinished, cluster);
}
