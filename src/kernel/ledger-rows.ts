import type { CompiledStructure } from './allocation/structure.ts';
import type { Check, RowCheck } from './check.ts';
import type { Binding } from './ledger-binding.ts';
import { cellTable } from './ledger-cells.ts';
import type { Cell, LedgerSpec } from './ledger.ts';
import { additionalCells, buildStructure, closure, keepStructure, representatives, sightTable } from './ledger-structure.ts';
import type { RuleVersion, Standing } from './law.ts';

/** A condition around a row. `by`: another rule's, whose parameters it reads. */
export interface Guard {
  readonly check: Check;
  readonly isNegated: boolean;
  readonly by?: RuleVersion;
  /** One number for all guards of the ledger that ask the same. */
  readonly number: number;
}

/** A row of a ledger as a rule states it, with the conditions under which it binds. */
export interface BookRow {
  readonly index: number;
  readonly version: RuleVersion;
  readonly check: RowCheck;
  readonly guards: readonly Guard[];
  readonly yearly: (Check & { op: 'eachYear' }) | null;
  /** The list of facts that its due formula reads, by its number in the ledger; null without a formula. */
  readonly dueFacts: number | null;
  /** Whether it counts some cells only up to a share. */
  readonly hasShare: boolean;
  /** False where all it counts lies in pools that are bound to no cycle. */
  readonly isBoundToCycle: boolean;
}

/** A row, or a row in one year. */
export interface RowInstance {
  readonly row: BookRow;
  readonly year: number | null;
}

export interface Reach {
  readonly cell: number;
  /** Rules by which a unit gets there, in order. */
  readonly rules: readonly string[];
}

/** Every cell that a chain of offsets leads to, with the rules on the way, and the cells alone. */
export interface Reaches {
  readonly paths: readonly Reach[];
  readonly cells: readonly number[];
}

/** Rows, cells and moves of one ledger under one law; what does not depend on the person or the place is worked out once. */
export interface CompiledLedger {
  readonly spec: LedgerSpec;
  readonly rows: readonly BookRow[];
  readonly rowOf: ReadonlyMap<RowCheck, BookRow>;
  /** The lists of facts that due formulas read, each once. */
  readonly dueFacts: readonly (readonly string[])[];
  readonly names: readonly string[];
  readonly cells: readonly Cell[];
  cellIndex(cell: Cell): number;
  reachOf(cell: number, tagKey: string, tags: readonly string[]): Reaches;
  structureOf(binding: Binding, withOffsets: boolean, years: readonly number[], thisYear: number): RowStructure;
}

export interface RowStructure {
  readonly compiled: CompiledStructure;
  /** The solver's number of each cell, and the cell of each number: in the order of the cells' written form. */
  readonly positionOf: readonly number[];
  readonly cellAt: readonly number[];
  readonly additional: readonly number[];
  /** By cell: the positions of the instances that count a unit there. */
  readonly seenBy: readonly (readonly number[])[];
  /** By cell, what answers say of it, once something lies there. */
  readonly views: (CellView | undefined)[];
}

/** A cell as answers show it. */
export interface CellView {
  readonly pool: string;
  /** The coordinates that say something. */
  readonly at: Readonly<Record<string, string>>;
  /** The rules that count what lies there. */
  readonly countsFor: readonly string[];
}

const compiledLedgers = new WeakMap<Standing, Map<string, CompiledLedger>>();

/**
 * Every structure has a place for every cell that is known, so transcripts that name all combinations there are would make
 * those of everyone else slow and large. All golden cases together need some 300.
 */
const MOST_CELLS = 1_000;

/** The ledger as the rules that stand have it. Cells become known as they are met, up to a number; nothing of a person is kept. */
export function compiledLedger(standing: Standing, spec: LedgerSpec): CompiledLedger {
  const byId = compiledLedgers.get(standing) ?? new Map<string, CompiledLedger>();
  compiledLedgers.set(standing, byId);
  const known = byId.get(spec.id);
  if (known && known.cells.length <= MOST_CELLS) return known;
  const made = compile(standing, spec);
  byId.set(spec.id, made);
  return made;
}

type Guards = readonly Omit<Guard, 'number'>[];

/** Rules below that say whom this one binds: whom they leave out it does not constrain either. */
const narrowingGuards = (standing: Standing, ruleId: string): Guards =>
  standing.narrowing(ruleId).flatMap((by) => (by.spec.narrows ? [{ check: by.spec.narrows.when, isNegated: false, by }] : []));

/** The rows that a check states. Rows below `anyOf` or `not` bind nobody and are no constraints. */
export function rowsOf(check: Check, ledgerId: string): { check: RowCheck; guards: Guards; yearly: BookRow['yearly'] }[] {
  const found: { check: RowCheck; guards: Guards; yearly: BookRow['yearly'] }[] = [];
  const visit = (current: Check, guards: Guards): void => {
    switch (current.op) {
      case 'row':
        if (current.ledger === ledgerId) found.push({ check: current, guards, yearly: null });
        return;
      case 'eachYear':
        if (current.row.ledger === ledgerId) found.push({ check: current.row, guards, yearly: current });
        return;
      case 'allOf':
        for (const { check: below } of Object.values(current.parts)) visit(below, guards);
        return;
      case 'onlyFor':
        visit(current.then, [...guards, { check: current.when, isNegated: false }]);
        return;
      case 'either':
        visit(current.then, [...guards, { check: current.when, isNegated: false }]);
        visit(current.otherwise, [...guards, { check: current.when, isNegated: true }]);
        return;
      case 'remark':
        visit(current.check, guards);
        return;
      default:
    }
  };
  visit(check, []);
  return found;
}

function compile(standing: Standing, spec: LedgerSpec): CompiledLedger {
  const rows: BookRow[] = [];
  const guardNumbers = new Map<Check, number>();
  const dueFacts: (readonly string[])[] = [];
  for (const version of standing.rules) {
    if (!version.spec.check || standing.status(version.spec.id).state !== 'inForce') continue;
    for (const found of rowsOf(version.spec.check, spec.id)) {
      const guards = [...narrowingGuards(standing, version.spec.id), ...found.guards].map((guard) => ({ ...guard, number: numberOf(guardNumbers, guard.check) }));
      rows.push({
        ...found,
        guards,
        index: rows.length,
        version,
        dueFacts: found.check.due ? numberOfList(dueFacts, found.check.due.facts) : null,
        hasShare: found.check.sees.some(({ share }) => share !== undefined),
        isBoundToCycle: found.check.sees.some(({ pool }) => !spec.pools[pool]?.anyDay),
      });
    }
  }
  const names = ['pool', ...Object.keys(spec.coordinates)];
  const table = cellTable(names);
  const { cells } = table;
  const sights = sightTable(table);
  const reaches: Map<string, Reaches>[] = [];
  const moves = spec.moves.filter((move) => standing.status(move.rule).state === 'inForce');

  return {
    spec,
    rows,
    rowOf: new Map(rows.map((row) => [row.check, row])),
    dueFacts,
    names,
    cells,
    cellIndex: table.indexOf,
    reachOf(cell, tagKey, tags) {
      const byTags = (reaches[cell] ??= new Map<string, Reaches>());
      const known = byTags.get(tagKey);
      if (known) return known;
      const paths = closure(cells, cell, moves, tags, table.indexOf);
      const made = { paths, cells: paths.map((reach) => reach.cell) };
      byTags.set(tagKey, made);
      return made;
    },
    structureOf({ instances, structures }, withOffsets, years, thisYear) {
      const key = `${withOffsets}/${thisYear}/${years.join()}`;
      const known = structures.get(key);
      if (known && known.seenBy.length >= cells.length) return known;
      const additional = known?.additional ?? representatives(additionalCells(spec, years, thisYear), instances, withOffsets).map(table.indexOf);
      const structure = buildStructure(standing, table, instances, (instance) => sights(instance, withOffsets), additional);
      keepStructure(structures, key, structure);
      return structure;
    },
  };
}

const numberOf = (numbers: Map<Check, number>, check: Check): number => {
  const number = numbers.get(check) ?? numbers.size;
  numbers.set(check, number);
  return number;
};

function numberOfList(lists: (readonly string[])[], list: readonly string[]): number {
  const known = lists.findIndex((other) => other.join() === list.join());
  return known >= 0 ? known : lists.push(list) - 1;
}
