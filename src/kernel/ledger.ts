import type { CivilDay } from './civil-day.ts';
import type { FactRecord, FactValue, Unit } from './facts.ts';
import type { Text } from './text.ts';

/** Where a unit lies: a pool, and a value for each coordinate of the ledger (`none` is a value). */
export type Cell = Readonly<Record<string, string>> & { readonly pool: string };

/** A set of cells of one pool: each coordinate named has one of the values; one that is not named may have any. */
export interface Sight {
  readonly pool: string;
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** Cells that match these as well are not seen. */
  readonly except?: readonly Readonly<Record<string, readonly string[]>>[];
  /** Counts at most this share of what lies there: a cap, never a move. A parameter of a rule, or an exact number. */
  readonly share?: { readonly rule: string; readonly param: string };
  /** Seen only while offsets are applied, under this rule. */
  readonly byOffset?: string;
}

/** Units in `from` may be booked in the same cell with the coordinates of `to` instead. Chains follow by themselves. */
export interface Move {
  /** The rule that allows it; named with every unit that moves. */
  readonly rule: string;
  readonly pool: string;
  readonly from: Readonly<Record<string, readonly string[]>>;
  readonly to: Readonly<Record<string, string>>;
  /** Only units with this tag, or only without it. */
  readonly tag?: string;
  readonly withoutTag?: string;
}

/** Why an entry lies nowhere. */
export const NOWHERE = ['OUTSIDE_CYCLE', 'AFTER_AT', 'NOT_RECOGNISED', 'REVERSED', 'NOT_VETTED', 'NO_CERTIFICATE', 'NOT_HIGHER', 'OTHER_TRAINING'] as const;
export type NowhereCode = (typeof NOWHERE)[number];

/** Where a plugin says that an entry belongs. `missing` names fields without which nobody can say. */
export type Placement =
  | { readonly home: Cell; readonly tags?: readonly string[]; /** The amount is not settled, whatever is written: why. */ readonly unsettled?: { readonly code: 'MISSING_FACT' | 'SETTING_NOT_PUBLISHED' | 'PENDING' | 'HELD' | 'RULE_NOT_KNOWN'; readonly rule: string } }
  | { readonly nowhere: NowhereCode; readonly rule?: string }
  | { readonly missing: readonly string[]; /** Facts beside the entry that it would also take. */ readonly missingFacts?: readonly string[]; /** Nor is the amount settled, whatever is written. */ readonly isAmountOpen?: boolean; /** The pool, where that much is known: an `anyDay` one is not bound to the cycle. */ readonly pool?: string };

export interface CoordinateSpec {
  readonly label: Text;
  readonly values: Readonly<Record<string, Text>>;
  /** The value of cells that do not say; it is left out when a cell is shown. */
  readonly none?: string;
}

/**
 * A book of credits or hours in whole units, in which entries are allocated to cells. Rows (requirements) are checks of
 * rules; see design of the allocation in `allocation/problem.ts`.
 */
export interface LedgerSpec {
  /** Raised whenever `place` answers differently for the same entry. */
  readonly version?: number;
  readonly id: string;
  readonly label: Text;
  readonly unit: Unit;
  /** Units in one whole: 100 for 0.01 credit. */
  readonly perWhole: number;
  readonly entries: { readonly fact: string; readonly amount: string; readonly day: string; /** names an entry in answers */ readonly id: string };
  /** A record of bare figures by name, and a list of `{figure, year, amount}` for rows by year; one without `figure` answers for all. */
  readonly figures?: { readonly fact: string; readonly byYear?: string };
  /** A yes-or-no option: whether offsets are applied. */
  readonly offsets?: string;
  /** Entries of other days do not count. A start that is a fact makes cycles of `years` years. */
  readonly cycle: { readonly from: string; readonly to: string } | { readonly startFact: string; readonly years: number };
  /** Pools; `anyDay` ones are not bound to the cycle. */
  readonly pools: Readonly<Record<string, { readonly label: Text; readonly anyDay?: boolean }>>;
  /** A coordinate named `year` takes calendar years of the cycle as its values. */
  readonly coordinates: Readonly<Record<string, CoordinateSpec>>;
  /** Facts beside the entries that say where one belongs (the kind of school). Unknown ones are undefined. */
  readonly placedBy?: readonly string[];
  place(entry: FactRecord, context: { readonly year: string; readonly on: CivilDay; readonly facts: Readonly<Record<string, FactValue | undefined>> }): Placement;
  readonly moves: readonly Move[];
  /** Where additional units may lie, in order: every combination of the values of each item. `year: ['*']` is each year. */
  readonly additional: readonly { readonly pool: string; readonly at: Readonly<Record<string, readonly string[]>> }[];
  /**
   * Offsets exist but were not read: a row short by no more than what other cells of its pool hold beyond their own
   * minima is UNDETERMINED with RULE_NOT_KNOWN.
   */
  readonly unreadOffsets?: { readonly document: string };
}
