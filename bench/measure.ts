/** Ratios of alternating measurements: what disturbs the machine disturbs both sides. */
export interface Comparison {
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  /** The median of the ratios round by round, with the extremes. */
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  /** `atLeast`: runs a second; `atMost`: a time; null: only shown. */
  readonly target: { readonly relation: 'atLeast' | 'atMost'; readonly ratio: number } | null;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

type Measure = () => Promise<number>;

/** Takes both figures in each of `rounds` rounds, in turn first. */
export async function compare(base: Pick<Comparison, 'name' | 'unit' | 'target'>, rounds: number, ours: Measure, reference: Measure): Promise<Comparison> {
  const pairs: { readonly ours: number; readonly reference: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await ours();
      pairs.push({ ours: first, reference: await reference() });
    } else {
      const first = await reference();
      pairs.push({ ours: await ours(), reference: first });
    }
  }
  const ratios = pairs.map((pair) => pair.ours / pair.reference);
  return { ...base, ours: median(pairs.map((pair) => pair.ours)), reference: median(pairs.map((pair) => pair.reference)), ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/** Runs a second of something synchronous, over about so many milliseconds. */
export function runsPerSecond(run: () => unknown, milliseconds: number): number {
  const start = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    for (let i = 0; i < 20; i++) run();
    runs += 20;
    elapsed = performance.now() - start;
  } while (elapsed < milliseconds);
  return (runs / elapsed) * 1000;
}

/** The same of something that gives a promise. */
export async function promisesPerSecond(run: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const start = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    for (let i = 0; i < 20; i++) await run();
    runs += 20;
    elapsed = performance.now() - start;
  } while (elapsed < milliseconds);
  return (runs / elapsed) * 1000;
}
