import { Exact, exact, formula, type Outcome } from '../../../src/plugin-kit.ts';

interface LocalLimit {
  readonly localProjectLimit?: number;
  readonly 'locality.name'?: string;
  readonly 'locality.projectsInRound'?: number;
}

/**
 * Is this project within the number that its locality has published? Without a published number nobody can say, and the
 * answer names the locality. The projects submitted before count, and this one (reading: `thisProject`).
 * zj-2019-357/4-quota-local
 */
export const belowLocalLimit = formula<LocalLimit>({
  name: 'below-local-limit',
  version: 1,
  facts: [],
  optional: ['localProjectLimit', 'locality.name', 'locality.projectsInRound'],
  run: (known, { reading }) => {
    const locality = known['locality.name'] ?? '—';
    const unit = 'project';
    if (known.localProjectLimit === undefined) {
      return { verdict: 'UNDETERMINED', unit, missing: ['localProjectLimit'], reasons: [{ code: 'SETTING_NOT_PUBLISHED', key: 'zhejiang.local-limit-not-published', params: { locality } }] };
    }
    const required = exact(known.localProjectLimit);
    const own = exact(String(reading['thisProject']));
    const before = known['locality.projectsInRound'];
    // With nothing submitted before, this one alone may already be too many.
    const least = exact(before ?? 0).plus(own);
    if (required.isLessThan(least)) return over(least, required, locality, before !== undefined);
    if (before === undefined) return { verdict: 'UNDETERMINED', required, unit, missing: ['locality.projectsInRound'] };
    return { verdict: 'MET', required, actual: least, unit, yields: [{ name: 'placesLeft', value: required.minus(least).toString(), unit }] };
  },
});

const over = (actual: Exact, required: Exact, locality: string, isExact: boolean): Outcome => ({
  verdict: 'NOT_MET',
  required,
  unit: 'project',
  ...(isExact ? { actual, shortfall: actual.minus(required), yields: [] } : {}),
  reasons: [{ code: 'OVER_LIMIT', key: 'zhejiang.over-local-limit', params: { locality, actual: actual.toString(), required: required.toString() } }],
});
