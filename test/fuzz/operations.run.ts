import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openRig } from '../faults/rig.ts';
import type { Rig } from '../faults/rig.ts';
import { ask, learn, noOutcomes, schema, tell, WHO } from './asker.ts';
import { OperationWriter } from './operations.ts';
import { RUNS, SEED, SHRINK, Tape, tapes } from './tape.ts';
import type { Known } from './values.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 180_000 });

let rig: Rig;
let known: Known;
beforeAll(async () => {
  rig = await openRig('fuzz-operations', 'proxied');
  await rig.start();
  known = await learn(rig);
});
afterAll(() => rig.close());

const principals = fc.constantFrom(...WHO);

test('random queries: no 5xx, nothing that violates the schema, nothing beyond the promised cost', async () => {
  const outcomes = noOutcomes();
  const property = fc.asyncProperty(principals, tapes, async (who, numbers) => void (await ask(rig, new OperationWriter(schema, new Tape(numbers), known).write('query', known.may.get(who)), who, outcomes)));
  try {
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: !SHRINK });
  } finally {
    console.log(tell('queries', SEED, outcomes));
  }
  // Most of it is for signed-in people, and a tenth asks as nobody.
  expect(outcomes.executed / outcomes.asked).toBeGreaterThan(0.3);
  for (const who of WHO) expect(outcomes.executedAs[who ?? 'nobody'], String(who)).toBeGreaterThan(0);
});

test('random changes: no 5xx, and records that are whole', async () => {
  const outcomes = noOutcomes();
  const property = fc.asyncProperty(principals, tapes, async (who, numbers) => void (await ask(rig, new OperationWriter(schema, new Tape(numbers), known).write('mutation', known.may.get(who)), who, outcomes)));
  try {
    await fc.assert(property, { seed: SEED + 1, numRuns: Math.ceil(RUNS / 3), endOnFailure: !SHRINK });
  } finally {
    console.log(tell('changes', SEED + 1, outcomes));
  }
  expect(outcomes.executed / outcomes.asked).toBeGreaterThan(0.2);
  expect(await rig.verify()).toMatch(/^The records are whole/);
});

test('the server is as it was: ready, and without an error of its own in the log', async () => {
  expect(await rig.isReady()).toBe(true);
  expect(rig.server.errors()).toBe('');
});
