import { type Check, type CivilDay, type Exact, exact, formula, type FormulaContext, isAfter, type MessageParam, type Outcome, smaller, text, type Text } from '../../../src/plugin-kit.ts';
import { DISTRICT_GROUNDS, TRAINING_OF } from '../facts/offsets.ts';
import { CATEGORIES, IT_COURSES, LEVEL_NAMES } from '../ledgers/coordinates.ts';

/** A single offset as it is asked about; absent fields are not concerned. */
export interface MoveFact {
  readonly fromLevel?: string;
  readonly toLevel?: string;
  readonly fromCategory?: string;
  readonly toCategory?: string;
  readonly fromTraining?: string;
  readonly toTraining?: string;
  readonly organiser?: string;
  readonly degree?: { readonly certificate?: boolean; readonly higherThanHeld?: boolean } | null;
  readonly onStudyLeave?: boolean;
  readonly amount?: Exact;
  readonly heldInFrom?: Exact;
  readonly neededInFrom?: Exact;
}

const MET: Outcome = { verdict: 'MET' };
const NOT_MET: Outcome = { verdict: 'NOT_MET' };
const UNIT = 'credit';

/** A condition on the move that is known as soon as the move is: a field that is not there does not match. */
export const moveIs = (name: string, holds: (move: MoveFact) => boolean): Check =>
  formula<{ move: MoveFact | null }>({ name: `move-${name}`, version: 1, facts: ['move'], run: ({ move }) => (move && holds(move) ? MET : NOT_MET) });

/** The category stays unless another is named. */
export const changesCategory = ({ fromCategory, toCategory }: MoveFact): boolean => toCategory !== undefined && fromCategory !== undefined && fromCategory !== toCategory;
export const changesTraining = ({ fromTraining, toTraining }: MoveFact): boolean => fromTraining !== undefined && toTraining !== undefined && fromTraining !== toTraining;

const refused = (key: string, params: Readonly<Record<string, MessageParam>>): Outcome => ({ verdict: 'NOT_MET', reasons: [{ code: 'REFUSED', key: `shanghai.${key}`, params }] });

/** Answers with a refusal of its own words when the condition fails. */
export const allowedIf = (name: string, key: string, facts: readonly string[], isAllowed: (move: MoveFact) => boolean): Check =>
  formula<{ move: MoveFact }>({
    name: `offset-${name}`,
    version: 1,
    facts: ['move', ...facts] as readonly 'move'[],
    run: ({ move }) => (isAllowed(move) ? MET : refused(key, { from: named(move.fromLevel, move.fromCategory, move.fromTraining), to: named(move.toLevel, move.toCategory ?? move.fromCategory, move.toTraining) })),
  });

/** A cell in words; what is not said of it is left out. */
function named(level?: string, category?: string, training?: string): Text {
  const parts = [LEVEL_NAMES[level ?? ''], CATEGORIES[category ?? ''], TRAINING_OF[training ?? '']].filter((item) => item !== undefined);
  return text(parts.map(({ zh }) => zh).join('·'), parts.map(({ en }) => en).join(', '));
}

/** Which rule says what a cell needs itself; a cell that no rule asks for needs nothing. */
const NEEDED_BY: Readonly<Record<string, string>> = {
  'municipal/ethicsLiteracy': 'sh-2016-credit/1.1-municipal-ethics',
  'municipal/knowledgeSkills': 'sh-2016-credit/1.1-municipal-knowledge',
};

const neededBy = ({ fromLevel, fromCategory, neededInFrom }: MoveFact, context: FormulaContext): Exact => {
  if (neededInFrom) return neededInFrom;
  const rule = NEEDED_BY[`${fromLevel}/${fromCategory}`];
  return rule ? context.exact('credits', rule) : exact(0);
};

/**
 * How much of the amount may move: what its own cell needs, its required course included, stays. More is refused as a
 * whole and the credit stays (sh-2016-credit/3.2-levels). Yields what is granted.
 */
export const onlySurplus = (facts: readonly string[]): Check =>
  formula<{ move: MoveFact }>({
    name: 'offset-surplus',
    version: 1,
    facts: ['move', 'move.amount', ...facts] as readonly 'move'[],
    run({ move }, context) {
      const { amount = exact(0), heldInFrom } = move;
      return heldInFrom ? measured(amount, heldInFrom, neededBy(move, context)) : granted(amount);
    },
  });

function measured(amount: Exact, held: Exact, needed: Exact): Outcome {
  const rest = held.minus(needed);
  const surplus = rest.isNegative() ? exact(0) : rest;
  if (surplus.isAtLeast(amount)) return { ...granted(amount), required: surplus, actual: amount, unit: UNIT };
  return {
    verdict: 'NOT_MET',
    reasons: [{ code: 'OVER_LIMIT', key: 'shanghai.offset-over-surplus', params: { amount: amount.toString(), surplus: surplus.toString(), held: held.toString(), needed: needed.toString() } }],
    required: surplus,
    actual: amount,
    shortfall: amount.minus(surplus),
    unit: UNIT,
    yields: [{ name: 'granted', value: '0', unit: UNIT }, { name: 'surplus', value: surplus.toString(), unit: UNIT }],
  };
}

const granted = (amount: Exact): Outcome => ({ verdict: 'MET', yields: [{ name: 'granted', value: amount.toString(), unit: UNIT }] });

/** Grants all of the amount that is asked about, as far as it is held. */
export const grantsAmount: Check = formula<{ move: MoveFact }>({
  name: 'offset-amount',
  version: 2,
  facts: ['move'],
  run: ({ move: { amount, heldInFrom, neededInFrom } }) => (!amount ? MET : heldInFrom ? measured(amount, heldInFrom, neededInFrom ?? exact(0)) : granted(amount)),
});

interface ItClaim {
  readonly course: string;
  readonly credits: Exact;
  readonly level?: string;
  readonly category?: string;
}

/** Whether the claim is for the cell of its course; what it does not say is that cell (sh-2016-credit/3.5-it). */
export const claimsOwnCell: Check = formula<{ itClaim: ItClaim; 'itClaim.course': string }>({
  name: 'offset-it-cell',
  version: 1,
  facts: ['itClaim', 'itClaim.course'],
  run({ itClaim: { course, level, category } }, context) {
    const [ownLevel = '', ownCategory = ''] = String(context.reading[course]).split('/');
    if ((level ?? ownLevel) === ownLevel && (category ?? ownCategory) === ownCategory) return MET;
    return refused('offset-it-other-cell', { course: IT_COURSES[course] ?? course, claimed: named(level ?? ownLevel, category ?? ownCategory), own: named(ownLevel, ownCategory) });
  },
});

/** Grants a claim up to the amount of its course and refuses the rest (sh-2016-credit/3.5-it). */
export const grantedUpTo: Check = formula<{ itClaim: ItClaim; 'itClaim.course': string; 'itClaim.credits': Exact }>({
  name: 'offset-it-course',
  version: 1,
  facts: ['itClaim', 'itClaim.course', 'itClaim.credits'],
  run({ itClaim: { course, credits } }, context) {
    const most = context.exact(course);
    const grantedCredits = smaller(credits, most);
    const yields = [{ name: 'granted', value: grantedCredits.toString(), unit: UNIT }];
    const figures = { required: most, actual: credits, unit: UNIT };
    if (most.isAtLeast(credits)) return { verdict: 'MET', ...figures, yields };
    const rest = credits.minus(most);
    return {
      verdict: 'NOT_MET',
      reasons: [{ code: 'OVER_LIMIT', key: 'shanghai.offset-it-rest-refused', params: { claimed: credits.toString(), granted: most.toString(), rest: rest.toString() } }],
      ...figures,
      shortfall: rest,
      yields: [...yields, { name: 'refused', value: rest.toString(), unit: UNIT }],
    };
  },
});

interface DistrictRule {
  readonly ground?: string;
  readonly filedOn?: CivilDay | null;
}

/**
 * Whether a district's rule for offsets is within the grounds that the city lists and was filed by the day asked about;
 * of several for the ground asked about one is enough (sh-2016-credit/3.6-district).
 */
export const filedByDistrict: Check = formula<{ districtOffsets: readonly DistrictRule[] | null; districtOffsetGround: string | null }>({
  name: 'offset-district-rule',
  version: 1,
  facts: ['districtOffsets', 'districtOffsetGround'],
  run({ districtOffsets, districtOffsetGround: asked }, { atDay, reading }) {
    const listed = reading['grounds'] as readonly string[];
    if (asked !== null && !listed.includes(asked)) return refused('offset-district-ground', { ground: groundName(asked) });
    const rules = (districtOffsets ?? []).filter(({ ground }) => asked === null || ground === asked);
    const outside = rules.find(({ ground }) => ground === undefined || !listed.includes(ground));
    if (outside) return refused('offset-district-ground', { ground: groundName(outside.ground) });
    if (rules.length === 0) return refused('offset-district-none', {});
    const judged = rules.map(({ filedOn }) => filing(filedOn ?? null, atDay));
    if (asked !== null) return judged.find(({ verdict }) => verdict === 'MET') ?? judged[0] ?? MET;
    return judged.find(({ verdict }) => verdict !== 'MET') ?? MET;
  },
});

const groundName = (ground: string | undefined): Text => DISTRICT_GROUNDS[ground ?? ''] ?? text('未写明', 'not named');

function filing(filedOn: CivilDay | null, atDay: CivilDay): Outcome {
  if (filedOn === null) return { verdict: 'NOT_MET', reasons: [{ code: 'NOT_DONE', key: 'shanghai.offset-district-not-filed' }] };
  if (isAfter(filedOn, atDay)) return { verdict: 'NOT_MET', reasons: [{ code: 'NOT_YET_OPEN', key: 'shanghai.offset-district-not-yet', params: { filedOn } }] };
  return MET;
}
