import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charge, remaining, removeEnded } from '../../src/access/budget/budget-statements.ts';
import type { BudgetLimits, Budgets } from '../../src/access/budget/budgets.ts';
import { MemoryBudgets } from '../../src/access/budget/memory-budgets.ts';
import { StoredBudgets } from '../../src/access/budget/stored-budgets.ts';
import type { Database } from '../../src/persistence/database.ts';
import { testDatabase } from '../support/database.ts';
import { statementsOf } from '../support/query-count.ts';

const LIMITS: BudgetLimits = { windowSeconds: 60, most: { anonymous: 100, person: 1_000, client: 10_000 } };
const SHORT: BudgetLimits = { ...LIMITS, windowSeconds: 1 };

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const stored = (limits: BudgetLimits): Budgets => new StoredBudgets(() => database.orm.em.fork(), limits);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each([
  ['in memory', (limits: BudgetLimits): Budgets => new MemoryBudgets(limits)],
  ['in the store', stored],
] as const)('budgets %s', (where, make) => {
  const name = (key: string): string => `${where} ${key}`;

  test('are spent to the last unit and not beyond; what is refused takes nothing', async () => {
    const budgets = make(LIMITS);
    expect(await budgets.admit(name('a'), 'anonymous', 60)).toMatchObject({ ok: true, remaining: 40, limit: 100 });
    expect(await budgets.admit(name('a'), 'anonymous', 41)).toMatchObject({ ok: false, remaining: 40 });
    const last = await budgets.admit(name('a'), 'anonymous', 40);
    expect(last).toMatchObject({ ok: true, remaining: 0 });
    expect(await budgets.admit(name('a'), 'anonymous', 1)).toMatchObject({ ok: false, remaining: 0, resetsAt: last.resetsAt });
    expect(last.resetsAt - Date.now()).toBeGreaterThan(50_000);
    expect(last.resetsAt - Date.now()).toBeLessThanOrEqual(60_500);
    expect(budgets.lastSeen(name('a'), 'anonymous')).toMatchObject({ remaining: 0, limit: 100 });
  });

  test('are each spender\'s and each kind\'s own', async () => {
    const budgets = make(LIMITS);
    await budgets.admit(name('b'), 'anonymous', 100);
    expect(await budgets.admit(name('c'), 'anonymous', 100)).toMatchObject({ ok: true });
    expect(await budgets.admit(name('b'), 'person', 1_000)).toMatchObject({ ok: true, limit: 1_000 });
    expect(await budgets.admit(name('d'), 'anonymous', 101)).toMatchObject({ ok: false, remaining: 100 });
  });

  test('are whole again when the window is over', async () => {
    const budgets = make(SHORT);
    await budgets.admit(name('e'), 'anonymous', 100);
    expect((await budgets.admit(name('e'), 'anonymous', 1)).ok).toBe(false);
    await pause(1_100);
    expect(budgets.lastSeen(name('e'), 'anonymous').remaining).toBe(100);
    expect(await budgets.admit(name('e'), 'anonymous', 70)).toMatchObject({ ok: true, remaining: 30 });
  });

  test('are never overspent by many at once', async () => {
    const budgets = [make(LIMITS), make(LIMITS)];
    const admissions = await Promise.all(Array.from({ length: 60 }, (_, index) => (where === 'in memory' ? budgets[0] : budgets[index % 2])?.admit(name('f'), 'anonymous', 3)));
    expect(admissions.filter((one) => one?.ok)).toHaveLength(33);
  });
});

describe('the store of budgets', () => {
  const ALL = 5_000;
  const wide: BudgetLimits = { ...LIMITS, most: { ...LIMITS.most, anonymous: ALL } };

  test('is asked once for a series of requests, and never gives more than there is', async () => {
    const budgets = [stored(wide), stored(wide)] as const;
    const of = (index: number): Budgets => budgets[index % 2 === 0 ? 0 : 1];
    const statements = await statementsOf(() => Promise.all(Array.from({ length: 16 }, () => budgets[0].admit('series', 'anonymous', 10))));
    expect(statements).toHaveLength(2);
    expect(budgets[0].lastSeen('series', 'anonymous').remaining).toBe(ALL - 160);
    let admitted = 16;
    for (let index = 0; index < 600; index++) if ((await of(index).admit('series', 'anonymous', 10)).ok) admitted++;
    // What the other took ahead and did not spend is lost to it until the window is over: never more than a fiftieth.
    expect(admitted).toBeLessThanOrEqual(ALL / 10);
    expect(admitted).toBeGreaterThanOrEqual(ALL / 10 - 2 * (ALL / 50 / 10));
    expect(await charge(database.orm.em.fork(), 'series', 'anonymous', 1, wide)).toMatchObject({ ok: false, remaining: 0 });
  });

  test('holds nothing of a window that is over', async () => {
    const budgets = stored({ ...wide, windowSeconds: 1 });
    await budgets.admit('over', 'anonymous', 10);
    await pause(1_100);
    expect(await budgets.admit('over', 'anonymous', 10)).toMatchObject({ ok: true, remaining: ALL - 10 });
    expect(await remaining(database.orm.em.fork(), 'over', 'anonymous', wide)).toMatchObject({ remaining: ALL - 80 });
  });

  test('is asked one statement for each charge', async () => {
    const statements = await statementsOf(() => charge(database.orm.em.fork(), 'one', 'person', 7, LIMITS));
    expect(statements).toHaveLength(1);
  });

  test('tells what is left, and forgets windows that are over', async () => {
    const sql = database.orm.em.fork();
    expect(await remaining(sql, 'left', 'client', LIMITS)).toMatchObject({ remaining: 10_000, limit: 10_000 });
    await charge(sql, 'left', 'client', 4_000, LIMITS);
    expect(await remaining(sql, 'left', 'client', LIMITS)).toMatchObject({ remaining: 6_000 });
    await sql.execute(`update budget set window_start = window_start - interval '5 minutes' where principal = 'client:left'`);
    expect(await remaining(sql, 'left', 'client', LIMITS)).toMatchObject({ remaining: 10_000 });
    await removeEnded(sql, LIMITS);
    expect(await sql.execute(`select 1 from budget where principal = 'client:left'`)).toEqual([]);
  });

  test('that does not answer is replaced by memory, within a bound', async () => {
    let asked = 0;
    const budgets = new StoredBudgets(() => {
      asked++;
      throw new Error('gone');
    }, LIMITS);
    expect(await budgets.admit('x', 'anonymous', 90)).toMatchObject({ ok: true, remaining: 10 });
    expect(await budgets.admit('x', 'anonymous', 20)).toMatchObject({ ok: false, remaining: 10 });
    expect(asked).toBe(1);
    const silent = new StoredBudgets(() => ({ execute: () => new Promise(() => undefined) }), LIMITS);
    const began = performance.now();
    expect(await silent.admit('x', 'anonymous', 90)).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
