import type { FormulaContext } from './check.ts';
import type { CivilDay, Instant } from './civil-day.ts';
import type { Context } from './context.ts';
import { Exact } from './exact.ts';
import { isList, isRecord } from './facts.ts';
import type { RuleVersion } from './place.ts';
import type { Params, ParamValue, Reading, ReadingChoice } from './rule.ts';

const versionOf = (context: Context, ruleId: string): RuleVersion | undefined => {
  const status = context.rulebook.status(ruleId);
  return status.state === 'unknown' ? undefined : status.state === 'notInForce' ? (status.last ?? status.next ?? undefined) : status.version;
};

export function readingName(context: Context, ruleId: string): string | null {
  context.readingsTouched.add(ruleId);
  return context.readings.get(ruleId) ?? versionOf(context, ruleId)?.spec.reading?.name ?? null;
}

const choiceNamed = (reading: Reading | undefined, name: string | undefined): ReadingChoice | undefined =>
  name === undefined ? reading : (reading?.alternatives?.find((alternative) => alternative.name === name) ?? reading);

/** The values of the reading in force for a rule: those of the chosen alternative over the rulebook's own. */
export function readingValues(context: Context, version: RuleVersion): Params {
  const { reading, id } = version.spec;
  if (!reading?.alternatives) return reading?.values ?? {};
  context.readingsTouched.add(id);
  return { ...reading.values, ...choiceNamed(reading, context.readings.get(id))?.values };
}

/** The parameter at a path such as `abilities.counselling`; undefined where there is none. */
export function paramAt(params: Params, path: string): ParamValue | undefined {
  let current: ParamValue | undefined = params;
  for (const name of path.split('.')) current = typeof current === 'object' && !Array.isArray(current) ? (current as Params)[name] : undefined;
  return current;
}

/** A parameter as an exact number: of a range its lower end, or the minimum that an authority has published inside it. */
export function exactParam(context: Context, version: RuleVersion, path: string): Exact {
  return publishedMinimum(context, version, path) ?? ownParam(version, path);
}

const ownParams = new WeakMap<RuleVersion, Map<string, Exact>>();

/** The number in the text of the rule; read once, for it never changes. */
function ownParam(version: RuleVersion, path: string): Exact {
  const read = ownParams.get(version) ?? new Map<string, Exact>();
  ownParams.set(version, read);
  const known = read.get(path);
  if (known) return known;
  const value = paramAt(version.spec.params ?? {}, path);
  const single: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof single !== 'number' && typeof single !== 'string') throw new RangeError(`rule ${version.spec.id} has no number at ${path}`);
  const own = Exact.of(single);
  read.set(path, own);
  return own;
}

function publishedMinimum(context: Context, { spec: { id: ruleId, params } }: RuleVersion, path: string): Exact | undefined {
  for (const { name } of context.place.minima) {
    const published = context.facts[name];
    if (!isList(published) || !Array.isArray(paramAt(params ?? {}, path))) continue;
    const row = published.find((item) => isRecord(item) && item['rule'] === ruleId && (item['param'] ?? 'credits') === path);
    if (isRecord(row) && row['credits'] instanceof Exact) return row['credits'];
  }
  return undefined;
}

export const formulaContext = (context: Context, version: RuleVersion): FormulaContext => new RuleContext(context, version);

/** A class, because an object written out with a getter gets a hidden class of its own each time, which outlives it. */
class RuleContext implements FormulaContext {
  readonly #context: Context;
  readonly #version: RuleVersion;
  readonly params: Params;
  readonly at: Instant;
  readonly atDay: CivilDay;
  constructor(context: Context, version: RuleVersion) {
    this.#context = context;
    this.#version = version;
    this.params = version.spec.params ?? {};
    this.at = context.at;
    this.atDay = context.atDay;
  }

  get reading(): Params {
    return readingValues(this.#context, this.#version);
  }
  // Bound, so that a formula may take them apart.
  readonly exact: FormulaContext['exact'] = (path, rule) => exactParam(this.#context, this.#versionOf(rule), path);
  readonly param: FormulaContext['param'] = (path, rule) => {
    const { spec } = this.#versionOf(rule);
    const value = paramAt(spec.params ?? {}, path);
    if (value === undefined) throw new RangeError(`rule ${spec.id} has no parameter ${path}`);
    return value;
  };
  #versionOf(rule: string | undefined): RuleVersion {
    return rule === undefined ? this.#version : requireVersion(this.#context, rule);
  }
}

export function requireVersion(context: Context, ruleId: string): RuleVersion {
  const version = versionOf(context, ruleId);
  if (!version) throw new RangeError(`no rule ${ruleId} in ${context.place.jurisdiction.code}`);
  return version;
}
