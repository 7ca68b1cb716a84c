import { includes } from '../kernel/civil-day.ts';
import type { CivilDay } from '../kernel/civil-day.ts';
import { NATION } from '../kernel/jurisdiction.ts';
import type { Place, RuleVersion } from '../kernel/place.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { readOptions } from './options.ts';
import type { Language, OptionName, Options, Printed } from './options.ts';

const TAKES: readonly OptionName[] = ['--json', '--jurisdiction', '--at', '--lang'];

/**
 * Which rules are there? Every version of every rule, the nation's first; or those of a place, of a day. As a table by
 * document, or one JSON object a line.
 */
export function listRules(given: readonly string[], registry: Registry, systemLanguage: Language): Printed {
  const read = readOptions(given, 'rules', TAKES, registry, systemLanguage);
  if ('problems' in read) return { code: 2, out: '', error: read.problems };
  const { options } = read;
  const place = options.jurisdiction === null ? null : registry.place(options.jurisdiction);
  const versions = (place ? [...place.versions.values()].flat() : allVersions(registry)).filter(({ period }) => options.at === null || includes(period, options.at));
  return { code: 0, out: options.json ? versions.map(jsonLine).join('') : table(versions, options, place), error: '' };
}

function allVersions(registry: Registry): RuleVersion[] {
  const plugins = [...registry.plugins].sort((a, b) => order(a.jurisdiction.code, b.jurisdiction.code));
  return plugins.flatMap(({ rules }) => [...new Set(rules.map(({ id }) => id))].flatMap((id) => registry.versionsOf(id)));
}
const order = (a: string, b: string): number => (a === b ? 0 : a === NATION ? -1 : b === NATION ? 1 : a < b ? -1 : 1);

/** One version of a rule as a line of JSON. */
function jsonLine({ spec, document, period }: RuleVersion): string {
  const { reading } = spec;
  const row = {
    id: spec.id,
    document: document.id,
    clause: spec.source.clause,
    kind: spec.kind,
    inForce: period,
    evidence: document.evidence,
    params: spec.params ?? {},
    reading: reading ? { name: reading.name, ...reading.text } : null,
    alternatives: (reading?.alternatives ?? []).map(({ name, text, values }) => ({ name, ...text, values: values ?? {} })),
  };
  return `${JSON.stringify(row)}\n`;
}

function table(versions: readonly RuleVersion[], options: Options, place: Place | null): string {
  const documents = [...new Set(versions.map(({ document }) => document))];
  const widths = { id: Math.max(0, ...versions.map(({ spec }) => spec.id.length)), kind: Math.max(0, ...versions.map(({ spec }) => spec.kind.length)) };
  const lines = documents.flatMap((document) => {
    const { id, title, number, inForce, evidence } = document;
    const heading = `${id}  ${title[options.language]}${number === undefined ? '' : ` (${number})`}  ${inForce.from} – ${inForce.to ?? ''}  ${evidence}`;
    const rows = versions.filter((version) => version.document === document).map((version) => tableRow(version, options, place, widths));
    return [heading, ...rows, ''];
  });
  const rules = new Set(versions.map(({ spec }) => spec.id)).size;
  return `${[...lines, options.language === 'zh' ? `${documents.length}份文件,${rules}条规则` : `${rules} rules in ${documents.length} documents`].join('\n')}\n`;
}

const OPEN_END = ' '.repeat('2020-12-31'.length);

function tableRow({ spec, document, period }: RuleVersion, options: Options, place: Place | null, widths: { readonly id: number; readonly kind: number }): string {
  const columns = [spec.id.padEnd(widths.id), spec.kind.padEnd(widths.kind), `${period.from ?? OPEN_END} – ${period.to ?? OPEN_END}`, document.evidence.padEnd('founding'.length), spec.summary[options.language]];
  return `  ${columns.join('  ')}${place && options.at ? standing(place, spec.id, options.at, options.language) : ''}`;
}

/** A rule in force that another one stands in for on the day. */
function standing(place: Place, id: string, on: CivilDay, language: Language): string {
  const status = place.rulebookOn(on).status(id);
  switch (status.state) {
    case 'carriedOut':
      return language === 'zh' ? `(由${status.by.spec.id}落实)` : ` (carried out by ${status.by.spec.id})`;
    case 'replaced':
      return language === 'zh' ? `(由${status.by.spec.id}代替)` : ` (replaced by ${status.by.spec.id})`;
    case 'ended':
      return language === 'zh' ? `(${status.last.spec.id}已终止)` : ` (${status.last.spec.id} has ended)`;
    default:
      return '';
  }
}
