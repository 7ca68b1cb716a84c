import { type Check, type CivilDay, formula, isBefore } from '../../../src/plugin-kit.ts';

/**
 * Is the institution still there? From the day on which its exit is decided it and its masters are out of rating, studio
 * and whitelist; a day to come does not count yet. kb-2022-offcampus/3-exit
 */
export const notExited: Check = formula<{ readonly exitDecidedOn: CivilDay | null }>({
  name: 'kangbashi/not-exited',
  version: 1,
  facts: ['exitDecidedOn'],
  run({ exitDecidedOn }, { atDay }) {
    if (exitDecidedOn === null || isBefore(atDay, exitDecidedOn)) return { verdict: 'MET' };
    return { verdict: 'NOT_MET', reasons: [{ code: 'REFUSED', key: 'kangbashi.exited', params: { on: exitDecidedOn } }] };
  },
});

/** Was the result of a finished rating published, by the day asked about? kb-2022-offcampus/3-stars */
export const published: Check = formula<{ readonly 'rating.publishedOn': CivilDay | null }>({
  name: 'kangbashi/rating-published',
  version: 1,
  facts: ['rating.publishedOn'],
  run({ 'rating.publishedOn': on }, { atDay }) {
    if (on === null) return { verdict: 'NOT_MET', reasons: [{ code: 'NOT_DONE', key: 'kangbashi.not-published', params: {} }] };
    if (!isBefore(atDay, on)) return { verdict: 'MET' };
    return { verdict: 'NOT_MET', reasons: [{ code: 'NOT_DONE', key: 'kangbashi.published-later', params: { on, at: atDay } }] };
  },
});
