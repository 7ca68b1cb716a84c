import type { AllocationResult } from './allocation/problem.ts';
import { compareDays } from './civil-day.ts';
import type { Context } from './context.ts';
import type { Scope } from './result.ts';
import { Exact, formatUnits } from './exact.ts';
import type { Reason } from './finding.ts';
import { reason } from './finding.ts';
import { conditionOf } from './ledger-binding.ts';
import type { LedgerBook } from './ledger-book.ts';
import { dueDay } from './ledger-book.ts';
import { figureOf } from './ledger-findings.ts';
import type { BookRow, RowInstance, RowStructure } from './ledger-rows.ts';
import { sees } from './ledger-structure.ts';
import { solve } from './ledger-solve.ts';
import { testedYears } from './ledger-years.ts';

/** Additional units in one cell, with only the coordinates that a short requirement asks for. */
export interface GapCell {
  readonly amount: string;
  readonly pool: string;
  /** Empty: any. */
  readonly at: Readonly<Record<string, string>>;
  /** The short rules that these units serve. */
  readonly rules: readonly string[];
  /** False where the time for it is over. */
  readonly isClosable: boolean;
}

/** The least additional credits with which every requirement of the ledger would hold; null, with why, when not all is known. */
export interface Gap {
  readonly ledger: string;
  readonly unit: string;
  readonly amount: string | null;
  readonly cells: readonly GapCell[];
  readonly unknown: readonly Reason[];
}

const NONE: readonly never[] = [];

/** `askedRules` limits a gap of bare figures to what was asked; a transcript is one problem and has one gap. */
export function gapOf(scope: Scope, book: LedgerBook, askedRules: ReadonlySet<string>): Gap {
  return book.transcript ? gapOfTranscript(scope, book) : gapOfFigures(scope, book, askedRules);
}

const unknownGap = (book: LedgerBook, unknown: readonly Reason[]): Gap => ({ ledger: book.ledger.spec.id, unit: book.ledger.spec.unit, amount: null, cells: NONE, unknown });

function gapOfTranscript(scope: Scope, book: LedgerBook): Gap {
  const { transcript } = book;
  if (!transcript) return unknownGap(book, NONE);
  const { result, unclosable, sorted } = transcript;
  const openConditions = unknownConditions(scope, book, book.ledger.rows);
  const cycleUnknown = 'missing' in book.cycle ? [book.cycle.missing] : NONE;
  const isZero = result.gap === 0 && unclosable.length === 0;
  const unknown: Reason[] = [...openConditions, ...cycleUnknown].map((fact) => reason('MISSING_FACT', 'finding.missing-fact', { fact }));
  if (!isZero) {
    for (const entry of [...sorted.wild, ...sorted.open]) unknown.push(reason('MISSING_FACT', 'gap.entry-unknown', { entry: `#${entry.index + 1}` }));
    if (book.dues.some(({ unpublished }, position) => unpublished && (result.shortfalls[position] ?? 0) > 0)) unknown.push(reason('SETTING_NOT_PUBLISHED', 'gap.due-unknown', {}));
    if (book.ledger.spec.unreadOffsets && isUndetermined(scope, book)) unknown.push(reason('RULE_NOT_KNOWN', 'gap.offsets-unknown', { document: book.ledger.spec.unreadOffsets.document }));
  }
  if (unclosable.length > 0) unknown.push(unclosableReason(book, unclosable));
  return unknown.length > 0 ? unknownGap(book, unknown) : shownGap(scope.context, book, transcript.structure, result);
}

/** A row is open because offsets were not read. */
const isUndetermined = (scope: Scope, book: LedgerBook): boolean =>
  book.instances.some(({ row }) => scope.context.results.get(row.version.spec.id)?.reasons.some(({ code }) => code === 'RULE_NOT_KNOWN'));

/** Facts that decide whether a row binds and that nobody gave. */
function unknownConditions(scope: Scope, book: LedgerBook, rows: readonly BookRow[]): readonly string[] {
  const missing = new Set<string>();
  for (const row of rows) {
    let isExcluded = false;
    for (const guard of row.guards) {
      const { verdict } = conditionOf(scope, row, guard, book.conditions);
      if (verdict !== 'UNDETERMINED' && (verdict === 'MET') === guard.isNegated) isExcluded = true;
    }
    if (isExcluded) continue;
    for (const guard of row.guards) {
      const found = conditionOf(scope, row, guard, book.conditions);
      if (found.verdict === 'UNDETERMINED') found.missing.forEach((name) => missing.add(name));
    }
    const years = row.yearly ? testedYears({ ...scope, version: row.version }, row.yearly, book.cycle) : null;
    if (years && !years.known) years.missing.forEach((name) => missing.add(name));
  }
  return [...missing];
}

function gapOfFigures(scope: Scope, book: LedgerBook, askedRules: ReadonlySet<string>): Gap {
  const { context } = scope;
  const { perWhole } = book.ledger.spec;
  const asked = book.instances.map(({ row }) => askedRules.has(row.version.spec.id));
  const missing = new Set<string>(unknownConditions(scope, book, book.ledger.rows.filter(({ version }) => askedRules.has(version.spec.id))));
  const required = book.instances.map(({ row, year }, position) => {
    if (!asked[position]) return 0;
    const figure = figureOf(context, book, row.check.figure, year);
    if (!figure.known) {
      figure.missing.forEach((name) => missing.add(name));
      return 0;
    }
    const short = (book.dues[position]?.figure ?? Exact.zero).minus(figure.value);
    return short.isNegative() ? 0 : Number(short.times(Exact.of(perWhole)).ceil());
  });
  const unpublished = book.dues.some((due, position) => due.unpublished && (required[position] ?? 0) > 0);
  const unknown = [...[...missing].map((fact) => reason('MISSING_FACT', 'finding.missing-fact', { fact })), ...(unpublished ? [reason('SETTING_NOT_PUBLISHED', 'gap.due-unknown', {})] : NONE)];
  if (unknown.length > 0) return unknownGap(book, unknown);
  const structure = book.refresh();
  const { result, unclosable } = solve(structure, required, NONE, book.effort);
  return unclosable.length > 0 ? unknownGap(book, [unclosableReason(book, unclosable)]) : shownGap(context, book, structure, result);
}

const unclosableReason = (book: LedgerBook, positions: readonly number[]): Reason =>
  reason('RULE_NOT_KNOWN', 'gap.unclosable', { rules: positions.map((position) => book.instances[position]?.row.version.spec.id ?? '') });

function shownGap(context: Context, book: LedgerBook, structure: RowStructure, result: AllocationResult): Gap {
  const { spec } = book.ledger;
  const cells = result.additional.map(({ cell, amount }) => {
    const served = (structure.seenBy[cell] ?? NONE).filter((position) => (result.shortfalls[position] ?? 0) > 0);
    return gapCell(context, book, cell, formatUnits(amount, spec.perWhole), served);
  });
  return { ledger: spec.id, unit: spec.unit, amount: formatUnits(result.gap, spec.perWhole), cells, unknown: NONE };
}

/** One cell of the gap, shown by the coordinates that the short rows it serves ask for, in the order of the ledger. */
function gapCell(context: Context, book: LedgerBook, index: number, amount: string, served: readonly number[]): GapCell {
  const cell = book.ledger.cells[index] ?? { pool: '' };
  const instances = served.flatMap((position) => book.instances[position] ?? NONE);
  const asked = new Set<string>();
  for (const { row, year } of instances) {
    const sight = row.check.sees.find((candidate) => sees(candidate, cell, year, true));
    for (const name of Object.keys(sight?.where ?? {})) asked.add(name);
    if (year !== null) asked.add('year');
  }
  const isOver = ({ row, year }: RowInstance): boolean => {
    const dueOn = year !== null || row.isBoundToCycle ? dueDay(context, book.cycle, year) : null;
    return dueOn !== null && compareDays(context.atDay, dueOn) > 0;
  };
  return {
    amount,
    pool: cell.pool,
    at: Object.fromEntries(book.ledger.names.filter((name) => asked.has(name)).map((name) => [name, cell[name] ?? ''])),
    rules: [...new Set(instances.map(({ row }) => row.version.spec.id))],
    isClosable: !instances.some(isOver),
  };
}
