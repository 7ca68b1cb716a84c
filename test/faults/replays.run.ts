import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRandom } from '../support/allocation-problems.ts';
import { eventually } from '../support/processes.ts';
import { killDatabase } from './acts.ts';
import { Attempt, KIND_NAMES, PASSING } from './attempts.ts';
import { codesOfAnswer, isAnswer, send } from './client.ts';
import { openRig } from './rig.ts';
import type { Rig } from './rig.ts';
import { HASTY, ROUNDS, SEED } from './rounds.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const random = createRandom(SEED + 3);
const told: string[] = [];
let last = 800_000;

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('faults-replays', 'proxied', { ...HASTY, DATABASE_POOL_SIZE: '8' });
  await rig.start();
  for (const identity of ['authority', 'teacher']) await rig.token(identity);
});
afterAll(async () => {
  console.log([`replays: seed ${SEED}, ${ROUNDS} rounds`, ...told].join('\n'));
  await rig.close();
});

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const AT_ONCE = 20;

/** Sends one change many times at once; how often it was answered that it is done. Whoever is refused may come again. */
async function sendManyTimes(attempt: Attempt): Promise<{ readonly done: number; readonly inProgress: number; readonly refused: number; readonly broken: number }> {
  const found = { done: 0, inProgress: 0, refused: 0, broken: 0 };
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    const outcome = await (await attempt.send()).outcome;
    if (!isAnswer(outcome)) return void found.broken++;
    const codes = codesOfAnswer(outcome);
    for (const code of codes) expect(PASSING, JSON.stringify(outcome.body)).toContain(code);
    if (codes.length === 0) found.done++;
    else if (codes.includes('IDEMPOTENCY_IN_PROGRESS')) found.inProgress++;
    else found.refused++;
  }));
  return found;
}

describe.each(KIND_NAMES)('%s', (kind) => {
  test('sent many times at once it is done once, and everybody who is told is told the same', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const attempt = new Attempt(rig, kind, ++last);
      const found = await sendManyTimes(attempt);
      expect(found.done).toBeGreaterThan(0);
      expect(found.broken).toBe(0);
      expect(await attempt.count()).toEqual({ effects: 1, records: 1 });
      // Later again: the answer of the first time.
      for (let again = 0; again < 5; again++) expect(await attempt.retry()).toBe(1);
      expect(await attempt.count()).toEqual({ effects: 1, records: 1 });
      told.push(`${kind}, ${AT_ONCE} times at once: ${JSON.stringify(found)}`);
    }
  });

  test('the same key with something else is refused, and is somebody else’s own', async () => {
    const attempt = new Attempt(rig, kind, ++last);
    await attempt.retry();
    const other = new Attempt(rig, kind, ++last, attempt.key);
    const outcome = await (await other.send()).outcome;
    expect(isAnswer(outcome) && codesOfAnswer(outcome)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await other.count()).toEqual({ effects: 0, records: 0 });
    expect(await attempt.count()).toEqual({ effects: 1, records: 1 });
  });

  test.each(['the server', 'the database'])('sent many times while kill -9 hits %s, and again after it', async (victim) => {
    for (let round = 0; round < ROUNDS; round++) {
      const attempt = new Attempt(rig, kind, ++last);
      const under = sendManyTimes(attempt);
      await sleep(random.whole(5, 80));
      if (victim === 'the server') {
        await rig.killServer();
        await under;
        await rig.start();
      } else {
        await killDatabase(rig, random, null);
        await under;
        await eventually(() => rig.isReady(), 30_000);
      }
      const found = await under;
      await rig.untilQuiet();
      const before = await attempt.count();
      expect(before.effects).toBeLessThanOrEqual(1);
      if (attempt.acknowledged !== null) expect(before.effects).toBe(1);
      await sendManyTimes(attempt);
      await attempt.retry();
      expect(await attempt.count()).toEqual({ effects: 1, records: 1 });
      told.push(`${kind}, kill -9 of ${victim}: ${JSON.stringify(found)}, ${before.effects} done before it was sent again`);
    }
  });
});

test('without a key nothing is known of what was sent before', async () => {
  const body = { query: 'mutation { assessmentRecord(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2031-01-01", facts: {}}) { storedAssessment { id } } }' };
  const headers = { authorization: `Bearer ${await rig.token('authority')}` };
  for (let count = 0; count < 2; count++) expect(await send(rig.url, body, headers).outcome).toMatchObject({ status: 200 });
  expect(await rig.query(`select count(*)::int as count from stored_assessment where at = '2031-01-01T00:00:00+08:00'`)).toEqual([{ count: 2 }]);
});

test('the records are whole after all of it', async () => {
  expect(await rig.verify()).toMatch(/^The records are whole/m);
});
