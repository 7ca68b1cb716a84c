import { formula } from '../../../src/plugin-kit.ts';

const localityReason = (locality: string | undefined) =>
  locality === undefined
    ? ({ code: 'SETTING_NOT_PUBLISHED', key: 'zhejiang.local-limit-of-which-locality' } as const)
    : ({ code: 'SETTING_NOT_PUBLISHED', key: 'zhejiang.local-limit-not-published', params: { locality } } as const);

/** Nobody can say whether a limit that was not published is kept; the answer names the locality. zj-2019-357/4-quota-local */
export const localLimitNotPublished = formula<{ readonly 'locality.name'?: string }>({
  name: 'local-limit-not-published',
  version: 1,
  facts: [],
  optional: ['locality.name'],
  run: (known) => ({
    verdict: 'UNDETERMINED',
    unit: 'project',
    missing: ['localProjectLimit'],
    reasons: [localityReason(known['locality.name'])],
  }),
});
