import { exact, type Exact, formula, type FormulaContext, message, type Outcome } from '../../../src/plugin-kit.ts';

/** How a length is given: in minutes, or in class hours already. */
export type LengthUnit = 'minute' | 'classHour';
interface LengthFacts {
  readonly 'trainingLength.amount': Exact;
  readonly 'trainingLength.unit': LengthUnit;
}
const LENGTH = ['trainingLength.amount', 'trainingLength.unit'] as const;

/** Class hours by exact division: 60 minutes of 45 are 4/3. sh-2016-credit/2.1-hours */
export const classHoursOf = (length: Exact, unit: LengthUnit, minutesPerHour: Exact): Exact => (unit === 'minute' ? length.dividedBy(minutesPerHour) : length);

const hoursOf = (facts: LengthFacts, context: FormulaContext): Exact => classHoursOf(facts['trainingLength.amount'], facts['trainingLength.unit'], context.exact('minutesPerHour'));

/** Whether the class hours are a multiple of the block, at least one block. sh-2016-credit/2.1-hours */
export const isWholeBlocks = (hours: Exact, block: Exact): boolean => !hours.isZero() && hours.dividedBy(block).isInteger();

/** MET when the length could be that of a single course. */
export const fitsBlocks = formula<LengthFacts>({
  name: 'shanghai-fits-blocks',
  version: 1,
  facts: LENGTH,
  run: (facts, context): Outcome => ({ verdict: isWholeBlocks(hoursOf(facts, context), context.exact('blockHours')) ? 'MET' : 'NOT_MET' }),
});

/** What are the class hours worth? Credits are hours / hoursPerCredit, exact and never rounded. sh-2016-credit/2.1-hours */
export const hoursToCredits = formula<LengthFacts>({
  name: 'shanghai-hours-to-credits',
  version: 1,
  facts: LENGTH,
  run(facts, context): Outcome {
    const hours = hoursOf(facts, context);
    return {
      verdict: 'MET',
      yields: [
        { name: 'classHours', value: hours.toString(), unit: 'classHour' },
        { name: 'credits', value: hours.dividedBy(context.exact('hoursPerCredit')).toString(), unit: 'credit' },
      ],
    };
  },
});

/** Refuses a single course that is no multiple of the block and names the nearest ones. sh-2016-credit/2.1-hours */
export const refuseBlocks = formula<LengthFacts>({
  name: 'shanghai-refuse-blocks',
  version: 1,
  facts: LENGTH,
  run(facts, context): Outcome {
    const hours = hoursOf(facts, context);
    const block = context.exact('blockHours');
    const blocksBelow = hours.dividedBy(block).floor();
    const above = block.times(exact(blocksBelow + 1n)).toString();
    const below = block.times(exact(blocksBelow)).toString();
    const nearest = blocksBelow === 0n ? [{ name: 'nearestBlock', value: above }] : [{ name: 'nearestBlockBelow', value: below }, { name: 'nearestBlockAbove', value: above }];
    return {
      verdict: 'NOT_MET',
      reasons: [{ code: 'REFUSED', key: 'shanghai.not-whole-blocks', params: { hours: hours.toString(), block: block.toString(), nearest: nearest.map(({ value }) => value) } }],
      yields: nearest.map((item) => ({ ...item, unit: 'classHour' })),
    };
  },
});

interface TeachingFacts {
  readonly 'taughtTraining.amount': Exact;
  readonly 'taughtTraining.unit': LengthUnit;
  readonly 'taughtTraining.level': string;
  readonly 'taughtTraining.category': string;
  readonly districtTeachingHoursPerCredit: Exact | null;
}

/**
 * What does teaching a training earn? The class hours taught at the rate of 2.1 (`minutesPerHour` and `hoursPerCredit` come
 * with the reading), or at the district's own; booked at level and category of the training. sh-2016-credit/2.5-teaching
 */
export const teachingToCredits = (labels: { level: LabelOf; category: LabelOf }) =>
  formula<TeachingFacts>({
    name: 'shanghai-teaching-to-credits',
    version: 1,
    facts: ['taughtTraining.amount', 'taughtTraining.unit', 'taughtTraining.level', 'taughtTraining.category', 'districtTeachingHoursPerCredit'],
    run(facts, { reading }): Outcome {
      const hours = classHoursOf(facts['taughtTraining.amount'], facts['taughtTraining.unit'], exact(reading['minutesPerHour'] as number));
      const rate = facts.districtTeachingHoursPerCredit ?? exact(reading['hoursPerCredit'] as number);
      return {
        verdict: 'MET',
        yields: [
          { name: 'classHours', value: hours.toString(), unit: 'classHour' },
          { name: 'credits', value: hours.dividedBy(rate).toString(), unit: 'credit' },
        ],
        notes: [message('shanghai.booked-at', { level: labels.level(facts['taughtTraining.level']), category: labels.category(facts['taughtTraining.category']) })],
      };
    },
  });
type LabelOf = (value: string) => import('../../../src/plugin-kit.ts').Text;
