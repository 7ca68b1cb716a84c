import { Exact, formula, type Outcome, type Text } from '../../../src/plugin-kit.ts';

interface SpecialFacts {
  readonly specialWork: readonly { readonly activity?: string; readonly volume?: Exact }[] | null;
  readonly districtSpecialMethod: readonly { readonly activity?: string; readonly creditsPerUnit?: Exact }[] | null;
}

/**
 * What is the work worth under the district's own method? Volume times the published credits a unit, added up; an activity
 * without a rate stays open and is named. sh-2016-credit/2.4-special
 */
export const byDistrictMethod = (spec: { authority: Text; activityLabel: (activity: string) => Text }) =>
  formula<SpecialFacts>({
    name: 'shanghai-by-district-method',
    version: 1,
    facts: ['specialWork', 'districtSpecialMethod'],
    run({ specialWork, districtSpecialMethod }): Outcome {
      const work = specialWork ?? [];
      const missing = work.flatMap(({ activity, volume }, index) => [...(activity === undefined ? [`specialWork[${index}].activity`] : []), ...(volume === undefined ? [`specialWork[${index}].volume`] : [])]);
      if (missing.length > 0) return { verdict: 'UNDETERMINED', missing };
      const rateOf = (activity: string | undefined): Exact | undefined => districtSpecialMethod?.find((item) => item.activity === activity)?.creditsPerUnit;
      const unrated = [...new Set(work.flatMap(({ activity }) => (activity !== undefined && rateOf(activity) === undefined ? [activity] : [])))];
      if (unrated.length > 0) {
        return { verdict: 'UNDETERMINED', missing: ['districtSpecialMethod'], reasons: [{ code: 'SETTING_NOT_PUBLISHED', key: 'shanghai.activity-without-rate', params: { authority: spec.authority, activities: unrated.map(spec.activityLabel) } }] };
      }
      const credits = work.reduce((total, { activity, volume }) => total.plus((volume ?? Exact.zero).times(rateOf(activity) ?? Exact.zero)), Exact.zero);
      return { verdict: 'MET', yields: [{ name: 'credits', value: credits.toString(), unit: 'credit' }] };
    },
  });

interface GivenCredits {
  readonly [path: string]: Exact;
}

/** A figure that is taken as it stands: no formula replaces it. sh-2016-credit/2.3-elsewhere, 2.2-practice */
export const takenAsItStands = (path: string) =>
  formula<GivenCredits>({
    name: 'shanghai-taken-as-it-stands',
    version: 1,
    facts: [path],
    run: (facts): Outcome => ({ verdict: 'MET', yields: [{ name: 'credits', value: (facts[path] ?? Exact.zero).toString(), unit: 'credit' }] }),
  });
