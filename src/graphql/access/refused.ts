import type { Problem } from '../../workflows/problem.ts';

/** Thrown to leave a transaction with what forbids it: nothing of it stays. */
export class Refused extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super('refused');
    this.problems = problems;
  }
}
