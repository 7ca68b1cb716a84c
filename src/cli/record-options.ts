import { parseDay, startOf } from '../kernel/civil-day.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { Language } from '../i18n/render.ts';
import { nearestNames } from '../kernel/nearest.ts';
import { RECORD_TABLES } from '../records/chain-row.ts';
import type { RecordTable } from '../records/chain-row.ts';

export interface VerifyCommand {
  readonly from: Instant | null;
  /** Where archives lie that are to be checked too. */
  readonly archives: string | null;
  readonly language: Language;
}

export interface ArchiveCommand {
  /** The first year that stays. */
  readonly before: number;
  readonly folder: string;
  readonly tables: readonly RecordTable[];
  readonly language: Language;
}

type Read<Command> = Command | { readonly problems: string };

const VERIFY_USAGE = `npm run audit:verify -- [options]
  --from DAY           records since this day alone, e.g. 2027-01-01; the one before them is taken to be right
  --archives FOLDER    the files that left, too
  --lang zh|en         the language of the report`;

const ARCHIVE_USAGE = `npm run audit:archive -- --before YEAR --to FOLDER [options]
  --before YEAR        what lies before this year leaves
  --to FOLDER          where its files go; it has to be there
  --only TABLE         ${RECORD_TABLES.join(' or ')} alone
  --lang zh|en         the language of the report`;

export function readVerifyOptions(given: readonly string[], systemLanguage: Language): Read<VerifyCommand> {
  const { values, problems } = readValues(given, ['--from', '--archives', '--lang']);
  const day = values.get('--from');
  const from = day === undefined ? null : parseDay(day);
  if (day !== undefined && from === null) problems.push(`--from ${day}: a day that exists is needed, such as 2027-01-01`);
  const language = readLanguage(values, systemLanguage, problems);
  return problems.length > 0 ? refused(problems, VERIFY_USAGE) : { from: from && startOf(from), archives: values.get('--archives') ?? null, language };
}

export function readArchiveOptions(given: readonly string[], systemLanguage: Language): Read<ArchiveCommand> {
  const { values, problems } = readValues(given, ['--before', '--to', '--only', '--lang']);
  const before = values.get('--before') ?? '';
  const folder = values.get('--to') ?? '';
  const only = values.get('--only');
  const tables = RECORD_TABLES.filter((table) => only === undefined || table === only);
  if (!/^2[01]\d\d$/.test(before)) problems.push(before === '' ? '--before: name the first year that stays, such as 2030' : `--before ${before}: a year is needed, such as 2030`);
  if (folder === '') problems.push('--to: name the folder for the files');
  if (tables.length === 0) problems.push(`--only ${only}: ${RECORD_TABLES.join(' and ')} exist`);
  const language = readLanguage(values, systemLanguage, problems);
  return problems.length > 0 ? refused(problems, ARCHIVE_USAGE) : { before: Number(before), folder, tables, language };
}

const refused = (problems: readonly string[], usage: string): { readonly problems: string } => ({ problems: `${[...problems, '', usage].join('\n')}\n` });

function readValues(given: readonly string[], names: readonly string[]): { readonly values: ReadonlyMap<string, string>; readonly problems: string[] } {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const rest = given.flatMap((word) => (word.startsWith('--') && word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const near = nearestNames(word, [...names]);
    if (!names.includes(word)) problems.push(`${word}: there is no such option${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`);
    else {
      const value = rest.shift();
      if (value === undefined) problems.push(`${word} needs a value`);
      else values.set(word, value);
    }
  }
  return { values, problems };
}

function readLanguage(values: ReadonlyMap<string, string>, systemLanguage: Language, problems: string[]): Language {
  const asked = values.get('--lang') ?? systemLanguage;
  if (asked === 'zh' || asked === 'en') return asked;
  problems.push(`--lang ${asked}: zh and en exist`);
  return systemLanguage;
}
