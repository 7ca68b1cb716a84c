import { type Check, type CivilDay, either, exact, formula, yearOf } from '../../../src/plugin-kit.ts';

interface Birth {
  readonly birthDate?: CivilDay;
  readonly birthYear?: number;
}

/** Whether either form of the birth was given. */
const isGiven: Check = formula<Birth>({
  name: 'jiangxi.birth-given',
  version: 1,
  facts: [],
  optional: ['birthDate', 'birthYear'],
  run: ({ birthDate, birthYear }) => ({ verdict: birthDate === undefined && birthYear === undefined ? 'NOT_MET' : 'MET' }),
});

/**
 * Is the trainee of an age that takes part? Age is the calendar year of the reading less the year of birth; `limit` names
 * the parameter with the highest age, `below` of the reading is how far under it one has to be. Without day or year of
 * birth both are asked for. jx-2014-36/3.1-age
 */
export function ageAtMost(limit: 'men' | 'women'): Check {
  const decide = (facts: readonly (keyof Birth)[], optional: readonly (keyof Birth)[]): Check =>
    formula<Birth>({
      name: `jiangxi.age-${limit}`,
      version: 1,
      facts,
      optional,
      run({ birthDate, birthYear }, context) {
        const born = birthDate === undefined ? (birthYear ?? 0) : yearOf(birthDate);
        const year = exact(context.reading['year'] as number);
        const required = context.exact(limit).minus(exact(context.reading['below'] as number));
        const actual = year.minus(exact(born));
        const figures = { required, actual, unit: 'yearOfAge' };
        if (required.isAtLeast(actual)) return { verdict: 'MET', ...figures };
        const params = { age: actual.toString(), limit: required.toString(), year: year.toString() };
        return { verdict: 'NOT_MET', ...figures, shortfall: actual.minus(required), reasons: [{ code: 'OVER_LIMIT', key: 'jiangxi.too-old', params }] };
      },
    });
  return either(isGiven, decide([], ['birthDate', 'birthYear']), decide(['birthDate', 'birthYear'], []));
}
