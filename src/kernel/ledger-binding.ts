import type { Condition } from './context.ts';
import type { Scope } from './result.ts';
import { condition } from './evaluate.ts';
import type { Cycle } from './ledger-entries.ts';
import type { BookRow, CompiledLedger, Guard, RowInstance, RowStructure } from './ledger-rows.ts';
import { testedYears } from './ledger-years.ts';

/** The rows that bind a person. There are few combinations of roles and years, so each is put together once. */
export interface Binding {
  readonly instances: readonly RowInstance[];
  /** The position of each among the instances, by year (null: of no year). */
  readonly positions: ReadonlyMap<BookRow, ReadonlyMap<number | null, number>>;
  /** What is worked out for it, by what else it depends on. */
  readonly structures: Map<string, RowStructure>;
}

/** What the conditions around rows came to for one person, by the number of the condition; each is asked when it matters. */
export type RowConditions = (Condition | undefined)[];

export function conditionOf(scope: Scope, row: BookRow, guard: Guard, known: RowConditions): Condition {
  return (known[guard.number] ??= condition({ ...scope, version: guard.by ?? row.version }, guard.check));
}

/** Combinations of roles and years that are kept at once. */
const MOST_BINDINGS = 500;
const bindings = new WeakMap<CompiledLedger, Map<string, Binding>>();

/** Rows whose conditions all hold; where one is unknown the row's own finding says so. */
export function bindingOf(scope: Scope, ledger: CompiledLedger, cycle: Cycle, known: RowConditions): Binding {
  // The key is one bit a row, 15 to a character, and the years of yearly rows: it is made for every person.
  let key = '';
  let bits = 0;
  let allYears = '';
  const years: (readonly number[])[] = [];
  for (const row of ledger.rows) {
    if (binds(scope, row, known)) {
      const tested = row.yearly && testedYears({ ...scope, version: row.version }, row.yearly, cycle);
      if (!tested) bits |= 1 << row.index % 15;
      else if (tested.known) {
        bits |= 1 << row.index % 15;
        years[row.index] = tested.years;
        allYears += `,${row.index}:${tested.years.join('+')}`;
      }
    }
    if (row.index % 15 === 14) {
      key += String.fromCharCode(bits);
      bits = 0;
    }
  }
  key += String.fromCharCode(bits) + allYears;
  const made = bindings.get(ledger) ?? new Map<string, Binding>();
  bindings.set(ledger, made);
  let binding = made.get(key);
  if (!binding) {
    if (made.size >= MOST_BINDINGS) made.clear();
    binding = bind(ledger.rows.filter(({ index }) => (key.charCodeAt(Math.floor(index / 15)) >> index % 15) & 1), years);
    made.set(key, binding);
  }
  return binding;
}

function binds(scope: Scope, row: BookRow, known: RowConditions): boolean {
  for (const guard of row.guards) {
    if (conditionOf(scope, row, guard, known).verdict !== (guard.isNegated ? 'NOT_MET' : 'MET')) return false;
  }
  return true;
}

/** `years`: those of yearly rows, by the row's number. */
function bind(rows: readonly BookRow[], years: readonly (readonly number[])[]): Binding {
  const instances = rows.flatMap((row) => (years[row.index] ?? [null]).map((year): RowInstance => ({ row, year })));
  const positions = new Map<BookRow, Map<number | null, number>>(rows.map((row) => [row, new Map()]));
  instances.forEach(({ row, year }, position) => positions.get(row)?.set(year, position));
  return { instances, positions, structures: new Map() };
}
