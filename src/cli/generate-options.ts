import { nearestNames } from '../kernel/nearest.ts';
import type { PlaceSpec } from '../population/plan.ts';

export interface GenerateOptions {
  readonly teachers: number;
  readonly seed: number;
  readonly out: string;
  /** In millionths. */
  readonly shares: ReadonlyMap<string, number>;
}

export const GENERATE_OPTIONS = {
  '--teachers': 'N: how many people, 1 to 5,000,000',
  '--seed': 'S: a whole number; the same gives the same files, byte by byte (default 1)',
  '--out': 'FOLDER: where the files go (default population)',
  '--share': 'CODE=SHARE: what part of all people works in a place, from 0 to 1; once for each place',
} as const;

export const generateUsage = (specs: readonly PlaceSpec[]): string =>
  ['npm run generate -- --teachers N [options]', ...Object.entries(GENERATE_OPTIONS).map(([name, about]) => `  ${name.padEnd(12)} ${about}`), `  places: ${specs.map(({ code }) => code).join(', ')}`].join('\n');

const MILLION = 1_000_000;
const MOST_TEACHERS = 5_000_000;

/** Reads the options; everything that is wrong is named at once. */
export function readGenerateOptions(given: readonly string[], specs: readonly PlaceSpec[]): { readonly options: GenerateOptions } | { readonly problems: string } {
  const problems: string[] = [];
  const shares = new Map<string, number>();
  const read = { teachers: 0, seed: 1, out: 'population' };
  const rest = given.flatMap((word) => (/^--[a-z]+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (!Object.hasOwn(GENERATE_OPTIONS, name)) {
      problems.push(`${name}: there is no such option${hint(nearestNames(name, Object.keys(GENERATE_OPTIONS)))}`);
      continue;
    }
    const value = rest.shift();
    if (value === undefined) problems.push(`${name} needs a value: ${GENERATE_OPTIONS[name as keyof typeof GENERATE_OPTIONS]}`);
    else if (name === '--out') read.out = value;
    else if (name === '--share') problems.push(...readShare(value, specs, shares));
    else problems.push(...readNumber(name, value, read));
  }
  if (read.teachers === 0 && problems.length === 0) problems.push('--teachers is missing: how many people?');
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (total > MILLION || (total < MILLION && specs.every(({ code }) => shares.has(code)))) problems.push(`--share: all shares together are ${total / MILLION}; they have to be ${total > MILLION ? '1 at most' : '1 where every place has one'}`);
  return problems.length === 0 ? { options: { ...read, shares } } : { problems: `${[...problems, '', generateUsage(specs)].join('\n')}\n` };
}

const hint = (nearest: readonly string[]): string => (nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : '');

function readNumber(name: string, value: string, read: { teachers: number; seed: number }): string[] {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : -1;
  if (name === '--seed') {
    read.seed = number;
    return number >= 0 ? [] : [`--seed ${value}: a whole number is needed, at most 15 digits`];
  }
  read.teachers = number;
  return number >= 1 && number <= MOST_TEACHERS ? [] : [`--teachers ${value}: a whole number from 1 to ${MOST_TEACHERS} is needed`];
}

function readShare(value: string, specs: readonly PlaceSpec[], shares: Map<string, number>): string[] {
  const [, code = '', share = ''] = /^([^=]+)=(0(?:\.\d{1,6})?|1(?:\.0{1,6})?|\.\d{1,6})$/.exec(value) ?? [];
  if (share === '') return [`--share ${value}: a place and a share from 0 to 1 are needed, such as ${specs[0]?.code ?? 'CODE'}=0.4`];
  if (!specs.some((spec) => spec.code === code)) return [`--share ${value}: no people are described for ${code}${hint(nearestNames(code, specs.map((spec) => spec.code)))}`];
  const [whole = '0', fraction = ''] = share.split('.');
  shares.set(code, Number(whole || '0') * MILLION + Number(fraction.padEnd(6, '0')));
  return [];
}
