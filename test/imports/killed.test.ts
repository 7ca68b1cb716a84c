import { request } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildServer, ready } from '../support/built-server.ts';
import type { BuiltServer } from '../support/built-server.ts';
import { INSTITUTIONS, TEACHERS } from '../support/imports.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let built: BuiltServer;
beforeAll(() => {
  built = buildServer('import-killed');
});
afterAll(() => built.remove());

const entries = `key,teacher,jurisdiction,amount,completedOn\n${Array.from({ length: 40_000 }, (_, index) => `K${index},T1,310104,1,2018-01-01\n`).join('')}`;

/** Sends a file and gives each line of the answer as it comes; ends when the answer ends, or breaks off. */
function send(url: URL, kind: string, body: string, onLine: (line: Record<string, unknown>) => void = () => undefined): Promise<Record<string, unknown> | null> {
  return new Promise((resolve) => {
    let last: Record<string, unknown> | null = null;
    let rest = '';
    const sent = request(new URL(`/import/${kind}?source=office`, url), { method: 'POST', headers: { 'content-type': 'text/csv' } }, (response) => {
      response.setEncoding('utf8').on('data', (data: string) => {
        const lines = (rest + data).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine((last = JSON.parse(line) as Record<string, unknown>));
      });
      response.on('close', () => resolve(last)).on('error', () => undefined);
    });
    sent.on('error', () => resolve(null)).end(body);
  });
}

test('the product killed in the middle of an import leaves nothing half done, and the next start works', async () => {
  const first = built.run({ PORT: '0' });
  const url = await ready(first);
  expect(await send(url, 'institutions', INSTITUTIONS)).toMatchObject({ status: 'taken', added: 3 });
  expect(await send(url, 'teachers', TEACHERS)).toMatchObject({ status: 'taken', added: 3 });
  let reached: unknown;
  await send(url, 'credits', entries, ({ phase }) => {
    if (phase !== 'taking') return;
    reached = phase;
    first.child.kill('SIGKILL');
  });
  await first.ended;
  expect(reached).toBe('taking');

  const next = built.run({ PORT: '0' });
  // Not one row is known from before, and no lock is left.
  expect(await send(await ready(next), 'credits', entries)).toMatchObject({ status: 'taken', rows: 40_000, added: 40_000, unchanged: 0 });
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
});
