import type { FastifyRequest } from 'fastify';
import { ENCODINGS } from '../imports/decode.ts';
import type { Encoding } from '../imports/decode.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What the address of an import asks for. */
export interface ImportQuery {
  readonly source: string;
  readonly jurisdiction: string | null;
  readonly isPartial: boolean;
  readonly isAmending: boolean;
  readonly isDryRun: boolean;
  readonly encoding: Encoding | null;
  /** How the file is called in the answer. */
  readonly name: string;
}
export interface QueryProblem {
  readonly key: ServerMessageKey;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
}

const KNOWN = ['source', 'jurisdiction', 'partial', 'amend', 'dryRun', 'encoding', 'name'] as const;
type Name = (typeof KNOWN)[number];
const FLAGS: Readonly<Record<string, boolean>> = { true: true, '1': true, '': true, false: false, '0': false };
const LONGEST = 100;

/** Reads the parameters; the first that is wrong is told. */
export function readImportQuery({ query }: FastifyRequest, kind: string, registry: Registry): ImportQuery | { readonly problem: QueryProblem } {
  const given = query as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !KNOWN.some((known) => known === name));
  if (unknown !== undefined) return { problem: { key: 'import.noParameter', params: { name: unknown.slice(0, LONGEST), known: [...KNOWN] } } };
  const text = (name: Name): string => (typeof given[name] === 'string' ? given[name].trim().slice(0, 1_000) : '');
  const bad = (name: Name, expected: string): { problem: QueryProblem } => ({ problem: { key: 'import.badParameter', params: { name, found: text(name).slice(0, LONGEST), expected } } });
  const source = text('source');
  if (source === '') return { problem: { key: 'import.noSource', params: {} } };
  if (source.length > LONGEST) return bad('source', `≤ ${LONGEST}`);
  const jurisdiction = text('jurisdiction') || null;
  if (jurisdiction !== null && !registry.jurisdictions.has(jurisdiction)) return bad('jurisdiction', registry.nearestPlaces(jurisdiction).join(', ') || 'CN');
  const encoding = ENCODINGS.find((one) => one === text('encoding').toLowerCase()) ?? null;
  if (encoding === null && text('encoding') !== '') return bad('encoding', ENCODINGS.join(', '));
  const flag = (name: Name): boolean | undefined => (name in given ? FLAGS[text(name).toLowerCase()] : false);
  const flags = { isPartial: flag('partial'), isAmending: flag('amend'), isDryRun: flag('dryRun') };
  const wrong = (['partial', 'amend', 'dryRun'] as const).find((name) => flag(name) === undefined);
  if (wrong !== undefined) return bad(wrong, 'true, false');
  return { source, jurisdiction, encoding, isPartial: flags.isPartial ?? false, isAmending: flags.isAmending ?? false, isDryRun: flags.isDryRun ?? false, name: text('name').slice(0, LONGEST) || kind };
}
