import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { packageFolder } from '../package-folder.ts';
import { BUNDLED, bundleFolder } from '../packages-bundle.ts';

/** What the driver uses only where somebody has installed it. */
const LEFT_OUT = [/^node:/, 'pg-native', 'pg-cloudflare'];

/** Part of `npm run build`. Made under another name until it is whole; a start does without when it cannot be made. */
const folder = bundleFolder();
if (folder !== null && !existsSync(`${folder}complete`)) {
  const unfinished = `${folder.slice(0, -1)}.new-${process.pid}`;
  try {
    await bundle(unfinished);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    process.stderr.write(`The mapper is not bundled, a start takes a little longer: ${String(error)}\n`);
  }
}

async function bundle(into: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: packageFolder ?? '.',
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'esnext',
      minify: false,
      outDir: into,
      emptyOutDir: true,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(BUNDLED).map(([name, file]) => [file.replace('.js', ''), name])),
        external: LEFT_OUT,
        output: { entryFileNames: '[name].js', chunkFileNames: 'part-[name].js' },
      },
    },
  });
  writeFileSync(`${into}/complete`, '');
  // Node reads what is below node_modules by the nearest package.json.
  writeFileSync(`${into}/package.json`, '{ "type": "module" }\n');
}
