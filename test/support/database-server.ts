import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/persistence/embedded/embedded-server.ts';

/**
 * One PostgreSQL for the whole run: the embedded one in a temporary folder, or that of `TEST_DATABASE_URL` (a user who may
 * create databases). Ended and removed with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'shixun-test-'));
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? null : await startEmbedded(folder, 'owner');
  project.provide('testServer', { url: server?.url ?? given ?? '', folder });
  return async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
