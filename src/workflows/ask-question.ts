import { assess } from '../kernel/assess.ts';
import type { Assessment, Subject } from '../kernel/assess.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { paramAt } from '../kernel/param.ts';
import { Exact } from '../kernel/exact.ts';
import { Effort, MILLISECOND } from '../kernel/effort.ts';
import { checkFacts } from '../kernel/fact-input.ts';
import type { FactInput, Facts } from '../kernel/facts.ts';
import { AllocationRefused } from '../kernel/ledger-solve.ts';
import { nearestNames } from '../kernel/nearest.ts';
import type { Place } from '../kernel/place.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { firstProblems, problem } from './problem.ts';
import type { Problem } from './problem.ts';

/** A question as a caller puts it; nothing of it has been checked. */
export interface QuestionInput {
  readonly jurisdiction: string;
  readonly decision?: string | null;
  readonly rule?: string | null;
  readonly facts: Readonly<Record<string, FactInput>>;
  readonly at: Instant;
  readonly lawAt?: Instant | null;
  readonly readings?: readonly { readonly rule: string; readonly reading: string }[] | null;
  readonly allReadings?: boolean | null;
}

export type Answer = { readonly ok: true; readonly assessment: Assessment; readonly place: Place } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Which facts may pass unread: none, or those of other places that the same facts are asked of. */
export type ForeignFacts = (name: string) => boolean;
const NO_FOREIGN_FACTS: ForeignFacts = () => false;

/** What one question may cost, of what its request may: about a second. */
export const MOST_A_QUESTION = 1_000 * MILLISECOND;

const NO_FACTS = { facts: {}, more: 0 };

interface Circumstances {
  readonly foreignFacts?: ForeignFacts;
  /** What all questions of the request together may still cost; without it only each by itself is limited. */
  readonly effort?: Effort;
}

/** Checks a question as a whole and answers it, or says at once everything that is wrong with it. */
export function askQuestion(registry: Registry, input: QuestionInput, { foreignFacts = NO_FOREIGN_FACTS, effort }: Circumstances = {}): Answer {
  const problems: Problem[] = [];
  const place = registry.place(input.jurisdiction);
  if (!place) problems.push(problem('UNKNOWN_JURISDICTION', 'jurisdiction', input.jurisdiction, 'input.unknown-jurisdiction', registry.nearestPlaces(input.jurisdiction), { code: input.jurisdiction }));
  const subject = readSubject(registry, input, problems);
  const readings = readReadings(registry, input, problems);
  const { facts, more } = place ? readFacts(registry, place, input, foreignFacts, problems) : NO_FACTS;
  if (!place || !subject || problems.length > 0) return { ok: false, problems: firstProblems(problems, more) };
  try {
    return { ok: true, place, assessment: assess(place, { subject, facts, at: input.at, lawAt: input.lawAt ?? undefined, readings, effort: new Effort(MOST_A_QUESTION, effort) }) };
  } catch (error) {
    if (!(error instanceof AllocationRefused)) throw error;
    return { ok: false, problems: [problem('PROBLEM_TOO_LARGE', 'facts', null, 'input.problem-too-large', [], { measure: error.measure, found: error.found, allowed: error.allowed })] };
  }
}

/** What is wrong with what is asked, whoever it is asked about. */
export function problemsOfAsking(registry: Registry, input: Asking): readonly Problem[] {
  const problems: Problem[] = [];
  readSubject(registry, input, problems);
  readReadings(registry, input, problems);
  return problems;
}

type Asking = Omit<QuestionInput, 'jurisdiction' | 'facts'>;

function readSubject(registry: Registry, { decision, rule }: Asking, problems: Problem[]): Subject | null {
  if ((decision == null) === (rule == null)) {
    problems.push(problem('NOT_ONE_SUBJECT', decision == null ? 'decision' : 'rule', null, 'input.not-one-subject'));
    return null;
  }
  if (rule != null) {
    if (registry.versionsOf(rule).length > 0) return { rule };
    problems.push(problem('UNKNOWN_RULE', 'rule', rule, 'input.unknown-rule', nearestNames(rule, registry.ruleIds), { rule }));
    return null;
  }
  const name = decision ?? '';
  if (registry.decisionNames.includes(name)) return { decision: name };
  problems.push(problem('UNKNOWN_DECISION', 'decision', name, 'input.unknown-decision', nearestNames(name, registry.decisionNames), { decision: name }));
  return null;
}

/** More than there are open texts in any rulebook. */
export const MOST_READINGS = 100;

function readReadings(registry: Registry, { readings, allReadings }: Asking, problems: Problem[]): ReadonlyMap<string, string> | 'ALL' {
  if (allReadings && readings && readings.length > 0) problems.push(problem('CONFLICT', 'readings', null, 'input.conflict', [], { name: 'readings', other: 'allReadings' }));
  const chosen = new Map<string, string>();
  if ((readings ?? []).length > MOST_READINGS) problems.push(problem('TOO_MANY', 'readings', readings?.length, 'input.too-many', [], { max: MOST_READINGS, found: readings?.length ?? 0 }));
  (readings ?? []).slice(0, MOST_READINGS).forEach(({ rule, reading }, index) => {
    const versions = registry.versionsOf(rule);
    if (versions.length === 0) {
      problems.push(problem('UNKNOWN_RULE', `readings[${index}].rule`, rule, 'input.unknown-rule', nearestNames(rule, registry.ruleIds), { rule }));
      return;
    }
    const names = versions.flatMap(({ spec }) => (spec.reading ? [spec.reading, ...(spec.reading.alternatives ?? [])].map(({ name }) => name) : []));
    if (names.includes(reading)) chosen.set(rule, reading);
    else problems.push(problem('UNKNOWN_READING', `readings[${index}].reading`, reading, 'input.unknown-reading', names.length > 0 ? names : [], { rule, names: names.length > 0 ? names : ['—'] }));
  });
  return allReadings ? 'ALL' : chosen;
}

function readFacts(registry: Registry, place: Place, input: QuestionInput, foreignFacts: ForeignFacts, problems: Problem[]): { facts: Facts; more: number } {
  const isElsewhere = input.rule != null && !place.versions.has(input.rule) ? registry.declaresFact : foreignFacts;
  const found = entriesIn(place, input.facts);
  if (found > MOST_ENTRIES) {
    problems.push(problem('TOO_MANY', 'facts', found, 'input.too-many', [], { max: MOST_ENTRIES, found }));
    return NO_FACTS;
  }
  const checked = checkFacts(place.facts, input.facts, isElsewhere);
  for (const found of [...checked.problems, ...checkMinima(place, checked.facts)]) problems.push(problem(found.code, `facts.${found.path}`, found.value, found.message.key, found.nearest, found.message.params));
  return checked;
}

/** Entries of one person, in the lists of all ledgers together. */
const MOST_ENTRIES = 1_000;

function entriesIn(place: Place, facts: QuestionInput['facts']): number {
  const lists = new Set([...place.ledgers.values()].map(({ entries }) => entries.fact));
  const given = [...lists].map((name) => facts[name]).filter(Array.isArray);
  // One list alone is told by its own name.
  return given.length > 1 ? given.reduce((sum, list) => sum + list.length, 0) : 0;
}

/** Published minima lie inside the range of the rule that they are for; a single number cannot be changed. */
function checkMinima(place: Place, facts: Facts): Problem[] {
  const problems: Problem[] = [];
  for (const { name, setting } of place.facts.values()) {
    const published = facts[name];
    if (!setting?.minima || !Array.isArray(published)) continue;
    published.forEach((row: Readonly<Record<string, unknown>>, index) => {
      const path = `${name}[${index}]`;
      const rule = String(row['rule'] ?? '');
      const param = String(row['param'] ?? 'credits');
      const range = place.versions.get(rule)?.map(({ spec }) => paramAt(spec.params ?? {}, param)).find(Array.isArray) as readonly (string | number)[] | undefined;
      const minimum = row['credits'];
      if (!range) {
        const withRange = [...place.versions].filter(([, versions]) => versions.some(({ spec }) => Array.isArray(paramAt(spec.params ?? {}, param)))).map(([id]) => id);
        problems.push(problem('OUT_OF_RANGE', `${path}.rule`, rule, 'input.no-range', nearestNames(rule, withRange), { rule, param }));
      } else if (minimum instanceof Exact && (minimum.isLessThan(Exact.of(range[0] ?? 0)) || Exact.of(range[1] ?? 0).isLessThan(minimum))) {
        problems.push(problem('OUT_OF_RANGE', `${path}.credits`, minimum.toString(), 'input.outside-range', [String(range[0]), String(range[1])], { rule, min: String(range[0]), max: String(range[1]) }));
      }
    });
  }
  return problems;
}
