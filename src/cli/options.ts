import { parseDay } from '../kernel/civil-day.ts';
import type { CivilDay } from '../kernel/civil-day.ts';
import { nearestNames } from '../kernel/nearest.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What a command prints, and how it ends: 0 well, 1 something is wrong with the rules, 2 with the question. */
export interface Printed {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly error: string;
}

export type Language = 'zh' | 'en';

/** The options that commands share; each command names those it takes. */
export interface Options {
  readonly json: boolean;
  readonly jurisdiction: string | null;
  readonly at: CivilDay | null;
  readonly language: Language;
}

export const OPTIONS = {
  '--json': 'one JSON object a line',
  '--jurisdiction': 'CODE: only what holds in this place, with what comes from the places above it',
  '--at': 'DAY: only what is in force on this day, e.g. 2020-12-31',
  '--lang': 'zh or en: the language of summaries',
} as const;
export type OptionName = keyof typeof OPTIONS;

/** How a command is called, with every option. */
export const usage = (command: string, names: readonly OptionName[]): string =>
  [`npm run ${command} -- [options]`, ...names.map((name) => `  ${name.padEnd(15)} ${OPTIONS[name]}`)].join('\n');

/**
 * Reads the options of a command. Everything that is wrong is named at once, with what exists instead. `systemLanguage` is
 * what the surroundings prefer.
 */
export function readOptions(given: readonly string[], command: string, names: readonly OptionName[], registry: Registry, systemLanguage: Language): { readonly options: Options } | { readonly problems: string } {
  const read = { json: false, jurisdiction: null as string | null, at: null as CivilDay | null, language: systemLanguage };
  const problems: string[] = [];
  const rest = given.flatMap((word) => (word.startsWith('--') && word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = names.find((candidate) => candidate === word);
    if (name === undefined) problems.push(unknownOption(word, names));
    else if (name === '--json') read.json = true;
    else problems.push(...readValue(name, rest.shift(), read, registry));
  }
  return problems.length === 0 ? { options: read } : { problems: `${[...problems, '', usage(command, names)].join('\n')}\n` };
}

const unknownOption = (word: string, names: readonly string[]): string => `${word}: there is no such option${hint(nearestNames(word, names))}`;
const hint = (nearest: readonly string[]): string => (nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : '');

function readValue(name: Exclude<OptionName, '--json'>, value: string | undefined, read: { jurisdiction: string | null; at: CivilDay | null; language: Language }, registry: Registry): string[] {
  if (value === undefined) return [`${name} needs a value: ${OPTIONS[name]}`];
  switch (name) {
    case '--lang':
      if (value !== 'zh' && value !== 'en') return [`--lang ${value}: zh and en exist`];
      read.language = value;
      return [];
    case '--at':
      read.at = parseDay(value);
      return read.at ? [] : [`--at ${value}: a day that exists is needed, such as 2020-12-31`];
    case '--jurisdiction':
      read.jurisdiction = value;
      return registry.jurisdictions.has(value) ? [] : [unknownPlace(value, registry)];
  }
}

/** Places with rules of their own are few: all are named, with those that look like the one given. */
function unknownPlace(value: string, registry: Registry): string {
  const named = (code: string): string => `${code} ${registry.jurisdictions.get(code)?.name.en ?? ''}`.trim();
  const own = registry.plugins.map(({ jurisdiction }) => named(jurisdiction.code));
  return `--jurisdiction ${value}: no such place${hint(registry.nearestPlaces(value).map(named))}\n  with rules of their own: ${own.join(', ')}`;
}
