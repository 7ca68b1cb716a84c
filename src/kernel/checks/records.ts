import type { Check } from '../check.ts';
import { isList, isRecord } from '../facts.ts';
import { lookup, typeAt } from '../context.ts';
import { paramAt } from '../param.ts';
import type { FactRecord, FactValue } from '../facts.ts';
import { reason } from '../finding.ts';
import { EMPTY, MET, refuse, unknownFacts } from '../result.ts';
import type { Result, Scope } from '../result.ts';
import type { Text } from '../text.ts';
import { worded } from '../wording.ts';

export function evaluateComplete({ context }: Scope, check: Check & { op: 'complete' }): Result {
  const found = lookup(context, check.record);
  if (!found.known) return unknownFacts(context, [found.name]);
  const items = isList(found.value) ? found.value.map((item, index) => ({ item, path: `${check.record}[${index}]` })) : found.value === null ? [] : [{ item: found.value, path: check.record }];
  const absent = items.flatMap(({ item, path }) => check.fields.filter((name) => !isRecord(item) || isBlank(item, name)).map((name) => `${path}.${name}`));
  if (absent.length > 0) return refuse(check.code ?? 'INCOMPLETE', 'finding.incomplete', { fields: absent }, check.help);
  if (items.length === 0 && (check.atLeastOne || !isList(found.value))) return refuse(check.code ?? 'INCOMPLETE', 'finding.no-record', { record: check.record, fields: check.fields }, check.help);
  return MET;
}

/** Absent, null or a blank text: the field is not filled in. `a|b` is filled in by either. */
function isBlank(item: FactRecord, fields: string): boolean {
  return fields.split('|').every((path) => {
    let value: FactValue | undefined = item;
    for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined;
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (isList(value) && value.length === 0);
  });
}

export function evaluateSteps({ context, version }: Scope, check: Check & { op: 'steps' }): Result {
  const found = lookup(context, check.done);
  if (!found.known) return unknownFacts(context, [found.name]);
  const order = (paramAt(version.spec.params ?? {}, check.order.param) ?? []) as readonly string[];
  const done = (isList(found.value) ? found.value : []).filter(isRecord);
  const type = typeAt(context, `${check.done}[]`);
  const has = (field: string): boolean => type?.kind === 'record' && field in type.fields;
  const named = (field: string, value: FactValue): (string | Text)[] => worded(typeAt(context, `${check.done}[].${field}`), value);
  const steps = (values: readonly string[]): (string | Text)[] => values.flatMap((value) => named('step', value));
  for (let index = 0; index < done.length; index++) {
    const step = done[index] as FactRecord;
    const path = `${check.done}[${index}]`;
    const expected = order[index];
    if (step['step'] === undefined) return unknownFacts(context, [`${path}.step`]);
    if (step['step'] !== expected) {
      const due = order.indexOf(String(step['step']));
      const missing = due > index ? order.slice(index, due) : [expected ?? '—'];
      return refuse('OUT_OF_ORDER', 'finding.out-of-order', { found: named('step', step['step']), missing: steps(missing), position: index + 1, order: steps(order) }, check.help);
    }
    const actor = check.actors?.[expected];
    if (actor !== undefined && step['by'] === undefined) return unknownFacts(context, [`${path}.by`]);
    if (actor !== undefined && step['by'] !== actor) return refuse('REFUSED', 'finding.wrong-actor', { step: steps([expected]), found: named('by', step['by'] ?? null), expected: named('by', actor) }, check.help);
    if (!has('result')) continue;
    if (step['result'] === undefined) return unknownFacts(context, [`${path}.result`]);
    if (step['result'] === 'failed') return refuse('REFUSED', 'finding.step-failed', { step: steps([expected]) }, check.help);
  }
  const next = order[done.length];
  return next === undefined ? MET : { ...EMPTY, verdict: 'UNDETERMINED', reasons: [reason('PENDING', 'finding.pending', { next: steps([next]), done: done.length, of: order.length })] };
}
