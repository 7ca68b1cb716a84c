import type { Cell } from './ledger.ts';

/** The cells of a ledger as they become known, numbered in that order. */
export interface CellTable {
  readonly cells: readonly Cell[];
  indexOf(cell: Cell): number;
  /** Their numbers in the order of the cells' written form, which does not depend on when they became known. */
  readonly inOrder: readonly number[];
}

/** Where the coordinates read so far lead. */
interface Step {
  /** The coordinate that comes next. */
  name: string | null;
  readonly next: Map<string, Step>;
  /** The value that came last and its step: most coordinates of most cells say nothing, and so the same. */
  lastValue: string | null;
  last: Step | null;
  /** The same place for cells that have another coordinate next. */
  other: Step | null;
  index: number | null;
}
const newStep = (name: string | null): Step => ({ name, next: new Map(), lastValue: null, last: null, other: null, index: null });

function nextStep(step: Step, value: string): Step {
  let next = step.next.get(value);
  if (!next) {
    next = newStep(null);
    step.next.set(value, next);
  }
  return next;
}

/**
 * `names`: the pool and the coordinates of the ledger. A cell is found by walking its coordinates in the order in which it
 * has them, which is the same for all cells that one function makes; writing each one out to look it up would cost more
 * than all the rest that is done for an entry.
 */
export function cellTable(names: readonly string[]): CellTable {
  const cells: Cell[] = [];
  const keys: string[] = [];
  const inOrder: number[] = [];
  const byKey = new Map<string, number>();
  const first = newStep(null);

  const byText = (cell: Cell): number => {
    const key = names.map((name) => cell[name] ?? '').join('|');
    let index = byKey.get(key);
    if (index === undefined) {
      index = cells.push(cell) - 1;
      keys.push(key);
      byKey.set(key, index);
      inOrder.splice(placeOf(key, keys, inOrder), 0, index);
    }
    return index;
  };
  const indexOf = (cell: Cell): number => {
    let step = first;
    for (const name in cell) {
      step.name ??= name;
      while (step.name !== name) step = step.other ??= newStep(name);
      const value = cell[name] as string;
      if (step.lastValue !== value || !step.last) {
        step.last = nextStep(step, value);
        step.lastValue = value;
      }
      step = step.last;
    }
    return (step.index ??= byText(cell));
  };
  return { cells, indexOf, inOrder };
}

/** Where a new key belongs among those that are in order already. */
function placeOf(key: string, keys: readonly string[], inOrder: readonly number[]): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[inOrder[middle] ?? 0] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
