import { addYears, type Cell, type CivilDay, type FactRecord, isBefore, type Placement } from '../../../src/plugin-kit.ts';
import { CYCLE_YEARS } from '../rules/credits.ts';

interface PlaceContext {
  readonly year: string;
  readonly on: CivilDay;
  readonly facts: Readonly<Record<string, unknown>>;
}

const yesOrNo = (isYes: boolean): string => (isYes ? 'yes' : 'no');

/**
 * Where an entry lies: in the pool that it was recognised for, else in the cycle. Nowhere are credits that are not
 * recognised, and training by an institution that was not vetted without the school's agreement before its first day
 * (zj-2016-71/3-unvetted). Probation asks whether it was practical, a principal's training whether it was centralised.
 */
export function placeEntry(entry: FactRecord, context: PlaceContext): Placement {
  const status = entry['status'] ?? 'recognised';
  if (status === 'reversed') return { nowhere: 'REVERSED' };
  if (status !== 'recognised') return { nowhere: 'NOT_RECOGNISED' };
  const vetting = entry['institutionVetted'] === false ? agreement(entry) : 'agreed';
  if (vetting === 'notAgreed') return { nowhere: 'NOT_VETTED', rule: 'zj-2016-71/3-unvetted' };
  const home = homeOf(entry, context);
  const missing = [...(vetting === 'agreed' ? [] : vetting), ...('missing' in home ? home.missing : [])];
  const pool = 'missing' in home ? home.pool : home.home.pool;
  return missing.length > 0 ? { missing, pool } : home;
}

/** Whether the school agreed before the training began, or the fields without which nobody can say. */
function agreement(entry: FactRecord): 'agreed' | 'notAgreed' | string[] {
  const { schoolAgreedOn, startedOn } = entry;
  if (schoolAgreedOn === null) return 'notAgreed';
  const missing = ['startedOn', 'schoolAgreedOn'].filter((name) => entry[name] === undefined);
  if (missing.length > 0) return missing;
  return isBefore(schoolAgreedOn as CivilDay, startedOn as CivilDay) ? 'agreed' : 'notAgreed';
}

const CELL: Cell = { pool: 'cycle', practical: 'no', centralised: 'no', inCycle: 'no', year: 'none' };

function homeOf(entry: FactRecord, context: PlaceContext): Exclude<Placement, { readonly nowhere: unknown }> {
  switch (entry['purpose'] ?? 'cycle') {
    case 'probation':
      return typeof entry['practical'] === 'boolean' ? { home: { ...CELL, pool: 'probation', practical: yesOrNo(entry['practical']) } } : { missing: ['practical'], pool: 'probation' };
    case 'newPrincipal':
      return typeof entry['centralised'] === 'boolean'
        ? { home: { ...CELL, pool: 'newPrincipal', centralised: yesOrNo(entry['centralised']), inCycle: yesOrNo(isInCycle(context)) } }
        : { missing: ['centralised'], pool: 'newPrincipal' };
    default:
      return { home: { ...CELL, year: context.year } };
  }
}

/** Without the first day of the cycle every day may lie in it: whoever asks about the cycle is told that the day is missing. */
function isInCycle({ on, facts }: PlaceContext): boolean {
  const start = facts['cycleStartOn'];
  if (typeof start !== 'string') return true;
  const from = start as CivilDay;
  return !isBefore(on, from) && isBefore(on, addYears(from, CYCLE_YEARS));
}
