import { message } from '../kernel/text.ts';
import { nearestNames } from '../kernel/nearest.ts';
import { plainName } from './columns/column.ts';
import type { Column } from './columns/column.ts';
import type { ProblemList } from './problem.ts';

/** Which cell of a row is what. */
export class Header {
  /** The headings as the file writes them. */
  readonly headings: readonly string[];
  readonly #indices: ReadonlyMap<string, number>;

  constructor(headings: readonly string[], indices: ReadonlyMap<string, number>) {
    this.headings = headings;
    this.#indices = indices;
  }

  get width(): number {
    return this.headings.length;
  }
  /** The cell of a column, from 0; -1 where the file does not have it. */
  at(column: string): number {
    return this.#indices.get(column) ?? -1;
  }
  /** What the file calls a column; its canonical name where the file has none. */
  nameOf(column: string): string {
    return this.headings[this.at(column)] ?? column;
  }
}

/** Every name a column may go by; a name of several columns is that of the first. */
function namesOf(columns: readonly Column[]): Map<string, Column> {
  const names = new Map<string, Column>();
  const add = (name: string, column: Column): void => {
    if (!names.has(plainName(name))) names.set(plainName(name), column);
  };
  for (const column of columns) add(column.name, column);
  for (const column of columns) for (const title of [column.titles.zh, column.titles.en]) add(title, column);
  for (const column of columns) for (const alias of column.aliases ?? []) add(alias, column);
  return names;
}

/** Matches the first row with the columns of a kind. What is unknown, missing or twice there is reported, all at once. */
export function readHeader(cells: readonly string[], line: number, columns: readonly Column[], isGiven: (column: string) => boolean, problems: ProblemList): Header {
  const names = namesOf(columns);
  const headings = cells.map((cell) => cell.trim());
  const indices = new Map<string, number>();
  headings.forEach((heading, index) => {
    if (heading === '') return;
    const column = names.get(plainName(heading));
    if (!column) return problems.addWhole('UNKNOWN_COLUMN', line, heading, heading, message('import.unknown-column', { nearest: '' }), nearestColumns(heading, columns));
    const earlier = indices.get(column.name);
    if (earlier !== undefined) return problems.addWhole('DUPLICATE_COLUMN', line, heading, heading, message('import.duplicate-column', { other: headings[earlier] ?? '', first: earlier + 1, second: index + 1 }));
    indices.set(column.name, index);
  });
  for (const { name, titles, required } of columns) {
    if (required && !indices.has(name) && !isGiven(name)) problems.addWhole('MISSING_COLUMN', line, name, null, message('import.missing-column', { column: name, title: titles }));
  }
  return new Header(headings, indices);
}

function nearestColumns(heading: string, columns: readonly Column[]): string[] {
  const names = columns.flatMap(({ name, titles }) => [name, titles.zh, titles.en]);
  return nearestNames(heading, new Set(names));
}

/** How many headings are columns of a kind, and whether none that it requires is missing. */
export function matchHeader(cells: readonly string[], columns: readonly Column[], isGiven: (column: string) => boolean): { readonly known: number; readonly isWhole: boolean } {
  const names = namesOf(columns);
  const found = new Set(cells.flatMap((cell) => names.get(plainName(cell))?.name ?? []));
  return { known: found.size, isWhole: columns.every(({ name, required }) => !required || found.has(name) || isGiven(name)) };
}
