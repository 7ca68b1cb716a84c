import type { CompiledStructure } from './structure.ts';

/** Adds the units to every line that counts them in this cell. */
export function addUnits(structure: CompiledStructure, units: Float64Array, cell: number, amount: number): void {
  const lines = structure.linesOf[cell]!;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    units[line] = units[line]! + amount;
  }
}

/** What a capped line counts of so many units: its share, rounded down. */
export function cappedCount(structure: CompiledStructure, line: number, units: number): number {
  const product = structure.numerator[line]! * units;
  const denominator = structure.denominator[line]!;
  return (product - (product % denominator)) / denominator;
}

/** What a row counts when its lines hold `units`, each less what `lost` says (null for nothing). */
export function countRow(structure: CompiledStructure, row: number, units: Float64Array, lost: Float64Array | null): number {
  let count = units[row]!;
  if (lost !== null) count -= lost[row]!;
  const capped = structure.capped[row]!;
  for (let i = 0; i < capped.length; i += 1) {
    const line = capped[i]!;
    const held = lost === null ? units[line]! : Math.max(0, units[line]! - lost[line]!);
    count += cappedCount(structure, line, held);
  }
  return count;
}
