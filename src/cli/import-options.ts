import { KINDS } from '../imports/columns/column.ts';
import type { Kind } from '../imports/columns/column.ts';
import { ENCODINGS } from '../imports/decode.ts';
import type { Encoding } from '../imports/decode.ts';
import type { Language } from '../i18n/render.ts';
import { nearestNames } from '../kernel/nearest.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What `npm run import` is asked for. */
export interface ImportCommand {
  readonly kind: Kind | 'auto';
  readonly files: readonly string[];
  readonly source: string;
  readonly jurisdiction: string | null;
  readonly isPartial: boolean;
  readonly isAmending: boolean;
  readonly isDryRun: boolean;
  readonly encoding: Encoding | null;
  readonly language: Language;
}
export interface TemplateCommand {
  readonly template: Kind;
  readonly jurisdiction: string | null;
  readonly output: string;
  readonly language: Language;
}

const FLAGS = ['--partial', '--amend', '--dry-run'] as const;
const VALUES = ['--source', '--jurisdiction', '--encoding', '--lang', '-o'] as const;

export const USAGE = `npm run import -- [KIND] FILE... --source NAME [options]
npm run import -- template KIND -o FILE.xlsx [--jurisdiction CODE] [--lang en]
  KIND                 ${KINDS.join(', ')}, or auto (as without it): told by the headings
  FILE                 CSV or XLSX; several files are taken in the order in which they refer to each other
  --source NAME        whose files these are; keys are unique in a source
  --jurisdiction CODE  the place of rows that name none
  --partial            take the rows that nothing is wrong with, though others are
  --amend              take rows that say something else than what is stored, as corrections
  --dry-run            report, and take nothing
  --encoding NAME      ${ENCODINGS.join(', ')}; detected where it is not given
  --lang zh|en         the language of the report`;

/** Reads the words of the command; everything that is wrong is named at once. */
export function readImportOptions(given: readonly string[], registry: Registry, systemLanguage: Language): ImportCommand | TemplateCommand | { readonly problems: string } {
  const problems: string[] = [];
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const rest = given.flatMap((word) => (word.startsWith('--') && word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (FLAGS.some((flag) => flag === word)) flags.add(word);
    else if (VALUES.some((name) => name === word)) {
      const value = rest.shift();
      if (value === undefined) problems.push(`${word} needs a value`);
      else values.set(word, value);
    } else if (word.startsWith('-')) problems.push(`${word}: there is no such option${hint(nearestNames(word, [...FLAGS, ...VALUES]))}`);
    else words.push(word);
  }
  const language = choice(values.get('--lang') ?? systemLanguage, ['zh', 'en'] as const, '--lang', problems) ?? 'en';
  const jurisdiction = values.get('--jurisdiction') ?? null;
  if (jurisdiction !== null && !registry.jurisdictions.has(jurisdiction)) problems.push(`--jurisdiction ${jurisdiction}: no such place${hint(registry.nearestPlaces(jurisdiction))}`);
  const read = words[0] === 'template' ? templateCommand(words, values, jurisdiction, language, problems) : importCommand(words, values, flags, jurisdiction, language, problems);
  return problems.length > 0 || read === null ? { problems: `${[...problems, '', USAGE].join('\n')}\n` } : read;
}

function importCommand(words: readonly string[], values: ReadonlyMap<string, string>, flags: ReadonlySet<string>, jurisdiction: string | null, language: Language, problems: string[]): ImportCommand | null {
  // The kind may be left out: a name with a dot is a file.
  const files = words[0]?.includes('.') ? words : words.slice(1);
  const kind = choice(files === words ? 'auto' : (words[0] ?? ''), ['auto', ...KINDS] as const, 'KIND', problems);
  const source = values.get('--source')?.trim() ?? '';
  const encoding = values.has('--encoding') ? choice(values.get('--encoding')?.toLowerCase() ?? '', ENCODINGS, '--encoding', problems) : null;
  if (source === '' || source.length > 100) problems.push('--source: name whose files these are, in at most 100 characters');
  if (files.length === 0) problems.push('no file is named');
  return kind === null ? null : { kind, files, source, jurisdiction, isPartial: flags.has('--partial'), isAmending: flags.has('--amend'), isDryRun: flags.has('--dry-run'), encoding, language };
}

function templateCommand(words: readonly string[], values: ReadonlyMap<string, string>, jurisdiction: string | null, language: Language, problems: string[]): TemplateCommand | null {
  const template = choice(words[1] ?? '', KINDS, 'KIND', problems);
  if (words.length > 2) problems.push(`${words[2]}: a template is made of one kind`);
  return template === null ? null : { template, jurisdiction, output: values.get('-o') ?? `${template}.xlsx`, language };
}

function choice<const Value extends string>(given: string, known: readonly Value[], name: string, problems: string[]): Value | null {
  const found = known.find((value) => value === given);
  if (found === undefined) problems.push(`${name}${given === '' ? '' : ` ${given}`}: one of ${known.join(', ')} is needed${given === '' ? '' : hint(nearestNames(given, known))}`);
  return found ?? null;
}

const hint = (nearest: readonly string[]): string => (nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : '');
