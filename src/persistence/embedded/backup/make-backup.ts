import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { text } from '../../../kernel/text.ts';
import { StartError } from '../../../start-error.ts';
import { dataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { startEmbedded } from '../embedded-server.ts';
import { copyFile } from './copy-file.ts';
import { CONTENT, filesBelow, hashOf, machineOf, MANIFEST, MANIFEST_HASH } from './manifest.ts';
import type { FileEntry, Manifest } from './manifest.ts';

/** What stands in a data folder beside the cluster and belongs to the run of a product, not to its data. */
const NOT_KEPT = /^(?:owner\.json.*|postgres\.log.*|postgres\..+|programs-.*)$/;
/** Of the cluster: what a server makes anew, and the log of changes, of which the part that is needed is taken at the end. */
const NOT_COPIED = /^(?:postmaster\.(?:pid|opts)|backup_label.*|tablespace_map.*|current_logfiles.*|(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.*|(?:.*\/)?pgsql_tmp.*|(?:.*\/)?pg_internal\.init.*)$/;

export interface Backup {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Copies a data folder while its server runs and is written to: the cluster by PostgreSQL's own protocol for that (its
 * server replays on the copy what changed meanwhile), and the keys, without which much of it cannot be read. Whole or not
 * at all. Throws a StartError for what is wrong with either folder.
 */
export async function makeBackup(asked: string, to: string): Promise<Backup> {
  const folder = dataFolder(asked);
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) throw new StartError([text(`数据目录 ${folder.root} 中没有数据库,无可备份。`, `There is no database in the data folder ${folder.root} to back up.`)]);
  const target = free(to, folder.root);
  const unfinished = `${target}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    const server = await startEmbedded(asked, 'guest');
    const files = await copyAll(folder, server.url, join(unfinished, CONTENT)).finally(() => server.stop());
    writeManifest(unfinished, folder, files);
    if (existsSync(target)) rmdirSync(target);
    renameSync(unfinished, target);
    return { folder: target, files: Object.keys(files).length, bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** The folder to write: not there yet, or empty, and not inside of what is copied. */
function free(to: string, root: string): string {
  const target = resolve(to);
  if (existsSync(target) && readdirSync(target).length > 0) throw new StartError([text(`目标文件夹 ${target} 不是空的。请给一个新的文件夹。`, `The folder ${target} is not empty. Give a new one.`)]);
  mkdirSync(dirname(target), { recursive: true });
  const inside = relative(root, join(realpathSync(dirname(target)), target.slice(dirname(target).length)));
  if (!inside.startsWith('..')) throw new StartError([text(`目标文件夹 ${target} 在数据目录之内。请放到别处,最好是另一块磁盘。`, `The folder ${target} lies in the data folder. Put it elsewhere, best on another disk.`)]);
  return target;
}

type Files = Record<string, FileEntry>;

interface Stopped {
  readonly labelfile: string;
  readonly last: string;
}

async function copyAll(folder: DataFolder, url: string, to: string): Promise<Files> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'shixun backup' });
  client.on('error', () => undefined);
  await client.connect();
  const files: Files = {};
  const copy = async (from: string, path: string): Promise<void> => {
    const entry = await copyFile(from, join(to, path));
    if (entry) files[path] = entry;
  };
  try {
    // Keeps the log of changes from here on for as long as this connection lasts.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [`shixun_backup_${process.pid}`]);
    const { rows: [started] } = await client.query<{ first: string }>(`select pg_walfile_name(pg_backup_start('shixun', true)) as first`);
    for (const name of readdirSync(folder.root)) if (name !== 'postgres' && !NOT_KEPT.test(name)) for (const path of pathsOf(folder.root, name)) await copy(join(folder.root, path), path);
    const paths = filesBelow(folder.cluster).filter((path) => !NOT_COPIED.test(path));
    // Last of all, as it says how far everything is.
    for (const path of paths.sort((one, other) => Number(one === 'global/pg_control') - Number(other === 'global/pg_control'))) await copy(join(folder.cluster, path), `postgres/${path}`);
    const { rows: [stopped] } = await client.query<Stopped>('select labelfile, pg_walfile_name(lsn) as last from pg_backup_stop(false)');
    if (!started || !stopped) throw new Error('the server began or ended no backup');
    await copyChanges(folder.cluster, started.first, stopped.last, copy);
    const label = join(to, 'postgres', 'backup_label');
    writeFileSync(label, stopped.labelfile, { mode: 0o600 });
    files['postgres/backup_label'] = { bytes: Buffer.byteLength(stopped.labelfile), sha256: hashOf(stopped.labelfile) };
    return files;
  } finally {
    await client.end();
  }
}

const pathsOf = (root: string, name: string): string[] => {
  const entry = readdirSync(root, { withFileTypes: true }).find((one) => one.name === name);
  return entry?.isDirectory() ? filesBelow(join(root, name)).map((path) => `${name}/${path}`) : [name];
};

/** The segments of the log from the first that is needed to the last. Names are in the order of what they hold. */
async function copyChanges(cluster: string, first: string, last: string, copy: (from: string, path: string) => Promise<void>): Promise<void> {
  const needed = readdirSync(join(cluster, 'pg_wal')).filter((name) => name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last));
  if (!needed.includes(first) || !needed.includes(last)) throw new Error(`the log of changes lacks ${first} or ${last}`);
  for (const name of needed.sort()) await copy(join(cluster, 'pg_wal', name), `postgres/pg_wal/${name}`);
}

function writeManifest(target: string, { cluster }: DataFolder, files: Files): void {
  const manifest: Manifest = {
    format: 1,
    postgres: readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim(),
    machine: machineOf(),
    takenAt: new Date().toISOString(),
    folders: foldersBelow(cluster).map((path) => `postgres/${path}`),
    files,
  };
  const written = JSON.stringify(manifest, null, 1);
  writeFileSync(join(target, MANIFEST), written, { mode: 0o600 });
  writeFileSync(join(target, MANIFEST_HASH), `${hashOf(written)}\n`, { mode: 0o600 });
}

/** Empty ones too: the server wants them there. */
const foldersBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory() && !/pgsql_tmp|pg_replslot[\\/]/.test(join(entry.parentPath, entry.name))).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
