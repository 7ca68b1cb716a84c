import { type LedgerSpec, text } from '../../src/plugin-kit.ts';

/**
 * Class hours of a five-year cycle whose first day is a fact. Entries are whole hundredths of an hour; a bare figure may
 * be any exact fraction (`4/3`).
 */
export const ledgers: readonly LedgerSpec[] = [
  {
    id: 'cn-hours',
    label: text('全员培训学时', 'Class hours of all-staff training'),
    unit: 'classHour',
    perWhole: 100,
    entries: { fact: 'hourEntries', amount: 'hours', day: 'completedOn', id: 'id' },
    figures: { fact: 'hours' },
    cycle: { startFact: 'cycleStartOn', years: 5 },
    pools: { cycle: { label: text('周期学时', 'hours of the cycle') } },
    coordinates: {},
    place: () => ({ home: { pool: 'cycle' } }),
    moves: [],
    additional: [{ pool: 'cycle', at: {} }],
  },
];
