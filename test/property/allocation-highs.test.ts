import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocate } from '../../src/kernel/allocation/allocate.ts';
import type { AllocationProblem } from '../../src/kernel/allocation/problem.ts';
import { allocateGreedily } from '../support/allocation-greedy.ts';
import { createOracle, type Oracle } from '../support/allocation-oracle.ts';
import { arbitraryProblem, createRandom, gridProblem, type Random } from '../support/allocation-problems.ts';
import { shanghai } from '../support/allocation-shanghai.ts';

const { structure, required, transcript } = shanghai();

function realisticProblem(random: Random): AllocationProblem {
  const rows = structure.rows.map((row, index) => ({ ...row, required: required[index] as number }));
  return { ...structure, rows, holdings: transcript(random) };
}

const KINDS = [
  { name: 'arbitrary rows and moves', count: 2000, make: (random: Random) => arbitraryProblem(random, false) },
  { name: 'arbitrary with capped shares', count: 1200, make: (random: Random) => arbitraryProblem(random, true) },
  { name: 'levels, categories and marks', count: 1900, make: gridProblem },
  { name: 'realistic transcripts', count: 150, make: realisticProblem },
];

describe('allocation against HiGHS', () => {
  let oracle: Oracle;
  const totals = { problems: 0, greedyWrong: 0, ties: 0 };
  beforeAll(async () => {
    oracle = await createOracle();
  });
  afterAll(() => oracle.dispose());

  it.each(KINDS)('agrees in every aim: $name', { timeout: 300_000 }, ({ count, make }) => {
    const random = createRandom(count);
    for (let n = 0; n < count; n += 1) {
      const problem = make(random);
      const outcome = allocate(problem);
      if (!outcome.ok && outcome.reason === 'TOO_LARGE') throw new Error(`problem ${n}: ${JSON.stringify(outcome)}`);
      const { result } = outcome;
      const say = (what: string | null) => (what === null ? null : `problem ${n}: ${what}: ${JSON.stringify(problem)}`);
      expect(say(oracle.disagreement(problem, result))).toBeNull();
      totals.problems += 1;
      if (outcome.ok) {
        const greedy = allocateGreedily(problem);
        if (greedy.gap !== result.gap || greedy.moved !== result.moved) totals.greedyWrong += 1;
      }
      if (oracle.hasAnotherOptimum(problem, result)) totals.ties += 1;
      expect(say(oracle.canonicalDisagreement(problem, result))).toBeNull();
    }
  });

  it('met enough problems that are hard to get right', () => {
    expect(totals.problems).toBeGreaterThanOrEqual(5000);
    expect(totals.greedyWrong).toBeGreaterThanOrEqual(500);
    expect(totals.ties).toBeGreaterThanOrEqual(500);
  });
});
