import { compareDays } from './civil-day.ts';
import type { CivilDay } from './civil-day.ts';
import { canonicalJson } from './canonical.ts';
import type { Context } from './context.ts';
import { isList, isRecord } from './facts.ts';
import { isWithin } from './civil-day.ts';
import { lookup } from './context.ts';
import { Exact } from './exact.ts';
import type { FactRecord, FactValue } from './facts.ts';
import type { LedgerSpec, NowhereCode } from './ledger.ts';
import type { CompiledLedger } from './ledger-rows.ts';

/** An entry with whole units in a home cell. */
export interface PlacedEntry {
  readonly index: number;
  readonly record: FactRecord;
  readonly units: number;
  readonly cell: number;
  readonly tags: readonly string[];
}
/** An entry whose amount is not settled: it could be anything. */
export interface OpenEntry extends PlacedEntry {
  readonly why: { readonly fact: string } | { readonly code: 'MISSING_FACT' | 'SETTING_NOT_PUBLISHED' | 'PENDING' | 'HELD' | 'RULE_NOT_KNOWN'; readonly rule: string };
}
/** An entry of which nobody can say where it lies. `units` null: nor how much. */
export interface WildEntry {
  readonly index: number;
  readonly record: FactRecord;
  readonly units: number | null;
  readonly missing: readonly string[];
}
export interface NowhereEntry {
  readonly index: number;
  readonly record: FactRecord;
  readonly code: NowhereCode;
  readonly rule: string | null;
}

export interface SortedEntries {
  readonly placed: readonly PlacedEntry[];
  readonly open: readonly OpenEntry[];
  readonly wild: readonly WildEntry[];
  readonly nowhere: readonly NowhereEntry[];
}

/** The cycle of a ledger; `missing` names the fact that would say when it begins. */
export type Cycle = { readonly from: CivilDay; readonly to: CivilDay } | { readonly missing: string };

/** Whole units of an amount: exact, because finer entries are refused on the way in. */
export function unitsOf(amount: Exact, perWhole: number): number {
  const numerator = Number(amount.numerator) * perWhole;
  // Whole numbers in the safe range divide without loss here; whatever else comes is divided exactly.
  const units = numerator / Number(amount.denominator);
  return Number.isSafeInteger(numerator) && Number.isSafeInteger(units) ? units : Number(amount.times(Exact.of(perWhole)).floor());
}

/**
 * Sorts entries into those that lie somewhere, those that lie nowhere with the reason, and those of which something is
 * missing. Entries of days outside the cycle, and after the day of `at`, do not count.
 */
export function sortEntries(context: Context, ledger: CompiledLedger, entries: readonly FactValue[], cycle: Cycle): SortedEntries {
  const sorted = { placed: [] as PlacedEntry[], open: [] as OpenEntry[], wild: [] as WildEntry[], nowhere: [] as NowhereEntry[] };
  const facts = factsBeside(context, ledger.spec);
  for (let index = 0; index < entries.length; index++) {
    const record = entries[index];
    if (isRecord(record)) sortEntry(context, ledger, record, index, cycle, sorted, facts);
  }
  return sorted;
}

const NONE: readonly never[] = [];

/** What the ledger wants to know about the person before it places anything; a declared default counts as known. */
function factsBeside(context: Context, spec: LedgerSpec): Readonly<Record<string, FactValue | undefined>> {
  const facts: Record<string, FactValue | undefined> = {};
  for (const name of spec.placedBy ?? NONE) {
    const found = lookup(context, name);
    if (found.known) facts[name] = found.value;
  }
  return facts;
}

function sortEntry(context: Context, ledger: CompiledLedger, record: FactRecord, index: number, cycle: Cycle, sorted: { placed: PlacedEntry[]; open: OpenEntry[]; wild: WildEntry[]; nowhere: NowhereEntry[] }, facts: Readonly<Record<string, FactValue | undefined>>): void {
  const { spec } = ledger;
  const amount = record[spec.entries.amount];
  const units = amount instanceof Exact ? unitsOf(amount, spec.perWhole) : null;
  const on = record[spec.entries.day] as CivilDay | null | undefined;
  if (on === undefined || on === null) {
    sorted.wild.push({ index, record, units, missing: [pathIn(spec, index, spec.entries.day), ...openAmount(spec, index, units)] });
    return;
  }
  if (compareDays(on, context.atDay) > 0) {
    sorted.nowhere.push({ index, record, code: 'AFTER_AT', rule: null });
    return;
  }
  const placement = spec.place(record, { year: on.slice(0, 4), on, facts });
  if ('nowhere' in placement) {
    sorted.nowhere.push({ index, record, code: placement.nowhere, rule: placement.rule ?? null });
    return;
  }
  const pool = 'missing' in placement ? placement.pool : placement.home.pool;
  const isBound = pool === undefined || !spec.pools[pool]?.anyDay;
  if (isBound && !isCounted(context, on, cycle)) {
    sorted.nowhere.push({ index, record, code: 'OUTSIDE_CYCLE', rule: null });
    return;
  }
  if ('missing' in placement) {
    sorted.wild.push({ index, record, units: placement.isAmountOpen ? null : units, missing: [...placement.missing.map((field) => pathIn(spec, index, field)), ...openAmount(spec, index, units), ...(placement.missingFacts ?? [])] });
    return;
  }
  const cell = ledger.cellIndex(placement.home);
  const tags = placement.tags ?? NONE;
  if (placement.unsettled) sorted.open.push({ index, record, units: 0, cell, tags, why: placement.unsettled });
  else if (units === null) sorted.open.push({ index, record, units: 0, cell, tags, why: { fact: pathIn(spec, index, spec.entries.amount) } });
  else sorted.placed.push({ index, record, units, cell, tags });
}

const pathIn = (spec: LedgerSpec, index: number, field: string): string => `${spec.entries.fact}[${index}].${field}`;
const openAmount = (spec: LedgerSpec, index: number, units: number | null): readonly string[] => (units === null ? [pathIn(spec, index, spec.entries.amount)] : NONE);

function isCounted(context: Context, on: CivilDay, cycle: Cycle): boolean {
  if (context.counted && !isWithin(on, context.counted.from, context.counted.to)) return false;
  return 'missing' in cycle || isWithin(on, cycle.from, cycle.to);
}

/** The entries as the question gives them; null when nobody gave any (an empty list says that there are none). */
export function givenEntries(context: Context, spec: LedgerSpec): readonly FactValue[] | null {
  const found = lookup(context, spec.entries.fact);
  if (!found.known) return null;
  return isList(found.value) ? found.value : [];
}

/** Earlier entries first, equal days by content without the id: which of equal entries stays home never depends on order given. */
export function stayingOrder(spec: LedgerSpec, a: PlacedEntry, b: PlacedEntry): number {
  const byDay = compareDays(a.record[spec.entries.day] as CivilDay, b.record[spec.entries.day] as CivilDay);
  if (byDay !== 0) return byDay;
  const content = ({ record }: PlacedEntry): string => canonicalJson({ ...record, [spec.entries.id]: undefined });
  const [left, right] = [content(a), content(b)];
  return left < right ? -1 : left > right ? 1 : a.index - b.index;
}
