import type { Check, Outcome } from '../check.ts';
import type { Context } from '../context.ts';
import { formulaContext } from '../param.ts';
import { lookup } from '../context.ts';
import type { FactValue } from '../facts.ts';
import { reason } from '../finding.ts';
import { EMPTY, NONE, unknownFacts } from '../result.ts';
import type { Result, Scope } from '../result.ts';

export function evaluateFormula({ context, version }: Scope, check: Check & { op: 'formula' }): Result {
  const facts: Record<string, FactValue | undefined> = {};
  const missing: string[] = [];
  for (const name of check.facts) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
    else missing.push(found.name);
  }
  if (missing.length > 0) return unknownFacts(context, missing);
  for (const name of check.optional ?? NONE) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
  }
  return fromOutcome(context, check.run(facts, formulaContext(context, version)));
}

function fromOutcome(context: Context, outcome: Outcome): Result {
  const parts = Object.entries(outcome.parts ?? {}).map(([slug, item]) => ({ ...fromOutcome(context, item), slug, label: item.label }));
  const unknown = outcome.missing?.length ? unknownFacts(context, outcome.missing) : EMPTY;
  return {
    verdict: outcome.verdict,
    reasons: [...unknown.reasons, ...(outcome.reasons ?? NONE).map(({ code, key, params }) => reason(code, key, params))],
    required: outcome.required?.toString(),
    actual: outcome.actual?.toString(),
    shortfall: outcome.shortfall?.toString(),
    unit: outcome.unit,
    dueOn: outcome.dueOn,
    missing: unknown.missing,
    notes: outcome.notes ?? NONE,
    yields: outcome.yields ?? NONE,
    parts,
  };
}
