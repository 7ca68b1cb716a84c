import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emptyStore, TEST_KEY } from './database.ts';

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
  run(environment: Readonly<Record<string, string>>, options?: Pick<SpawnOptions, 'uid' | 'gid'>): Running;
  remove(): Promise<void>;
}

/** Runs on an empty store of its own, unless a test names another or a data folder for the embedded server. */
export async function buildServer(name: string): Promise<BuiltServer> {
  // Inside node_modules: the packages are found from there, and nothing of it is checked in.
  const folder = `${root}node_modules/.cache/${name}-test-${process.pid}`;
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--outDir', folder], { cwd: root, stdio: 'pipe' });
  } catch {
    // Types are checked elsewhere; what was written can run.
  }
  const store = await emptyStore();
  const children = new Set<ChildProcessWithoutNullStreams>();
  return {
    folder,
    run(environment, options = {}) {
      const child = spawn(process.execPath, [`${folder}/src/main.js`], { ...options, cwd: root, env: { PATH: process.env['PATH'], HOST: '127.0.0.1', LOG_LEVEL: 'error', DATA_DIR: `${folder}/data`, ...(environment['DATA_DIR'] === undefined && { DATABASE_URL: store.url, IDENTITY_KEY: TEST_KEY }), ...environment }, stdio: 'pipe' });
      children.add(child);
      let output = '';
      let errors = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
      return { child, output: () => output, errors: () => errors, ended: once(child, 'exit').then(([code]) => code as number | null) };
    },
    async remove() {
      // A test that failed may have left one behind.
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      await store.drop();
    },
  };
}

/** The address, once the server says it. */
export async function ready({ child, output, errors }: Running): Promise<URL> {
  for (let waited = 0; !output().includes('\n'); waited += 20) {
    if (waited > 20_000 || child.exitCode !== null) throw new Error(`not ready: ${errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const address = /http:\S+/.exec(output())?.[0];
  if (!address) throw new Error(`no address in ${output()}`);
  return new URL(address);
}
