import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { assess } from '../kernel/assess.ts';
import type { Assessment, Question } from '../kernel/assess.ts';
import { instantOf } from '../kernel/civil-day.ts';
import { checkFacts } from '../kernel/fact-input.ts';
import type { FactInput } from '../kernel/facts.ts';
import type { Finding } from '../kernel/finding.ts';
import type { Place } from '../kernel/place.ts';
import type { PluginManifest } from '../plugin-host/contract.ts';
import type { Registry } from '../plugin-host/registry.ts';

/** What a case may expect of a finding; what is not named is not looked at. */
export interface Expectation {
  readonly verdict?: string;
  readonly required?: string;
  readonly actual?: string;
  readonly shortfall?: string;
  readonly unit?: string;
  readonly reasons?: readonly string[];
  readonly missing?: readonly string[];
  readonly dueOn?: string;
  readonly gap?: string | null;
  readonly yields?: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
  readonly defaults?: readonly string[];
  readonly evidence?: string;
  readonly depends?: boolean;
  readonly parts?: Readonly<Record<string, Expectation>>;
  readonly findings?: Readonly<Record<string, Expectation>>;
  readonly entries?: readonly Readonly<Record<string, unknown>>[];
}
export interface GoldenCase {
  readonly name: string;
  readonly rule?: string;
  readonly decision?: string;
  readonly jurisdiction?: string;
  readonly at: string;
  readonly lawAt?: string;
  readonly readings?: Readonly<Record<string, string>> | 'ALL';
  readonly facts?: Readonly<Record<string, FactInput>>;
  readonly expect: Expectation;
}
export interface LocatedCase extends GoldenCase {
  readonly file: string;
  readonly plugin: PluginManifest;
}

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? yamlFiles(path) : path.endsWith('.yaml') ? [path] : [];
  });

/** All golden cases of some plugins, below `<folder>/<plugin>/cases`. */
export const goldenCases = (folder: string, plugins: readonly PluginManifest[]): LocatedCase[] => plugins.flatMap((plugin) => casesBelow(join(folder, plugin.name, 'cases'), plugin));

/** The golden cases of one plugin: a file holds a list, or a list under `cases` beside anchors. */
export function casesBelow(folder: string, plugin: PluginManifest): LocatedCase[] {
  return yamlFiles(folder).flatMap((file) => {
    const content: unknown = parse(readFileSync(file, 'utf8'), { merge: true, schema: 'core' });
    const list = Array.isArray(content) ? content : ((content as { cases?: GoldenCase[] } | null)?.cases ?? []);
    return (list as GoldenCase[]).filter((item) => item.name).map((item) => ({ ...item, file: relative(folder, file), plugin }));
  });
}

export function placeOf(registry: Registry, item: LocatedCase): Place {
  const code = item.jurisdiction ?? item.plugin.jurisdiction.code;
  const place = registry.place(code);
  if (!place) throw new Error(`${item.file}: unknown jurisdiction ${code}`);
  return place;
}

export function questionOf(place: Place, item: GoldenCase, facts: Readonly<Record<string, FactInput>> = item.facts ?? {}): Question {
  const checked = checkFacts(place.facts, facts);
  if (checked.problems.length > 0) throw new Error(`facts: ${JSON.stringify(checked.problems.map(({ path, code, message, nearest }) => ({ path, code, ...message, nearest })))}`);
  return {
    subject: item.rule ? { rule: item.rule } : { decision: item.decision ?? '' },
    facts: checked.facts,
    at: instantOf(item.at),
    lawAt: item.lawAt === undefined ? undefined : instantOf(item.lawAt),
    readings: item.readings === undefined || item.readings === 'ALL' ? item.readings : new Map(Object.entries(item.readings)),
  };
}

export const runCase = (registry: Registry, item: LocatedCase): Assessment => {
  const place = placeOf(registry, item);
  return assess(place, questionOf(place, item));
};

/** The part of an answer that a case speaks of, in the shape of its expectation: for one comparison with all differences. */
export function project(assessment: Assessment, expected: Expectation, isRule: boolean): Expectation {
  // A decision of one rule may be spoken of as that rule.
  const only = isRule || assessment.findings.length === 1 ? assessment.findings[0] : undefined;
  const shown: Record<string, unknown> = only ? projectFinding(only, expected) : { verdict: assessment.verdict, reasons: assessment.reasons.map(({ code }) => code), missing: assessment.missing };
  const whole: Record<string, unknown> = {
    ...shown,
    gap: assessment.ledgers.length === 0 ? undefined : assessment.ledgers.length === 1 ? assessment.ledgers[0]?.gap.amount : assessment.ledgers.map(({ gap }) => gap.amount).join(' + '),
    defaults: assessment.defaults,
    evidence: assessment.evidence,
    depends: assessment.dependence?.depends,
    findings: Object.fromEntries(Object.entries(expected.findings ?? {}).map(([id, of]) => [id, keep(projectFinding(assessment.findings.find(({ rule }) => rule === id), of), of)])),
    ...(only ? { verdict: assessment.verdict } : {}),
    yields: Object.fromEntries(assessment.findings.flatMap(({ yields }) => yields).filter(({ name }) => name in (expected.yields ?? {})).map(({ name, value }) => [name, value])),
    entries: expected.entries?.map((entry, index) => Object.fromEntries(Object.keys(entry).map((key) => [key, (assessment.ledgers[0]?.entries[index] as Readonly<Record<string, unknown>> | undefined)?.[key]]))),
  };
  if (expected.reasons) whole['reasons'] = (shown['reasons'] as string[]).filter((code) => expected.reasons?.includes(code)).filter((code, index, all) => all.indexOf(code) === index);
  return keep(whole, expected) as Expectation;
}

function projectFinding(finding: Finding | undefined, expected: Expectation): Record<string, unknown> {
  if (!finding) return { verdict: 'no such finding' };
  return {
    verdict: finding.verdict,
    required: finding.required,
    actual: finding.actual,
    shortfall: finding.shortfall,
    unit: finding.unit,
    dueOn: finding.dueOn,
    reasons: finding.reasons.map(({ code }) => code).filter((code) => !expected.reasons || expected.reasons.includes(code)).filter((code, index, all) => all.indexOf(code) === index),
    missing: finding.missing,
    notes: finding.notes.map(({ key }) => key).filter((key) => !expected.notes || expected.notes.includes(key)),
    yields: Object.fromEntries(finding.yields.filter(({ name }) => name in (expected.yields ?? {})).map(({ name, value }) => [name, value])),
    parts: Object.fromEntries(Object.entries(expected.parts ?? {}).map(([slug, of]) => [slug, keep(projectFinding(finding.parts.find(({ part }) => part === slug), of), of)])),
  };
}

const keep = (found: Record<string, unknown>, expected: Expectation): Record<string, unknown> => Object.fromEntries(Object.keys(expected).map((key) => [key, found[key] ?? null]));

/** Expectations as they compare: lists of codes and names without regard to order. */
export function normal(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.every((item) => typeof item === 'string') ? [...expected].sort() : expected.map(normal);
  if (expected === null || typeof expected !== 'object') return typeof expected === 'number' ? String(expected) : (expected ?? null);
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, normal(value)]));
}
