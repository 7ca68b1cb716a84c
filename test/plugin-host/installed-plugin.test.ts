import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE = join(REPOSITORY, 'test/fixtures/packages/shixun-plugin-harbour');
const NAME = 'shixun-plugin-harbour';

// The product as it runs: compiled, in a folder of its own, packages installed beside it.
const outside = mkdtempSync(join(tmpdir(), 'installed-'));
const product = join(outside, 'product');
afterAll(() => rmSync(outside, { recursive: true }));

const npm = (folder: string, ...words: string[]): string => execFileSync('npm', [...words, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
const node = (...words: string[]): string => execFileSync(process.execPath, words, { cwd: product, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const rules = (): string[] => node('dist/src/cli/rules.js', '--json').trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);

/** Asks the one rule of the package, through the modules of the compiled product. */
const asking = `
  const { loadPlugins } = await import('./dist/src/plugin-host/load-plugins.js');
  const { assess } = await import('./dist/src/kernel/assess.js');
  const { checkFacts } = await import('./dist/src/kernel/fact-input.js');
  const { instantOf } = await import('./dist/src/kernel/civil-day.js');
  const { registry } = await loadPlugins();
  const place = registry.place('990300');
  const { facts } = checkFacts(place.facts, { harbourHours: '10.25' });
  const { verdict, findings } = assess(place, { subject: { decision: 'yearlyHours' }, facts, at: instantOf('2020-06-30') });
  console.log(JSON.stringify({ verdict, shortfalls: findings.map(({ shortfall }) => shortfall) }));
`;

beforeAll(() => {
  mkdirSync(join(outside, 'node_modules'), { recursive: true });
  mkdirSync(product);
  // What the compiled product itself needs stands above it, where npm does not tidy.
  symlinkSync(join(REPOSITORY, 'node_modules/fastest-levenshtein'), join(outside, 'node_modules/fastest-levenshtein'), 'dir');
  writeFileSync(join(product, 'package.json'), JSON.stringify({ name: 'product', private: true, type: 'module' }));
  execFileSync(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', REPOSITORY, '--noCheck', '--outDir', join(product, 'dist')]);
}, 60_000);

test('a package that declares itself a plugin is found, answers, and is gone once it is uninstalled', { timeout: 60_000 }, () => {
  const before = rules();
  expect(before).not.toContain('harbour-2020/1-hours');

  npm(PACKAGE, 'pack', '--pack-destination', outside);
  npm(product, 'install', join(outside, `${NAME}-1.0.0.tgz`));
  expect(rules().sort()).toEqual([...before, 'harbour-2020/1-hours'].sort());
  expect(JSON.parse(node('--input-type=module', '-e', asking))).toEqual({ verdict: 'NOT_MET', shortfalls: ['2.25'] });

  npm(product, 'uninstall', NAME);
  expect(existsSync(join(product, 'node_modules', NAME))).toBe(false);
  expect(rules()).toEqual(before);
});

test('an installed plugin with a fault stops every command, which says what is wrong', () => {
  const broken = join(product, 'node_modules/@invented/shixun-plugin-broken');
  mkdirSync(broken, { recursive: true });
  writeFileSync(join(broken, 'package.json'), JSON.stringify({ name: '@invented/shixun-plugin-broken', type: 'module', shixun: { plugin: './index.js' } }));
  writeFileSync(join(broken, 'index.js'), `export { text as default } from 'shixun/plugin-kit';`);
  try {
    node('dist/src/cli/rules.js');
    expect.unreachable('it ran');
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    expect(status).toBe(1);
    expect(stderr).toContain('shixun-plugin-broken');
    expect(stderr).toContain('MANIFEST_SHAPE');
  } finally {
    rmSync(broken, { recursive: true });
  }
});
