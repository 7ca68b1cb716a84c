import { type AllocationStructure, MAX_COEFFICIENT } from './problem.ts';

/** Lines that a unit gains and loses when it moves from one cell to another. */
export interface LineChange {
  readonly gained: Int32Array;
  readonly lost: Int32Array;
}

/**
 * A structure with the once-only work done. A *line* is what a unit in a cell is counted by: line r is row r counting in
 * full; each capped sight has a line of its own, numbered after the rows.
 */
export interface CompiledStructure {
  readonly cellCount: number;
  readonly rowCount: number;
  readonly lineCount: number;
  /** The row that a line counts for. */
  readonly owner: Int32Array;
  /** Per line; 1/1 for the lines of rows. */
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  /** Per row the lines of its capped sights. */
  readonly capped: readonly Int32Array[];
  /** Per cell its lines, ascending. */
  readonly linesOf: readonly Int32Array[];
  /** Cells for additional units in the declared order, one for each set of lines: the first stands for its equals. */
  readonly additional: Int32Array;
  /** Per row 1 when some cell for additional units counts for it. */
  readonly servable: Uint8Array;
  readonly changes: Map<number, LineChange>;
}

function checkCell(cell: number, cellCount: number): void {
  if (!Number.isInteger(cell) || cell < 0 || cell >= cellCount) {
    throw new RangeError(`allocation: cell ${cell} is not one of 0 to ${cellCount - 1}`);
  }
}

function collectLines(structure: AllocationStructure) {
  const lines: number[][] = Array.from({ length: structure.cellCount }, () => []);
  const owner = structure.rows.map((_, row) => row);
  const numerator = owner.map(() => 1);
  const denominator = owner.map(() => 1);
  const capped: number[][] = owner.map(() => []);
  // Per cell the sight that saw it last, all sights of all rows numbered from 1.
  const seenBy = new Int32Array(structure.cellCount);
  let sight = 0;
  structure.rows.forEach((row, rowIndex) => {
    const before = sight;
    for (const { cells, share } of row.sees) {
      sight += 1;
      let line = rowIndex;
      if (share !== undefined && share.numerator !== share.denominator) {
        const { numerator: n, denominator: d } = share;
        if (!Number.isInteger(n) || !Number.isInteger(d) || n < 0 || d < 1 || n > MAX_COEFFICIENT || d > MAX_COEFFICIENT) {
          throw new RangeError(`allocation: row ${rowIndex} has a share of ${n}/${d}`);
        }
        if (n === 0) continue;
        line = owner.push(rowIndex) - 1;
        numerator.push(n);
        denominator.push(d);
        capped[rowIndex]?.push(line);
      }
      for (const cell of cells) {
        checkCell(cell, structure.cellCount);
        if (seenBy[cell] === sight) continue;
        if (seenBy[cell]! > before) throw new RangeError(`allocation: row ${rowIndex} sees cell ${cell} twice`);
        seenBy[cell] = sight;
        lines[cell]!.push(line);
      }
    }
  });
  return { lines, owner, numerator, denominator, capped };
}

/**
 * Does the work that depends on cells, rows and declared cells alone, so that many transcripts can share it.
 * Throws a RangeError when the structure is malformed: an unknown cell, a cell seen twice by one row, a share that is no fraction.
 */
export function compileStructure(structure: AllocationStructure): CompiledStructure {
  const { lines, owner, numerator, denominator, capped } = collectLines(structure);
  const linesOf = lines.map((list) => Int32Array.from(list).sort());
  const servable = new Uint8Array(structure.rows.length);
  const additional: number[] = [];
  const known = new Set<string>();
  for (const cell of structure.additional) {
    checkCell(cell, structure.cellCount);
    const cellLines = linesOf[cell] as Int32Array;
    for (const line of cellLines) servable[owner[line] as number] = 1;
    const key = cellLines.join();
    if (known.has(key)) continue;
    known.add(key);
    additional.push(cell);
  }
  return {
    cellCount: structure.cellCount,
    rowCount: structure.rows.length,
    lineCount: owner.length,
    owner: Int32Array.from(owner),
    numerator: Float64Array.from(numerator),
    denominator: Float64Array.from(denominator),
    capped: capped.map((list) => Int32Array.from(list)),
    linesOf,
    additional: Int32Array.from(additional),
    servable,
    changes: new Map(),
  };
}

/** What a unit's move from one cell to another changes, remembered in the structure. */
export function changeOf(structure: CompiledStructure, from: number, to: number): LineChange {
  const key = from * structure.cellCount + to;
  const known = structure.changes.get(key);
  if (known !== undefined) return known;
  const before = structure.linesOf[from];
  const after = structure.linesOf[to];
  if (before === undefined || after === undefined) throw new RangeError(`allocation: no move from cell ${from} to ${to}`);
  const change = { gained: without(after, before), lost: without(before, after) };
  structure.changes.set(key, change);
  return change;
}

/** Those of the one list that are not in the other; both are ascending. */
function without(lines: Int32Array, others: Int32Array): Int32Array {
  const left: number[] = [];
  let other = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    while (other < others.length && others[other]! < line) other += 1;
    if (other === others.length || others[other] !== line) left.push(line);
  }
  return Int32Array.from(left);
}
