import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createRandom } from '../support/allocation-problems.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';
import { eventually } from '../support/processes.ts';
import { Attempt, KIND_NAMES, PASSING } from './attempts.ts';
import type { KindName } from './attempts.ts';
import { codesOfAnswer, isAnswer, readiness } from './client.ts';
import type { HttpAnswer } from './client.ts';
import { Load } from './load.ts';
import { openRig } from './rig.ts';
import type { Rig } from './rig.ts';
import { HASTY, ROUNDS, SEED } from './rounds.ts';
import { courseOf, follow } from './windows.ts';
import type { Moment } from './windows.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const random = createRandom(SEED + 2);
const told: string[] = [];
let last = 500_000;

let rig: Rig;
let proxy: DatabaseProxy;
beforeAll(async () => {
  // Four connections, and room for two who wait.
  rig = await openRig('faults-pressure', 'proxied', { ...HASTY, DATABASE_QUEUE_SIZE: '2' });
  await rig.start();
  proxy = rig.proxy ?? expect.fail('no proxy');
});
afterEach(async () => {
  proxy.watch = null;
  proxy.delayMs = 0;
  await eventually(() => rig.isReady(), 30_000);
});
afterAll(async () => {
  console.log([`pressure: seed ${SEED}, ${ROUNDS} rounds`, ...told].join('\n'));
  await rig.close();
});

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks for changes at once; each is answered, and what was not done says that it may come again. */
async function askAtOnce(count: number, kind?: KindName): Promise<{ readonly attempts: Attempt[]; readonly answers: HttpAnswer[] }> {
  const attempts = Array.from({ length: count }, () => new Attempt(rig, kind ?? random.pick(KIND_NAMES), ++last));
  for (const identity of ['authority', 'teacher']) await rig.token(identity);
  const answers = await Promise.all(attempts.map(async (attempt) => {
    const outcome = await (await attempt.send()).outcome;
    if (!isAnswer(outcome)) return expect.fail(`no answer: ${outcome.broken}`);
    for (const code of codesOfAnswer(outcome)) expect(PASSING, JSON.stringify(outcome.body)).toContain(code);
    return outcome;
  }));
  return { attempts, answers };
}

/** What was acknowledged is there once; what was not is not there, or once when it is sent again. */
async function settle(attempts: readonly Attempt[]): Promise<string> {
  await eventually(() => rig.isReady(), 30_000);
  await rig.untilQuiet();
  let [acknowledged, doneUntold] = [0, 0];
  for (const attempt of attempts) {
    const { effects, records } = await attempt.count();
    expect(records).toBe(effects);
    if (attempt.acknowledged !== null) expect(effects).toBe(1);
    else expect(effects).toBeLessThanOrEqual(1);
    if (attempt.acknowledged !== null) acknowledged++;
    else if (effects === 1) doneUntold++;
    await attempt.retry();
    expect(await attempt.count()).toEqual({ effects: 1, records: 1 });
  }
  return `${attempts.length} changes, ${acknowledged} acknowledged, ${doneUntold} done and untold`;
}

async function asOwner(text: string, work: () => Promise<void>, undo: string): Promise<void> {
  const client = new pg.Client({ connectionString: rig.ownerUrl });
  await client.connect();
  try {
    await client.query(text);
    await work();
  } finally {
    await client.query(undo);
    await client.end();
  }
}

const countCodes = (answers: readonly HttpAnswer[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const answer of answers) for (const code of codesOfAnswer(answer).length > 0 ? codesOfAnswer(answer) : ['done']) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
};

test('an exhausted pool: who waits too long or would be one too many is told when to come again', async () => {
  let attempts: Attempt[] = [];
  await asOwner(
    'begin; lock table audit_trail in access exclusive mode',
    async () => {
      const asked = askAtOnce(24);
      await sleep(150);
      // It lives, and says in bounded time whether it is ready.
      expect((await fetch(new URL('/health/live', rig.url))).status).toBe(200);
      const { from, to } = await readiness(rig.url);
      expect(to - from).toBeLessThan(5_000);
      const { attempts: made, answers } = await asked;
      attempts = made;
      const codes = countCodes(answers);
      told.push(`an exhausted pool: ${JSON.stringify(codes)}`);
      expect(codes['done']).toBeUndefined();
      expect(codes['OVERLOADED']).toBeGreaterThan(0);
      expect(codes['LOCK_TIMEOUT']).toBeGreaterThan(0);
      for (const answer of answers) if (codesOfAnswer(answer).includes('OVERLOADED')) expect([answer.status, Number(answer.retryAfter) > 0]).toEqual([503, true]);
    },
    'rollback',
  );
  // Nothing was done while nothing could be.
  for (const attempt of attempts) expect(await attempt.count()).toEqual({ effects: 0, records: 0 });
  told.push(`... ${await settle(attempts)}`);
});

test('each limit of time acts, is told by its name, and nothing of what it ended stays', async () => {
  const refused: Attempt[] = [];
  const expectRefused = async (code: string): Promise<void> => {
    const { attempts, answers } = await askAtOnce(1, 'roleGrant');
    expect(answers.map(codesOfAnswer)).toEqual([[code]]);
    refused.push(...attempts);
  };
  await asOwner('begin; lock table role_grant in access exclusive mode', () => expectRefused('LOCK_TIMEOUT'), 'rollback');
  await asOwner(
    `create function faults_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(5); return new; end $$; create trigger faults_slow before insert on role_grant for each row execute function faults_slow()`,
    () => expectRefused('QUERY_TIMEOUT'),
    'drop trigger faults_slow on role_grant; drop function faults_slow()',
  );
  // The server does nothing with its open transaction until the database has ended it.
  const held = Promise.withResolvers<Moment>();
  proxy.watch = follow(0, (moment) => {
    if (moment.window !== 'between effect and commit' || moment.moment !== 'answered') return null;
    held.resolve(moment);
    proxy.watch = null;
    return 'hold';
  });
  const doNothing = async (): Promise<void> => {
    const { line } = await held.promise;
    await sleep(2_000);
    line.release();
  };
  await Promise.all([expectRefused('TRANSACTION_TIMEOUT'), doNothing()]);
  for (const attempt of refused) expect(await attempt.count()).toEqual({ effects: 0, records: 0 });
  await settle(refused);
});

test('a slow database: what is done in spite of it is done once', async () => {
  for (const delayMs of [random.whole(5, 20), random.whole(60, 120)]) {
    proxy.delayMs = delayMs;
    const { attempts, answers } = await askAtOnce(10);
    proxy.delayMs = 0;
    told.push(`a slow database, ${delayMs} ms a message: ${JSON.stringify(countCodes(answers))}; ${await settle(attempts)}`);
  }
});

test('a stalled database: not ready, every request answered in bounded time, and ready again after it', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const asked = askAtOnce(6);
    await sleep(random.whole(0, 60));
    proxy.stall();
    await sleep(50);
    expect((await readiness(rig.url)).health).toBe('not ready');
    const { attempts, answers } = await asked;
    expect((await readiness(rig.url)).health).toBe('not ready');
    // What stalled stays so; only new connections pass.
    proxy.reset();
    proxy.resume();
    told.push(`a stalled database: ${JSON.stringify(countCodes(answers))}; ${await settle(attempts)}`);
  }
});

test('connections reset again and again under load', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const load = new Load(rig, random).start(4);
    let hits = 0;
    for (let reset = 0; reset < 12; reset++) {
      await sleep(random.whole(20, 150));
      if (load.underWay().length > 0) hits++;
      proxy.reset();
    }
    await load.stop();
    expect(hits).toBeGreaterThan(6);
    told.push(`12 resets under load, ${hits} while changes were under way: ${await settle(load.attempts)}`);
  }
});

test('clients that leave again and again', async () => {
  const attempts: Attempt[] = [];
  for (let count = 0; count < 10 * ROUNDS; count++) {
    const attempt = new Attempt(rig, random.pick(KIND_NAMES), ++last);
    attempts.push(attempt);
    const sent = await attempt.send();
    await sleep(random.whole(0, 25));
    sent.leave();
  }
  told.push(`clients that leave: ${await settle(attempts)}`);
});

test('the records are whole after all of it', async () => {
  // A change without a fault is still what it was.
  const course = await courseOf(proxy, async () => void (await askAtOnce(1, 'roleGrant')));
  expect(course.moments['during commit']).toBe(1);
  expect(await rig.verify()).toMatch(/^The records are whole/m);
});
