import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ActName } from './acts.ts';
import { openRig } from './rig.ts';
import type { Rig } from './rig.ts';
import { HASTY, Rounds } from './rounds.ts';
import type { Window } from './windows.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

// A few of the faults of `npm run test:faults`, each once.
const FAULTS: readonly (readonly [ActName, Window])[] = [
  ['kill -9 of the server', 'between effect and commit'],
  ['kill -9 of the server', 'after commit before answer'],
  ['kill -9 of the database', 'between effect and commit'],
  ['the connection to the database is reset', 'during commit'],
  ['the client leaves', 'before begin'],
];

let rig: Rig;
let rounds: Rounds;
beforeAll(async () => {
  rig = await openRig('faults-smoke', 'proxied', HASTY);
  await rig.start();
  rounds = new Rounds(rig, 20_261_126);
  await rounds.learn();
});
afterAll(() => rig.close());

test.each(FAULTS)('%s, %s: what was acknowledged is there once, what was not is there once after it was sent again', async (act, window) => {
  expect((await rounds.run(act, window, 1)).hits).toBe(1);
});

// Heads are signed once a second: after a run as short as this there may be none.
test('after all of them the records are whole', async () => {
  await rounds.judgeAll();
  expect(await rig.verify()).toMatch(/^The records are whole/m);
});
