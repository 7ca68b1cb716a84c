import { Exact, exact, type FactRecord, formula, type FormulaContext, type Outcome, type Text, text } from '../../../src/plugin-kit.ts';

/** One occasion of a practice series; what is undefined nobody said. */
interface Occasion {
  readonly path: string;
  readonly minutes: Exact | undefined;
  readonly lecture: boolean | undefined;
}
/** Occasions of one series within one semester: what is judged by itself. */
interface Series {
  readonly label: Text;
  /** How many are long enough. */
  readonly enough: Bounds;
  /** The share of lectures. */
  readonly lectures: Bounds;
}
/** Between two ends (undefined: any number), and what nobody gave where they differ. */
interface Bounds {
  readonly low: Exact;
  readonly high: Exact | undefined;
  readonly missing: readonly string[];
}
interface PracticeFacts {
  readonly practiceSeries: readonly FactRecord[] | null;
}

const ONE = exact(1);
const count = (items: readonly unknown[]): Exact => exact(items.length);
const sum = (items: readonly Exact[]): Exact => items.reduce((total, item) => total.plus(item), Exact.zero);
const shareOf = (part: Exact, whole: Exact): Exact => (whole.isZero() ? Exact.zero : part.dividedBy(whole));

/**
 * Do the series give their credit? Each is judged by itself within its semester: enough occasions that are long enough,
 * and a share of lectures that is not too large; each that passes gives exactly the same credit, however long it is.
 * sh-2016-credit/2.2-practice
 */
export const practiceToCredits = formula<PracticeFacts>({
  name: 'shanghai-practice-to-credits',
  version: 1,
  facts: ['practiceSeries'],
  run({ practiceSeries }, context): Outcome {
    const all = (practiceSeries ?? []).flatMap((item, index) => seriesOf(item, index, context));
    const [only, ...others] = all;
    if (!only) return nothing(context);
    const outcomes = all.map((series) => judge(series, context));
    const credits = context.exact('credits').times(count(outcomes.filter(({ verdict }) => verdict === 'MET')));
    const yields = outcomes.some(({ verdict }) => verdict === 'UNDETERMINED') ? [] : [{ name: 'credits', value: credits.toString(), unit: 'credit' }];
    const [first] = outcomes;
    if (others.length === 0 && first) return { ...first, yields };
    return {
      verdict: verdictOf(outcomes),
      reasons: outcomes.flatMap(({ verdict, reasons }) => (verdict === verdictOf(outcomes) ? (reasons ?? []) : [])),
      missing: verdictOf(outcomes) === 'UNDETERMINED' ? outcomes.flatMap(({ missing }) => missing ?? []) : [],
      yields,
      parts: Object.fromEntries(outcomes.map((outcome, index) => [`series${index + 1}`, { ...outcome, label: all[index]?.label ?? text('系列', 'series') }])),
    };
  },
});

const nothing = (context: FormulaContext): Outcome => ({
  verdict: 'NOT_MET',
  reasons: [{ code: 'SHORT', key: 'shanghai.no-practice-series', params: { required: context.exact('occasions').toString() } }],
  required: context.exact('occasions'),
  actual: Exact.zero,
  shortfall: context.exact('occasions'),
  unit: 'occasion',
  yields: [{ name: 'credits', value: '0', unit: 'credit' }],
});

const verdictOf = (outcomes: readonly Outcome[]): Outcome['verdict'] => (['NOT_MET', 'UNDETERMINED', 'MET'] as const).find((verdict) => outcomes.some((outcome) => outcome.verdict === verdict)) ?? 'NOT_APPLICABLE';

// ---- Reading what was given ------------------------------------------------------------------------------------------

/** A record gives its occasions one by one (those of two semesters fall apart into two series) or their numbers. */
function seriesOf(item: FactRecord, index: number, context: FormulaContext): Series[] {
  const path = `practiceSeries[${index}]`;
  const semester = typeof item['semester'] === 'string' ? item['semester'] : '';
  if (!Array.isArray(item['occasions'])) return [byNumbers(item, path, semester, index, context)];
  const groups = new Map<string, Occasion[]>();
  (item['occasions'] as readonly FactRecord[]).forEach((occasion, position) => {
    const name = typeof occasion['semester'] === 'string' ? occasion['semester'] : semester;
    const read: Occasion = { path: `${path}.occasions[${position}]`, minutes: occasion['minutes'] as Exact | undefined, lecture: occasion['lecture'] as boolean | undefined };
    groups.set(name, [...(groups.get(name) ?? []), read]);
  });
  if (groups.size === 0) groups.set(semester, []);
  return [...groups].map(([name, occasions]) => oneByOne(occasions, labelOf(name, index), context));
}

const labelOf = (semester: string, index: number): Text => text(`第${index + 1}个系列${semester ? `(${semester})` : ''}`, `series ${index + 1}${semester ? ` (${semester})` : ''}`);
const leastMinutes = (context: FormulaContext): Exact => context.exact('hoursEach').times(context.exact('minutesPerHour'));

function oneByOne(occasions: readonly Occasion[], label: Text, context: FormulaContext): Series {
  const least = leastMinutes(context);
  const timed = occasions.filter(({ minutes }) => minutes !== undefined);
  const long = timed.filter(({ minutes }) => minutes?.isAtLeast(least));
  const untimed = occasions.filter(({ minutes }) => minutes === undefined);
  return {
    label,
    enough: { low: count(long), high: count(long).plus(count(untimed)), missing: untimed.map((occasion) => `${occasion.path}.minutes`) },
    lectures: context.reading['lectureShareBy'] === 'hours' ? shareByHours(occasions) : shareByOccasions(occasions),
  };
}

const unmarked = (occasions: readonly Occasion[]): string[] => occasions.filter(({ lecture }) => lecture === undefined).map(({ path }) => `${path}.lecture`);

function shareByOccasions(occasions: readonly Occasion[]): Bounds {
  const missing = unmarked(occasions);
  const lectures = count(occasions.filter(({ lecture }) => lecture));
  return { low: shareOf(lectures, count(occasions)), high: shareOf(lectures.plus(count(missing)), count(occasions)), missing };
}

/** Minutes that nobody gave may be any: of a lecture they can lift the share to the whole, of another occasion press it to nothing. */
function shareByHours(occasions: readonly Occasion[]): Bounds {
  const minutesOf = (wanted: (lecture: boolean | undefined) => boolean): Exact => sum(occasions.filter(({ lecture }) => wanted(lecture)).map(({ minutes }) => minutes ?? Exact.zero));
  const isOpen = (wanted: (lecture: boolean | undefined) => boolean): boolean => occasions.some(({ lecture, minutes }) => wanted(lecture) && minutes === undefined);
  const whole = minutesOf(() => true);
  const untimed = occasions.filter(({ minutes }) => minutes === undefined).map(({ path }) => `${path}.minutes`);
  return {
    low: isOpen((lecture) => lecture !== true) ? Exact.zero : shareOf(minutesOf((lecture) => lecture === true), whole),
    high: isOpen((lecture) => lecture !== false) ? ONE : shareOf(minutesOf((lecture) => lecture !== false), whole),
    missing: [...unmarked(occasions), ...untimed],
  };
}

/** Numbers alone: every occasion lasts `minutesEach`, so the two ways of measuring the lectures agree. */
function byNumbers(item: FactRecord, path: string, semester: string, index: number, context: FormulaContext): Series {
  const size = integer(item['occasionCount']);
  const minutes = item['minutesEach'] as Exact | undefined;
  const lectures = integer(item['lectureCount']);
  if (!size && !minutes && !lectures) return withoutOccasions(labelOf(semester, index), path);
  const isLong = minutes?.isAtLeast(leastMinutes(context));
  const sizeMissing = size ? [] : [`${path}.occasionCount`];
  const enough: Bounds = {
    low: isLong && size ? size : Exact.zero,
    high: isLong === false ? Exact.zero : size,
    missing: [...sizeMissing, ...(minutes ? [] : [`${path}.minutesEach`])],
  };
  const isNone = lectures?.isZero();
  const share: Bounds = {
    low: lectures && size ? shareOf(lectures, size) : Exact.zero,
    high: isNone ? Exact.zero : lectures && size ? shareOf(lectures, size) : ONE,
    missing: [...(isNone ? [] : sizeMissing), ...(lectures ? [] : [`${path}.lectureCount`])],
  };
  return { label: labelOf(semester, index), enough, lectures: share };
}
function withoutOccasions(label: Text, path: string): Series {
  const missing = [`${path}.occasions`];
  return { label, enough: { low: Exact.zero, high: undefined, missing }, lectures: { low: Exact.zero, high: ONE, missing } };
}
const integer = (value: unknown): Exact | undefined => (typeof value === 'number' ? exact(value) : undefined);

// ---- Judging ---------------------------------------------------------------------------------------------------------

function judge(series: Series, context: FormulaContext): Outcome & { label: Text } {
  const occasions = judgeOccasions(series.enough, context.exact('occasions'));
  const lectures = judgeLectures(series.lectures, context.exact('lectureShare'));
  const both = [occasions, lectures];
  const verdict = verdictOf(both);
  const { required, actual, shortfall, unit } = occasions;
  return {
    label: series.label,
    verdict,
    reasons: both.flatMap((outcome) => (outcome.verdict === verdict ? (outcome.reasons ?? []) : [])),
    missing: verdict === 'UNDETERMINED' ? [...new Set(both.flatMap(({ missing }) => missing ?? []))] : [],
    required,
    actual,
    shortfall,
    unit,
    parts: { occasions, lectures },
  };
}

function judgeOccasions({ low, high, missing }: Bounds, required: Exact): Outcome & { label: Text } {
  const common = { label: text('够时长的次数', 'occasions that are long enough'), required, unit: 'occasion' };
  const isKnown = high !== undefined && low.equals(high);
  if (low.isAtLeast(required)) return { ...common, verdict: 'MET', ...(isKnown ? { actual: low } : {}), shortfall: Exact.zero };
  if (!high || high.isAtLeast(required)) return { ...common, verdict: 'UNDETERMINED', missing };
  const shortfall = required.minus(high);
  return {
    ...common,
    verdict: 'NOT_MET',
    reasons: [{ code: 'SHORT', key: 'shanghai.practice-too-few', params: { required: required.toString(), actual: high.toString(), shortfall: shortfall.toString() } }],
    ...(isKnown ? { actual: low, shortfall } : {}),
  };
}

function judgeLectures({ low, high, missing }: Bounds, limit: Exact): Outcome & { label: Text } {
  const common = { label: text('讲座所占比例', 'share of lectures'), required: limit, unit: 'share' };
  const isKnown = high !== undefined && low.equals(high);
  const actual = isKnown ? { actual: low } : {};
  if (high && limit.isAtLeast(high)) return { ...common, ...actual, verdict: 'MET' };
  if (limit.isAtLeast(low)) return { ...common, verdict: 'UNDETERMINED', missing };
  return { ...common, ...actual, verdict: 'NOT_MET', reasons: [{ code: 'OVER_LIMIT', key: 'shanghai.practice-lectures', params: { limit: limit.toString(), found: low.toString() } }] };
}
