import { expect } from 'vitest';
import { createRandom } from '../support/allocation-problems.ts';
import type { Random } from '../support/allocation-problems.ts';
import { eventually } from '../support/processes.ts';
import { ACTS } from './acts.ts';
import type { Act, ActName } from './acts.ts';
import { Attempt, KIND_NAMES, PASSING } from './attempts.ts';
import type { KindName } from './attempts.ts';
import { codesOfAnswer, isAnswer } from './client.ts';
import type { Sent } from './client.ts';
import type { Rig } from './rig.ts';
import { courseOf, follow } from './windows.ts';
import type { Course, Moment, Window } from './windows.ts';

export const SEED = Number(process.env['SEED'] ?? 20_261_126);
export const ROUNDS = Number(process.env['ROUNDS'] ?? 2);

/** A statement that is never answered is given up after its own limit and three seconds; the rest is for a busy machine. */
const ANSWERED_WITHIN_MS = 15_000;

/** What came of the faults of one act in one window. */
export interface Tally {
  readonly act: ActName;
  readonly window: Window;
  hits: number;
  missed: number;
  /** Told by the server that it was not done, or may not have been. */
  refused: number;
  /** Done and told so in spite of it. */
  acknowledged: number;
  /** Nobody was told anything. */
  unanswered: number;
  /** Found done before it was asked for again, though nobody had been told. */
  doneUntold: number;
}

/** Faults in windows of single changes, each proven by what the proxy saw. */
export class Rounds {
  readonly #rig: Rig;
  readonly #random: Random;
  readonly #courses = new Map<KindName, Course>();
  #last = 0;
  readonly tallies: Tally[] = [];
  readonly attempts: Attempt[] = [];

  constructor(rig: Rig, seed: number) {
    [this.#rig, this.#random] = [rig, createRandom(seed)];
  }

  next(kind: KindName): Attempt {
    const attempt = new Attempt(this.#rig, kind, ++this.#last);
    this.attempts.push(attempt);
    return attempt;
  }

  /** How changes go without a fault. Also the first of each kind, which does more than later ones. */
  async learn(): Promise<void> {
    const { proxy } = this.#rig;
    if (!proxy) throw new Error('without a proxy there is nothing to be seen');
    const once = async (kind: KindName): Promise<void> => {
      const attempt = this.next(kind);
      await (await attempt.send()).outcome;
      expect(await attempt.count(), JSON.stringify(attempt.refusals)).toEqual({ effects: 1, records: 1 });
      expect(attempt.acknowledged).not.toBeNull();
    };
    for (const kind of KIND_NAMES) {
      await once(kind);
      this.#courses.set(kind, await courseOf(proxy, () => once(kind)));
    }
  }

  /** So many faults of an act in a window: what misses it is repeated, a few times. */
  async run(name: ActName, window: Window, rounds: number): Promise<Tally> {
    const tally: Tally = { act: name, window, hits: 0, missed: 0, refused: 0, acknowledged: 0, unanswered: 0, doneUntold: 0 };
    this.tallies.push(tally);
    while (tally.hits < rounds && tally.missed <= rounds + 2) await this.#round(ACTS[name], tally);
    return tally;
  }

  async #round(act: Act, tally: Tally): Promise<void> {
    const rig = this.#rig;
    const kind = this.#random.pick(KIND_NAMES);
    const attempt = this.next(kind);
    const trap = this.#trap(kind, tally.window);
    const sent = await attempt.send();
    const held = await Promise.race([trap, sent.outcome.then(() => null)]);
    if (held && !sent.isSettled()) {
      tally.hits++;
      const began = performance.now();
      await act.happen({ rig, held, sent, random: this.#random });
      await this.#answered(act, sent, began);
      if (rig.proxy) rig.proxy.watch = null;
      await act.mend(rig);
    } else {
      tally.missed++;
      if (rig.proxy) rig.proxy.watch = null;
      held?.line.release();
      await sent.outcome;
    }
    await eventually(() => rig.isReady(), 30_000);
    await rig.untilQuiet();
    await this.#judge(attempt, act, tally, held !== null);
  }

  /** Resolves once the change stands at one of the moments of a window, and holds it there. */
  #trap(kind: KindName, window: Window): Promise<Moment> {
    const { begins, moments } = this.#courses.get(kind) ?? expect.fail(`${kind} was not learnt`);
    // A commit that is not passed on has not begun.
    const isOne = (found: Window | null): boolean => found === window || (window === 'between effect and commit' && found === 'during commit');
    let left = this.#random.whole(1, moments[window] + (window === 'between effect and commit' ? 1 : 0));
    return new Promise((resolve) => {
      if (!this.#rig.proxy) return;
      this.#rig.proxy.watch = follow(begins, (moment) => {
        if (!isOne(moment.window) || --left !== 0) return null;
        resolve(moment);
        return window === 'during commit' ? 'hold answers' : 'hold';
      });
    });
  }

  /** A server that lives answers in bounded time, and truly. */
  async #answered({ serverLives, changeGoesOn }: Act, sent: Sent, began: number): Promise<void> {
    const outcome = await sent.outcome;
    expect(performance.now() - began).toBeLessThan(ANSWERED_WITHIN_MS);
    if (serverLives && !changeGoesOn) expect(isAnswer(outcome), JSON.stringify(outcome)).toBe(true);
    if (isAnswer(outcome)) for (const code of codesOfAnswer(outcome)) expect(PASSING, JSON.stringify(outcome.body)).toContain(code);
  }

  async #judge(attempt: Attempt, { changeGoesOn }: Act, tally: Tally, isHit: boolean): Promise<void> {
    const about = `${tally.act}, ${tally.window}: ${attempt.kind} ${attempt.number}`;
    const before = await attempt.count();
    // No effect without its record, no record without its effect.
    expect(before.records, about).toBe(before.effects);
    const wasTold = attempt.acknowledged !== null;
    if (wasTold) expect(before.effects, about).toBe(1);
    else if (tally.window === 'during commit' || changeGoesOn) expect(before.effects, about).toBeLessThanOrEqual(1);
    else expect(before.effects, about).toBe(tally.window === 'after commit before answer' ? 1 : 0);
    if (isHit) {
      if (wasTold) tally.acknowledged++;
      else if (attempt.refusals.length > 0) tally.refused++;
      else tally.unanswered++;
      if (!wasTold && before.effects === 1) tally.doneUntold++;
    }
    // Whoever is ready takes the next change at once.
    expect(await attempt.retry(), about).toBe(1);
    expect(await attempt.count(), about).toEqual({ effects: 1, records: 1 });
  }

  /** All that was ever asked for is there once, after everything that happened since. */
  async judgeAll(): Promise<void> {
    for (const attempt of this.attempts) expect(await attempt.count(), `${attempt.kind} ${attempt.number}`).toEqual({ effects: 1, records: 1 });
  }

  tell(): string {
    const lines = this.tallies.map(({ act, window, hits, missed, acknowledged, refused, unanswered, doneUntold }) => `${act} | ${window}: ${hits} hit, ${missed} missed; ${acknowledged} acknowledged, ${refused} refused, ${unanswered} unanswered; ${doneUntold} done and untold`);
    return [`seed ${SEED}, ${ROUNDS} rounds, ${this.attempts.length} changes`, ...lines].join('\n');
  }
}

/** The settings of a server whose faults are to be over soon. */
export const HASTY = { STATEMENT_TIMEOUT_MS: '1000', LOCK_TIMEOUT_MS: '500', IDLE_TRANSACTION_TIMEOUT_MS: '1000', DATABASE_CONNECT_TIMEOUT_MS: '1000', DATABASE_QUEUE_TIMEOUT_MS: '1000', DATABASE_POOL_SIZE: '4' };

