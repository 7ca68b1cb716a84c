import { amountOf } from '../../kernel/amount-range.ts';
import type { Context } from '../../kernel/context.ts';
import { Exact } from '../../kernel/exact.ts';
import type { Cell, LedgerSpec } from '../../kernel/ledger.ts';
import type { LedgerBook } from '../../kernel/ledger-book.ts';
import { sees } from '../../kernel/ledger-structure.ts';
import type { Asked } from './profiles.ts';
import { inLanguage } from './proof.ts';
import type { Proof, Subject } from './proof.ts';

/** A requirement of one person as the cells that it counts, of those where units can be added. */
interface Row {
  readonly document: string;
  readonly rule: string;
  readonly figure: string;
  /** What the document itself asks for, whatever is due from this person. */
  readonly required: Exact;
  readonly cells: ReadonlySet<number>;
  /** Coordinates that it limits, with the values that it counts. */
  readonly fixed: Readonly<Record<string, ReadonlySet<string>>>;
}

/**
 * Where a document's parts do not add up to its whole: for every requirement that others divide along a coordinate (by
 * level, by category), what those others ask for together. A report, and never wrong in itself: documents are like that.
 */
export function reportParts(subject: Subject, asked: readonly Asked[]): Proof {
  const said = new Set<string>();
  const lines = asked.flatMap(({ books, profile, context }) => {
    const fresh = books.flatMap((book) => partsOf(subject, book, context)).filter((line) => !said.has(line.trim()));
    fresh.forEach((line) => said.add(line.trim()));
    return fresh.length === 0 ? [] : [`  ${profile.label[subject.language]}:`, ...fresh.map((line) => `    ${line}`)];
  });
  const heading = inLanguage(subject, '文件中部分与整体的关系:', 'parts and wholes of the documents:');
  return { lines: lines.length === 0 ? [] : [heading, ...lines], failures: [] };
}

function partsOf(subject: Subject, book: LedgerBook, context: Context): string[] {
  const { spec } = book.ledger;
  const cells = declaredCells(spec);
  const rows = rowsIn(book, cells, context);
  return rows.flatMap((whole) => {
    const inside = rows.filter((row) => row.document === whole.document && isInside(row, whole));
    const isTop = !rows.some((row) => row.document === whole.document && isInside(whole, row));
    const children = inside.filter((row) => !inside.some((other) => other !== row && isInside(row, other)));
    const divisions = Object.keys(spec.coordinates).flatMap((name) => divide(whole, name, children, inside) ?? []);
    const telling = divisions.filter((division) => !divisions.some((other) => other !== division && other.parts.size > division.parts.size && isWithin(division.parts, other.parts)));
    return telling.length === 0 ? [] : [`${isTop ? '' : '  '}${describe(subject, spec, whole, telling)}`];
  });
}

interface Division {
  readonly coordinate: string;
  readonly sum: Exact;
  readonly parts: ReadonlySet<Row>;
}

/** The parts of a whole by the values of one coordinate, each group of values with the most that its rows ask for together. */
function divide(whole: Row, coordinate: string, children: readonly Row[], inside: readonly Row[]): Division | null {
  if (coordinate in whole.fixed) return null;
  const parts = children.filter((row) => coordinate in row.fixed);
  const groups = apart(parts.flatMap(({ fixed }) => fixed[coordinate] ?? []));
  if (groups.length < 2) return null;
  const ofGroup = (group: ReadonlySet<string>): Row[] => inside.filter(({ fixed }) => [...(fixed[coordinate] ?? [''])].every((value) => group.has(value)));
  const sum = groups.map((group) => mostTogether(ofGroup(group))).reduce((total, most) => total.plus(most), Exact.zero);
  return { coordinate, sum, parts: new Set(parts) };
}

/** Sets that share a value are one group. */
function apart(sets: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  return sets.reduce<ReadonlySet<string>[]>((groups, set) => {
    const touching = groups.filter((group) => !areApart(group, set));
    return [...groups.filter((group) => !touching.includes(group)), new Set([...touching.flatMap((group) => [...group]), ...set])];
  }, []);
}

/** The greatest sum of figures of rows that share no cell. */
function mostTogether(rows: readonly Row[]): Exact {
  const [first, ...rest] = rows;
  if (!first) return Exact.zero;
  const without = mostTogether(rest);
  const withFirst = first.required.plus(mostTogether(rest.filter((row) => isApart(row, first))));
  return without.isLessThan(withFirst) ? withFirst : without;
}

const areApart = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => ![...a].some((item) => b.has(item));
const isWithin = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => [...a].every((item) => b.has(item));
const isApart = (a: Row, b: Row): boolean => areApart(a.cells, b.cells);
/** Counts less than the other, and nothing that it does not count. */
const isInside = (inner: Row, outer: Row): boolean => inner.cells.size < outer.cells.size && isWithin(inner.cells, outer.cells);

function rowsIn({ instances, ledger }: LedgerBook, cells: readonly Cell[], context: Context): Row[] {
  const seen = new Set<string>();
  return instances.flatMap(({ row, year }): Row[] => {
    // A row that another rule states once more is the same part.
    const counted = new Set(cells.flatMap((cell, index) => (row.check.sees.some((sight) => sees(sight, cell, null, true)) ? [index] : [])));
    const key = [...counted].join();
    if (year !== null || counted.size === 0 || seen.has(key)) return [];
    seen.add(key);
    const fixed = Object.fromEntries(Object.keys(ledger.spec.coordinates).flatMap((name) => {
      const isLimited = row.check.sees.every(({ where }) => where[name] !== undefined);
      return isLimited ? [[name, new Set(row.check.sees.flatMap(({ where }) => where[name] ?? []))]] : [];
    }));
    const required = amountOf(context, row.version, row.check.required).low;
    return [{ document: row.version.document.id, rule: row.version.spec.id, figure: row.check.figure, required, cells: counted, fixed }];
  });
}

/** Every cell where the ledger lets units be added; all years are one. */
function declaredCells({ additional, coordinates }: LedgerSpec): Cell[] {
  const cells = additional.flatMap(({ pool, at }) => {
    let found: Cell[] = [{ pool }];
    for (const [name, { none }] of Object.entries(coordinates)) found = found.flatMap((cell) => (at[name] ?? [none ?? 'none']).map((value): Cell => ({ ...cell, [name]: value })));
    return found;
  });
  return [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
}

function describe(subject: Subject, spec: LedgerSpec, whole: Row, divisions: readonly Division[]): string {
  const name = `${whole.rule} (${whole.figure}) ${whole.required}`;
  const parts = divisions.map(({ coordinate, sum }) => {
    const label = spec.coordinates[coordinate]?.label[subject.language] ?? coordinate;
    const rest = whole.required.minus(sum);
    const said = rest.isZero() ? '' : rest.isNegative() ? inLanguage(subject, `(多出${rest.negate()})`, ` (${rest.negate()} more than the whole)`) : inLanguage(subject, `(余${rest}不限)`, ` (${rest} left open)`);
    return inLanguage(subject, `按${label}${sum}${said}`, `by ${label} ${sum}${said}`);
  });
  const addsUp = divisions.some(({ sum }) => sum.equals(whole.required));
  const verdict = addsUp ? inLanguage(subject, '各部分合于整体', 'the parts add up') : inLanguage(subject, '各部分之和不等于整体', 'the parts do not add up');
  return inLanguage(subject, `${name}:${verdict}:${parts.join(',')}`, `${name}: ${verdict}: ${parts.join(', ')}`);
}
