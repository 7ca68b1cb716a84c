import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isServerOn } from '../../src/persistence/embedded/process-of.ts';
import { createRandom } from '../support/allocation-problems.ts';
import { eventually, processesOf } from '../support/processes.ts';
import { databaseProcesses, expectNotReady, killDatabase } from './acts.ts';
import type { Attempt } from './attempts.ts';
import { Load } from './load.ts';
import { openRig } from './rig.ts';
import type { Rig } from './rig.ts';
import { HASTY, ROUNDS, SEED } from './rounds.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const CLIENTS = 6;
const random = createRandom(SEED + 1);
const told: string[] = [];

let rig: Rig;
let notReady = 0;
beforeAll(async () => {
  rig = await openRig('faults-embedded', 'embedded', HASTY);
  await rig.start();
  for (const identity of ['authority', 'teacher']) await rig.token(identity);
});
afterAll(async () => {
  console.log([`embedded: seed ${SEED}, ${ROUNDS} rounds, ${CLIENTS} clients at once`, ...told, `${notReady} times asked while there was no database: never ready`].join('\n'));
  await rig.close();
});

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All at once: their processes are ended in one go. */
async function killBoth(): Promise<void> {
  const processes = databaseProcesses(rig);
  rig.server.child.kill('SIGKILL');
  for (const pid of processes) process.kill(pid, 'SIGKILL');
  await rig.server.ended;
  await eventually(() => processes.every((pid) => !isServerOn(pid, rig.cluster)));
}

interface Victim {
  strike(): Promise<void>;
  /** Once nobody asks any more. */
  recover(): Promise<void>;
}

const VICTIMS: Readonly<Record<string, Victim>> = {
  'the server': {
    strike: () => rig.killServer(),
    async recover() {
      // Its database runs on, and is taken over by the next start.
      expect(databaseProcesses(rig).length).toBeGreaterThan(0);
      await rig.start();
    },
  },
  'the database': {
    async strike() {
      if (await killDatabase(rig, random, null)) notReady += await expectNotReady(rig);
    },
    recover: async () => expect(rig.server.child.exitCode).toBeNull(),
  },
  'both at once': {
    strike: killBoth,
    async recover() {
      expect(processesOf(rig.cluster)).toEqual([]);
      await rig.start();
    },
  },
};

interface Found {
  hits: number;
  missed: number;
  changes: number;
  /** Those that were under way at the moment of the fault. */
  underWay: number;
  absent: number;
  doneUntold: number;
}

test.each(Object.entries(VICTIMS))('kill -9 of %s under load, at seeded moments', async (name, victim) => {
  const found: Found = { hits: 0, missed: 0, changes: 0, underWay: 0, absent: 0, doneUntold: 0 };
  while (found.hits < ROUNDS && found.missed <= ROUNDS) await round(victim, found);
  told.push(`kill -9 of ${name}: ${found.hits} hit, ${found.missed} missed; ${found.changes} changes, ${found.underWay} under way, of them ${found.absent} not done and ${found.doneUntold} done and untold`);
  expect(found.hits).toBeGreaterThanOrEqual(ROUNDS);
  expect(await rig.verify()).toMatch(/^The records are whole/m);
});

async function round({ strike, recover }: Victim, found: Found): Promise<void> {
  const load = new Load(rig, random).start(CLIENTS);
  await sleep(random.whole(200, 900));
  const struck = load.underWay();
  await strike();
  await load.stop();
  await recover();
  await eventually(() => rig.isReady(), 60_000);
  await rig.untilQuiet();
  struck.length > 0 ? found.hits++ : found.missed++;
  found.underWay += struck.length;
  found.changes += load.attempts.length;
  for (const attempt of load.attempts) await judge(attempt, found);
}

async function judge(attempt: Attempt, found: Found): Promise<void> {
  const about = `${attempt.kind} ${attempt.number}`;
  const { effects, records } = await attempt.count();
  expect(records, about).toBe(effects);
  if (attempt.acknowledged !== null) return expect(effects, about).toBe(1);
  expect(effects, about).toBeLessThanOrEqual(1);
  effects === 0 ? found.absent++ : found.doneUntold++;
  await attempt.retry();
  expect(await attempt.count(), about).toEqual({ effects: 1, records: 1 });
}
