import type { Check, FormulaCheck } from '../../src/kernel/check.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import type { RuleSpec } from '../../src/kernel/rule.ts';
import type { PluginManifest } from '../../src/plugin-host/contract.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import type { LocatedCase } from '../../src/testing/golden-cases.ts';
import type { QuestionInput } from '../../src/workflows/ask-question.ts';
import { rebuiltPlaces } from '../../src/workflows/rebuilt-places.ts';
import { recompute } from '../../src/workflows/recompute-assessment.ts';
import type { Recomputation } from '../../src/workflows/recompute-assessment.ts';
import { draftAssessment } from '../../src/workflows/record-assessment.ts';
import { writtenForm } from '../../src/workflows/stored-assessment.ts';
import type { ContentStore, StoredAssessment, StoredTexts } from '../../src/workflows/stored-assessment.ts';

/** What lies in a store, in memory. */
export class Kept implements ContentStore {
  readonly texts = new Map<string, string>();

  async contents(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(hashes.flatMap((hash) => (this.texts.has(hash) ? [[hash, this.texts.get(hash) ?? ''] as const] : [])));
  }

  /** Answers a question and keeps the answer as it would be written. */
  keep(registry: Registry, input: QuestionInput): StoredAssessment & StoredTexts {
    const drafted = draftAssessment(registry, { input, personId: null, knownAt: 0 as Instant });
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.problems));
    const { place, layers } = drafted.draft.content;
    for (const { hash, text } of [place, ...layers]) this.texts.set(hash, text);
    const { row, texts } = writtenForm(drafted.draft);
    return { ...row, ...texts, id: '1', recordedAt: 0 as Instant };
  }

  async recompute(registry: Registry, stored: StoredAssessment & StoredTexts): Promise<Recomputation> {
    const [place] = await rebuiltPlaces(registry, this, [stored]);
    if (!place) throw new Error('no place');
    return recompute(registry, stored, place);
  }
}

export const inputOf = (item: LocatedCase): QuestionInput => ({
  jurisdiction: item.jurisdiction ?? item.plugin.jurisdiction.code,
  decision: item.rule === undefined ? item.decision : null,
  rule: item.rule ?? null,
  facts: item.facts ?? {},
  at: instantOf(item.at),
  lawAt: item.lawAt === undefined ? null : instantOf(item.lawAt),
  readings: item.readings === undefined || item.readings === 'ALL' ? null : Object.entries(item.readings).map(([rule, reading]) => ({ rule, reading })),
  allReadings: item.readings === 'ALL',
});

/** The same plugins with one rule written otherwise: a later version of a plugin. */
export const withRule = (plugins: readonly PluginManifest[], id: string, change: (rule: RuleSpec) => RuleSpec | null): Registry => {
  const changed = plugins.map((plugin) => ({ ...plugin, rules: plugin.rules.flatMap((rule) => (rule.id === id ? (change(rule) ?? []) : [rule])) }));
  return createRegistry(changed);
};

/** A check with its formulas of a name written otherwise. */
export function withFormula(check: Check, name: string, change: (formula: FormulaCheck) => FormulaCheck): Check {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    if ((value as Partial<FormulaCheck>).op === 'formula' && (value as FormulaCheck).name === name) return change(value as FormulaCheck);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return visit(check) as Check;
}
