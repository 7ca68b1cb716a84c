import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stopLeftServer } from '../support/built-server.ts';
import { blocksOf, examplesOf } from '../support/readme.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;
let server: ChildProcess | undefined;

/** A copy of the product, with the files that the README tells a reader to make. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'walk-through-'));
  // Started by root, its database runs as somebody else.
  chmodSync(copy, 0o755);
  for (const name of ['src', 'plugins', 'tsconfig.json', 'package.json']) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  for (const { language, tag, text } of blocksOf('README.md')) {
    if (language !== 'ts') continue;
    mkdirSync(dirname(join(copy, tag)), { recursive: true });
    writeFileSync(join(copy, tag), text);
  }
});
afterAll(() => {
  server?.kill('SIGKILL');
  stopLeftServer(join(copy, 'data/postgres'));
  rmSync(copy, { recursive: true, force: true });
});

const started = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /http:\/\/\S+\/graphql/.exec(said)?.[0];
      if (address) resolve(address);
    });
    child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });

it('makes a place of an empty folder, as the README walks through it', async () => {
  const built = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', copy], { encoding: 'utf8' });
  expect(built.stdout + built.stderr).toBe('');
  server = spawn(process.execPath, ['dist/src/main.js'], { cwd: copy, env: { ...process.env, PORT: '0' } });
  const address = await started(server);
  const example = examplesOf('README.md').find(({ tag }) => tag === 'plugin');
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en' }, body: JSON.stringify({ query: example?.query }) });
  const { extensions: _cost, ...answer } = (await response.json()) as { readonly extensions: unknown };
  expect(answer).toEqual(example?.answer);
}, 60_000);
