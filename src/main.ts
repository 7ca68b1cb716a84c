// Nothing is imported before the version is checked: an older Node could not even read the rest.
import module from 'node:module';

const NEEDED = 26;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `师训需要 Node ${NEEDED},这里运行的是 ${process.versions.node}。请用 npm start 启动;若仍出现本提示,请不带 --ignore-scripts 重新安装:npm ci\n` +
      `Shixun needs Node ${NEEDED}; this is ${process.versions.node}. Start it with npm start; if you still see this, install again without --ignore-scripts: npm ci\n`,
  );
  process.exit(1);
}

// Compiled code of all packages is kept between starts.
module.enableCompileCache();
const { start } = await import('./start.ts');
await start();
// Else it is kept only when the process ends by itself.
setTimeout(() => module.flushCompileCache(), 1_000).unref();
