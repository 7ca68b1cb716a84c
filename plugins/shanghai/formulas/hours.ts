import { exact, type Exact, formula, type FormulaContext, message, type Outcome, type Text } from '../../../src/plugin-kit.ts';

/** A length in minutes, or in class hours already. */
interface LengthFacts {
  readonly trainingMinutes?: Exact;
  readonly trainingClassHours?: Exact;
}
const LENGTH = ['trainingMinutes', 'trainingClassHours'] as const;

/** Class hours by exact division: 60 minutes of 45 are 4/3; undefined when neither is known. sh-2016-credit/2.1-hours */
export const classHoursOf = (minutes: Exact | undefined, classHours: Exact | undefined, minutesPerHour: Exact): Exact | undefined => classHours ?? minutes?.dividedBy(minutesPerHour);

/** Whether the class hours are a multiple of the block, at least one block. sh-2016-credit/2.1-hours */
export const isWholeBlocks = (hours: Exact, block: Exact): boolean => !hours.isZero() && hours.dividedBy(block).isInteger();

const overLength = (name: string, run: (hours: Exact, context: FormulaContext) => Outcome) =>
  formula<LengthFacts>({
    name,
    version: 1,
    facts: [],
    optional: LENGTH,
    run(given, context): Outcome {
      const hours = classHoursOf(given.trainingMinutes, given.trainingClassHours, context.exact('minutesPerHour'));
      return hours ? run(hours, context) : { verdict: 'UNDETERMINED', missing: LENGTH };
    },
  });

/** MET when the length could be that of a single course. */
export const fitsBlocks = overLength('shanghai-fits-blocks', (hours, context) => ({ verdict: isWholeBlocks(hours, context.exact('blockHours')) ? 'MET' : 'NOT_MET' }));

const worth = (hours: Exact, hoursPerCredit: Exact): Outcome['yields'] => [
  { name: 'classHours', value: hours.toString(), unit: 'classHour' },
  { name: 'credits', value: hours.dividedBy(hoursPerCredit).toString(), unit: 'credit' },
];

/** What are the class hours worth? Credits are hours / hoursPerCredit, exact and never rounded. sh-2016-credit/2.1-hours */
export const hoursToCredits = overLength('shanghai-hours-to-credits', (hours, context) => ({ verdict: 'MET', yields: worth(hours, context.exact('hoursPerCredit')) }));

/** Refuses a single course that is no multiple of the block and names the nearest ones. sh-2016-credit/2.1-hours */
export const refuseBlocks = overLength('shanghai-refuse-blocks', (hours, context) => {
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
});

interface Taught {
  readonly minutes?: Exact;
  readonly classHours?: Exact;
  readonly level?: string;
  readonly category?: string;
}
interface TeachingFacts {
  readonly taughtTraining: Taught;
  readonly districtTeachingHoursPerCredit: Exact | null;
}
type LabelOf = (value: string) => Text;

/**
 * What does teaching a training earn? The class hours taught at the rate of 2.1 (`minutesPerHour` and `hoursPerCredit` come
 * with the reading), or at the district's own; booked at level and category of the training. sh-2016-credit/2.5-teaching
 */
export const teachingToCredits = (labels: { level: LabelOf; category: LabelOf }) =>
  formula<TeachingFacts>({
    name: 'shanghai-teaching-to-credits',
    version: 1,
    facts: ['taughtTraining', 'districtTeachingHoursPerCredit'],
    run({ taughtTraining: { minutes, classHours, level, category }, districtTeachingHoursPerCredit }, { reading }): Outcome {
      const hours = classHoursOf(minutes, classHours, exact(reading['minutesPerHour'] as number));
      if (!hours) return { verdict: 'UNDETERMINED', missing: ['taughtTraining.minutes', 'taughtTraining.classHours'] };
      const unbooked = [...(level === undefined ? ['taughtTraining.level'] : []), ...(category === undefined ? ['taughtTraining.category'] : [])];
      const booking = level === undefined || category === undefined ? message('shanghai.booking-open', { missing: unbooked }) : message('shanghai.booked-at', { level: labels.level(level), category: labels.category(category) });
      return { verdict: 'MET', yields: worth(hours, districtTeachingHoursPerCredit ?? exact(reading['hoursPerCredit'] as number)), notes: [booking] };
    },
  });
