import { type CivilDay, exact, formula, isBefore, type Outcome } from '../../../src/plugin-kit.ts';

/** Has round 2, whose first day its own rule states, begun on the day of `at`? zj-2019-357/2.3-weak-areas */
export const isSecondRoundReached = formula<Record<string, never>>({
  name: 'second-round-reached',
  version: 1,
  facts: [],
  run: (_known, { atDay, param }) => ({ verdict: isBefore(atDay, param('from', 'zj-2019-357/5.3-round-2') as CivilDay) ? 'NOT_MET' : 'MET' }),
});

interface Places {
  readonly 'sessionPlaces.total': number;
  readonly 'sessionPlaces.reserved': number;
  readonly 'sessionPlaces.takenByGroups': number;
  readonly 'sessionPlaces.takenByOthers': number;
}

/**
 * Is a place left for someone for whom none is reserved? The groups use up their reserved places first; what is still
 * reserved is kept for them. zj-2019-357/2.3-weak-areas
 */
export const unreservedPlaces = formula<Places>({
  name: 'unreserved-places',
  version: 1,
  facts: ['sessionPlaces.total', 'sessionPlaces.reserved', 'sessionPlaces.takenByGroups', 'sessionPlaces.takenByOthers'],
  run: (known, { reading }): Outcome => {
    const keptBack = Math.max(0, known['sessionPlaces.reserved'] - known['sessionPlaces.takenByGroups']);
    const free = Math.max(0, known['sessionPlaces.total'] - known['sessionPlaces.takenByGroups'] - known['sessionPlaces.takenByOthers'] - keptBack);
    const required = exact(String(reading['placesNeeded']));
    const actual = exact(free);
    const figures = { required, actual, unit: 'place' };
    if (actual.isAtLeast(required)) return { ...figures, verdict: 'MET', shortfall: exact(0) };
    return { ...figures, verdict: 'NOT_MET', shortfall: required.minus(actual), reasons: [keptBack > 0 ? { code: 'OVER_LIMIT', key: 'zhejiang.places-reserved', params: { reserved: keptBack } } : { code: 'OVER_LIMIT', key: 'zhejiang.session-full', params: { total: known['sessionPlaces.total'], taken: known['sessionPlaces.takenByGroups'] + known['sessionPlaces.takenByOthers'] } }] };
  },
});
