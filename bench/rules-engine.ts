import { Engine } from 'json-rules-engine';
import type { Threshold } from './thresholds.ts';

/**
 * The same thresholds in `json-rules-engine`, which is made once and handed the sums as run-time facts. It answers which
 * thresholds hold; nothing is placed, moved, explained or cited. What is timed is a run with the plain loop that sums the
 * entries, because both sides begin at the same checked transcript; the loop is a tenth of it.
 */
export interface RulesEngine {
  /** The names of thresholds that hold. */
  holding(sums: Readonly<Record<string, number>>): Promise<string[]>;
  run(sums: Readonly<Record<string, number>>): Promise<unknown>;
}

const conditionOf = ({ name, required }: Threshold) => ({ fact: name, operator: 'greaterThanInclusive', value: required });

/** A rule with an event for each threshold: an answer for each, as an assessment gives. What the targets are about. */
export function ruleForEach(thresholds: readonly Threshold[]): RulesEngine {
  const engine = new Engine(thresholds.map((threshold) => ({ conditions: { all: [conditionOf(threshold)] }, event: { type: threshold.name } })));
  return { holding: async (sums) => (await engine.run(sums)).events.map(({ type }) => type), run: (sums) => engine.run(sums) };
}

/** All thresholds as conditions of one rule with one event: the least work for the engine. Shown beside the other. */
export function oneRule(thresholds: readonly Threshold[]): RulesEngine {
  const engine = new Engine([{ conditions: { all: thresholds.map(conditionOf) }, event: { type: 'complete' } }]);
  return {
    async holding(sums) {
      const { results, failureResults } = await engine.run(sums);
      return [...results, ...failureResults].flatMap(({ conditions }) => ('all' in conditions ? conditions.all : [])).flatMap((condition) => ('fact' in condition && condition.result ? [condition.fact] : []));
    },
    run: (sums) => engine.run(sums),
  };
}
