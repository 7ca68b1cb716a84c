import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BundleParts } from '../../src/bundle-parts.ts';

let folder: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-parts-'));
  kept = join(folder, 'kept');
  write('start.cjs', "const other = require('./other.cjs');\nexports.greet = (name) => other.words(name);\nexports.file = __filename;\nexports.later = () => importing('node:path');");
  write('other.cjs', "const { sep } = require('node:path');\nlet runs = 0;\nruns += 1;\nexports.words = (name) => `\\u4f60\\u597d ${name}${sep}${runs}`;");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const keepAll = (parts: BundleParts): void => {
  for (const _ of parts.keep());
};

interface Start {
  readonly greet: (name: string) => string;
  readonly file: string;
  readonly later: () => Promise<{ readonly sep: string }>;
}
const startOf = (parts: BundleParts): Start => parts.load('start.cjs') as unknown as Start;

/** A start as another process would make it: what it says, and whether it had to keep what it compiled. */
function start(): { readonly said: string; readonly hasKept: boolean } {
  const times = (): string => (readdirSync(folder).includes('kept') ? readdirSync(kept).map((name) => `${name} ${statSync(join(kept, name)).ino}`).join() : '');
  const parts = new BundleParts(folder, kept);
  const said = startOf(parts).greet('Shixun');
  const before = times();
  keepAll(parts);
  return { said, hasKept: times() !== before };
}

test('parts are run once each, know their file, and get packages, each other and what is imported later', async () => {
  const parts = new BundleParts(folder, null);
  const { greet, file, later } = startOf(parts);
  expect([greet('a'), greet('b')]).toEqual(['你好 a/1', '你好 b/1']);
  expect(startOf(parts).greet('c')).toBe('你好 c/1');
  expect(file).toBe(join(folder, 'start.cjs'));
  expect((await later()).sep).toBe('/');
  keepAll(parts);
  expect(readdirSync(folder)).toEqual(['other.cjs', 'start.cjs']);
});

test('parts that need each other in circles see what each has exported by then', () => {
  write('one.cjs', "exports.name = 'one';\nexports.seen = require('./two.cjs').seen;");
  write('two.cjs', "exports.seen = require('./one.cjs').name;");
  expect(new BundleParts(folder, null).load('one.cjs')).toMatchObject({ seen: 'one' });
});

test('letters beyond ASCII mean what they say', () => {
  write('raw.cjs', 'exports.words = String.raw`^(?:至|\\d{4})$`;');
  expect(new BundleParts(folder, null).load('raw.cjs')).toEqual({ words: '^(?:至|\\d{4})$' });
});

test('what one start has compiled is read by the next, which then has nothing new to keep', () => {
  expect(start()).toEqual({ said: '你好 Shixun/1', hasKept: true });
  expect(start()).toEqual({ said: '你好 Shixun/1', hasKept: false });
  expect(readdirSync(kept).sort()).toEqual(['other.cjs', 'start.cjs']);
  expect(statSync(join(kept, 'start.cjs')).mode & 0o777).toBe(0o600);
});

test('a start that compiles more than those before it keeps that too', () => {
  write('long.cjs', `exports.rarely = () => [${Array.from({ length: 2_000 }, (_, index) => `'${index}'`).join()}].length;`);
  const sizeAfter = (isCalled: boolean): number => {
    const parts = new BundleParts(folder, kept);
    const { rarely } = parts.load('long.cjs') as { readonly rarely?: () => number };
    if (isCalled) expect(rarely?.()).toBe(2_000);
    keepAll(parts);
    return statSync(join(kept, 'long.cjs')).size;
  };
  const small = sizeAfter(false);
  const large = sizeAfter(true);
  expect(large).toBeGreaterThan(2 * small);
  expect(sizeAfter(false)).toBe(large);
});

test.each([
  ['of another text of the same length', () => write('other.cjs', readFileSync(join(folder, 'other.cjs'), 'utf8').replace('4f60', '60a8')), '您好 Shixun/1'],
  ['cut off', () => writeFileSync(join(kept, 'other.cjs'), readFileSync(join(kept, 'other.cjs')).subarray(0, -20)), '你好 Shixun/1'],
  ['changed in one byte', () => changeByte(join(kept, 'other.cjs'), 100), '你好 Shixun/1'],
  ['empty', () => writeFileSync(join(kept, 'other.cjs'), ''), '你好 Shixun/1'],
])('what was compiled and is %s is not used, and kept anew', (_, spoil, said) => {
  start();
  spoil();
  expect(start()).toEqual({ said, hasKept: true });
  expect(start()).toEqual({ said, hasKept: false });
});

function changeByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

test('where nothing can be written a start does without', () => {
  writeFileSync(kept, 'no folder');
  const parts = new BundleParts(folder, kept);
  expect(startOf(parts).greet('Shixun')).toBe('你好 Shixun/1');
  keepAll(parts);
  expect(readFileSync(kept, 'utf8')).toBe('no folder');
});
