import type { AllocationResult, Holding } from './allocation/problem.ts';
import { addDays, addYears, day, earlierDay, firstDayOfYear, lastDayOfYear, laterDay, yearOf } from './civil-day.ts';
import type { CivilDay } from './civil-day.ts';
import type { Context } from './context.ts';
import type { Effort } from './effort.ts';
import { isWithin } from './civil-day.ts';
import { lookup } from './context.ts';
import { bindingOf } from './ledger-binding.ts';
import type { RowConditions } from './ledger-binding.ts';
import { duesOf } from './ledger-due.ts';
import type { DueFigure } from './ledger-due.ts';
import { givenEntries, sortEntries } from './ledger-entries.ts';
import type { Cycle, OpenEntry, PlacedEntry, SortedEntries } from './ledger-entries.ts';
import { compiledLedger } from './ledger-rows.ts';
import type { BookRow, CompiledLedger, Reach, Reaches, RowInstance, RowStructure } from './ledger-rows.ts';
import type { Rulebook } from './place.ts';
import type { Scope } from './result.ts';
import { solve } from './ledger-solve.ts';

/** Units of equal home and tags, merged, so that cost depends on cells and not on entries. */
export interface MergedHolding extends Holding {
  readonly tagKey: string;
  amount: number;
  readonly entries: PlacedEntry[];
  readonly paths: readonly Reach[];
}

/** A person's ledger under one rulebook: which rows bind, what lies where, and what that leaves short. */
export interface LedgerBook {
  readonly rulebook: Rulebook;
  readonly effort: Effort | null;
  readonly ledger: CompiledLedger;
  readonly cycle: Cycle;
  readonly conditions: RowConditions;
  readonly instances: readonly RowInstance[];
  readonly positions: ReadonlyMap<BookRow, ReadonlyMap<number | null, number>>;
  readonly dues: readonly DueFigure[];
  /** null when nobody gave entries: then bare figures answer. */
  readonly transcript: Transcript | null;
  /** The structure of rows with every cell that has become known meanwhile. */
  refresh(): RowStructure;
}

export interface Transcript {
  readonly sorted: SortedEntries;
  readonly holdings: readonly MergedHolding[];
  readonly structure: RowStructure;
  readonly result: AllocationResult;
  /** Rows that no additional unit can serve. */
  readonly unclosable: readonly number[];
  /** What every row would count if the open amounts were as large as can be; null when all amounts are settled. */
  readonly best: readonly number[] | null;
}

/** As many units as entries without a place could bring anywhere. */
export const wildUnits = ({ sorted }: Transcript): number => sorted.wild.reduce((sum, { units }) => sum + (units ?? Number.MAX_SAFE_INTEGER / 4), 0);

/** The book of a ledger for the person of this context; made once and shared by every rule that has a row in it. */
export function bookOf(scope: Scope, ledgerId: string): LedgerBook {
  const { context } = scope;
  const known = context.books.get(ledgerId);
  if (known) return known;
  const spec = context.place.ledgers.get(ledgerId);
  if (!spec) throw new RangeError(`no ledger ${ledgerId} in ${context.place.jurisdiction.code}`);
  const ledger = compiledLedger(context.rulebook.standing, spec);
  const cycle = cycleOf(context, ledger);
  const conditions: RowConditions = [];
  const binding = bindingOf(scope, ledger, cycle, conditions);
  const { instances, positions } = binding;
  const dues = duesOf(scope, ledger, instances);
  const entries = givenEntries(context, spec);
  const sorted = entries && sortEntries(context, ledger, entries, cycle);
  const years = limitYears(yearsOf(ledger, cycle, sorted), context);
  const withOffsets = offsetsApply(context, ledger);
  const refresh = (): RowStructure => ledger.structureOf(binding, withOffsets, years, yearOf(context.atDay));
  const transcript = sorted && readTranscript(ledger, dues, sorted, withOffsets, refresh, context.effort);
  const book: LedgerBook = { effort: context.effort, rulebook: context.rulebook, ledger, cycle, conditions, instances, positions, dues, transcript, refresh };
  context.books.set(ledgerId, book);
  return book;
}

const fixedCycles = new WeakMap<CompiledLedger, { from: CivilDay; to: CivilDay }>();

function cycleOf(context: Context, ledger: CompiledLedger): Cycle {
  const { cycle } = ledger.spec;
  if ('from' in cycle) {
    let fixed = fixedCycles.get(ledger);
    if (!fixed) fixedCycles.set(ledger, (fixed = { from: day(cycle.from), to: day(cycle.to) }));
    return fixed;
  }
  const start = lookup(context, cycle.startFact);
  if (!start.known || start.value === null) return { missing: cycle.startFact };
  const from = start.value as CivilDay;
  return { from, to: addDays(addYears(from, cycle.years), -1) };
}

/** The days on which entries count: the cycle, within the period that a rule asks about. */
export function countedDays(context: Context, cycle: Cycle): { from: CivilDay; to: CivilDay } | null {
  if ('missing' in cycle) return context.counted;
  return context.counted ? { from: laterDay(cycle.from, context.counted.from), to: earlierDay(cycle.to, context.counted.to) } : cycle;
}

function yearsOf(ledger: CompiledLedger, cycle: Cycle, entries: SortedEntries | null): readonly number[] {
  if (!('year' in ledger.spec.coordinates)) return [];
  if (!('missing' in cycle)) return yearsTouched(cycle.from, cycle.to);
  return [...new Set((entries?.placed ?? []).map(({ cell }) => Number(ledger.cells[cell]?.['year'])))].filter(Number.isInteger).sort((a, b) => a - b);
}

function yearsTouched(from: CivilDay, to: CivilDay): number[] {
  const years: number[] = [];
  const last = yearOf(to);
  for (let year = yearOf(from); year <= last; year++) years.push(year);
  return years;
}

/** What entries of an open amount could hold in all: with any number of them, sums stay within what is taken. */
const OPEN_IN_ALL = 2 ** 31;
/** And each alone: larger than any requirement. */
const MORE_THAN_ENOUGH = 100_000_000;

function readTranscript(ledger: CompiledLedger, dues: readonly DueFigure[], sorted: SortedEntries, withOffsets: boolean, refresh: () => RowStructure, effort: Effort | null): Transcript {
  const merged = mergeHoldings(ledger, sorted.placed, withOffsets);
  const openUnits = Math.min(MORE_THAN_ENOUGH, Math.floor(OPEN_IN_ALL / Math.max(1, sorted.open.length)));
  const mergedOpen = mergeHoldings(ledger, sorted.open.map((entry) => ({ ...entry, units: openUnits })), withOffsets);
  // After merging: chains of offsets may have made cells known.
  const structure = refresh();
  const holdings = inOrder(structure, merged);
  const openHoldings = inOrder(structure, mergedOpen);
  const required = dues.map(({ units }) => units);
  const { result, unclosable } = solve(structure, required, holdings, effort);
  const best = openHoldings.length > 0 ? solve(structure, required, [...holdings, ...openHoldings], effort).result.counted : null;
  return { sorted, holdings, structure, result, unclosable, best };
}

/** A ledger without an end in sight has cells for the years up to the one after the moment asked about. */
const limitYears = (years: readonly number[], context: Context): readonly number[] => (years.length > 12 ? years.filter((year) => year <= yearOf(context.atDay) + 1) : years);

export function offsetsApply(context: Context, ledger: CompiledLedger): boolean {
  if (ledger.spec.offsets === undefined) return true;
  const found = lookup(context, ledger.spec.offsets);
  return !found.known || found.value !== false;
}

const NONE: readonly never[] = [];
const NO_REACH: Reaches = { paths: NONE, cells: NONE };

/** Merged by home and tags. */
function mergeHoldings(ledger: CompiledLedger, entries: readonly (PlacedEntry | OpenEntry)[], withOffsets: boolean): MergedHolding[] {
  const merged: MergedHolding[] = [];
  const byHome: (MergedHolding[] | undefined)[] = [];
  for (const entry of entries) {
    if (entry.units === 0) continue;
    const tagKey = entry.tags.length === 0 ? '' : [...entry.tags].sort().join('+');
    const atHome = byHome[entry.cell];
    const known = atHome?.find((candidate) => candidate.tagKey === tagKey);
    if (known) {
      known.amount += entry.units;
      known.entries.push(entry);
    } else {
      const { paths, cells } = withOffsets ? ledger.reachOf(entry.cell, tagKey, entry.tags) : NO_REACH;
      const made = { home: entry.cell, tagKey, amount: entry.units, reach: cells, paths, entries: [entry] };
      if (atHome) atHome.push(made);
      else byHome[entry.cell] = [made];
      merged.push(made);
    }
  }
  return merged;
}

/** In an order that depends on content alone: that of the cells' written form, then of the tags. */
const inOrder = ({ positionOf }: RowStructure, holdings: MergedHolding[]): MergedHolding[] =>
  holdings.sort((a, b) => (positionOf[a.home] ?? 0) - (positionOf[b.home] ?? 0) || compareText(a.tagKey, b.tagKey));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The last day on which a row can still be met: of its year, or of the days that count. */
export function dueDay(context: Context, cycle: Cycle, year: number | null): CivilDay | null {
  const days = countedDays(context, cycle);
  if (year === null) return days?.to ?? null;
  const last = lastDayOfYear(year);
  return days && isWithin(firstDayOfYear(year), days.from, days.to) ? earlierDay(last, days.to) : last;
}
