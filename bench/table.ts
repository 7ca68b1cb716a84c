import type { Comparison } from './measure.ts';

const HEADINGS = ['', 'ours', 'reference', 'ratio', 'min', 'max', 'target', ''];

const isMet = ({ ratio, target }: Comparison): boolean => (target.relation === 'atLeast' ? ratio >= target.ratio : ratio <= target.ratio);
const figure = (value: number, unit: string): string => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`;

function rowOf(comparison: Comparison): string[] {
  const { name, ours, reference, unit, ratio, least, most, target } = comparison;
  return [name, figure(ours, unit), figure(reference, unit), ratio.toFixed(2), least.toFixed(2), most.toFixed(2), `${target.relation === 'atLeast' ? '>=' : '<='} ${target.ratio}`, isMet(comparison) ? 'met' : 'NOT MET'];
}

/** Aligned columns: names to the left, figures to the right. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = [HEADINGS, ...comparisons.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column === 0 || column === HEADINGS.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
