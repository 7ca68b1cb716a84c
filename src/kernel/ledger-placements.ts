import { formatUnits } from './exact.ts';
import type { LedgerBook, Transcript } from './ledger-book.ts';
import { stayingOrder } from './ledger-entries.ts';
import type { PlacedEntry } from './ledger-entries.ts';
import type { NowhereCode } from './ledger.ts';
import type { CellView, RowStructure } from './ledger-rows.ts';

/** Where units of an entry lie and what they count for, or why they lie nowhere. */
export interface EntryPlacement {
  /** Position in the list given, from 0. */
  readonly index: number;
  readonly id: string | null;
  /** null: not settled or not given. */
  readonly amount: string | null;
  readonly pool: string | null;
  /** The cell's coordinates but for those that say nothing. */
  readonly at: Readonly<Record<string, string>> | null;
  /** The home cell, when the units were moved from there. */
  readonly movedFrom: Readonly<Record<string, string>> | null;
  /** The rules by which they moved, in order. */
  readonly movedBy: readonly string[];
  readonly countsFor: readonly string[];
  readonly nowhere: NowhereCode | 'UNSETTLED' | null;
  /** The rule behind it, where one is. */
  readonly because: string | null;
}

const NONE: readonly never[] = [];

/** Where every entry lies, in the order given. Of equal entries those completed earlier stay home. */
export function placementsOf(book: LedgerBook): readonly EntryPlacement[] {
  const { transcript } = book;
  if (!transcript) return NONE;
  const { sorted, result } = transcript;
  const idOf = (record: PlacedEntry['record']): string | null => (record[book.ledger.spec.entries.id] as string | undefined) ?? null;
  const placements: EntryPlacement[] = result.moved === 0 ? sorted.placed.map((entry) => placed(book, transcript, entry, entry.units, entry.cell, NONE)) : distribute(book, transcript);
  const lost = { amount: null, pool: null, at: null, movedFrom: null, movedBy: NONE, countsFor: NONE };
  for (const { index, record, code, rule } of sorted.nowhere) placements.push({ ...lost, index, id: idOf(record), amount: amountOf(book, record), nowhere: code, because: rule });
  for (const { index, record, why } of sorted.open) placements.push({ ...lost, index, id: idOf(record), nowhere: 'UNSETTLED', because: 'rule' in why ? why.rule : null });
  for (const { index, record } of sorted.wild) placements.push({ ...lost, index, id: idOf(record), amount: amountOf(book, record), nowhere: 'UNSETTLED', because: null });
  const isInOrder = result.moved === 0 && placements.length === sorted.placed.length;
  return isInOrder ? placements : placements.sort((a, b) => a.index - b.index);
}

const amountOf = (book: LedgerBook, record: PlacedEntry['record']): string | null => {
  const amount = record[book.ledger.spec.entries.amount];
  return amount == null ? null : String(amount);
};

/** Gives each entry of a merged holding its units: later entries move first, so that earlier ones stay home. */
function distribute(book: LedgerBook, transcript: Transcript): EntryPlacement[] {
  const placements = transcript.sorted.placed.filter(({ units }) => units === 0).map((entry) => placed(book, transcript, entry, 0, entry.cell, NONE));
  transcript.holdings.forEach((holding, index) => {
    const portions = transcript.result.placed.filter((portion) => portion.holding === index).map(({ cell, amount }) => ({ cell, left: amount }));
    const entries = portions.length > 1 ? [...holding.entries].sort((a, b) => stayingOrder(book.ledger.spec, a, b)) : holding.entries;
    for (const entry of entries) {
      let left = entry.units;
      for (const portion of portions) {
        const taken = Math.min(left, portion.left);
        if (taken === 0) continue;
        left -= taken;
        portion.left -= taken;
        placements.push(placed(book, transcript, entry, taken, portion.cell, holding.paths.find(({ cell }) => cell === portion.cell)?.rules ?? NONE));
      }
    }
  });
  return placements;
}

function placed(book: LedgerBook, transcript: Transcript, entry: PlacedEntry, units: number, cell: number, movedBy: readonly string[]): EntryPlacement {
  const { spec } = book.ledger;
  const { pool, at, countsFor } = viewOf(book, transcript.structure, cell);
  return {
    index: entry.index,
    id: (entry.record[spec.entries.id] as string | undefined) ?? null,
    amount: formatUnits(units, spec.perWhole),
    pool,
    at,
    movedFrom: cell === entry.cell ? null : viewOf(book, transcript.structure, entry.cell).at,
    movedBy,
    countsFor,
    nowhere: null,
    because: null,
  };
}

/** A cell as answers show it; one object for all entries of all who are bound alike. */
function viewOf({ ledger, instances }: LedgerBook, { views, seenBy }: RowStructure, index: number): CellView {
  let view = views[index];
  if (!view) {
    const cell = ledger.cells[index] ?? { pool: '' };
    const saying = Object.entries(cell).filter(([name, value]) => name !== 'pool' && value !== (ledger.spec.coordinates[name]?.none ?? 'none'));
    const rules = (seenBy[index] ?? NONE).map((position) => instances[position]?.row.version.spec.id ?? '');
    views[index] = view = { pool: cell.pool, at: Object.fromEntries(saying), countsFor: [...new Set(rules)] };
  }
  return view;
}
