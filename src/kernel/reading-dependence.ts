import type { Context } from './context.ts';
import type { Verdict } from './finding.ts';

/** Whether the verdict depends on how open texts are read, and on which: tried one by one, and together. */
export interface ReadingDependence {
  readonly depends: boolean;
  /** The alternatives tried alone, with the verdict under each. */
  readonly alternatives: readonly { readonly rule: string; readonly reading: string; readonly verdict: Verdict }[];
  /** Several alternatives that change the verdict only together. */
  readonly together: readonly { readonly readings: Readonly<Record<string, string>>; readonly verdict: Verdict }[];
}

/** Above this only single alternatives and all pairs are tried. */
const MOST_COMBINATIONS = 256;

/** Tries the alternatives of every rule whose reading was looked at. */
export function readingDependence(context: Context, verdict: Verdict, verdictUnder: (readings: ReadonlyMap<string, string>) => Verdict): ReadingDependence {
  const open = [...context.readingsTouched].flatMap((rule) => {
    const names = context.place.versions.get(rule)?.flatMap(({ spec }) => spec.reading?.alternatives?.map(({ name }) => name) ?? []) ?? [];
    return names.length > 0 ? [{ rule, names: [...new Set(names)] }] : [];
  });
  const alternatives = open.flatMap(({ rule, names }) => names.map((reading) => ({ rule, reading, verdict: verdictUnder(new Map([[rule, reading]])) })));
  const together = combinations(open)
    .filter((readings) => readings.size > 1)
    .map((readings) => ({ readings: Object.fromEntries(readings), verdict: verdictUnder(readings) }))
    .filter((tried) => tried.verdict !== verdict && Object.entries(tried.readings).every(([rule, reading]) => alternatives.some((alone) => alone.rule === rule && alone.reading === reading && alone.verdict === verdict)));
  return { depends: together.length > 0 || alternatives.some((tried) => tried.verdict !== verdict), alternatives, together };
}

function combinations(open: readonly { readonly rule: string; readonly names: readonly string[] }[]): ReadonlyMap<string, string>[] {
  const size = open.reduce((product, { names }) => product * (names.length + 1), 1);
  if (size > MOST_COMBINATIONS) return pairs(open);
  let found: ReadonlyMap<string, string>[] = [new Map()];
  for (const { rule, names } of open) found = found.flatMap((chosen) => [chosen, ...names.map((name) => new Map([...chosen, [rule, name]]))]);
  return found;
}

function pairs(open: readonly { readonly rule: string; readonly names: readonly string[] }[]): ReadonlyMap<string, string>[] {
  const single = open.flatMap(({ rule, names }) => names.map((name) => [rule, name] as const));
  return single.flatMap((first, index) => single.slice(index + 1).filter(([rule]) => rule !== first[0]).map((second) => new Map([first, second])));
}
