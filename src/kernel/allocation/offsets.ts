import { countRow } from './counting.ts';
import type { Holding } from './problem.ts';
import { type CompiledStructure, changeOf, type LineChange } from './structure.ts';

/** Holdings of one home and one reach: only their sum matters. */
export interface Group {
  readonly home: number;
  readonly reach: readonly number[];
  /** Indices of the holdings, in the given order. */
  readonly holdings: number[];
  amount: number;
  /** The cells worth moving to, in the order of reach, and what a unit gains and loses on the way. */
  readonly targets: number[];
  readonly changes: LineChange[];
}

/** The moves that could help and the rows that they could concern. */
export interface Offsets {
  /** In canonical order: by home cell, then by the list of reach cells. */
  readonly groups: readonly Group[];
  /** Ascending: the rows short at home, and those that a helpful move could make short. */
  readonly rows: readonly number[];
}

let holdingOf = new Int32Array(64);
let cellOf = new Int32Array(64);
let useful = new Uint8Array(64);
let changes: LineChange[] = [];
let lost = new Float64Array(64);
let stamp = new Int32Array(64);
let active = new Uint8Array(64);

/**
 * Null when no move can help. A move helps only if some row that may be short counts the unit afterwards and not before;
 * a row that is met at home may be short only if helpful moves can take that much from it. All other moves can be undone
 * without making any row short, so the least allocation has none of them.
 */
export function findOffsets(
  structure: CompiledStructure,
  required: readonly number[],
  holdings: readonly Holding[],
  units: Float64Array,
  shortfalls: readonly number[],
): Offsets | null {
  const candidates = listCandidates(structure, holdings);
  if (candidates === 0) return null;
  const { lineCount, rowCount, owner } = structure;
  if (lost.length < lineCount) {
    lost = new Float64Array(lineCount);
    stamp = new Int32Array(lineCount);
    active = new Uint8Array(lineCount);
  }
  lost.fill(0, 0, lineCount);
  stamp.fill(-1, 0, lineCount);
  for (let row = 0; row < rowCount; row += 1) active[row] = shortfalls[row]! > 0 ? 1 : 0;
  let any = false;
  for (let again = true; again; ) {
    again = false;
    for (let c = 0; c < candidates; c += 1) {
      if (useful[c] === 1) continue;
      const { gained, lost: losing } = changes[c]!;
      let helps = 0;
      for (let i = 0; i < gained.length; i += 1) helps |= active[owner[gained[i]!]!]!;
      if (helps === 0) continue;
      useful[c] = 1;
      any = true;
      const holding = holdingOf[c]!;
      const { amount } = holdings[holding]!;
      for (let i = 0; i < losing.length; i += 1) {
        const line = losing[i]!;
        if (stamp[line] === holding) continue;
        stamp[line] = holding;
        lost[line] = lost[line]! + amount;
        const row = owner[line]!;
        if (active[row] === 0 && countRow(structure, row, units, lost) < required[row]!) {
          active[row] = 1;
          again = true;
        }
      }
    }
  }
  if (!any) return null;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row += 1) if (active[row] === 1) rows.push(row);
  return { groups: collectGroups(holdings, candidates), rows };
}

function listCandidates(structure: CompiledStructure, holdings: readonly Holding[]): number {
  let count = 0;
  for (let h = 0; h < holdings.length; h += 1) {
    const { home, amount, reach } = holdings[h]!;
    if (amount === 0) continue;
    for (let k = 0; k < reach.length; k += 1) {
      const cell = reach[k]!;
      if (cell === home) continue;
      if (count === holdingOf.length) grow();
      holdingOf[count] = h;
      cellOf[count] = cell;
      useful[count] = 0;
      changes[count] = changeOf(structure, home, cell);
      count += 1;
    }
  }
  return count;
}

function grow(): void {
  const size = 2 * holdingOf.length;
  const previous = { holdingOf, cellOf };
  holdingOf = new Int32Array(size);
  holdingOf.set(previous.holdingOf);
  cellOf = new Int32Array(size);
  cellOf.set(previous.cellOf);
  useful = new Uint8Array(size);
}

function compareReach(a: readonly number[], b: readonly number[]): number {
  if (a === b) return 0;
  for (let i = 0; i < a.length && i < b.length; i += 1) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function collectGroups(holdings: readonly Holding[], candidates: number): Group[] {
  const groups: Group[] = [];
  for (let c = 0; c < candidates; ) {
    const index = holdingOf[c]!;
    const { home, amount, reach } = holdings[index]!;
    const first = c;
    let any = 0;
    for (; c < candidates && holdingOf[c] === index; c += 1) any |= useful[c]!;
    if (any === 0) continue;
    let at = groups.length;
    let order = 1;
    while (at > 0) {
      const before = groups[at - 1]!;
      order = home - before.home || compareReach(reach, before.reach);
      if (order >= 0) break;
      at -= 1;
    }
    if (at > 0 && order === 0) {
      const group = groups[at - 1]!;
      group.amount += amount;
      group.holdings.push(index);
      continue;
    }
    const group: Group = { home, reach, holdings: [index], amount, targets: [], changes: [] };
    for (let k = first; k < c; k += 1) {
      if (useful[k] === 0) continue;
      group.targets.push(cellOf[k]!);
      group.changes.push(changes[k]!);
    }
    groups.splice(at, 0, group);
  }
  return groups;
}
