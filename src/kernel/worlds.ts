import type { Facts, FactType, FactValue } from './facts.ts';
import type { Finding, Reason, Verdict } from './finding.ts';
import type { Place } from './place.ts';

/** How many combinations of values are tried before a question is left open. */
const MOST_WORLDS = 64;

/**
 * Whether the verdict is the same whatever the missing facts are, where their values can be counted (yes or no, a named
 * value). Then it can be given, though each fact by itself left its finding open. null: it is not, or they cannot be.
 */
export function verdictInEveryWorld(place: Place, findings: readonly Finding[], facts: Facts, answerIn: (facts: Facts) => WorldAnswer): (WorldAnswer & { readonly facts: readonly string[] }) | null {
  const missing = [...new Set(findings.flatMap((finding) => (finding.binding && finding.verdict === 'UNDETERMINED' ? finding.missing : [])))];
  const choices = missing.flatMap((path) => {
    const values = isInsideGiven(facts, path) ? valuesAt(place, path) : null;
    return values ? [{ path, values }] : [];
  });
  if (choices.length === 0 || choices.reduce((product, { values }) => product * values.length, 1) > MOST_WORLDS) return null;
  let worlds: Facts[] = [facts];
  for (const { path, values } of choices) worlds = worlds.flatMap((world) => values.map((value) => withFact(world, path, value)));
  const answers: WorldAnswer[] = [];
  for (const world of worlds) {
    const answer = answerIn(world);
    if (answer.verdict === 'UNDETERMINED' || (answers[0] && answer.verdict !== answers[0].verdict)) return null;
    answers.push(answer);
  }
  const [first, ...others] = answers;
  // What is said must be true in every world: reasons by code, in the words of the first.
  return first ? { verdict: first.verdict, reasons: first.reasons.filter(({ code }) => others.every(({ reasons }) => reasons.some((other) => other.code === code))), facts: choices.map(({ path }) => path) } : null;
}

/** What a question would be answered if the missing facts were known. */
export interface WorldAnswer {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
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
