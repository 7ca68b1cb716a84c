import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { programs } from './programs.ts';
import { secretIn } from './secret.ts';
import { serverFailure } from './server-failure.ts';
import { serverEnvironment } from './server-settings.ts';

/** The one user of the embedded server; its password lies in the data folder. */
export const USER = 'shixun';

/** Made under another name until it is whole: a start that is killed meanwhile leaves nothing to be mistaken for one. */
export async function makeCluster(folder: DataFolder): Promise<void> {
  const { root, cluster, user } = folder;
  for (const name of readdirSync(root)) if (name.startsWith('postgres.new-')) rmSync(join(root, name), { recursive: true, force: true });
  const unfinished = `${cluster}.new-${process.pid}`;
  const password = `${unfinished}.password`;
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(password, secretIn(root, 'password'), { mode: 0o600 });
  for (const path of [unfinished, password]) giveTo(user, path);
  try {
    await initdb(folder, ['-D', unfinished, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${password}`, '--locale=C', '--encoding=UTF8', '--no-instructions']);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(password, { force: true });
  }
  renameSync(unfinished, cluster);
}

/** It ends with this process, whatever ends that. */
function initdb(folder: DataFolder, options: readonly string[]): Promise<void> {
  const child = spawn(join(programs(folder), 'bin', 'initdb'), options, { ...folder.user, cwd: folder.root, env: serverEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  return new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(serverFailure(String(error))));
    child.once('close', (code, signal) => (code === 0 ? resolve() : reject(serverFailure(said || `initdb: ${code ?? signal}`))));
  }).finally(() => process.off('exit', end));
}
