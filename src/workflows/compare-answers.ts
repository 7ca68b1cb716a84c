import type { Assessment } from '../kernel/assess.ts';
import type { Finding } from '../kernel/finding.ts';
import type { Place } from '../kernel/place.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Effort } from '../kernel/effort.ts';
import type { Answer, QuestionInput } from './ask-question.ts';
import { askQuestion } from './ask-question.ts';
import { Turns } from './in-turn.ts';
import type { Problem } from './problem.ts';
import { firstProblems, problem } from './problem.ts';

/** One place, moment or law under which the same facts are looked at. */
export type Setting = Pick<QuestionInput, 'jurisdiction' | 'at' | 'lawAt' | 'readings'>;

/** What the answers say on one topic, where they do not all say the same. */
export interface TopicDifference {
  readonly topic: string;
  /** One a setting, in order; null where it has no finding on the topic. */
  readonly findings: readonly (Finding | null)[];
}

export interface Comparison {
  readonly answers: readonly Answer[];
  readonly differences: readonly TopicDifference[];
  readonly problems: readonly Problem[];
}

/** Answers the same question for each setting and tells, topic by topic, in what the answers differ. */
export async function compareAnswers(registry: Registry, question: Pick<QuestionInput, 'decision' | 'rule' | 'facts'>, settings: readonly Setting[], { effort, turns = new Turns() }: { readonly effort?: Effort; readonly turns?: Turns } = {}): Promise<Comparison> {
  const places = settings.flatMap(({ jurisdiction }) => registry.place(jurisdiction) ?? []);
  const foreignFacts = (name: string): boolean => places.some(({ facts }) => facts.has(name));
  const answers = await turns.ask(settings, (setting) => askQuestion(registry, { ...question, ...setting }, { foreignFacts, effort }));
  const problems = answers.flatMap((answer, index) => (answer.ok ? [] : answer.problems.map((found) => withSetting(found, index))));
  return { answers, differences: differencesOf(answers), problems: firstProblems(distinct(problems)) };
}

const withSetting = (found: Problem, index: number): Problem => (found.path.startsWith('facts') || ['decision', 'rule'].includes(found.path) ? found : problem(found.code, `settings[${index}].${found.path}`, found.value, found.message.key, found.nearest, found.message.params));

/** The same fault in the common facts is one fault. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, path }) => !seen.has(`${code} ${path}`) && seen.add(`${code} ${path}`));
}

function differencesOf(answers: readonly Answer[]): TopicDifference[] {
  const byTopic = answers.map((answer) => (answer.ok ? topicsOf(answer.place, answer.assessment) : new Map<string, Finding>()));
  const topics = [...new Set(byTopic.flatMap((found) => [...found.keys()]))];
  return topics.map((topic) => ({ topic, findings: byTopic.map((found) => found.get(topic) ?? null) })).filter(({ findings }) => new Set(findings.map(figuresOf)).size > 1);
}

function topicsOf(place: Place, { findings }: Assessment): Map<string, Finding> {
  const topics = new Map<string, Finding>();
  for (const finding of findings) {
    const topic = place.versions.get(finding.rule)?.[0]?.spec.topic ?? finding.rule;
    // A rule that stands aside says nothing where another one of the topic speaks.
    if (!topics.has(topic) || topics.get(topic)?.verdict === 'NOT_APPLICABLE') topics.set(topic, finding);
  }
  return topics;
}

const figuresOf = (finding: Finding | null): string => JSON.stringify(finding && [finding.verdict, finding.required, finding.actual, finding.shortfall, finding.unit, finding.dueOn]);
