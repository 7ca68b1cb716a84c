import { type CivilDay, formula, isAfter } from '../../../src/plugin-kit.ts';

/** Is the day of publication over on the day of `at`? zj-2019-357/5.1-publication */
export const isAfterPublication = formula<Record<string, never>>({
  name: 'after-publication',
  version: 1,
  facts: [],
  run: (_known, { atDay, param }) => ({ verdict: isAfter(atDay, param('day') as CivilDay) ? 'MET' : 'NOT_MET' }),
});
