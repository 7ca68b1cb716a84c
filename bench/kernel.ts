import { assess } from '../src/kernel/assess.ts';
import type { Question } from '../src/kernel/assess.ts';
import { instantOf } from '../src/kernel/civil-day.ts';
import { checkFacts } from '../src/kernel/fact-input.ts';
import type { Place } from '../src/kernel/place.ts';
import { loadRegistry } from '../src/load-registry.ts';
import type { Registry } from '../src/plugin-host/registry.ts';
import { compare, promisesPerSecond, runsPerSecond } from './measure.ts';
import type { Comparison } from './measure.ts';
import { oneRule, ruleForEach } from './rules-engine.ts';
import { amountsOf, sumsOf, thresholdsOf } from './thresholds.ts';
import { headAndSenior, municipalSurplus, nationalChain, ordinary, withGap } from './transcripts.ts';
import type { Person } from './transcripts.ts';

export interface Scenario {
  readonly name: string;
  readonly person: Person;
  /** null: no target. */
  readonly atLeast: number | null;
  readonly engineOf?: typeof ruleForEach;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'ordinary teacher, 40 entries', person: ordinary, atLeast: 5 },
  { name: 'head and senior teacher, 40 entries', person: headAndSenior, atLeast: 5 },
  { name: 'ordinary teacher, one rule of 20 conditions', person: ordinary, atLeast: null, engineOf: oneRule },
  { name: 'offsets: municipal surplus to district', person: municipalSurplus, atLeast: 1.5 },
  { name: 'offsets: chain from national', person: nationalChain, atLeast: 1.5 },
  { name: 'gap: 18 entries, nearly all short', person: withGap, atLeast: null },
];

const ROUNDS = 15;
const MILLISECONDS = 60;
const WARM_UP = 600;

export function shanghai(registry: Registry): Place {
  const place = registry.place('310000');
  if (!place) throw new Error('the bench needs the plugin of Shanghai');
  return place;
}

/** The question of the whole assessment on the last day of the cycle; facts are checked here, once. */
export function questionOf(place: Place, person: Person): Question {
  const { facts, problems } = checkFacts(place.facts, person);
  if (problems.length > 0) throw new Error(`the bench has bad facts: ${problems.map(({ path }) => path).join(', ')}`);
  return { subject: { decision: 'creditCompletion' }, facts, at: instantOf('2020-12-31') };
}

/** One core, whole assessments with message keys, against the same thresholds in a rules engine. */
export async function benchKernel(): Promise<Comparison[]> {
  const place = shanghai(await loadRegistry());
  const compared: Comparison[] = [];
  for (const { name, person, atLeast, engineOf = ruleForEach } of SCENARIOS) {
    const question = questionOf(place, person);
    const run = (): unknown => assess(place, question);
    const thresholds = thresholdsOf(person);
    const amounts = amountsOf(person);
    const engine = engineOf(thresholds);
    const runEngine = (): Promise<unknown> => engine.run(sumsOf(thresholds, amounts));
    runsPerSecond(run, WARM_UP);
    await promisesPerSecond(runEngine, WARM_UP);
    compared.push(
      await compare(
        { name, unit: 'runs/s', target: atLeast === null ? null : { relation: 'atLeast', ratio: atLeast } },
        ROUNDS,
        async () => runsPerSecond(run, MILLISECONDS),
        () => promisesPerSecond(runEngine, MILLISECONDS),
      ),
    );
  }
  return compared;
}
