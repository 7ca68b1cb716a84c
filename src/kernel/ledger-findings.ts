import type { Check, RowCheck } from './check.ts';
import { compareDays } from './civil-day.ts';
import type { Context } from './context.ts';
import { isList, isRecord } from './facts.ts';
import { lookup, typeAt } from './context.ts';
import { EMPTY, gather, unknownFacts } from './result.ts';
import type { PartResult, Result, Scope } from './result.ts';
import { exact, Exact, formatUnits } from './exact.ts';
import type { Reason } from './finding.ts';
import { reason } from './finding.ts';
import type { LedgerBook, Transcript } from './ledger-book.ts';
import { bookOf, dueDay, wildUnits } from './ledger-book.ts';
import { duesOf } from './ledger-due.ts';
import type { DueFigure } from './ledger-due.ts';
import type { RowInstance } from './ledger-rows.ts';
import { sees, sightShare } from './ledger-structure.ts';
import { couldBeOffset } from './ledger-unread-offsets.ts';
import { testedYears } from './ledger-years.ts';
import { message, text } from './text.ts';

const NONE: readonly never[] = [];

/** What one row of a ledger requires and counts in the whole allocation of the person. */
export function rowResult(scope: Scope, check: RowCheck, year: number | null): Result {
  const book = bookOf(scope, check.ledger);
  const row = book.ledger.rowOf.get(check);
  const position = row && book.positions.get(row)?.get(year);
  const instance = position === undefined ? undefined : book.instances[position];
  const due = position === undefined ? undefined : book.dues[position];
  // Whether the row binds is itself unknown: who asked about the condition names the fact. Bare figures answer by themselves.
  if (position === undefined || !instance || !due) return row && !book.transcript ? unboundFigure(scope, book, { row, year }) : { ...EMPTY, verdict: 'UNDETERMINED' };
  // A pool that is bound to no cycle is not due with it either.
  const dueOn = year !== null || instance.row.isBoundToCycle ? dueDay(scope.context, book.cycle, year) : null;
  const common: Partial<Result> = { required: due.text, unit: book.ledger.spec.unit, dueOn, notes: due.notes };
  return book.transcript ? fromTranscript(scope, book, book.transcript, instance, position, due, common) : fromFigures(scope.context, book, check, year, due, common);
}

function unboundFigure(scope: Scope, book: LedgerBook, instance: RowInstance): Result {
  const [due] = duesOf(scope, book.ledger, [instance]);
  if (!due) return { ...EMPTY, verdict: 'UNDETERMINED' };
  const dueOn = instance.year !== null || instance.row.isBoundToCycle ? dueDay(scope.context, book.cycle, instance.year) : null;
  return fromFigures(scope.context, book, instance.row.check, instance.year, due, { required: due.text, unit: book.ledger.spec.unit, dueOn, notes: due.notes });
}

function fromTranscript(scope: Scope, book: LedgerBook, transcript: Transcript, instance: RowInstance, position: number, due: DueFigure, common: Partial<Result>): Result {
  const { context } = scope;
  const { spec } = book.ledger;
  const counted = transcript.result.counted[position] ?? 0;
  const exactCount = instance.row.hasShare ? countWithShares(book, transcript, instance) : null;
  const actual = exactCount ? exactCount.toString() : formatUnits(counted, spec.perWhole);
  const isMet = counted >= due.units;
  if ('missing' in book.cycle && instance.year === null && instance.row.isBoundToCycle && isMet) return unknownFacts(context, [book.cycle.missing], common);
  if (isMet) return { verdict: 'MET', reasons: NONE, required: common.required, actual, shortfall: '0', unit: common.unit, dueOn: common.dueOn, missing: NONE, notes: due.notes, yields: NONE, parts: NONE };
  const short = exactCount ? due.figure.minus(exactCount) : due.figure.minus(Exact.ratio(counted, spec.perWhole));
  const figures = { ...common, actual, shortfall: short.toString(), notes: [...due.notes, ...leftOut(transcript)] };
  const open = openReasons(transcript, position, due.units, counted);
  if (due.unpublished) {
    const unpublished = reason('SETTING_NOT_PUBLISHED', 'finding.due-not-published', { authority: due.unpublished, full: due.text, actual, unit: spec.unit });
    return { ...EMPTY, ...figures, required: null, shortfall: null, verdict: 'UNDETERMINED', reasons: [unpublished, ...(open?.reasons ?? NONE)], missing: [...settingsOf(context, instance.row.check), ...(open?.missing ?? NONE)] };
  }
  if (open) return { ...EMPTY, ...figures, verdict: 'UNDETERMINED', reasons: open.reasons, missing: open.missing };
  if (spec.unreadOffsets && couldBeOffset(book, transcript, position)) {
    const { reasons, missing } = whatIsOpen(transcript);
    return { ...EMPTY, ...figures, verdict: 'UNDETERMINED', reasons: [reason('RULE_NOT_KNOWN', 'finding.offsets-not-read', { document: spec.unreadOffsets.document, shortfall: short.toString(), unit: spec.unit }), ...reasons], missing };
  }
  return { ...EMPTY, ...figures, verdict: 'NOT_MET', reasons: shortReasons(context, figures, spec.unit) };
}

/** What an authority would have to publish for a figure to be known. */
const settingsOf = (context: Context, { due }: RowCheck): readonly string[] => due?.facts.filter((name) => context.place.facts.get(name)?.setting) ?? NONE;

/** Short, and whether there is still time. */
function shortReasons(context: Context, figures: Partial<Result>, unit: string): Reason[] {
  const params = { required: figures.required ?? '?', actual: figures.actual ?? '?', difference: figures.shortfall ?? '?', unit };
  const short = reason('SHORT', 'finding.short', params);
  if (!figures.dueOn) return [short];
  const isOver = compareDays(context.atDay, figures.dueOn) > 0;
  return [short, reason(isOver ? 'OVERDUE' : 'NOT_YET_DUE', isOver ? 'finding.overdue' : 'finding.not-yet-due', { dueOn: figures.dueOn })];
}

function leftOut({ sorted: { open, wild } }: Transcript): Result['notes'] {
  const notes = open.length === 0 ? [] : [message('finding.left-out', { entries: numbersOf(open) })];
  return wild.length === 0 ? notes : [...notes, message('finding.left-out-unplaced', { entries: numbersOf(wild) })];
}
const numbersOf = (entries: readonly { readonly index: number }[]): string[] => entries.map(({ index }) => `#${index + 1}`);

/** Whether what nobody has said could still fill the row, and what that is. */
function openReasons(transcript: Transcript, position: number, required: number, counted: number): { reasons: Reason[]; missing: string[] } | null {
  const { wild, open } = transcript.sorted;
  if (wild.length === 0 && open.length === 0) return null;
  const best = (transcript.best?.[position] ?? counted) + wildUnits(transcript);
  return best < required ? null : whatIsOpen(transcript);
}

function whatIsOpen({ sorted: { wild, open } }: Transcript): { reasons: Reason[]; missing: string[] } {
  const missing = [...wild.flatMap((entry) => entry.missing), ...open.flatMap(({ why }) => ('fact' in why ? [why.fact] : []))];
  const unsettled = open.flatMap(({ why, index }) => ('fact' in why ? [] : [reason(why.code, 'finding.unsettled', { entry: `#${index + 1}`, rule: why.rule })]));
  return { reasons: [...missing.map((fact) => reason('MISSING_FACT', 'finding.missing-fact', { fact })), ...unsettled], missing };
}


/** The exact count of a row with a cap: halves of a unit are kept, though only whole units are allocated. */
function countWithShares(book: LedgerBook, transcript: Transcript, { row, year }: RowInstance): Exact {
  const { ledger } = book;
  let sum = Exact.zero;
  for (const sight of row.check.sees) {
    const units = transcript.result.placed.reduce((total, { cell, amount }) => total + (sees(sight, ledger.cells[cell] ?? { pool: '' }, year, true) ? amount : 0), 0);
    const share = sightShare(book.rulebook, sight);
    sum = sum.plus(Exact.ratio(units, ledger.spec.perWhole).times(share ?? exact(1)));
  }
  return sum;
}

// ---- Bare figures: nothing is allocated ---------------------------------------------------------------------------

function fromFigures(context: Context, book: LedgerBook, check: RowCheck, year: number | null, due: DueFigure, common: Partial<Result>): Result {
  const { spec } = book.ledger;
  const found = figureOf(context, book, check.figure, year);
  if (!found.known) return unknownFacts(context, found.missing, common);
  const short = due.figure.minus(found.value);
  const actual = found.value.toString();
  if (short.isNegative() || short.isZero()) return { ...EMPTY, ...common, verdict: 'MET', actual, shortfall: '0' };
  if (due.unpublished) return { ...EMPTY, ...common, required: null, actual, verdict: 'UNDETERMINED', missing: settingsOf(context, check), reasons: [reason('SETTING_NOT_PUBLISHED', 'finding.due-not-published', { authority: due.unpublished, full: due.text, actual, unit: spec.unit })] };
  const figures = { ...common, actual, shortfall: short.toString() };
  return { ...EMPTY, ...figures, verdict: 'NOT_MET', reasons: shortReasons(context, figures, spec.unit) };
}

/** The bare figure for a row (`a+b`: of several); entries or the figure are asked for where neither is there. */
export function figureOf(context: Context, book: LedgerBook, figure: string, year: number | null): { known: true; value: Exact } | { known: false; missing: string[] } {
  const found = figure.split('+').map((name) => oneFigure(context, book, name, year));
  const missing = [...new Set(found.flatMap((item): string[] => (item.known ? [] : item.missing)))];
  return missing.length > 0 ? { known: false, missing } : { known: true, value: found.reduce((sum, item) => (item.known ? sum.plus(item.value) : sum), Exact.zero) };
}

function oneFigure(context: Context, book: LedgerBook, figure: string, year: number | null): { known: true; value: Exact } | { known: false; missing: string[] } {
  const { spec } = book.ledger;
  if (!spec.figures) return { known: false, missing: [spec.entries.fact] };
  const fact = year !== null && spec.figures.byYear ? spec.figures.byYear : spec.figures.fact;
  const given = lookup(context, fact);
  const name = year === null || !spec.figures.byYear ? `${fact}.${figure}` : `${fact}[${namesFigures(context, fact) ? `${figure} ` : ''}${year}]`;
  if (!given.known || given.value === null) return { known: false, missing: [spec.entries.fact, name] };
  const rows = isList(given.value) ? given.value.filter(isRecord) : NONE;
  const value = isList(given.value) ? rows.find((item) => (item['figure'] ?? figure) === figure && item['year'] === year)?.['amount'] : isRecord(given.value) ? given.value[figure] : undefined;
  const unnamed = rows.findIndex((item) => item['year'] === undefined);
  if (value === undefined && unnamed >= 0) return { known: false, missing: [`${fact}[${unnamed}].year`] };
  if (value === null) return { known: true, value: Exact.zero };
  return value instanceof Exact ? { known: true, value } : { known: false, missing: [name] };
}

/** Whether sums by year say which figure they are: those of a ledger with one figure need not. */
function namesFigures(context: Context, fact: string): boolean {
  const type = typeAt(context, `${fact}[]`);
  return type?.kind === 'record' && 'figure' in type.fields;
}

// ---- By year --------------------------------------------------------------------------------------------------------

/** A finding for each year that is tested; the worst year gives the figures of the whole. */
export function yearResults(scope: Scope, check: Check & { op: 'eachYear' }): Result {
  const book = bookOf(scope, check.row.ledger);
  const tested = testedYears(scope, check, book.cycle);
  if (!tested.known) return unknownFacts(scope.context, tested.missing);
  if (!tested.isHeld) return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOT_BOUND', 'finding.not-bound', { others: '' })] };
  if (tested.years.length === 0) return { ...EMPTY, verdict: 'NOT_APPLICABLE', reasons: [reason('NOT_YET_TESTED', 'finding.no-year-to-test', {})] };
  const parts = tested.years.map((year): PartResult => ({ ...rowResult(scope, check.row, year), slug: String(year), label: text(`${year}年`, String(year)) }));
  const verdict = parts.some((item) => item.verdict === 'NOT_MET') ? 'NOT_MET' : parts.some((item) => item.verdict === 'UNDETERMINED') ? 'UNDETERMINED' : 'MET';
  return gather(parts, verdict, worstOf(parts).slug);
}

function worstOf(parts: readonly PartResult[]): PartResult {
  const missingOf = ({ shortfall }: PartResult): Exact => exact(shortfall ?? '0');
  const actualOf = ({ actual }: PartResult): Exact => exact(actual ?? '0');
  return parts.reduce((worst, item) => {
    const byShortfall = missingOf(item).compare(missingOf(worst));
    return byShortfall > 0 || (byShortfall === 0 && item.actual && worst.actual && actualOf(item).isLessThan(actualOf(worst))) ? item : worst;
  });
}
