import type { Facts, FactType, FactValue } from './facts.ts';
import type { Finding, Reason, Verdict } from './finding.ts';
import type { Place } from './place.ts';
import { message } from './text.ts';

const NONE: readonly never[] = [];

/** How many combinations of values are tried before a question is left open. */
const MOST_WORLDS = 64;

/** What a question is answered from some facts. */
export interface WorldAnswer {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
}

/** What is the same whatever the missing facts are. */
export interface Settled {
  /** The findings of the question, with what every world says of them; those on which worlds differ as they were. */
  readonly findings: readonly Finding[];
  /** The verdict of the whole in every world; null where they differ. */
  readonly everywhere: Pick<WorldAnswer, 'verdict' | 'reasons'> | null;
  /** The facts that were tried. */
  readonly facts: readonly string[];
}

/**
 * What can be said whatever the missing facts are, where their values can be counted (yes or no, a named value): verdicts
 * and figures that are the same in every world hold, though each fact by itself left its finding open. A value may ask for
 * a further fact, which is tried in turn. null: nothing can be counted, there are too many worlds, or they agree on nothing.
 */
export function settleInEveryWorld(place: Place, answer: WorldAnswer, facts: Facts, answerIn: (facts: Facts) => WorldAnswer): Settled | null {
  const tried = new Set<string>();
  const leaves: WorldAnswer[] = [];
  let left = MOST_WORLDS;
  // Depth first; ends as soon as the worlds seen agree on nothing, or there are too many.
  const explore = (current: WorldAnswer, world: Facts): boolean => {
    const choices = choicesIn(place, current.findings, world);
    if (choices.length === 0) {
      leaves.push(current);
      return agreeOnSomething(answer, leaves);
    }
    left -= choices.reduce((product, { values }) => product * values.length, 1);
    if (left < 0) return false;
    let worlds: Facts[] = [world];
    for (const { path, values } of choices) {
      tried.add(path);
      worlds = worlds.flatMap((item) => values.map((value) => withFact(item, path, value)));
    }
    return worlds.every((item) => explore(answerIn(item), item));
  };
  if (choicesIn(place, answer.findings, facts).length === 0 || !explore(answer, facts)) return null;
  const named = [...tried];
  const verdict = commonVerdict(leaves);
  return {
    findings: answer.findings.map((finding, index) => mergeFinding(finding, leaves.flatMap(({ findings }) => findings[index] ?? []), named)),
    everywhere: verdict ? { verdict, reasons: commonReasons(leaves) } : null,
    facts: named,
  };
}

/** The missing facts of open findings that can be tried, with their values. */
function choicesIn(place: Place, findings: readonly Finding[], facts: Facts): { path: string; values: FactValue[] }[] {
  const missing = new Set(findings.flatMap((finding) => (finding.binding && finding.verdict === 'UNDETERMINED' ? finding.missing : [])));
  return [...missing].flatMap((path) => {
    const values = isInsideGiven(facts, path) ? valuesAt(place, path) : null;
    return values ? [{ path, values }] : [];
  });
}

/** The verdict that all give; null where they differ or one is open. */
function commonVerdict(answers: readonly { readonly verdict: Verdict }[]): Verdict | null {
  const verdict = answers[0]?.verdict;
  return verdict && verdict !== 'UNDETERMINED' && answers.every((other) => other.verdict === verdict) ? verdict : null;
}

/** What is said must be true in every world: reasons by code, in the words of the first. */
const commonReasons = ([first, ...others]: readonly { readonly reasons: readonly Reason[] }[]): readonly Reason[] =>
  (first?.reasons ?? []).filter(({ code }) => others.every(({ reasons }) => reasons.some((other) => other.code === code)));

const agreeOnSomething = (answer: WorldAnswer, leaves: readonly WorldAnswer[]): boolean =>
  commonVerdict(leaves) !== null || answer.findings.some(({ verdict }, index) => verdict === 'UNDETERMINED' && commonVerdict(leaves.flatMap(({ findings }) => findings[index] ?? [])) !== null);

/** A finding with what all worlds say of it; parts are matched by name. */
function mergeFinding(finding: Finding, worlds: readonly Finding[], facts: readonly string[]): Finding {
  const [first] = worlds;
  const verdict = commonVerdict(worlds);
  const parts = (finding.parts.length > 0 ? finding : verdict && first ? first : finding).parts.flatMap((item) => {
    const others = worlds.flatMap((world) => world.parts.find(({ part }) => part === item.part) ?? []);
    // A part that only some worlds have says nothing of the others.
    return others.length === worlds.length ? [mergeFinding(item, others, facts)] : finding.parts.length > 0 ? [item] : [];
  });
  if (!verdict || !first) return { ...finding, parts };
  const same = <K extends 'required' | 'actual' | 'shortfall' | 'unit' | 'dueOn'>(field: K): Finding[K] | null => (worlds.every((world) => world[field] === first[field]) ? first[field] : null);
  // What was decided without the missing facts keeps the figures that leave them out, unless all worlds have the same ones.
  if (finding.verdict !== 'UNDETERMINED' && (same('actual') === null || same('shortfall') === null)) return { ...finding, parts };
  return {
    ...finding,
    verdict,
    reasons: commonReasons(worlds),
    required: same('required'),
    actual: same('actual'),
    shortfall: same('shortfall'),
    unit: same('unit'),
    dueOn: same('dueOn'),
    missing: NONE,
    notes: finding.verdict === 'UNDETERMINED' ? [...first.notes, message('assessment.same-for-every-value', { facts })] : first.notes,
    yields: first.yields.filter((item) => worlds.every(({ yields }) => yields.some((other) => other.name === item.name && other.value === item.value))),
    parts,
  };
}

const stepsOf = (path: string): (string | number)[] => path.split(/[.[]/).map((step) => (step.endsWith(']') ? Number(step.slice(0, -1)) : step));

/** Whether the record around a path was given: one made up for a single field would lack all others and be refused for that. */
function isInsideGiven(facts: Facts, path: string): boolean {
  let current: unknown = facts;
  for (const step of stepsOf(path).slice(0, -1)) current = (current as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  return typeof current === 'object' && current !== null;
}

/** Every value that the fact at a path can have; null where there is no end of them. */
function valuesAt(place: Place, path: string): FactValue[] | null {
  const [root, ...rest] = stepsOf(path);
  const spec = place.facts.get(String(root));
  if (!spec) return null;
  let type: FactType = spec.type;
  let isNullable = spec.nullable ?? false;
  for (const step of rest) {
    if (typeof step === 'number' && type.kind === 'list') type = type.of;
    else if (typeof step === 'string' && type.kind === 'record' && type.fields[step]) {
      isNullable = type.fields[step].nullable ?? false;
      type = type.fields[step].type;
    } else return null;
  }
  const values: FactValue[] | null = type.kind === 'boolean' ? [true, false] : type.kind === 'choice' ? Object.keys(type.options) : null;
  return values && (isNullable ? [...values, null] : values);
}

/** The facts with one more, at a path whose records and lists are there. */
function withFact(facts: Facts, path: string, value: FactValue): Facts {
  const put = (current: FactValue | Facts | undefined, [step, ...rest]: (string | number)[]): FactValue => {
    if (step === undefined) return value;
    if (Array.isArray(current)) return current.map((item: FactValue, index) => (index === step ? put(item, rest) : item));
    return { ...(current as Facts | undefined), [step]: put((current as Facts | undefined)?.[step], rest) };
  };
  return put(facts, stepsOf(path)) as unknown as Facts;
}
