import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runningServer } from '../../src/persistence/embedded/running-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

/** A compiled copy of the product, to be started as `npm start` starts it. */
export interface BuiltServer {
  readonly folder: string;
  /** Where its database lies unless a run names another. */
  readonly dataFolder: string;
  run(environment: Readonly<Record<string, string>>, options?: Pick<SpawnOptions, 'uid' | 'gid'>): Running;
  remove(): void;
}

export function buildServer(name: string): BuiltServer {
  // Inside node_modules: the packages are found from there, and nothing of it is checked in.
  const folder = `${root}node_modules/.cache/${name}-test-${process.pid}`;
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--outDir', folder], { cwd: root, stdio: 'pipe' });
  } catch {
    // Types are checked elsewhere; what was written can run.
  }
  execFileSync(process.execPath, [`${folder}/src/cli/bundle-start.js`], { cwd: root, stdio: 'pipe' });
  const dataFolder = mkdtempSync(join(tmpdir(), `${name}-data-`));
  chmodSync(dataFolder, 0o755);
  const children = new Set<ChildProcessWithoutNullStreams>();
  return {
    folder,
    dataFolder,
    run(environment, options = {}) {
      const child = spawn(process.execPath, [`${folder}/src/main.js`], { ...options, cwd: root, env: { PATH: process.env['PATH'], HOST: '127.0.0.1', LOG_LEVEL: 'error', DATA_DIR: dataFolder, DEMO: '0', ...environment }, stdio: 'pipe' });
      children.add(child);
      let output = '';
      let errors = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
      return { child, output: () => output, errors: () => errors, ended: once(child, 'exit').then(([code]) => code as number | null) };
    },
    remove() {
      // A test that failed may have left one behind.
      for (const child of children) child.kill('SIGKILL');
      stopLeftServer(join(dataFolder, 'postgres'));
      for (const path of [folder, dataFolder]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The database of a product that was killed runs on. */
export function stopLeftServer(cluster: string): void {
  const server = runningServer(cluster);
  if (server) process.kill(server.pid, 'SIGQUIT');
}

/** The address, once the server says it. */
export async function ready({ child, output, errors }: Running): Promise<URL> {
  for (let waited = 0; ; waited += 20) {
    // Whole: behind it the line ends.
    const address = /http:\S+(?=\s)/.exec(output())?.[0];
    if (address) return new URL(address);
    if (waited > 20_000 || child.exitCode !== null) throw new Error(`not ready: ${errors()} ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
