import { wildUnits } from './ledger-book.ts';
import type { LedgerBook, MergedHolding, Transcript } from './ledger-book.ts';
import type { RowInstance, RowStructure } from './ledger-rows.ts';
import { solve } from './ledger-solve.ts';

/**
 * Whether offsets that exist but were not read could close the row: it is short by no more than what other cells of its
 * pool hold beyond what the other rows need. Every unit may be tried in the row's own cell; the other rows keep what they have.
 * Entries of which something is missing are taken as large, and as well placed, as can be.
 */
export function couldBeOffset(book: LedgerBook, transcript: Transcript, position: number): boolean {
  const holdings = holdingsTried(book, transcript)[position];
  if (!holdings) return false;
  const structure = book.refresh();
  const unknown = transcript.sorted.open.length > 0 ? Number.MAX_SAFE_INTEGER / 4 : wildUnits(transcript);
  const required = book.dues.map(({ units }, index) => Math.max(0, (index === position ? units : Math.min(units, transcript.result.counted[index] ?? 0)) - unknown));
  if (mostThatCounts(structure, book.instances, required, holdings, position) < (required[position] ?? 0)) return false;
  const { result, unclosable } = solve(structure, required, holdings, book.effort);
  return unclosable.length === 0 && result.gap === 0;
}

type Tried = readonly (readonly MergedHolding[] | null)[];
const tried = new WeakMap<Transcript, Tried>();

/** By position, for each row that is short: the holdings as if every unit could be in the row's own cell. For all rows together, because each cell that becomes known costs a new structure. */
function holdingsTried({ ledger, instances, dues }: LedgerBook, transcript: Transcript): Tried {
  let all = tried.get(transcript);
  if (!all) {
    all = instances.map(({ row }, position) => {
      const target = row.check.sees[0];
      if (!target || (transcript.result.counted[position] ?? 0) >= (dues[position]?.units ?? 0)) return null;
      const patch = Object.fromEntries(Object.entries(target.where).map(([name, values]) => [name, values[0] ?? '']));
      return transcript.holdings.map((holding) => {
        const home = ledger.cells[holding.home];
        if (!home || home.pool !== target.pool) return holding;
        const cell = ledger.cellIndex({ ...home, ...patch });
        return cell === holding.home ? holding : { ...holding, reach: [cell] };
      });
    });
    tried.set(transcript, all);
  }
  return all;
}

/**
 * No more than this can count for the row while all others hold; most rows are refuted by it, and an exact search costs
 * twenty times as much. A unit that comes from elsewhere leaves every row that counts it at home and not in its new cell. Where
 * nothing can enter such a row in turn, no more can leave it than it has to spare.
 */
function mostThatCounts({ seenBy }: RowStructure, instances: readonly RowInstance[], required: readonly number[], holdings: readonly MergedHolding[], position: number): number {
  const spare = required.map((units) => -units);
  const isEntered: boolean[] = [];
  for (const { home, reach, amount } of holdings) {
    const before = seenBy[home] ?? NOBODY;
    for (const row of before) spare[row] = (spare[row] ?? 0) + amount;
    for (const cell of reach) for (const row of seenBy[cell] ?? NOBODY) if (!before.includes(row)) isEntered[row] = true;
  }
  const leaving: number[] = [];
  let most = 0;
  for (const { home, reach, amount } of holdings) {
    const before = seenBy[home] ?? NOBODY;
    if (before.includes(position)) {
      most += amount;
      continue;
    }
    const ways = reach.filter((cell) => seenBy[cell]?.includes(position));
    if (ways.length === 0) continue;
    let narrowest = -1;
    for (const row of before) {
      // Of a share rows count less than what lies there, so what they have to spare is not known from it.
      if (isEntered[row] || instances[row]?.row.hasShare || ways.some((cell) => seenBy[cell]?.includes(row))) continue;
      if (narrowest < 0 || (spare[row] ?? 0) < (spare[narrowest] ?? 0)) narrowest = row;
    }
    if (narrowest < 0) most += amount;
    else leaving[narrowest] = (leaving[narrowest] ?? 0) + amount;
  }
  leaving.forEach((units, row) => void (most += Math.max(0, Math.min(units, spare[row] ?? 0))));
  return most;
}

const NOBODY: readonly number[] = [];
