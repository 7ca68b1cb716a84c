import { compileStructure } from './allocation/structure.ts';
import type { Sight as CellSight } from './allocation/problem.ts';
import type { RowCheck } from './check.ts';
import { Exact } from './exact.ts';
import type { CellTable } from './ledger-cells.ts';
import type { Reach, RowInstance, RowStructure } from './ledger-rows.ts';
import type { Cell, LedgerSpec, Move, Sight } from './ledger.ts';
import { paramAt } from './param.ts';
import type { Standing } from './law.ts';

/** Cells times rows of all structures that are kept at once: some hundred of the usual size, about 100 MB. */
const MOST_KEPT = 4_000_000;
const kept = new Map<RowStructure, { readonly of: Map<string, RowStructure>; readonly key: string; readonly weight: number }>();
let keptWeight = 0;

/** Keeps a structure, in place of the one with fewer cells, and lets go of the oldest of all ledgers over the limit. */
export function keepStructure(of: Map<string, RowStructure>, key: string, structure: RowStructure): void {
  const drop = (old: RowStructure): void => {
    const entry = kept.get(old);
    if (!entry) return;
    keptWeight -= entry.weight;
    kept.delete(old);
    if (entry.of.get(entry.key) === old) entry.of.delete(entry.key);
  };
  const smaller = of.get(key);
  if (smaller) drop(smaller);
  const weight = structure.seenBy.length * (structure.compiled.rowCount + 1);
  of.set(key, structure);
  kept.set(structure, { of, key, weight });
  keptWeight += weight;
  for (const oldest of kept.keys()) {
    if (keptWeight <= MOST_KEPT || oldest === structure) return;
    drop(oldest);
  }
}

/** One declared cell, the first, for each set of rows that counts a unit there: its equals would change nothing. */
export function representatives(declared: readonly Cell[], instances: readonly RowInstance[], withOffsets: boolean): Cell[] {
  const first = new Map<string, Cell>();
  for (const cell of declared) {
    const seen = instances.map(({ row, year }) => row.check.sees.findIndex((sight) => sees(sight, cell, year, withOffsets))).join();
    if (!first.has(seen)) first.set(seen, cell);
  }
  return [...first.values()];
}

/** A plain loop: asked of every declared cell and row whenever someone is bound by a new set of rows. */
function agrees(cell: Cell, where: Readonly<Record<string, readonly string[]>>): boolean {
  for (const name in where) if (!where[name]?.includes(cell[name] ?? '')) return false;
  return true;
}

/** Every cell that a chain of moves leads to, the nearest first; never its own. */
export function closure(cells: readonly Cell[], start: number, moves: readonly Move[], tags: readonly string[], indexOf: (cell: Cell) => number): Reach[] {
  const reached = new Map<number, readonly string[]>([[start, []]]);
  const queue = [start];
  for (const index of queue) {
    const cell = cells[index] as Cell;
    for (const move of moves) {
      if (cell.pool !== move.pool || !agrees(cell, move.from)) continue;
      if ((move.tag !== undefined && !tags.includes(move.tag)) || (move.withoutTag !== undefined && tags.includes(move.withoutTag))) continue;
      const target = indexOf({ ...cell, ...move.to });
      if (reached.has(target)) continue;
      reached.set(target, [...(reached.get(index) ?? []), move.rule]);
      queue.push(target);
    }
  }
  reached.delete(start);
  return [...reached].map(([cell, rules]) => ({ cell, rules }));
}

/** Declared cells in order. Years not over yet come before ended ones: what is still to be earned is earned now or later. */
export function additionalCells(spec: LedgerSpec, years: readonly number[], thisYear: number): Cell[] {
  const ordered = [...years.filter((year) => year >= thisYear), ...years.filter((year) => year < thisYear).reverse()].map(String);
  return spec.additional.flatMap(({ pool, at }) => {
    let cells: Record<string, string>[] = [{ pool }];
    for (const name of Object.keys(spec.coordinates)) {
      const values = at[name]?.flatMap((value) => (value === '*' ? ordered : [value])) ?? [spec.coordinates[name]?.none ?? 'none'];
      cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value })));
    }
    return cells as Cell[];
  });
}

/** Whether a sight counts units in the cell. */
export function sees(sight: Sight, cell: Cell, year: number | null, withOffsets: boolean): boolean {
  if (cell.pool !== sight.pool || (sight.byOffset !== undefined && !withOffsets)) return false;
  if (year !== null && cell['year'] !== String(year)) return false;
  return agrees(cell, sight.where) && !sight.except?.some((excluded) => agrees(cell, excluded));
}

/** By cell, the number of the first sight of a row that counts a unit there; -1: none does. */
type FirstSights = readonly number[];

/** What rows see of a ledger's cells, for all who are bound by them in whatever combination; worked out as cells become known. */
export function sightTable({ cells }: CellTable): (instance: RowInstance, withOffsets: boolean) => FirstSights {
  const known = new Map<RowCheck, Map<string, number[]>>();
  return ({ row: { check }, year }, withOffsets) => {
    const ofRow = known.get(check) ?? new Map<string, number[]>();
    known.set(check, ofRow);
    const key = `${year}/${withOffsets}`;
    const first = ofRow.get(key) ?? [];
    ofRow.set(key, first);
    for (let cell = first.length; cell < cells.length; cell++) first.push(check.sees.findIndex((sight) => sees(sight, cells[cell] as Cell, year, withOffsets)));
    return first;
  };
}

export function buildStructure(standing: Standing, { cells, inOrder }: CellTable, instances: readonly RowInstance[], firstSights: (instance: RowInstance) => FirstSights, additional: readonly number[]): RowStructure {
  const cellAt = [...inOrder];
  const positionOf: number[] = [];
  cellAt.forEach((cell, position) => void (positionOf[cell] = position));
  const seenBy: number[][] = cells.map(() => []);
  const rows = instances.map((instance, number) => {
    const first = firstSights(instance);
    const seen: number[][] = instance.row.check.sees.map(() => []);
    for (let cell = 0; cell < cells.length; cell++) {
      const cellsSeen = seen[first[cell] ?? -1];
      if (!cellsSeen) continue;
      cellsSeen.push(positionOf[cell] ?? 0);
      seenBy[cell]?.push(number);
    }
    return { sees: instance.row.check.sees.map((sight, index): CellSight => ({ cells: seen[index] ?? [], ...shareOf(standing, sight) })) };
  });
  const compiled = compileStructure({ cellCount: cells.length, rows, additional: additional.map((cell) => positionOf[cell] ?? 0) });
  return { compiled, positionOf, cellAt, additional, seenBy, views: [] };
}

function shareOf(standing: Standing, sight: Sight): Pick<CellSight, 'share'> {
  const share = sightShare(standing, sight);
  return share ? { share: { numerator: Number(share.numerator), denominator: Number(share.denominator) } } : {};
}

/** The cap of a sight as an exact share; undefined where all counts. */
export function sightShare(standing: Standing, sight: Sight): Exact | undefined {
  if (!sight.share) return undefined;
  const status = standing.status(sight.share.rule);
  if (status.state === 'unknown' || status.state === 'notInForce') return Exact.zero;
  const value = paramAt(status.version.spec.params ?? {}, sight.share.param);
  return typeof value === 'number' || typeof value === 'string' ? Exact.of(value) : Exact.zero;
}
