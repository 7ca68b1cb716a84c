import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretIn } from '../../src/persistence/embedded/secret.ts';
import { DEVELOPMENT_KEY_FILE, issueToken } from '../../src/access/tokens/development-issuer.ts';
import { eventually } from '../support/processes.ts';
import { buildServer, ready, stopLeftServer } from '../support/built-server.ts';
import type { BuiltServer, Running } from '../support/built-server.ts';

let built: BuiltServer;
let place: string;
let running: Running;
let url: URL;
let before: unknown;
const acknowledged: string[] = [];

const PAGE = '{ teachers(first: 30) { totalCount nodes { id name employment { from institution { name } } credits(first: 20) { nodes { id amount completedOn } } } } }';
const RECORD = 'mutation { assessmentRecord(input: {decision: "creditCompletion", jurisdiction: "310101", at: "2020-12-31", facts: {roles: [], entries: []}}) { storedAssessment { id answerHash } userErrors { code } } }';

async function ask(address: URL, query: string): Promise<unknown> {
  const token = await issueToken(secretIn(built.dataFolder, DEVELOPMENT_KEY_FILE), 'shixun', 'demo:authority', false, 1);
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });
  return ((await response.json()) as { readonly data: unknown }).data;
}

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}
async function run(command: 'backup' | 'restore', given: readonly string[], dataFolder: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [`${built.folder}/src/cli/${command}.js`, ...given], { env: { PATH: process.env['PATH'], DATA_DIR: dataFolder, ...more } });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output, errors };
}
const folder = (name: string): string => join(place, name);

async function end(server: Running): Promise<void> {
  server.child.kill('SIGTERM');
  await server.ended;
}

beforeAll(async () => {
  built = buildServer('backup');
  place = mkdtempSync(join(tmpdir(), 'backup-test-'));
  chmodSync(place, 0o755);
  running = built.run({ PORT: '0', DEMO: '1' });
  await eventually(() => running.output().includes('http:'), 60_000);
  url = await ready(running);
  before = await ask(url, PAGE);
}, 120_000);
afterAll(() => {
  for (const name of existsSync(place) ? readdirSync(place) : []) stopLeftServer(join(place, name, 'postgres'));
  built.remove();
  rmSync(place, { recursive: true, force: true });
});

test('a backup of a product that runs and is written to, restored elsewhere, answers the same', async () => {
  let isWriting = true;
  const written: string[] = [];
  const writing = (async () => {
    while (isWriting) {
      const { assessmentRecord } = (await ask(url, RECORD)) as { readonly assessmentRecord: { readonly storedAssessment: { readonly id: string } } };
      written.push(assessmentRecord.storedAssessment.id);
    }
  })();
  while (written.length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
  acknowledged.push(...written);
  const backup = await run('backup', ['--to', folder('first')], built.dataFolder);
  isWriting = false;
  await writing;
  expect(backup).toMatchObject({ code: 0, errors: '' });
  expect(backup.output).toMatch(/密钥[\s\S]*keys/);
  expect(written.length).toBeGreaterThan(acknowledged.length);
  expect(await ask(url, PAGE)).toEqual(before);

  const restored = await run('restore', [`--from=${folder('first')}`], folder('elsewhere'));
  expect(restored).toMatchObject({ code: 0, errors: '' });
  const second = built.run({ PORT: '0', DATA_DIR: folder('elsewhere') });
  const there = await ready(second);
  expect(await ask(there, PAGE)).toEqual(before);
  const { nodes } = (await ask(there, `{ nodes(ids: ${JSON.stringify(acknowledged.slice(-50))}) { id } }`)) as { readonly nodes: readonly ({ readonly id: string } | null)[] };
  expect(nodes.map((node) => node?.id)).toEqual(acknowledged.slice(-50));
  // What was written after the backup is not there, and it can be written to.
  expect(await ask(there, RECORD)).toMatchObject({ assessmentRecord: { userErrors: [] } });
  await end(second);
}, 120_000);

test('a backup is for its owner\'s eyes alone', () => {
  const modes = readdirSync(folder('first'), { recursive: true, withFileTypes: true }).map((entry) => [entry.name, entry.isDirectory(), statSync(join(entry.parentPath, entry.name)).mode & 0o777] as const);
  expect(modes.filter(([, isFolder, mode]) => mode !== (isFolder ? 0o700 : 0o600))).toEqual([]);
  expect(modes.map(([name]) => name)).toEqual(expect.arrayContaining(['identity-key', 'password', 'backup_label']));
  expect(modes.map(([name]) => name)).not.toContain('owner.json');
});

describe('is refused', () => {
  const damage = (name: string, change: (data: string) => void): string => {
    cpSync(folder('first'), folder(name), { recursive: true });
    change(join(folder(name), 'data'));
    return folder(name);
  };
  const someTable = (data: string): string => {
    const files = readdirSync(join(data, 'postgres/base'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.sort((one, other) => statSync(other).size - statSync(one).size)[0] ?? '';
  };
  const flip = (file: string): void => {
    const content = readFileSync(file);
    content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, content);
  };

  test.each<[string, (data: string) => void, RegExp]>([
    ['with a bit of a table changed', (data) => flip(someTable(data)), /postgres\/base\/.* is not what was backed up/],
    ['with a bit of a key changed', (data) => flip(join(data, 'identity-key')), /identity-key is not what was backed up/],
    ['with a table cut', (data) => truncateSync(someTable(data), 8_192), /is not what was backed up/],
    ['with a file missing', (data) => rmSync(join(data, 'postgres/global/pg_control')), /pg_control is missing/],
    ['with a file more', (data) => writeFileSync(join(data, 'postgres/postgresql.auto.conf.more'), 'x'), /is no part of the backup/],
    ['with its list changed', (data) => appendFileSync(join(data, '../manifest.json'), ' '), /manifest.json is not what was written/],
    ['without its list', (data) => rmSync(join(data, '../manifest.json')), /is not a whole backup/],
  ])('a backup %s', async (name, change, words) => {
    const { code, errors } = await run('restore', ['--from', damage(name, change)], folder(`into ${name}`));
    expect(code).toBe(1);
    expect(errors).toMatch(words);
    expect(existsSync(folder(`into ${name}`)) ? readdirSync(folder(`into ${name}`)) : []).toEqual([]);
    rmSync(folder(name), { recursive: true });
  }, 60_000);

  test('a data folder whose product runs, and one that is not empty', async () => {
    expect(await run('restore', ['--from', folder('first')], built.dataFolder)).toMatchObject({ code: 1, errors: expect.stringMatching(/in use by a Shixun/) as string });
    mkdirSync(folder('used'));
    writeFileSync(join(folder('used'), 'note'), 'mine');
    expect(await run('restore', ['--from', folder('first')], folder('used'))).toMatchObject({ code: 1, errors: expect.stringMatching(/is not empty/) as string });
    expect(readdirSync(folder('used'))).toEqual(['note']);
    expect(await ask(url, PAGE)).toEqual(before);
  }, 60_000);

  test('a target that is not empty or lies in the data, no target, no data, and a server elsewhere', async () => {
    const refused = async (given: readonly string[], words: RegExp, dataFolder = built.dataFolder, more = {}): Promise<void> => expect(await run('backup', given, dataFolder, more)).toMatchObject({ code: 1, errors: expect.stringMatching(words) as string });
    await refused(['--to', folder('first')], /is not empty/);
    await refused(['--to', join(built.dataFolder, 'inside')], /lies in the data folder/);
    await refused([], /Usage: npm run backup/);
    await refused(['--to', folder('nothing')], /no database in the data folder/, folder('no data'));
    await refused(['--to', folder('nothing')], /DATABASE_URL is set/, built.dataFolder, { DATABASE_URL: 'postgres://a:b@localhost/c' });
    expect(existsSync(folder('nothing'))).toBe(false);
  }, 60_000);
});

test('a product that does not run is backed up too, and its server ends again', async () => {
  await end(running);
  expect(await run('backup', ['--to', folder('second')], built.dataFolder)).toMatchObject({ code: 0 });
  expect(existsSync(join(built.dataFolder, 'postgres/postmaster.pid'))).toBe(false);
  expect(await run('restore', ['--from', folder('second')], folder('third'))).toMatchObject({ code: 0 });
  expect(existsSync(join(folder('third'), 'owner.json'))).toBe(false);
}, 60_000);
