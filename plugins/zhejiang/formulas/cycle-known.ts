import { type CivilDay, formula } from '../../../src/plugin-kit.ts';

/** Is the first day of the cycle known? Without it nobody can say which years lie in it. zj-2016-71/2-year */
export const isCycleKnown = formula<{ readonly cycleStartOn: CivilDay }>({
  name: 'cycle-known',
  version: 1,
  facts: ['cycleStartOn'],
  run: () => ({ verdict: 'MET' }),
});
