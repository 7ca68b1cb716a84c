import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';
import { BUNDLE_FOLDER, INPUTS_FILE } from '../start-bundle.ts';
import { defaultLocations, findPlugins } from '../plugin-host/discover.ts';
import type { Bundle, BundledModule, Folder, Input } from '../start-bundle.ts';

/**
 * Part of `npm run build`, after the compiler: puts the product together as `start-bundle.ts` reads it. A start does without
 * when it cannot be made.
 */
const compiled = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(compiled, BUNDLE_FOLDER);

/** What the driver uses only where somebody has installed it; and what is large, seldom needed and shares nothing with the rest. */
const LEFT_OUT = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request', /^node:/, 'pg-native', 'pg-cloudflare', '@graphql-yoga/render-graphiql', 'pinyin-pro', /^(read|write)-excel-file/];
/** How a module of the product reads a CommonJS build, which by itself loads quicker; in the bundle it makes no difference. */
const REQUIRE = 'const require = createRequire(import.meta.url);';
/** What is tagged sees an escape as it is written. */
const TAGGED = /\braw`[^`]*[^\0-\x7f]/;
const KITS = { 'plugin-kit': 'src/plugin-kit.js', 'test-kit': 'src/testing/test-kit.js' };

/** What every start reads anyway goes together: each file of its own takes a third of a millisecond. */
const GROUPS = [
  { name: 'rules', test: /[\\/]src[\\/](kernel|access|load-registry|plugin-host[\\/](registry|load-plugins))\b/ },
  { name: 'store', test: /[\\/]src[\\/](records|persistence)[\\/](?!embedded|migrations|own-data|seal|keys.rotate|archive|verify)|[\\/]node_modules[\\/](pg|kysely|@mikro-orm[\\/](core|sql|postgresql))[\\/]/ },
];

/** What packages do at each start and nobody needs: in the file, what stands there is replaced. Where it no longer stands there nothing is. */
const NEEDLESS: readonly { readonly file: RegExp; readonly stands: RegExp; readonly instead: string }[] = [
  // It asks for a hash of Node by a way that a bundle does not have, and would otherwise work it out itself.
  { file: /@apollo\/utils\.createhash\/.*\.js$/, stands: /module\.require/g, instead: 'require' },
  // The whole schema is printed and hashed, to tell the documents of one schema from those of another: there is one.
  { file: /@apollo\/server\/.*\/ApolloServer\.js$/, stands: /\$\{computeCoreSchemaHash\(printSchema\(schema\)\)\}/g, instead: '' },
  // The versions that are installed are those that this was built with.
  { file: /type-graphql\/.*\/schema-generator\.js$/, stands: /^\s*ensureInstalledCorrectGraphQLPackage\(\);$/gm, instead: '' },
  // The schema that this was built with is sound: whatever is not, a test of the API finds.
  { file: /type-graphql\/.*\/schema-generator\.js$/, stands: /const prebuiltSchema = new GraphQLSchema\(\{/g, instead: '$& assumeValid: true,' },
  // The schema is put together a second time with the types that nothing leads to; here something leads to each.
  {
    file: /type-graphql\/.*\/schema-generator\.js$/,
    stands: /const finalSchema = new GraphQLSchema\(\{\s*\.\.\.prebuiltSchema\.toConfig\(\),\s*types: this\.buildOtherTypes\(orphanedTypes\),\s*\}\);/g,
    instead: 'const others = this.buildOtherTypes(orphanedTypes); const finalSchema = others.every((type) => prebuiltSchema.getType(type.name) === type) ? prebuiltSchema : new GraphQLSchema({ ...prebuiltSchema.toConfig(), types: others });',
  },
  // Encryption is loaded, and with it a protocol that nobody speaks here; whoever is served it is served by what stands before the product.
  { file: /fastify\/lib\/server\.js$/, stands: /const (https|http2) = require\('node:(https|http2)'\)/g, instead: "const $1 = { createServer: (...given) => require('node:$1').createServer(...given), createSecureServer: (...given) => require('node:$1').createSecureServer(...given) }" },
];

rmSync(folder, { recursive: true, force: true });
try {
  await bundle();
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  process.stderr.write(`The product is not bundled, a start takes longer: ${String(error)}\n`);
}

async function bundle(): Promise<void> {
  const { build } = await import('vite');
  const plugins = pluginEntries();
  const built = (await build({
    configFile: false,
    root: compiled,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    plugins: [oneGraphql(), placeOfModules(), withoutNeedless()],
    build: {
      ssr: true,
      target: 'esnext',
      minify: false,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: { start: join(compiled, 'src/start.js'), ...Object.fromEntries(Object.entries({ ...KITS, ...plugins }).map(([name, path]) => [name, join(compiled, path)])) },
        external: LEFT_OUT,
        // Decorators and other effects of loading are all kept, in the order in which they are written.
        treeshake: false,
        output: { codeSplitting: { groups: GROUPS }, comments: false, format: 'cjs', exports: 'named', entryFileNames: '[name].cjs', chunkFileNames: 'part-[name].cjs' },
      },
    },
  })) as Rolldown.RolldownOutput;
  const modules = built.output.flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []));
  finish();
  const { loadPlugins } = await import('../plugin-host/load-plugins.ts');
  const { ok: isSound } = await loadPlugins({ folders: [join(compiled, 'plugins')], packagesRoot: null });
  writeInputs(plugins, isSound, modules.filter((file) => file.startsWith(compiled) && existsSync(file)).map(within));
}

/** The plugins that ship with the product. */
function pluginEntries(): Readonly<Record<string, string>> {
  const names = readdirSync(join(compiled, 'plugins')).filter((name) => existsSync(join(compiled, 'plugins', name, 'index.js')));
  return Object.fromEntries(names.map((name) => [`plugin-${name}`, `plugins/${name}/index.js`]));
}

function writeInputs(plugins: Readonly<Record<string, string>>, isSound: boolean, files: readonly string[]): void {
  const own = files.filter((path) => path.startsWith('src/'));
  const packages = packagesNote();
  const moduleOf = ([name, path]: [string, string]): BundledModule => ({ path, file: `${name}.cjs` });
  const written: Bundle = {
    inputs: [...own, ...(packages === null ? [] : [packages])].map(inputOf),
    kits: Object.entries(KITS).map(moduleOf),
    plugins: Object.entries(plugins).map((entry) => ({ ...moduleOf(entry), inputs: files.filter((path) => path.startsWith(`${dirname(entry[1])}/`)).map(inputOf) })),
    isSound,
    withoutPlugins: withoutPlugins(),
    start: 'start.cjs',
  };
  writeFileSync(join(folder, INPUTS_FILE), JSON.stringify(written));
}

/** Every folder that has packages in it; null: one of them is a plugin, or there is none to be sure of. */
function withoutPlugins(): Folder[] | null {
  const { packagesRoot } = defaultLocations();
  if (packagesRoot === null || !existsSync(packagesRoot) || findPlugins({ folders: [], packagesRoot }).length > 0) return null;
  // Where a start keeps what it compiled: made now, for it would set the time of the folder.
  mkdirSync(join(packagesRoot, '.cache'), { recursive: true });
  const scopes = readdirSync(packagesRoot).filter((name) => name.startsWith('@'));
  return ['', ...scopes].map((name) => {
    const { mtimeMs, ctimeMs } = statSync(join(packagesRoot, name));
    return { path: within(join(packagesRoot, name)), modifiedMs: mtimeMs, changedMs: ctimeMs };
  });
}

/** As the bundle names it: from the folder of compiled files. */
function within(file: string): string {
  return relative(compiled, file).split(sep).join('/');
}

/** What npm writes of every package that it installs, changes or removes. */
function packagesNote(): string | null {
  for (let at = compiled; at !== dirname(at); at = dirname(at)) {
    const note = join(at, 'node_modules/.package-lock.json');
    if (existsSync(note)) return within(note);
  }
  return null;
}

function inputOf(path: string): Input {
  const file = join(compiled, path);
  const { size, mtimeMs, ctimeMs } = statSync(file);
  return { path, size, modifiedMs: mtimeMs, changedMs: ctimeMs, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

/** Some packages ask for its CommonJS build and some for its modules: of two copies neither knows the types of the other. */
function oneGraphql(): Plugin {
  const installed = dirname(createRequire(import.meta.url).resolve('graphql/package.json'));
  return {
    name: 'one-graphql',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^graphql(\/|$)/ },
      handler(id) {
        const path = id === 'graphql' ? 'index' : id.slice('graphql/'.length).replace(/\.m?js$/, '');
        const file = [`${path}.mjs`, `${path}/index.mjs`].map((name) => join(installed, name)).find(existsSync);
        if (file === undefined) throw new Error(`graphql has no ${path}`);
        return file;
      },
    },
  };
}

/** The product's own modules look for files beside them, wherever they have been put. */
function placeOfModules(): Plugin {
  return {
    name: 'place-of-modules',
    enforce: 'pre',
    transform: {
      filter: { id: /\.js$/, code: /import\.meta\.url/ },
      handler(code, id) {
        if (!id.startsWith(compiled)) return null;
        return withImports(code).replaceAll('import.meta.url', `new URL(${JSON.stringify(relative(folder, id).split(sep).join('/'))}, import.meta.url).href`);
      },
    },
  };
}

function withImports(code: string): string {
  if (!code.includes(REQUIRE)) return code;
  const names: string[] = [];
  const rest = code.replace(REQUIRE, '').replace(/\brequire\('([^']+)'\)/g, (_, name: string) => `required${names.push(name)}`);
  return `${names.map((name, index) => `import * as required${index + 1} from '${name}';`).join('\n')}\n${rest}`;
}

function withoutNeedless(): Plugin {
  return {
    name: 'without-needless',
    enforce: 'pre',
    transform: {
      filter: { id: NEEDLESS.map(({ file }) => file) },
      handler: (code, id) => NEEDLESS.filter(({ file }) => file.test(id)).reduce((text, { stands, instead }) => text.replace(stands, instead), code),
    },
  };
}

/**
 * Imports while it runs are those of `BundleParts`: what is left of them is no part of the bundle. One letter beyond ASCII, and
 * a file takes twice the memory and longer to read; escapes mean the same wherever else code may have such a letter.
 */
function finish(): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const code = readFileSync(file, 'utf8').replace(/\bimport\(/g, 'importing(');
    writeFileSync(file, TAGGED.test(code) ? code : code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`));
  }
}
