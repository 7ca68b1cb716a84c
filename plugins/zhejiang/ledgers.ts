import { type LedgerSpec, text } from '../../src/plugin-kit.ts';
import { CYCLE_YEARS } from './rules/credits.ts';
import { placeEntry } from './formulas/place-entry.ts';

const YES_OR_NO = { yes: text('是', 'yes'), no: text('否', 'no') };

/**
 * Credits of a five-year cycle whose first day is a fact, and two trainings beside it that are bound to no cycle. What a
 * new principal earned on a day of the cycle also counts in it, up to the share that zj-2016-71/2-new-principal states.
 */
export const ledgers: readonly LedgerSpec[] = [
  {
    id: 'zj-credits',
    label: text('浙江省教师专业发展培训学分', 'Credits of Zhejiang teachers'),
    unit: 'credit',
    perWhole: 100,
    entries: { fact: 'entries', amount: 'credits', day: 'completedOn', id: 'id' },
    figures: { fact: 'creditTotals', byYear: 'creditTotalsByYear' },
    cycle: { startFact: 'cycleStartOn', years: CYCLE_YEARS },
    placedBy: ['cycleStartOn'],
    pools: {
      cycle: { label: text('五年周期培训', 'five-year cycle') },
      probation: { label: text('新录用教师试用期培训', 'probation of newly hired teachers'), anyDay: true },
      newPrincipal: { label: text('新任校长培训', 'training of new principals'), anyDay: true },
    },
    coordinates: {
      practical: { label: text('实践培训', 'practical training'), values: YES_OR_NO, none: 'no' },
      centralised: { label: text('集中培训', 'centralised training'), values: YES_OR_NO, none: 'no' },
      inCycle: { label: text('完成于本周期内', 'completed within the cycle'), values: YES_OR_NO, none: 'no' },
      year: { label: text('公历年', 'calendar year'), values: { none: text('不分年', 'any year') }, none: 'none' },
    },
    place: placeEntry,
    moves: [],
    additional: [
      { pool: 'cycle', at: { year: ['*'] } },
      { pool: 'probation', at: { practical: ['no', 'yes'] } },
      { pool: 'newPrincipal', at: { centralised: ['no', 'yes'], inCycle: ['yes'] } },
    ],
  },
];
