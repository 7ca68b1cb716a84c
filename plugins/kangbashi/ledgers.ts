import { type LedgerSpec, text } from '../../src/plugin-kit.ts';

/**
 * Class hours by calendar year. The rule has no cycle: the book is open from the first day of the document to the last
 * year that the product knows, and each hour lies in the year in which it was completed. The kind of training is no
 * coordinate, since no row asks for it.
 */
export const ledgers: readonly LedgerSpec[] = [
  {
    id: 'kb-hours',
    label: text('校外教师年度培训学时', 'Yearly training hours of off-campus teachers'),
    unit: 'classHour',
    perWhole: 100,
    entries: { fact: 'trainingEntries', amount: 'hours', day: 'completedOn', id: 'id' },
    figures: { fact: 'trainingHoursByYear', byYear: 'trainingHoursByYear' },
    cycle: { from: '2022-01-01', to: '2099-12-31' },
    pools: { training: { label: text('政治与业务培训', 'political and professional training') } },
    coordinates: { year: { label: text('公历年', 'calendar year'), values: {} } },
    place: (_entry, { year }) => ({ home: { pool: 'training', year } }),
    moves: [],
    additional: [{ pool: 'training', at: { year: ['*'] } }],
  },
];
