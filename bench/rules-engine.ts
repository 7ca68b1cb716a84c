import { Engine } from 'json-rules-engine';
import type { Threshold } from './thresholds.ts';

/**
 * The same thresholds in `json-rules-engine`: engines made once, sums handed in as run-time facts and worked out outside
 * what is timed. It answers which thresholds hold, for sums that are already there: nothing is placed, moved, explained or
 * cited, so the comparison leaves it every advantage.
 */
export interface RulesEngine {
  readonly shape: string;
  /** The names of thresholds that hold. */
  run(sums: Readonly<Record<string, number>>): Promise<string[]>;
  /** The run alone. */
  runOnly(sums: Readonly<Record<string, number>>): Promise<unknown>;
}

const conditionOf = ({ name, required }: Threshold) => ({ fact: name, operator: 'greaterThanInclusive', value: required });

/** All thresholds as the conditions of one rule. */
function oneRule(thresholds: readonly Threshold[]): RulesEngine {
  const engine = new Engine([{ conditions: { all: thresholds.map(conditionOf) }, event: { type: 'complete' } }]);
  return {
    shape: 'one rule',
    async run(sums) {
      const { results, failureResults } = await engine.run(sums);
      return [...results, ...failureResults].flatMap(({ conditions }) => ('all' in conditions ? conditions.all : [])).flatMap((condition) => ('fact' in condition && condition.result ? [condition.fact] : []));
    },
    runOnly: (sums) => engine.run(sums),
  };
}

/** A rule for each threshold. */
function ruleForEach(thresholds: readonly Threshold[]): RulesEngine {
  const engine = new Engine(thresholds.map((threshold) => ({ conditions: { all: [conditionOf(threshold)] }, event: { type: threshold.name } })));
  return {
    shape: 'a rule each',
    run: async (sums) => (await engine.run(sums)).events.map(({ type }) => type),
    runOnly: (sums) => engine.run(sums),
  };
}

/** Both ways to write it down; the faster one is what we are measured against. */
export const rulesEngines = (thresholds: readonly Threshold[]): readonly RulesEngine[] => [oneRule(thresholds), ruleForEach(thresholds)];
