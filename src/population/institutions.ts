import { chainOf } from '../kernel/jurisdiction.ts';
import type { InstitutionKind, PopulationSpec } from '../plugin-host/population.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { SCHOOL_WORDS } from './names.ts';
import type { Random } from './random.ts';

export interface Institution {
  readonly key: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly kind: InstitutionKind;
  readonly isPrivate: boolean;
  readonly isRural: boolean;
  readonly recognitions: readonly string[];
}

/** So many people work at one, on average. */
const STAFF = 36;

/** The institutions of a place, every kind at least once, spread over its counties. */
export function institutionsOf(random: Random, registry: Registry, code: string, { institutions: kinds }: PopulationSpec, people: number): Institution[] {
  const counties = countiesOf(registry, code);
  const count = Math.max(kinds.length, Math.round(people / STAFF));
  const names = new Set<string>();
  const offset = random.below(counties.length);
  return Array.from({ length: count }, (_, index): Institution => {
    const kind = kinds[index] ?? random.weighted(kinds.map((one) => [one.weight, one] as const));
    const county = counties[(offset + index) % counties.length] ?? code;
    return {
      key: `S${code}-${String(index + 1).padStart(4, '0')}`,
      name: freeName(random, names, registry.jurisdictions.get(county)?.name.zh ?? county, kind),
      jurisdiction: county,
      kind,
      isPrivate: random.chance(kind.private ?? 0),
      isRural: random.chance(kind.rural ?? 0),
      recognitions: kind.recognitions && random.chance(200) ? [random.pick(kind.recognitions)] : [],
    };
  });
}

/** The lowest divisions of a place: counties, and cities without any. In an order that is not that of codes. */
function countiesOf(registry: Registry, code: string): string[] {
  const below = [...registry.jurisdictions.keys()].filter((other) => chainOf(other).includes(code));
  const above = new Set(below.flatMap((other) => chainOf(other).slice(0, -1)));
  const lowest = below.filter((other) => !above.has(other));
  const step = [7, 11, 13, 17].find((prime) => lowest.length % prime !== 0) ?? 1;
  return lowest.map((_, index) => lowest[(index * step) % lowest.length] ?? code);
}

function freeName(random: Random, taken: Set<string>, county: string, kind: InstitutionKind): string {
  const first = random.below(SCHOOL_WORDS.length);
  const ending = random.pick(kind.endings);
  for (let number = 0; ; number++) {
    const word = SCHOOL_WORDS[(first + number) % SCHOOL_WORDS.length] ?? '';
    const round = Math.floor(number / SCHOOL_WORDS.length);
    // When all words are used up in a county, pairs of them are names too.
    const name = `${county}${word}${round > 0 ? (SCHOOL_WORDS[(first + number + round) % SCHOOL_WORDS.length] ?? '') : ''}${ending}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
