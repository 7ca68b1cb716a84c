import type { CompiledStructure } from './structure.ts';

/** Bits of one word of a set: below 31, so that a word stays a small integer. */
const WORD_BITS = 30;

/**
 * The lines of the rows in question, numbered from 0, and the cells for additional units told apart by them. Rows come
 * first, in the order given, then their capped lines.
 */
export class Coverage {
  rowCount = 0;
  lineCount = 0;
  /** Line of the structure by local number. */
  lines = new Int32Array(64);
  /** Local number by line, or -1. */
  local = new Int32Array(64);
  cellCount = 0;
  /** Index into `structure.additional`. */
  cells = new Int32Array(64);
  private words = 1;
  private sets = new Int32Array(256);

  /** Numbers the lines of these rows. */
  number(structure: CompiledStructure, rows: ArrayLike<number>, rowCount: number): void {
    if (this.local.length < structure.lineCount) {
      this.local = new Int32Array(structure.lineCount);
      this.lines = new Int32Array(structure.lineCount);
    }
    this.local.fill(-1, 0, structure.lineCount);
    let count = 0;
    for (let i = 0; i < rowCount; i += 1) count = this.append(rows[i]!, count);
    this.rowCount = rowCount;
    for (let i = 0; i < rowCount; i += 1) {
      const capped = structure.capped[rows[i]!]!;
      for (let k = 0; k < capped.length; k += 1) count = this.append(capped[k]!, count);
    }
    this.lineCount = count;
  }

  private append(line: number, at: number): number {
    this.lines[at] = line;
    this.local[line] = at;
    return at + 1;
  }

  /**
   * Collects the cells for additional units that serve at least one line: of those with the same lines the first. With
   * `maximal` also none whose lines another serves too; that keeps the gap, not the choice of cells.
   */
  collectCells(structure: CompiledStructure, maximal: boolean): void {
    const { additional } = structure;
    const words = Math.ceil(this.lineCount / WORD_BITS) || 1;
    this.words = words;
    if (this.cells.length < additional.length) this.cells = new Int32Array(additional.length);
    if (this.sets.length < (additional.length + 1) * words) this.sets = new Int32Array((additional.length + 1) * words);
    const { sets, cells, local } = this;
    let count = 0;
    for (let index = 0; index < additional.length; index += 1) {
      const at = count * words;
      for (let w = 0; w < words; w += 1) sets[at + w] = 0;
      let any = false;
      const lines = structure.linesOf[additional[index]!]!;
      for (let i = 0; i < lines.length; i += 1) {
        const number = local[lines[i]!]!;
        if (number < 0) continue;
        any = true;
        const word = at + Math.floor(number / WORD_BITS);
        sets[word] = sets[word]! | (1 << (number % WORD_BITS));
      }
      if (!any) continue;
      count = this.settle(index, count, maximal, cells);
    }
    this.cellCount = count;
  }

  /** Keeps, drops or lets replace others the set written last; returns the new count. */
  private settle(index: number, count: number, maximal: boolean, cells: Int32Array): number {
    for (let k = 0; k < count; k += 1) {
      if (maximal ? this.holds(k, count) : this.holds(k, count) && this.holds(count, k)) return count;
    }
    let kept = count;
    if (maximal) {
      kept = 0;
      for (let k = 0; k < count; k += 1) {
        if (this.holds(count, k)) continue;
        this.copy(k, kept);
        cells[kept] = cells[k]!;
        kept += 1;
      }
      this.copy(count, kept);
    }
    cells[kept] = index;
    return kept + 1;
  }

  /** Whether set a holds all of set b. */
  private holds(a: number, b: number): boolean {
    const { sets, words } = this;
    for (let w = 0; w < words; w += 1) {
      if ((sets[b * words + w]! & ~sets[a * words + w]!) !== 0) return false;
    }
    return true;
  }

  private copy(from: number, to: number): void {
    if (from === to) return;
    for (let w = 0; w < this.words; w += 1) this.sets[to * this.words + w] = this.sets[from * this.words + w]!;
  }
}
