import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACT_NAMES } from './acts.ts';
import { openRig } from './rig.ts';
import type { Rig } from './rig.ts';
import { HASTY, ROUNDS, Rounds, SEED } from './rounds.ts';
import { WINDOWS } from './windows.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let rig: Rig;
let rounds: Rounds;
beforeAll(async () => {
  rig = await openRig('faults-windows', 'proxied', HASTY);
  await rig.start();
  rounds = new Rounds(rig, SEED);
  await rounds.learn();
});
afterAll(async () => {
  console.log(rounds.tell());
  await rig.close();
});

describe.each(ACT_NAMES)('%s', (act) => {
  test.each(WINDOWS)('%s', async (window) => {
    const { hits } = await rounds.run(act, window, ROUNDS);
    expect(hits).toBeGreaterThanOrEqual(ROUNDS);
  });
});

test('everything asked for is there once, and the records are whole', async () => {
  await rounds.judgeAll();
  console.log(await rig.verify());
});
