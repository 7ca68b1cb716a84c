import { Exact, exact, formula, message, type Outcome, text } from '../../../src/plugin-kit.ts';

interface Counts {
  readonly registeredCount?: number;
  readonly certifiedCount?: number;
}
const HUNDREDTHS = exact(10_000);

/** A share as a percentage with two decimals, half up: 57/143 is 39.86. */
export function asPercentage(share: Exact): string {
  const hundredths = share.times(HUNDREDTHS).plus(exact('1/2')).floor();
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * How many were not certified, and what share was? From the two numbers given, or from those of the report when neither
 * is. More certified than registered is refused; of nobody registered there is no rate. sh-2023-offcampus/1-figures
 */
export const certificationFigures = formula<Counts>({
  name: 'shanghai-certification-figures',
  version: 1,
  facts: [],
  optional: ['registeredCount', 'certifiedCount'],
  run(given, context): Outcome {
    const isReported = given.registeredCount === undefined && given.certifiedCount === undefined;
    const registered = isReported ? context.exact('registered') : numberOf(given.registeredCount);
    const certified = isReported ? context.exact('certified') : numberOf(given.certifiedCount);
    if (!registered || !certified) return { verdict: 'UNDETERMINED', missing: [registered ? 'certifiedCount' : 'registeredCount'] };
    if (registered.isLessThan(certified)) return { verdict: 'NOT_MET', reasons: [{ code: 'REFUSED', key: 'shanghai.more-certified-than-registered', params: { registered: registered.toString(), certified: certified.toString() } }] };
    if (registered.isZero()) return { verdict: 'NOT_MET', reasons: [{ code: 'REFUSED', key: 'shanghai.nobody-registered' }] };
    const rate = certified.dividedBy(registered);
    return {
      verdict: 'MET',
      yields: [
        { name: 'notCertified', value: registered.minus(certified).toString(), unit: 'person' },
        { name: 'rate', value: rate.toString(), unit: 'share' },
        { name: 'ratePercent', value: asPercentage(rate), unit: 'percent' },
      ],
      notes: isReported ? [message('shanghai.figures-of-the-report')] : [],
    };
  },
});
const numberOf = (value: number | undefined): Exact | undefined => (value === undefined ? undefined : exact(value));

/**
 * Whether hours are asked about: some were given, or the question is the one about hours, for which no default stands in.
 * sh-2023-offcampus/2-continuing-education
 */
export const asksAboutHours = formula<{ readonly continuingEducationHours?: Exact | null }>({
  name: 'shanghai-asks-about-hours',
  version: 1,
  facts: [],
  optional: ['continuingEducationHours'],
  run: ({ continuingEducationHours }): Outcome => ({ verdict: continuingEducationHours === null ? 'NOT_MET' : 'MET' }),
});

interface BlacklistFacts {
  readonly blacklistEntry?: { readonly seriousFindingVerified?: boolean; readonly evidenceKept?: boolean; readonly personNotified?: boolean };
  readonly employmentQuestion?: object;
}

/** Which of the two questions is asked: whether one may be listed, what a listing means for employment, or both. */
const asks = (name: keyof BlacklistFacts) =>
  formula<BlacklistFacts>({
    name: `shanghai-asks-${name}`,
    version: 1,
    facts: [],
    optional: ['blacklistEntry', 'employmentQuestion'],
    run: (known): Outcome => ({ verdict: known[name] === undefined ? 'NOT_MET' : 'MET' }),
  });
export const asksAboutEntry = asks('blacklistEntry');
export const asksAboutEmployment = asks('employmentQuestion');

/** Neither question can be answered from nothing: both facts are named. sh-2023-offcampus/3-blacklist */
export const nothingAsked = formula<Record<never, never>>({
  name: 'shanghai-blacklist-nothing-asked',
  version: 1,
  facts: [],
  run: (): Outcome => ({ verdict: 'UNDETERMINED', missing: ['blacklistEntry', 'employmentQuestion'] }),
});

/** What an authority has published stands in the answer as it is. sh-2023-offcampus/3-blacklist */
export const asPublished = (fact: 'blacklistDuration' | 'blacklistAppeal') =>
  formula<Record<typeof fact, string>>({
    name: `shanghai-published-${fact}`,
    version: 1,
    facts: [fact],
    run: (known): Outcome => ({ verdict: 'MET', notes: [message('shanghai.as-published', { what: fact === 'blacklistDuration' ? text('列入期限', 'duration of an entry') : text('申诉办法', 'way to appeal'), published: known[fact] })] }),
  });
