import { assess } from '../../src/kernel/assess.ts';
import type { Assessment } from '../../src/kernel/assess.ts';
import { checkFacts } from '../../src/kernel/fact-input.ts';
import type { FactInput, FactSpec, FactType } from '../../src/kernel/facts.ts';
import type { Finding } from '../../src/kernel/finding.ts';
import type { Place } from '../../src/kernel/place.ts';
import type { LocatedCase } from '../../src/testing/golden-cases.ts';
import { questionOf } from '../../src/testing/golden-cases.ts';

type FactObject = Readonly<Record<string, FactInput>>;

/** A fact, or a field of a record (or of a list's first record), that a case gives. */
export interface Removable {
  readonly path: string;
  readonly root: string;
  readonly type: FactType;
  readonly nullable: boolean;
  /** Whether its declaration says what its absence means. */
  readonly isSettled: boolean;
  without(facts: FactObject): FactObject;
  withValue(facts: FactObject, value: FactInput): FactObject;
}

/** Everything that could be taken out of a case: each fact, each field of its records, and of the first record of a list. */
export function removables(place: Place, facts: FactObject): Removable[] {
  return Object.keys(facts).flatMap((name) => {
    const spec = place.facts.get(name);
    if (!spec) return [];
    const whole = removable([name], spec.type, spec.nullable ?? spec.type.kind === 'list', false);
    return [whole, ...fieldsOf([name], spec.type, facts[name])];
  });
}

function fieldsOf(steps: readonly (string | number)[], type: FactType, value: FactInput | undefined): Removable[] {
  if (type.kind === 'list' && Array.isArray(value) && value.length > 0) return fieldsOf([...steps, 0], type.of, value[0] as FactInput);
  if (type.kind !== 'record' || typeof value !== 'object' || value === null) return [];
  const given = value as FactObject;
  return Object.keys(given).flatMap((field) => {
    const spec = type.fields[field];
    if (!spec) return [];
    const path = [...steps, field];
    return [removable(path, spec.type, spec.nullable ?? false, spec.absent !== undefined), ...fieldsOf(path, spec.type, given[field])];
  });
}

function removable(steps: readonly (string | number)[], type: FactType, nullable: boolean, isSettled: boolean): Removable {
  const path = steps.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
  return { path, root: String(steps[0]), type, nullable, isSettled, without: (facts) => edit(facts, steps, undefined), withValue: (facts, value) => edit(facts, steps, value) };
}

function edit(facts: FactObject, steps: readonly (string | number)[], value: FactInput | undefined): FactObject {
  const visit = (current: FactInput | undefined, [step, ...rest]: readonly (string | number)[]): FactInput | undefined => {
    if (step === undefined) return value;
    if (Array.isArray(current)) return current.map((item: FactInput, index) => (index === step ? (visit(item, rest) as FactInput) : item));
    const { [step]: old, ...others } = current as Record<string, FactInput>;
    const changed = visit(old, rest);
    return changed === undefined ? others : { ...others, [step]: changed };
  };
  return visit(facts as FactInput, steps) as FactObject;
}

/** Values that a missing fact might have had: all of them where they can be counted, else some from its whole range. */
export function probes(type: FactType, nullable: boolean, original: FactInput): FactInput[] {
  const values = ((): FactInput[] => {
    switch (type.kind) {
      case 'boolean':
        return [true, false];
      case 'choice':
        return Object.keys(type.options);
      case 'integer':
        return [type.min ?? 0, Math.min(type.max ?? 100_000, (type.min ?? 0) + 1), type.max ?? 100_000];
      case 'money':
        return [0, 1, 100_000_000];
      case 'amount':
        return [type.min ?? '0', type.max ?? '1000', '1'];
      case 'day':
        return ['1950-01-01', '2014-01-01', '2019-12-31', '2020-06-30', '2099-12-31'];
      case 'instant':
        return ['1950-01-01', '2014-01-01', '2019-12-31', '2020-06-30', '2099-12-31'];
      case 'text':
        return ['x'];
      case 'list':
        return [[]];
      case 'record':
        return [];
    }
  })();
  return [original, ...values, ...(nullable ? [null] : [])];
}

export function assessWith(place: Place, item: LocatedCase, facts: FactObject): Assessment | null {
  if (checkFacts(place.facts, facts).problems.length > 0) return null;
  return assess(place, questionOf(place, item, facts));
}

const mentions = (text: unknown, path: string): boolean => JSON.stringify(text).includes(path);

function allReasons(findings: readonly Finding[]): unknown[] {
  return findings.flatMap((finding) => [...finding.reasons, ...allReasons(finding.parts)]);
}

/** What is wrong with the answer after a fact was removed; null when it is one of the four that are right. */
export function faultAfterRemoval(place: Place, item: LocatedCase, fact: Removable): string | null {
  const facts = item.facts ?? {};
  const before = assessWith(place, item, facts);
  const after = assessWith(place, item, fact.without(facts));
  if (!before || !after) return null;
  const spec = place.facts.get(fact.root) as FactSpec;
  if (fact.isSettled) return null;
  const isAsked = after.verdict === 'UNDETERMINED' && after.missing.includes(fact.root);
  if (spec.default && fact.path === fact.root && !isAsked) return spec.default.quiet || after.defaults.includes(fact.root) || after.verdict === before.verdict ? null : `default of ${fact.root} not named`;
  const isAssumed = item.rule !== undefined && place.versions.get(item.rule)?.[0]?.spec.assumes?.[fact.path] !== undefined;
  if (isAssumed && after.defaults.includes(fact.root)) return null;
  if (after.verdict === 'UNDETERMINED') {
    if (before.verdict === 'UNDETERMINED') return null;
    const isNamed = after.missing.some((path) => path.startsWith(fact.path) || fact.path.startsWith(path)) || mentions(allReasons(after.findings), fact.root);
    return isNamed ? null : `UNDETERMINED without naming ${fact.path}: ${JSON.stringify(after.missing)}`;
  }
  if (after.verdict === 'NOT_MET' && allReasons(after.findings).some((reason) => mentions(reason, 'INCOMPLETE') && mentions(reason, fact.path.split('.').at(-1) ?? ''))) return null;
  for (const value of probes(fact.type, fact.nullable, valueAt(facts, fact.path))) {
    const world = assessWith(place, item, fact.withValue(facts, value));
    if (world && world.verdict !== 'UNDETERMINED' && world.verdict !== after.verdict) return `${after.verdict} without ${fact.path}, but ${world.verdict} with ${JSON.stringify(value)}`;
  }
  return null;
}

const valueAt = (facts: FactObject, path: string): FactInput =>
  path.split(/[.[]/).reduce<FactInput>((current, step) => (Array.isArray(current) ? (current[Number.parseInt(step, 10)] as FactInput) : (current as FactObject)[step] ?? null), facts as FactInput);
