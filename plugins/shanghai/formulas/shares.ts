import { Exact, exact, formula, type FormulaContext, type Outcome, type ParamValue, type Text, text } from '../../../src/plugin-kit.ts';

/** How much training lies at each level; what is undefined nobody said. */
interface Volumes {
  readonly municipal?: Exact;
  readonly district?: Exact;
  readonly school?: Exact;
}
interface ShareFacts {
  readonly trainingByLevel: Volumes | null;
}
type Level = keyof Volumes;
const LEVELS = ['municipal', 'district', 'school'] as const;
const LABELS: Readonly<Record<string, Text>> = {
  municipal: text('市级课程比例', 'municipal share'),
  district: text('区级(集团)课程比例', 'district or group share'),
  school: text('校本研修比例', 'school-based share'),
  external: text('市级与区级(集团)合计比例', 'municipal plus district or group share'),
};

interface Range {
  readonly low: Exact;
  readonly high: Exact;
}
const rangeOf = (value: ParamValue): Range => {
  const [low, high] = Array.isArray(value) ? (value as readonly (string | number)[]) : [value as string | number, value as string | number];
  return { low: exact(low ?? 0), high: exact(high ?? 0) };
};

/** Shares of the whole: which levels go together, and the range in which their share lies on the guideline. */
interface Wanted {
  readonly name: string;
  readonly of: readonly Level[];
  readonly range: Range;
}
const wantedOrdinary = (context: FormulaContext): Wanted[] => LEVELS.map((name) => ({ name, of: [name], range: rangeOf(context.param(name)) }));
const wantedVocational = (context: FormulaContext): Wanted[] => [
  { name: 'external', of: ['municipal', 'district'], range: rangeOf(context.param('vocationalExternal')) },
  { name: 'school', of: ['school'], range: rangeOf(context.param('vocationalSchool')) },
];

/**
 * Are the shares on the guideline? Every share lies in its range, ends included, compared as exact fractions of the whole.
 * A volume that nobody gave leaves a share open unless what is known already puts it out of its range.
 * sh-2016-opinion/1-shares
 */
const sharesBy = (name: string, wanted: (context: FormulaContext) => Wanted[]) =>
  formula<ShareFacts>({
    name,
    version: 1,
    facts: ['trainingByLevel'],
    run({ trainingByLevel }, context): Outcome {
      const volumes = trainingByLevel ?? {};
      const missing = LEVELS.filter((level) => volumes[level] === undefined);
      const whole = LEVELS.reduce((sum, level) => sum.plus(volumes[level] ?? Exact.zero), Exact.zero);
      if (whole.isZero() && missing.length === 0) return { verdict: 'NOT_MET', reasons: [{ code: 'REFUSED', key: 'shanghai.no-training-to-share', params: {} }] };
      const parts = Object.fromEntries(wanted(context).map((item) => [item.name, judge(item, volumes, whole, missing)]));
      const outcomes = Object.values(parts);
      const verdict = (['NOT_MET', 'UNDETERMINED', 'MET'] as const).find((found) => outcomes.some((outcome) => outcome.verdict === found)) ?? 'MET';
      return { verdict, parts, reasons: verdict === 'NOT_MET' ? outcomes.flatMap(({ reasons }) => reasons ?? []) : [], missing: verdict === 'UNDETERMINED' ? missing.map((level) => `trainingByLevel.${level}`) : [] };
    },
  });

export const ordinaryShares = sharesBy('shanghai-shares-ordinary', wantedOrdinary);
export const vocationalShares = sharesBy('shanghai-shares-vocational', wantedVocational);

function judge({ name, of, range }: Wanted, volumes: Volumes, whole: Exact, missing: readonly Level[]): Outcome & { label: Text } {
  const label = LABELS[name] ?? text(name, name);
  const held = of.reduce((sum, level) => sum.plus(volumes[level] ?? Exact.zero), Exact.zero);
  const { low, high } = reach(held, whole, of, missing);
  const shown = range.low.equals(range.high) ? range.low.toString() : `${range.low}–${range.high}`;
  const isKnown = missing.length === 0;
  const common = { label, unit: 'share', ...(isKnown ? { actual: low, required: low.isLessThan(range.low) || range.low.equals(range.high) ? range.low : range.high.isLessThan(low) ? range.high : range.low } : {}) };
  if (high.isLessThan(range.low)) return { ...common, verdict: 'NOT_MET', reasons: [{ code: 'SHORT', key: 'shanghai.share-below', params: { share: label, found: high.toString(), range: shown } }], ...(isKnown ? { shortfall: range.low.minus(low) } : {}) };
  if (range.high.isLessThan(low)) return { ...common, verdict: 'NOT_MET', reasons: [{ code: 'OVER_LIMIT', key: 'shanghai.share-above', params: { share: label, found: low.toString(), range: shown } }] };
  const isInside = low.isAtLeast(range.low) && range.high.isAtLeast(high);
  return isInside ? { ...common, verdict: 'MET', ...(isKnown ? { shortfall: Exact.zero } : {}) } : { ...common, verdict: 'UNDETERMINED', missing: missing.map((level) => `trainingByLevel.${level}`) };
}

/** Between which shares a level can still come to lie: its own missing volume lifts it, that of others presses it. */
function reach(held: Exact, whole: Exact, of: readonly Level[], missing: readonly Level[]): Range {
  const share = whole.isZero() ? null : held.dividedBy(whole);
  const others = missing.some((level) => !of.includes(level));
  const own = missing.some((level) => of.includes(level));
  return { low: others || share === null ? Exact.zero : share, high: own ? exact(1) : (share ?? Exact.zero) };
}
