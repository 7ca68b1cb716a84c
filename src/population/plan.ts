import type { PopulationSpec, ThresholdSpec } from '../plugin-host/population.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { institutionsOf } from './institutions.ts';
import type { Institution } from './institutions.ts';
import { Random } from './random.ts';

export interface PopulationOptions {
  readonly teachers: number;
  readonly seed: number;
  /** Shares by place, in millionths of all; places not named share the rest as their plugins say. */
  readonly shares?: ReadonlyMap<string, number>;
}

export interface PlaceOfPopulation {
  readonly code: string;
  readonly spec: PopulationSpec;
  readonly weight: number;
  readonly institutions: readonly Institution[];
  /** Where people of a kind may work; a kind is named once for each share of staff it has. */
  readonly byKind: ReadonlyMap<string, readonly Institution[]>;
  readonly courses: ReadonlyMap<string, readonly { readonly key: string; readonly title: string }[]>;
}

/** All that is settled before the first person is drawn. */
export interface PopulationPlan {
  readonly options: PopulationOptions;
  readonly places: readonly PlaceOfPopulation[];
}

const MILLION = 1_000_000;

/** A specification with the place that it is for. */
export interface PlaceSpec {
  readonly code: string;
  readonly spec: PopulationSpec;
}

export function planPopulation(registry: Registry, specs: readonly PlaceSpec[], options: PopulationOptions): PopulationPlan {
  const weights = weightsOf(specs, options.shares ?? new Map());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const places = specs.map(({ code, spec }, index): PlaceOfPopulation => {
    const weight = weights[index] ?? 0;
    const random = new Random().seed(options.seed, Number(code), 1);
    const institutions = institutionsOf(random, registry, code, spec, Math.round((options.teachers * weight) / total));
    const byKind = new Map(spec.institutions.map(({ name }) => [name, institutions.filter(({ kind }) => kind.name === name)]));
    return { code, spec, weight, institutions, byKind, courses: coursesOf(code, spec) };
  });
  return { options, places };
}

/** Shares asked for are kept; the others divide what is left in their own proportion. */
function weightsOf(specs: readonly PlaceSpec[], shares: ReadonlyMap<string, number>): number[] {
  const asked = specs.reduce((sum, { code }) => sum + (shares.get(code) ?? 0), 0);
  const own = specs.reduce((sum, { code, spec }) => sum + (shares.has(code) ? 0 : spec.share), 0);
  return specs.map(({ code, spec }) => shares.get(code) ?? (own === 0 ? 0 : Math.floor((Math.max(0, MILLION - asked) * spec.share) / own)));
}

function coursesOf(code: string, { courses }: PopulationSpec): PlaceOfPopulation['courses'] {
  let number = 0;
  return new Map(courses.map(({ name, titles }) => [name, titles.map((title) => ({ key: `C${code}-${String(++number).padStart(3, '0')}`, title }))]));
}

/** Which place a person belongs to: over any stretch of people each place has its share, to the nearest person. */
export class Turns {
  readonly #places: readonly PlaceOfPopulation[];
  readonly #owed: number[];
  readonly #total: number;

  constructor({ places }: PopulationPlan) {
    this.#places = places;
    this.#owed = places.map(() => 0);
    this.#total = places.reduce((sum, { weight }) => sum + weight, 0);
  }

  next(): number {
    let chosen = 0;
    for (const [index, { weight }] of this.#places.entries()) {
      this.#owed[index] = (this.#owed[index] ?? 0) + weight;
      if ((this.#owed[index] ?? 0) > (this.#owed[chosen] ?? 0)) chosen = index;
    }
    this.#owed[chosen] = (this.#owed[chosen] ?? 0) - this.#total;
    return chosen;
  }
}

/** Every third person of a place lies at a figure of its rules, each figure below, at and above in turn. */
const EVERY = 3;
const BESIDE = [-1, 0, 1];

export function thresholdOf(thresholds: readonly ThresholdSpec[], ordinal: number): { readonly spec: ThresholdSpec; readonly by: number } | null {
  if (thresholds.length === 0 || ordinal % EVERY !== 0) return null;
  const turn = ordinal / EVERY;
  const spec = thresholds[Math.floor(turn / BESIDE.length) % thresholds.length];
  return spec ? { spec, by: BESIDE[turn % BESIDE.length] ?? 0 } : null;
}
