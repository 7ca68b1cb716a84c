import { addYears, type CivilDay, exact, formula, isBefore } from '../../../src/plugin-kit.ts';

interface Recognition {
  readonly 'institution.recognisedOn': CivilDay;
}

/**
 * Was the institution recognised less than so many years (reading: `years`) before the day of `at`, on which it submits?
 * Whether the anniversary itself still counts is the reading's `exactYearIsNew`. zj-2019-357/4-quota-8
 */
export const recognisedForLessThan = formula<Recognition>({
  name: 'recognised-for-less-than',
  version: 1,
  facts: ['institution.recognisedOn'],
  run: (known, { atDay, reading }) => {
    const anniversary = addYears(known['institution.recognisedOn'], Number(reading['years']));
    const isNew = isBefore(atDay, anniversary) || (atDay === anniversary && exact(String(reading['exactYearIsNew'])).equals(exact(1)));
    return { verdict: isNew ? 'MET' : 'NOT_MET' };
  },
});
