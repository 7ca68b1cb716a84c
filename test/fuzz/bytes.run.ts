import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openRig } from '../faults/rig.ts';
import type { Rig } from '../faults/rig.ts';
import { raw } from '../support/raw-http.ts';
import { badBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { RUNS, SEED, SHRINK, Tape, tapes } from './tape.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 180_000 });

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('fuzz-bytes', 'proxied', { REQUEST_TIMEOUT_MS: '500' });
  await rig.start();
});
afterAll(() => rig.close());

/** How often each kind was answered with each status. */
const statuses = new Map<string, Map<number, number>>();
const note = (kind: string, status: number): void => {
  const known = statuses.get(kind) ?? new Map<number, number>();
  statuses.set(kind, known.set(status, (known.get(status) ?? 0) + 1));
};

async function look({ kind, sent }: Bytes): Promise<void> {
  const answer = await raw(rig.url, sent, 5_000);
  const about = `${kind}: ${JSON.stringify(sent.toString('latin1').slice(0, 600))} -> ${answer.slice(0, 800)}`;
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
  note(kind, status);
  // Something is always said, and never that it is our fault.
  expect(status, about).toBeGreaterThanOrEqual(200);
  expect(status, about).toBeLessThan(500);
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  if (status >= 400) {
    expect(body, about).toContain('"errors"');
    const { errors } = JSON.parse(body) as { readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[] };
    expect(errors.length, about).toBeGreaterThan(0);
    for (const { message, extensions } of errors) {
      expect(message.length, about).toBeGreaterThan(5);
      expect(extensions.code, about).toMatch(/^[A-Z_]+$/);
      expect(extensions.code, about).not.toBe('INTERNAL');
    }
    return;
  }
  // Bytes that happen to be a request: a GraphQL answer, or where another address leads.
  if (status === 200 && /content-type: application\/(graphql-response\+)?json/i.test(answer)) expect(JSON.parse(body), about).toEqual(expect.objectContaining(/"errors"/.test(body) ? { errors: expect.any(Array) } : { data: expect.anything() }));
}

test('bytes that no client would send are refused clearly', async () => {
  const asked = Math.ceil(RUNS * 1.5);
  try {
    await fc.assert(fc.asyncProperty(tapes, async (numbers) => look(badBytes(new Tape(numbers)))), { seed: SEED + 2, numRuns: asked, endOnFailure: !SHRINK });
  } finally {
    console.log([`bytes: seed ${SEED + 2}`, ...[...statuses].map(([kind, found]) => `  ${kind}: ${[...found].sort().map(([status, count]) => `${count} times ${status}`).join(', ')}`)].join('\n'));
  }
  const all = [...statuses.values()].flatMap((found) => [...found]);
  const refused = all.filter(([status]) => status >= 400).reduce((sum, [, count]) => sum + count, 0);
  expect(refused / asked).toBeGreaterThan(0.6);
  expect(statuses.size).toBeGreaterThan(18);
});

test('the server is as it was: ready, and without an error of its own in the log', async () => {
  expect(await rig.isReady()).toBe(true);
  expect(rig.server.errors()).toBe('');
});
