import { type CivilDay, compareDays, formula, message, type Outcome, type Text } from '../../../src/plugin-kit.ts';

type PublishedOn = 'courseGuidePublishedOn' | 'monitoringReportPublishedOn';

/**
 * Was it published by the day asked about? null is not published; a later day is not yet.
 * sh-2016-opinion/13-guide, sh-2016-credit/5.4-monitoring
 */
export const isPublished = (fact: PublishedOn, what: Text) =>
  formula<Record<typeof fact, CivilDay | null>>({
    name: `shanghai-${fact}`,
    version: 1,
    facts: [fact],
    run(known, context): Outcome {
      const on = known[fact];
      const notDone = (key: string, params: Readonly<Record<string, string | Text>>): Outcome => ({ verdict: 'NOT_MET', reasons: [{ code: 'NOT_DONE', key, params }] });
      if (on === null) return notDone('shanghai.not-published', { what });
      if (compareDays(on, context.atDay) > 0) return notDone('shanghai.not-yet-published', { what, on, at: context.atDay });
      return { verdict: 'MET', notes: [message('shanghai.published-on', { what, on })] };
    },
  });
