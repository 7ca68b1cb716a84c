import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';
import type { EmbeddedServer } from '../../src/persistence/embedded/embedded-server.ts';

/**
 * One PostgreSQL for the whole run: the embedded one in a temporary folder, or that of `TEST_DATABASE_URL` (a user who may
 * create databases). Started for the first test file that asks for it at the address provided; ended and removed with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'shixun-test-'));
  // Where the tests run as root, the server runs as somebody else.
  chmodSync(folder, 0o755);
  const template = `shixun_template_${process.pid}`;
  let server: Promise<EmbeddedServer> | null = null;
  const url = async (): Promise<string> => process.env['TEST_DATABASE_URL'] ?? (await (server ??= startForTests(folder))).url;
  const doorkeeper = createServer((_request, response) => {
    url().then(
      (found) => response.end(found),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => doorkeeper.listen(0, '127.0.0.1', resolve));
  project.provide('testServer', { address: `http://127.0.0.1:${(doorkeeper.address() as AddressInfo).port}`, folder, template });
  return async () => {
    doorkeeper.close();
    await server?.then((started) => started.stop(), () => undefined);
    const given = process.env['TEST_DATABASE_URL'];
    if (given) await dropTemplate(given, template);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Without waiting for the disk: databases are made and dropped by the dozen, and none has to outlive a crash. */
async function startForTests(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(folder, 'owner');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) await client.query(`alter system set ${setting} = off`);
  await client.query('select pg_reload_conf()');
  await client.end();
  return server;
}

async function dropTemplate(url: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const name of [template, `${template}_new`]) await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}
