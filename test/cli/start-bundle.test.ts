import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, graphqlSync } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer, ready } from '../support/built-server.ts';
import type { BuiltServer } from '../support/built-server.ts';

let built: BuiltServer;
beforeAll(async () => {
  built = await buildServer('start-bundle');
}, 60_000);
afterAll(() => built.remove());

/** Notes each module that Node loads, and each part of the bundle, which is run as a script. */
const WATCH = `
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { appendFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
const loaded = (url) => appendFileSync(NOTE, url + '\\n');
registerHooks({ load(url, context, next) { loaded(url); return next(url, context); } });
vm.Script = class extends vm.Script { constructor(code, options) { super(code, options); loaded(pathToFileURL(options.filename).href); } };
syncBuiltinESMExports();
`;

const inProduct = (path: string): string => join(built.folder, path);

/** What a start says when it is over, with what it has loaded; where it comes up, the answer to a question. */
async function start(query = '{ about { name } }', environment: Readonly<Record<string, string>> = {}): Promise<{ readonly loaded: readonly string[]; readonly answer: unknown; readonly errors: string }> {
  const note = inProduct('loaded.txt');
  const watch = inProduct('watch.mjs');
  writeFileSync(watch, WATCH.replace('NOTE', JSON.stringify(note)));
  rmSync(note, { force: true });
  const server = built.run({ PORT: '0', ...environment, NODE_OPTIONS: `--import ${JSON.stringify(`file://${watch}`)}` });
  let answer: unknown = null;
  const url = await Promise.race([ready(server), server.ended.then(() => null)]);
  if (url) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en' }, body: JSON.stringify({ query }) });
    answer = ((await response.json()) as { data: unknown }).data;
    server.child.kill('SIGTERM');
  }
  await server.ended;
  const loaded = readFileSync(note, 'utf8').trim().split('\n').filter((address) => address.startsWith('file:')).map((address) => fileURLToPath(address));
  return { loaded, answer, errors: server.errors() };
}

const below = (loaded: readonly string[], folder: string): string[] => loaded.filter((file) => file.startsWith(inProduct(folder))).map((file) => file.slice(built.folder.length + 1)).sort();

test('a start reads the product, its packages and its plugins from the bundle and from nowhere else', async () => {
  const { loaded, answer } = await start();
  expect(answer).toMatchObject({ about: { name: '师训 Shixun' } });
  expect(below(loaded, 'src/')).toEqual(['src/bundle-parts.js', 'src/main.js', 'src/require-node.js', 'src/start-bundle.js']);
  expect(below(loaded, 'plugins/')).toEqual([]);
  expect(loaded.filter((file) => !file.startsWith(built.folder))).toEqual([]);
}, 60_000);

test('the schema of the bundle, from which needless work was taken, is that of the product', async () => {
  const query = '{ __schema { types { name kind fields { name args { name } } inputFields { name } enumValues { name } } directives { name } } }';
  const { answer } = await start(query);
  const product = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  const asked = graphqlSync({ schema: product, source: query });
  // The file is in the order of names.
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder).sort((a, b) => ((a as { name: string }).name < (b as { name: string }).name ? -1 : 1));
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, inOrder(below)])) : value;
  };
  expect(inOrder(answer)).toEqual(inOrder(asked.data));
}, 60_000);

const PARTS = ['part-rules.cjs', 'part-graphql.cjs', 'plugin-shanghai.cjs'];

test('what a start has compiled is there for the next one, as soon as it ends', async () => {
  const folder = inProduct('compiled');
  const kept = (): Readonly<Record<string, number>> => {
    const [tag = ''] = readdirSync(folder);
    return Object.fromEntries(PARTS.map((name) => [name, statSync(join(folder, tag, 'start', name)).ino]));
  };
  const environment = { NODE_COMPILE_CACHE: folder };
  await start(undefined, environment);
  expect(Object.keys(kept())).toEqual(PARTS);
  // A later one may have compiled a little more; then there is nothing left.
  await start(undefined, environment);
  const all = kept();
  const { answer } = await start(undefined, environment);
  expect(answer).toMatchObject({ about: { name: '师训 Shixun' } });
  expect(kept()).toEqual(all);
}, 60_000);

test('one file of the product that was changed, and nothing is read from the bundle', async () => {
  const file = inProduct('src/kernel/text.js');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace(/^/, '// changed\n'));
  const { loaded, answer } = await start();
  expect(answer).toMatchObject({ about: { name: '师训 Shixun' } });
  expect(below(loaded, 'src/')).toContain('src/start.js');
  expect(below(loaded, 'start/')).toEqual([]);
  writeFileSync(file, before);
}, 60_000);

test('files that were copied or touched are what they were', async () => {
  const file = inProduct('src/kernel/text.js');
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
  utimesSync(file, 1, 1);
  const { loaded } = await start();
  expect(below(loaded, 'src/')).not.toContain('src/start.js');
  expect(below(loaded, 'start/')).toContain('start/start.cjs');
}, 60_000);

const RULE = 'kb-2022-offcampus/3-stars';

test('a plugin that was changed is read from its folder and checked, and gets the very modules of the product that all others have', async () => {
  const file = inProduct('plugins/kangbashi/rules/institutions.js');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace(`id: '${RULE}',`, "$& guideline: true,").replace(/(topic: 'off-campus\/star-rating',\s+summary: text\('[^']*', ')/, '$1Changed on disk. '));
  // Of a place below it, so that its amounts and those of the plugins above meet in one rulebook.
  const changed = await start(`{ rule(id: "${RULE}") { summary } rulebook(jurisdiction: "150603", at: "2024-06-30") { hash rules { id } } }`);
  expect(changed.answer).toMatchObject({ rule: { summary: expect.stringContaining('Changed on disk. ') }, rulebook: { rules: expect.arrayContaining([{ id: RULE }]) } });
  expect(below(changed.loaded, 'plugins/').filter((path) => !path.startsWith('plugins/kangbashi/'))).toEqual([]);
  expect(below(changed.loaded, 'src/')).not.toContain('src/plugin-kit.js');
  expect(below(changed.loaded, 'start/')).toEqual(expect.arrayContaining(['start/plugin-kit.cjs', 'start/plugin-shanghai.cjs']));

  writeFileSync(file, before.replace('source: UNITED,', "source: { document: 'not-there', clause: '1' },"));
  const broken = await start();
  expect(broken.answer).toBeNull();
  expect(broken.errors).toMatch(/kangbashi[\s\S]*not-there/);
  writeFileSync(file, before);
}, 60_000);

test('plugins are those whose folders are there: one taken away is gone, one put there is read and checked', async () => {
  renameSync(inProduct('plugins/kangbashi'), inProduct('kangbashi-away'));
  const added = inProduct('plugins/arcadia');
  cpSync(inProduct('test/fixtures/plugins/arcadia'), added, { recursive: true });
  for (const path of readdirSync(added, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))) {
    const code = readFileSync(join(added, path), 'utf8');
    writeFileSync(join(added, path), code.replaceAll(/'(\.\.\/)+src\/plugin-kit\.js'/g, `'${'../'.repeat(2 + path.split(sep).length - 1)}src/plugin-kit.js'`));
  }
  const { answer, loaded } = await start(`{ gone: rule(id: "${RULE}") { id } come: rule(id: "ar-2018/1-total") { id } }`);
  expect(answer).toEqual({ gone: null, come: { id: 'ar-2018/1-total' } });
  expect(below(loaded, 'plugins/').filter((path) => !path.startsWith('plugins/arcadia/'))).toEqual([]);
  rmSync(added, { recursive: true });
  renameSync(inProduct('kangbashi-away'), inProduct('plugins/kangbashi'));
}, 60_000);

test('an installed package that is a plugin is found, also one that was put there after the build', async () => {
  const packages = inProduct('node_modules');
  const build = (): unknown => execFileSync(process.execPath, [inProduct('src/cli/bundle-start.js')], { stdio: 'pipe' });
  const install = (): void => cpSync(fileURLToPath(new URL('../fixtures/packages/shixun-plugin-harbour', import.meta.url)), join(packages, 'shixun-plugin-harbour'), { recursive: true });
  // With a package.json of its own it has packages of its own; all others are found further up.
  writeFileSync(inProduct('package.json'), '{ "type": "module" }');
  mkdirSync(join(packages, '@scope/other'), { recursive: true });
  const rule = async (): Promise<unknown> => (await start('{ rule(id: "harbour-2020/1-hours") { id } }')).answer;
  build();
  expect(await rule()).toEqual({ rule: null });
  install();
  expect(await rule()).toEqual({ rule: { id: 'harbour-2020/1-hours' } });
  build();
  expect(await rule()).toEqual({ rule: { id: 'harbour-2020/1-hours' } });
  rmSync(packages, { recursive: true });
  rmSync(inProduct('package.json'));
}, 60_000);
