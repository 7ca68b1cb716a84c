import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Like the product, so that neither is the only one whose packages are compiled already.
module.enableCompileCache();
const [{ default: pg }, { dataFolder, giveTo }, { programs }] = await Promise.all([import('pg'), import('../../src/persistence/embedded/data-folder.ts'), import('../../src/persistence/embedded/programs.ts')]);

/** The embedded server alone, as one would start it without a product: a cluster where there is none, the server, one question. */
const folder = dataFolder(process.env['DATA_DIR'] ?? '');
const bin = (name: string): string => join(programs(folder), 'bin', name);
const options = { ...folder.user, cwd: folder.root, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };

if (!existsSync(folder.cluster)) {
  mkdirSync(folder.cluster, { mode: 0o700 });
  giveTo(folder.user, folder.cluster);
  const [code] = await once(spawn(bin('initdb'), ['-D', folder.cluster, '-U', 'plain', '-A', 'trust', '--no-instructions', '--encoding=UTF8'], { ...options, stdio: 'ignore' }), 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
}
const port = await freePort();
const server = spawn(bin('postgres'), ['-D', folder.cluster, '-h', '127.0.0.1', '-k', '', '-p', String(port)], { ...options, stdio: 'ignore' });
const client = await connected();
await client.query('select 1');
// Before it says anything: whoever hears it may end it at once.
process.once('SIGTERM', () => void end());
process.stdout.write('1\n');

async function connected(): Promise<InstanceType<typeof pg.Client>> {
  for (const began = performance.now(); performance.now() - began < 30_000; await sleep(5)) {
    const attempt = new pg.Client({ host: '127.0.0.1', port, user: 'plain', database: 'postgres' });
    attempt.on('error', () => undefined);
    if (await attempt.connect().then(() => true, () => false)) return attempt;
  }
  throw new Error('the server does not become ready');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return free;
}

async function end(): Promise<void> {
  await client.end();
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
  process.exit(0);
}
