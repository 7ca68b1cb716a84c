import type { FactInput } from '../src/kernel/facts.ts';
import { beginner, headAndSenior, municipalSurplus, ordinary, withGap } from './transcripts.ts';

/** A question as it goes over the wire. */
export interface WireQuestion {
  readonly jurisdiction: string;
  readonly decision: string;
  readonly at: string;
  readonly facts: Readonly<Record<string, FactInput>>;
}

const shanghai = (facts: WireQuestion['facts'], at = '2020-12-31'): WireQuestion => ({ jurisdiction: '310000', decision: 'creditCompletion', at, facts });

/** Five years of credits, two a year. */
const zhejiang = (perYear: string, count: number): WireQuestion => ({
  jurisdiction: '330000',
  decision: 'creditCompletion',
  at: '2021-12-31',
  facts: {
    cycleStartOn: '2017-01-01',
    roles: [],
    entries: Array.from({ length: count }, (_, index) => ({ id: `z-${index + 1}`, credits: perYear, completedOn: `${2017 + (index % 5)}-${index < 5 ? '04' : '10'}-20` })),
  },
});

const jiangxi = (years: readonly string[]): WireQuestion => ({
  jurisdiction: '360000',
  decision: 'makeUpTraining',
  at: '2014-12-20',
  facts: { makeUpYear: '2014-2015', sex: 'female', birthYear: 1975, failedTraining: years.map((year) => ({ year, completedProgramme: 'none' })) },
});

const kangbashi = (hours: readonly string[]): WireQuestion => ({
  jurisdiction: '150603',
  decision: 'yearlyHours',
  at: '2022-12-31',
  facts: { staffKind: 'offCampus', trainingEntries: hours.map((amount, index) => ({ id: `h-${index + 1}`, hours: amount, completedOn: `2022-${String(1 + (index % 12)).padStart(2, '0')}-10`, kind: index % 2 === 0 ? 'political' : 'professional' })) },
});

const GROUPS: readonly ((index: number) => WireQuestion)[] = [
  (index) => shanghai([ordinary, headAndSenior, municipalSurplus, withGap, beginner(10), beginner(25)][index % 6] ?? ordinary),
  (index) => zhejiang(index % 3 === 0 ? '30.5' : '36', index % 2 === 0 ? 10 : 8),
  (index) => jiangxi([['2012-2013'], ['2013-2014'], ['2012-2013', '2013-2014'], []][index % 4] ?? []),
  (index) => kangbashi(index % 2 === 0 ? ['80', '120'] : ['40.5', '30', '60', '24']),
];

/** A page of people of four places, mixed. */
export const page = (people: number): WireQuestion[] => Array.from({ length: people }, (_, index) => (GROUPS[index % GROUPS.length] ?? GROUPS[0])?.(Math.floor(index / GROUPS.length)) ?? shanghai(ordinary));

/** What a front end asks for a list page. */
export const QUERY = `query People($inputs: [AssessInput!]!) {
  assessMany(inputs: $inputs) {
    assessment {
      verdict
      findings { ruleId verdict required actual shortfall unit dueOn reasons { code message } }
      missing
      gap { amount unit cells { amount pool at label isClosable } }
    }
    userErrors { code path message }
  }
}`;
