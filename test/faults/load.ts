import type { Random } from '../support/allocation-problems.ts';
import { Attempt, KIND_NAMES } from './attempts.ts';
import type { Sent } from './client.ts';
import type { Rig } from './rig.ts';

/** Several clients that ask for one change after another until they are told to stop. */
export class Load {
  readonly #rig: Rig;
  readonly #random: Random;
  readonly #underWay = new Map<Attempt, Sent>();
  #isStopped = false;
  #clients: Promise<void>[] = [];
  static #last = 0;
  readonly attempts: Attempt[] = [];

  constructor(rig: Rig, random: Random) {
    [this.#rig, this.#random] = [rig, random];
  }

  start(clients: number): this {
    this.#clients = Array.from({ length: clients }, () => this.#client());
    return this;
  }

  async #client(): Promise<void> {
    while (!this.#isStopped) {
      const attempt = new Attempt(this.#rig, this.#random.pick(KIND_NAMES), 100_000 + ++Load.#last);
      this.attempts.push(attempt);
      const sent = await attempt.send();
      this.#underWay.set(attempt, sent);
      const outcome = await sent.outcome;
      this.#underWay.delete(attempt);
      // Whoever finds nobody there does not ask again at once.
      if ('broken' in outcome || outcome.status >= 500) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Asked for and not answered at this moment. */
  underWay(): Attempt[] {
    return [...this.#underWay].filter(([, sent]) => !sent.isSettled()).map(([attempt]) => attempt);
  }

  /** Ends when every request has an answer, or has broken off. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#clients);
  }
}
