import { amountOf, formulaContext, lookup } from './context.ts';
import type { Scope } from './evaluate.ts';
import { Exact } from './exact.ts';
import type { FactValue } from './facts.ts';
import type { LedgerSpec } from './ledger.ts';
import type { BookRow } from './ledger-rows.ts';
import type { Message, Text } from './text.ts';

/** The figure due from this person. `unpublished`: less may be due, and the authority named has not said how much. */
export interface DueFigure {
  readonly figure: Exact;
  /** Rounded up to a whole unit: a figure between two units is met by the upper one. */
  readonly units: number;
  readonly text: string;
  readonly unpublished: Text | null;
  readonly notes: readonly Message[];
}

const NONE: readonly never[] = [];
const byFigure = new WeakMap<Exact, DueFigure>();
const settled = new WeakMap<BookRow, DueFigure>();

/** The figure that a row requires: its parameter, a published minimum inside its range, or what a due formula makes of it. */
export function dueOf(scope: Scope, spec: LedgerSpec, row: BookRow): DueFigure {
  const { context } = scope;
  const isFixed = !row.check.due && !hasPublishedMinima(scope);
  const known = isFixed ? settled.get(row) : undefined;
  if (known) return known;
  const full = amountOf(context, row.version, row.check.required).low;
  const due = row.check.due ? dueByFormula(scope, spec, row, full) : makeDue(full, spec.perWhole, null, NONE);
  if (isFixed) settled.set(row, due);
  return due;
}

function hasPublishedMinima({ context }: Scope): boolean {
  return context.place.minima.some(({ name }) => context.facts[name] != null);
}

function dueByFormula({ context }: Scope, spec: LedgerSpec, row: BookRow, full: Exact): DueFigure {
  const formula = row.check.due;
  const facts: Record<string, FactValue | undefined> = {};
  for (const name of formula?.facts ?? NONE) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
  }
  const due = formula?.run(full, facts, formulaContext(context, row.version)) ?? { figure: full };
  return 'figure' in due ? makeDue(due.figure, spec.perWhole, null, due.notes ?? NONE) : makeDue(full, spec.perWhole, due.unpublished, due.notes ?? NONE);
}

function makeDue(figure: Exact, perWhole: number, unpublished: Text | null, notes: readonly Message[]): DueFigure {
  const plainDue = unpublished === null && notes === NONE;
  const known = plainDue ? byFigure.get(figure) : undefined;
  if (known) return known;
  const due = { figure, units: Number(figure.times(Exact.of(perWhole)).ceil()), text: figure.toString(), unpublished, notes };
  if (plainDue) byFigure.set(figure, due);
  return due;
}
