import type { AllocationProblem, AllocationRow, Holding, Sight } from '../../src/kernel/allocation/problem.ts';

/** Seeded numbers (mulberry32): the same problems in every run. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  /** A whole number from `from` to `to`, both included. */
  const whole = (from: number, to: number): number => from + (next() % (to - from + 1));
  return {
    whole,
    chance: (inHundred: number): boolean => whole(1, 100) <= inHundred,
    pick: <T>(list: readonly T[]): T => list[whole(0, list.length - 1)] as T,
    some: <T>(list: readonly T[], inHundred: number): T[] => list.filter(() => whole(1, 100) <= inHundred),
  };
}

export type Random = ReturnType<typeof createRandom>;

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Rows over arbitrary sets of cells, arbitrary moves: overlaps that no nested families have. */
export function arbitraryProblem(random: Random, withShares: boolean): AllocationProblem {
  const cellCount = random.whole(2, 7);
  const cells = range(cellCount);
  const rows: AllocationRow[] = range(random.whole(1, 6)).map(() => {
    const seen = random.some(cells, random.whole(25, 70));
    const sees: Sight[] = [{ cells: seen }];
    if (withShares && random.chance(50)) {
      const others = random.some(cells.filter((cell) => !seen.includes(cell)), 60);
      const denominator = random.whole(2, 4);
      sees.push({ cells: others, share: { numerator: random.whole(1, denominator - 1), denominator } });
    }
    return { required: random.whole(0, 25), sees };
  });
  const additional = random.chance(15) ? random.some(cells, 70) : shuffled(random, cells);
  const holdings = range(random.whole(0, 5)).map(() => {
    const home = random.pick(cells);
    return { home, amount: random.whole(0, 30), reach: random.some(cells, random.whole(0, 70)).filter((c) => c !== home) };
  });
  return { cellCount, rows, holdings, additional };
}

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const rest = [...list];
  const result: T[] = [];
  while (rest.length > 0) result.push(...rest.splice(random.whole(0, rest.length - 1), 1));
  return result;
}

/** Levels 0 (moves to 1 and 2), 1 (moves to 2), 2, 3; categories; a mark across both. The cell is one of level x category x mark. */
export function gridProblem(random: Random): AllocationProblem {
  const categories = random.whole(2, 3);
  const marks = 2;
  const cell = (level: number, category: number, mark: number): number => (level * categories + category) * marks + mark;
  const all = range(4 * categories * marks);
  const levelOf = (c: number): number => Math.floor(c / (categories * marks));
  const categoryOf = (c: number): number => Math.floor(c / marks) % categories;
  const rows: AllocationRow[] = [];
  const row = (cells: number[], required: number): void => {
    rows.push({ required, sees: [{ cells }] });
  };
  row(all, random.whole(20, 60));
  for (let k = 0; k < categories; k += 1) row(all.filter((c) => categoryOf(c) === k), random.whole(0, 18));
  for (let level = 1; level < 4; level += 1) {
    row(all.filter((c) => levelOf(c) === level), random.whole(0, 20));
    for (let k = 0; k < categories; k += 1) {
      if (random.chance(40)) row(all.filter((c) => levelOf(c) === level && categoryOf(c) === k), random.whole(0, 10));
    }
  }
  if (random.chance(60)) row(all.filter((c) => c % marks === 1), random.whole(0, 15));
  if (random.chance(40)) row(all.filter((c) => c % marks === 1 && levelOf(c) === 2), random.whole(0, 8));
  const holdings: Holding[] = range(random.whole(2, 8)).map(() => {
    const home = random.pick(all);
    const level = levelOf(home);
    const to = level === 0 ? [1, 2] : level === 1 ? [2] : [];
    const kinds = random.chance(15) ? range(Math.min(2, categories)) : [categoryOf(home)];
    const reach = [level, ...to]
      .flatMap((target) => kinds.map((k) => cell(target, k, home % marks)))
      .filter((c) => c !== home)
      .sort((a, b) => a - b);
    return { home, amount: random.whole(1, 30), reach };
  });
  return { cellCount: all.length, rows, holdings, additional: all.filter((c) => levelOf(c) > 0) };
}
