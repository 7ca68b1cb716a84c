import { Exact, formula, message, type Outcome, type Text, text } from '../../../src/plugin-kit.ts';

/** The five aspects in the order of the document. */
export const ASPECTS = {
  management: text('机构管理', 'management'),
  teachingEffect: text('教学效果', 'teaching effect'),
  routineWork: text('常规工作', 'routine work'),
  publicRating: text('公众评价', 'public rating'),
  publicBenefit: text('公益指数', 'public-benefit index'),
} as const satisfies Record<string, Text>;
export type Aspect = keyof typeof ASPECTS;
export const ASPECT_NAMES = Object.keys(ASPECTS) as readonly Aspect[];

type Amounts = { readonly [name in Aspect]?: Exact | null };
interface Threshold {
  readonly stars?: number;
  readonly score?: Exact;
}
export interface StarFacts {
  readonly rating: Amounts;
  readonly starMethod: { readonly numberOfStars?: number; readonly weights?: Amounts; readonly thresholds?: readonly Threshold[] };
}

const AUTHORITY = text('康巴什区教育体育局', 'Kangbashi District Education and Sports Bureau');
interface Lack {
  readonly path: string;
  readonly name: Text;
}
const leaveOpen = (code: 'SETTING_NOT_PUBLISHED' | 'MISSING_FACT', key: string, lacks: readonly Lack[]): Outcome => ({
  verdict: 'UNDETERMINED',
  reasons: [{ code, key, params: { authority: AUTHORITY, missing: lacks.map(({ name }) => name) } }],
  missing: [...new Set(lacks.map(({ path }) => path))],
});

/** What the published method leaves open: a weight, the number of stars, a star without its threshold. */
function gapsOf({ numberOfStars, weights = {}, thresholds = [] }: StarFacts['starMethod']): Lack[] {
  const gaps: Lack[] = ASPECT_NAMES.filter((name) => !weights[name]).map((name) => ({ path: `starMethod.weights.${name}`, name: text(`${ASPECTS[name].zh}的权重`, `the weight of ${ASPECTS[name].en}`) }));
  if (gaps.length === 0 && ASPECT_NAMES.every((name) => weights[name]?.isZero())) gaps.push({ path: 'starMethod.weights', name: text('大于零的权重', 'a weight above zero') });
  if (numberOfStars === undefined) return [...gaps, { path: 'starMethod.numberOfStars', name: text('星数', 'the number of stars') }];
  for (let stars = 1; stars <= numberOfStars; stars++) {
    if (!thresholds.some((line) => line.stars === stars && line.score)) gaps.push({ path: 'starMethod.thresholds', name: text(`${stars}星的分数线`, `the threshold of ${stars} stars`) });
  }
  return gaps;
}

/** Weighted mean of the five aspects: weights may be shares or per cent alike. */
function scoreOf(points: Amounts, weights: Amounts): Exact {
  let sum = Exact.zero;
  let whole = Exact.zero;
  for (const name of ASPECT_NAMES) {
    const share = weights[name] ?? Exact.zero;
    sum = sum.plus(share.times(points[name] ?? Exact.zero));
    whole = whole.plus(share);
  }
  return sum.dividedBy(whole);
}

/**
 * How many stars does a complete rating give? Points of five aspects and the published method in, score and stars out,
 * exact and never rounded; no threshold reached is 0 stars. A method that lacks a part is not published.
 * kb-2022-offcampus/3-stars
 */
export const starsOf = ({ rating, starMethod }: StarFacts): Outcome => {
  const unrated = ASPECT_NAMES.filter((name) => !rating[name]).map((name) => ({ path: `rating.${name}`, name: ASPECTS[name] }));
  if (unrated.length > 0) return leaveOpen('MISSING_FACT', 'kangbashi.aspect-missing', unrated);
  const gaps = gapsOf(starMethod);
  if (gaps.length > 0) return leaveOpen('SETTING_NOT_PUBLISHED', 'kangbashi.method-incomplete', gaps);
  const { numberOfStars = 0, weights = {}, thresholds = [] } = starMethod;
  const score = scoreOf(rating, weights);
  const reached = thresholds.filter((line) => line.score && score.isAtLeast(line.score) && (line.stars ?? 0) <= numberOfStars);
  const stars = reached.reduce((most, line) => Math.max(most, line.stars ?? 0), 0);
  return {
    verdict: 'MET',
    yields: [
      { name: 'stars', value: String(stars), unit: 'star' },
      { name: 'score', value: score.toString(), unit: 'point' },
    ],
    notes: [
      message('kangbashi.method-used', {
        score: score.toString(),
        stars: numberOfStars,
        weights: ASPECT_NAMES.map((name) => text(`${ASPECTS[name].zh}${weights[name]}`, `${ASPECTS[name].en} ${weights[name]}`)),
        thresholds: thresholds.map((line) => text(`${line.stars}星${line.score}`, `${line.stars} from ${line.score}`)),
      }),
    ],
  };
};

export const starRating = formula<StarFacts>({ name: 'kangbashi/star-rating', version: 1, facts: ['rating', 'starMethod'], run: starsOf });
