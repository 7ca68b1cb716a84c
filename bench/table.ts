import type { Comparison } from './measure.ts';

const HEADINGS = ['', 'ours', 'reference', 'ratio', 'min', 'max', 'target', ''];

function judged({ ratio, target }: Comparison): [target: string, isMet: string] {
  if (!target) return ['-', ''];
  const isMet = target.relation === 'atLeast' ? ratio >= target.ratio : ratio <= target.ratio;
  return [`${target.relation === 'atLeast' ? '>=' : '<='} ${target.ratio}`, isMet ? 'met' : 'NOT MET'];
}
const figure = (value: number, unit: string): string => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`;

function rowOf(comparison: Comparison): string[] {
  const { name, ours, reference, unit, ratio, least, most } = comparison;
  return [name, figure(ours, unit), figure(reference, unit), ratio.toFixed(2), least.toFixed(2), most.toFixed(2), ...judged(comparison)];
}

/** Aligned columns: names to the left, figures to the right. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = [HEADINGS, ...comparisons.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column === 0 || column === HEADINGS.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
