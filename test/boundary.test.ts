import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { NATION } from '../src/kernel/jurisdiction.ts';
import { loadManifests, PLUGINS_FOLDER } from './support/plugins.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const filesBelow = (folder: string): string[] =>
  existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')] : [])) : [];
const contentOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What a file imports: files by their path in the repository, packages by name. */
function importsOf(file: string): string[] {
  const content = contentOf(file);
  const found = [/^(?:import|export)\s(?:[^;']*\sfrom\s)?'([^']+)'/gm, /\bimport\(\s*'([^']+)'/g].flatMap((form) => [...content.matchAll(form)].map(([, specifier = '']) => specifier));
  return found.map((specifier) => (specifier.startsWith('.') ? normalize(join(dirname(file), specifier)).split(sep).join('/') : specifier));
}

/** The layer of a file below src/: its folder, or its own name. */
const layerOf = (file: string): string => file.split('/')[1] ?? '';

const KERNEL = ['kernel'];
const HOST = [...KERNEL, 'plugin-host'];
const WORKFLOWS = [...HOST, 'i18n', 'access', 'workflows'];
const GRAPHQL = [...WORKFLOWS, 'persistence', 'records', 'graphql', 'version.ts'];
/** Imports point one way. Files beside the folders put it all together, and so do commands; nothing imports those. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: KERNEL,
  'plugin-host': HOST,
  'plugin-kit.ts': HOST,
  testing: [...HOST, 'plugin-kit.ts', 'testing'],
  i18n: [...KERNEL, 'i18n'],
  access: [...HOST, 'access'],
  workflows: WORKFLOWS,
  persistence: [...WORKFLOWS, 'persistence', 'start-error.ts'],
  records: [...WORKFLOWS, 'persistence', 'records', 'start-error.ts'],
  graphql: GRAPHQL,
  http: [...GRAPHQL, 'imports', 'http', 'config.ts'],
  population: [...HOST, 'population'],
  demo: [...WORKFLOWS, 'persistence', 'records', 'population', 'imports', 'config.ts', 'demo'],
  imports: [...WORKFLOWS, 'persistence', 'records', 'imports'],
  jobs: [...WORKFLOWS, 'persistence', 'jobs'],
};
/** The packages that pure code may use. */
const KERNEL_PACKAGES = ['node:crypto', 'fastest-levenshtein'];

const sources = filesBelow('src').filter((file) => file.endsWith('.ts'));
const plugins = filesBelow('plugins').filter((file) => file.endsWith('.ts'));

describe('imports', () => {
  test('point one way', () => {
    const wrong = sources.flatMap((file) => {
      const layer = layerOf(file);
      const allowed = MAY_IMPORT[layer];
      if (!allowed) return layer.endsWith('.ts') || layer === 'cli' ? [] : [`${file}: say in this test what ${layer} may import`];
      return importsOf(file).flatMap((target) => (target.startsWith('src/') && !allowed.includes(layerOf(target)) ? [`${file} imports ${target}`] : []));
    });
    expect(wrong).toEqual([]);
  });

  test('of packages that come in two builds name one of them, in one place', () => {
    const twofold = /^import (?!type\b)[^;']*from '(?:type-graphql|@apollo\/server[^']*|@as-integrations\/fastify)'/m;
    expect(sources.filter((file) => twofold.test(contentOf(file)))).toEqual([]);
  });

  test('of the kernel reach no database, clock, network or environment', () => {
    const kernel = sources.filter((file) => layerOf(file) === 'kernel');
    expect(kernel.flatMap((file) => importsOf(file).filter((target) => !target.startsWith('src/') && !KERNEL_PACKAGES.includes(target)).map((target) => `${file} imports ${target}`))).toEqual([]);
    expect(kernel.filter((file) => /\bDate\.now\b|\bnew Date\(\)|Temporal\.Now|\bprocess\.|\bMath\.random\b|\bfetch\(/.test(contentOf(file)))).toEqual([]);
  });

  test('of src never name a plugin', () => {
    expect(sources.flatMap((file) => importsOf(file).filter((target) => target.startsWith('plugins/')).map((target) => `${file} imports ${target}`))).toEqual([]);
  });

  test('of a plugin are its own files and the kit alone', () => {
    const wrong = plugins.flatMap((file) => {
      const own = file.split('/').slice(0, 2).join('/');
      return importsOf(file).flatMap((target) => (target === 'src/plugin-kit.ts' || target.startsWith(`${own}/`) ? [] : [`${file} imports ${target}`]));
    });
    expect(wrong).toEqual([]);
  });
});

describe('places', () => {
  const DIVISION = / (District|City|Province|Municipality|Autonomous Region)$|(自治区|新区|省|市|区|县)$/;

  /** Names and codes that the plugins of provinces and districts declare, and the ids of their documents and ledgers. */
  async function declaredNames(): Promise<string[]> {
    const local = (await loadManifests(PLUGINS_FOLDER)).filter(({ jurisdiction }) => jurisdiction.code !== NATION);
    const places = local.flatMap(({ jurisdiction, places: more }) => [jurisdiction, ...(more ?? [])]);
    const names = places.flatMap(({ name }) => [name.zh, name.en]).flatMap((name) => [name, name.replace(DIVISION, '')]);
    return [...new Set([...names, ...places.map(({ code }) => code), ...local.flatMap(({ name, documents, ledgers }) => [name, ...documents.map(({ id }) => id), ...(ledgers ?? []).map(({ id }) => id)])])].filter((name) => name.length > 1);
  }

  test('have no name in src and none in the schema, the time zone apart', async () => {
    const names = await declaredNames();
    expect(names).toContain('310000');
    const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).map((name) => (/^[\w'-].*[\w'-]$/.test(name) ? `(?<![\\w-])${name}(?![\\w-])` : name));
    const pattern = new RegExp(escaped.join('|'), 'gi');
    const wrong = [...sources, ...filesBelow('schema')].flatMap((file) => contentOf(file).split('\n').flatMap((line, index) => [...line.replaceAll('Asia/Shanghai', '').matchAll(pattern)].map(([name]) => `${file}:${index + 1} ${name}`)));
    expect(wrong).toEqual([]);
  });
});
