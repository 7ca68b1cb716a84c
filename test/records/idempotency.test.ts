import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Idempotency, onceRequest } from '../../src/records/idempotency.ts';
import type { Effect } from '../../src/records/idempotency.ts';
import type { NodeRef } from '../../src/records/audit-row.ts';
import { RecordKeys } from '../../src/records/keys.ts';
import { openBench } from './records.ts';
import type { Bench } from './records.ts';

const DAY = 86_400_000;
const NODES: readonly NodeRef[] = [{ type: 'StoredAssessment', id: '4' }, { type: 'Teacher', id: '17' }];
const WHO = 'account:1';

let bench: Bench;
let now: number;
let effects: number;
let once: Idempotency;
beforeAll(async () => {
  bench = await openBench();
  once = new Idempotency(bench.records.keys, () => now);
});
afterAll(() => bench.close());
beforeEach(() => {
  now = Date.now();
  effects = 0;
});

const em = (): EntityManager => bench.em();
const effect = async (): Promise<Effect<string>> => (effects++, { made: 'Marker-Made', nodes: NODES });
const asked = (key: string, input: unknown = { a: 1 }) => onceRequest(key, 'assessmentRecord', input);
const run = async (key: string, input?: unknown, principalKey = WHO, by = once) => {
  const met = await em().transactional((transaction) => by.runOnce(transaction, principalKey, asked(key, input), effect));
  return met.earlier ? { replayed: true, nodes: met.earlier.nodes } : { replayed: false, made: met.made };
};
const count = async (key: string): Promise<number> => (await em().execute<{ count: number }[]>('select count(*)::int as count from idempotency where key = ?', [key]))[0]?.count ?? 0;

describe('a key', () => {
  test('lets an effect happen once, and tells what came of it ever after', async () => {
    expect(await em().transactional((transaction) => once.find(transaction, WHO, asked('key-once')))).toBeNull();
    expect(await run('key-once', { secret: 'Marker-Word' })).toEqual({ replayed: false, made: 'Marker-Made' });
    expect(await run('key-once', { secret: 'Marker-Word' })).toEqual({ replayed: true, nodes: NODES });
    expect(await em().transactional((transaction) => once.find(transaction, WHO, asked('key-once', { secret: 'Marker-Word' })))).toMatchObject({ nodes: NODES, at: expect.any(Number) });
    expect(effects).toBe(1);
    expect(JSON.stringify(await em().execute('select i::text from idempotency i'))).not.toContain('Marker-');
  });

  test('says nothing of what was asked to whoever does not know the key of the records, and is met under a former one', async () => {
    const [former, current] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const before = new Idempotency(new RecordKeys([former]), () => now);
    const after = new Idempotency(new RecordKeys([current, former]), () => now);
    expect((await run('key-rotated', { number: 7 }, WHO, before)).replayed).toBe(false);
    expect((await run('key-rotated', { number: 7 }, WHO, after)).replayed).toBe(true);
    await expect(run('key-rotated', { number: 8 }, WHO, after)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(run('key-rotated', { number: 7 }, WHO, new Idempotency(new RecordKeys([current]), () => now))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('is not kept where nothing was changed', async () => {
    const nothing = () => em().transactional((transaction) => once.runOnce(transaction, WHO, asked('key-nothing'), async () => ({ made: 'refused', nodes: null })));
    expect([await nothing(), await nothing()]).toEqual([{ earlier: null, made: 'refused' }, { earlier: null, made: 'refused' }]);
    expect((await run('key-nothing', { mended: true })).replayed).toBe(false);
  });

  test('is of one principal, and does not depend on the order of an input', async () => {
    await run('key-order', { a: 1, b: [{ c: 2, d: null }] });
    expect((await run('key-order', { b: [{ d: null, c: 2 }], a: 1 })).replayed).toBe(true);
    expect((await run('key-order', { other: true }, 'account:2')).replayed).toBe(false);
  });

  test('that was used for something else is refused', async () => {
    await run('key-reused');
    await expect(run('key-reused', { a: 2 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', params: { action: 'assessmentRecord', at: new Date(now).toISOString() } });
    await expect(em().transactional((transaction) => once.runOnce(transaction, WHO, onceRequest('key-reused', 'other', { a: 1 }), effect))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(effects).toBe(1);
  });

  test.each(['', 'x'.repeat(201), 'with space', 'with\nline', '带有汉字的键名', 'tab\tin-it-'])('that is none is refused: %j', async (key) => {
    await expect(run(key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
  });

  test.each(['1', 'x'.repeat(200), `!"#$%&'()*+,-./~{}`])('that is one is taken: %j', async (key) => {
    expect((await run(key)).replayed).toBe(false);
  });

  test('in use by another transaction is told to come again, without waiting', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const first = em().transactional((transaction) =>
      once.runOnce(transaction, WHO, asked('key-at-once'), async () => {
        entered();
        await held;
        return effect();
      }),
    );
    await inside;
    const began = performance.now();
    await expect(run('key-at-once')).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds: 1 });
    expect(performance.now() - began).toBeLessThan(5_000);
    // Of another principal it is another key.
    expect((await run('key-at-once', { a: 1 }, 'account:9')).replayed).toBe(false);
    release();
    expect((await first).earlier).toBeNull();
    expect((await run('key-at-once')).replayed).toBe(true);
    expect(effects).toBe(2);
  });

  test('of many at once one has the effect', async () => {
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => run('key-many')));
    for (const result of all) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    expect(effects).toBe(1);
    expect(all.filter((result) => result.status === 'fulfilled' && !result.value.replayed)).toHaveLength(1);
  });

  test('of an effect that failed leaves nothing, and can be used again', async () => {
    const failing = em().transactional(async (transaction) => {
      await once.runOnce(transaction, WHO, asked('key-failed'), effect);
      throw new Error('failed on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await expect(em().transactional((transaction) => once.runOnce(transaction, WHO, asked('key-failed'), () => Promise.reject(new Error('failed inside'))))).rejects.toThrow('inside');
    expect(await count('key-failed')).toBe(0);
    expect((await run('key-failed')).replayed).toBe(false);
  });

  test('is kept for 30 days, and then free', async () => {
    const today = now;
    now = today - 30 * DAY - 10_000;
    await run('key-expiry');
    const stored = now;
    now = stored + 30 * DAY - 1;
    expect((await run('key-expiry')).replayed).toBe(true);
    await expect(run('key-expiry', { a: 2 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    now = stored + 30 * DAY;
    expect((await run('key-expiry', { a: 2 })).replayed).toBe(false);
    expect((await run('key-expiry', { a: 2 })).replayed).toBe(true);
  });

  test('is cleaned up when old, some at a time; a younger one cannot be taken away', async () => {
    const today = now;
    now = today - 31 * DAY;
    for (const key of ['key-old-1', 'key-old-2', 'key-old-3']) await run(key);
    now = today - 30 * DAY + 60_000;
    await run('key-young');
    now = today;
    expect([await once.cleanUp(em(), 2), await once.cleanUp(em(), 2), await once.cleanUp(em(), 2)]).toEqual([2, 1, 0]);
    expect([await count('key-old-3'), await count('key-young')]).toEqual([0, 1]);
    now = today - 31 * DAY;
    await run('key-old-4');
    now = today;
    const cleaning = await openBench(bench.database, { cleanEveryMs: 20 });
    await expect.poll(() => count('key-old-4')).toBe(0);
    await cleaning.close();
    expect([await count('key-young'), cleaning.logged]).toEqual([1, []]);
    await run('key-of-today');
    await expect(em().execute(`delete from idempotency where key = 'key-of-today'`)).rejects.toMatchObject({ code: '23001' });
  });
});
