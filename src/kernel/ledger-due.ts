import type { Instant } from './civil-day.ts';
import { amountOf } from './amount-range.ts';
import { formulaContext } from './param.ts';
import { lookup } from './context.ts';
import type { Context } from './context.ts';
import type { Scope } from './result.ts';
import { Exact } from './exact.ts';
import type { FactValue } from './facts.ts';
import type { LedgerSpec } from './ledger.ts';
import type { BookRow, CompiledLedger, RowInstance } from './ledger-rows.ts';
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

/** What a due formula is given of this person. `isSilent`: nothing but null and what nobody said. */
interface DueFacts {
  readonly values: Readonly<Record<string, FactValue | undefined>>;
  readonly isSilent: boolean;
}

/** The figures that rows require: the parameter, a published minimum inside its range, or what a due formula makes of it. */
export function duesOf(scope: Scope, ledger: CompiledLedger, instances: readonly RowInstance[]): DueFigure[] {
  const { context } = scope;
  const isParticular = context.readings.size > 0 || context.place.minima.some(({ name }) => context.facts[name] != null);
  const given: DueFacts[] = [];
  return instances.map(({ row }) => {
    const facts = row.dueFacts === null ? null : (given[row.dueFacts] ??= dueFacts(context, ledger.dueFacts[row.dueFacts] ?? NONE));
    return isParticular || facts?.isSilent === false ? dueOf(context, ledger.spec, row, facts) : usualDue(context, ledger.spec, row, facts);
  });
}

function dueFacts(context: Context, names: readonly string[]): DueFacts {
  const values: Record<string, FactValue | undefined> = {};
  let isSilent = true;
  for (const name of names) {
    const found = lookup(context, name);
    if (!found.known) continue;
    values[name] = found.value;
    if (found.value !== null) isSilent = false;
  }
  return { values, isSilent };
}

interface UsualDue {
  readonly at: Instant;
  readonly due: DueFigure;
}
const usualDues = new WeakMap<BookRow, UsualDue>();

/** What is due from everyone of whom no formula is told anything, nothing was published and no reading chosen: the same for one moment, so the last is kept. */
function usualDue(context: Context, spec: LedgerSpec, row: BookRow, facts: DueFacts | null): DueFigure {
  const known = usualDues.get(row);
  if (known && known.at === context.at) return known.due;
  const due = dueOf(context, spec, row, facts);
  usualDues.set(row, { at: context.at, due });
  return due;
}

function dueOf(context: Context, spec: LedgerSpec, row: BookRow, facts: DueFacts | null): DueFigure {
  const full = amountOf(context, row.version, row.check.required).low;
  const formula = row.check.due;
  if (!formula || !facts) return makeDue(full, spec.perWhole, null, NONE);
  const due = formula.run(full, facts.values, formulaContext(context, row.version));
  return 'figure' in due ? makeDue(due.figure, spec.perWhole, null, due.notes ?? NONE) : makeDue(full, spec.perWhole, due.unpublished, due.notes ?? NONE);
}

const makeDue = (figure: Exact, perWhole: number, unpublished: Text | null, notes: readonly Message[]): DueFigure => ({ figure, units: Number(figure.times(Exact.of(perWhole)).ceil()), text: figure.toString(), unpublished, notes });
