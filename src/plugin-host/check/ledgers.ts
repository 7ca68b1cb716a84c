import type { LedgerSpec, Move } from '../../kernel/ledger.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import { text } from '../../kernel/text.ts';
import { declaredAt, describeType, fieldOf, recordsAt, requireKind } from './fact-path.ts';
import type { DeclaredType } from './fact-path.ts';
import { requirePool, requireValues } from './rows.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';
import { isPeriod, periodOf } from './time.ts';

/** The ledgers of a plugin: the facts that they read, the cells that they name, and that no unit can move in a circle. */
export function checkLedgers(subject: Subject): void {
  for (const ledger of subject.plugin.ledgers ?? []) {
    const path = `ledgers[${ledger.id}]`;
    checkEntries(subject, `${path}.entries`, ledger);
    checkOtherFacts(subject, path, ledger);
    ledger.additional.forEach(({ pool, at }, index) => {
      requirePool(subject, `${path}.additional[${index}].pool`, pool, ledger);
      requireValues(subject, `${path}.additional[${index}].at`, at, ledger, ['*']);
    });
    checkMoves(subject, path, ledger);
    const unread = ledger.unreadOffsets?.document;
    if (unread !== undefined && !subject.documents.has(unread)) subject.report('UNKNOWN_DOCUMENT', `${path}.unreadOffsets.document`, unread, text('已声明的文件', 'a declared document'), nearestNames(unread, subject.documents.keys()));
  }
}

function checkEntries(subject: Subject, path: string, { entries, perWhole }: LedgerSpec): void {
  const records = recordsAt(subject, `${path}.fact`, entries.fact, true);
  if (!records) return;
  requireField(subject, `${path}.day`, records, entries.day, entries.fact, ['day']);
  requireField(subject, `${path}.id`, records, entries.id, entries.fact, ['text']);
  const type = requireField(subject, `${path}.amount`, records, entries.amount, entries.fact, ['amount', 'integer'])?.type;
  if (type?.kind === 'amount' && (type.perWhole === undefined || perWhole % type.perWhole !== 0)) {
    subject.report('FACT_TYPE', `${path}.amount`, `perWhole: ${type.perWhole ?? '—'}`, text(`不细于账目单位的数量(perWhole ${perWhole})`, `an amount no finer than the ledger’s unit (perWhole ${perWhole})`));
  }
}

function requireField(subject: Subject, path: string, records: DeclaredType, name: string, called: string, kinds: readonly string[]): DeclaredType | null {
  const field = fieldOf(subject, path, records, name, called);
  if (!field || kinds.includes(field.type.kind)) return field;
  subject.report('FACT_TYPE', path, `${called}.${name}: ${describeType(field.type)}`, text(`类型:${kinds.join('、')}`, `of the type ${kinds.join(' or ')}`));
  return null;
}

function checkOtherFacts(subject: Subject, path: string, { figures, offsets, cycle, placedBy }: LedgerSpec): void {
  if (figures) requireKind(subject, `${path}.figures.fact`, figures.fact, ['record', 'list'], text('按名称列出数值的记录', 'a record of figures by name'));
  if (figures?.byYear !== undefined) recordsAt(subject, `${path}.figures.byYear`, figures.byYear, true);
  if (offsets !== undefined) requireKind(subject, `${path}.offsets`, offsets, ['boolean'], text('真假值', 'true or false'));
  for (const name of placedBy ?? []) declaredAt(subject, `${path}.placedBy`, name);
  if ('startFact' in cycle) requireKind(subject, `${path}.cycle.startFact`, cycle.startFact, ['day'], text('日期', 'a day'));
  else if (!isPeriod(cycle)) subject.report('INVALID_PERIOD', `${path}.cycle`, cycle, text('存在的首日和不早于它的末日', 'a first day that exists and a last day not before it'));
}

function checkMoves(subject: Subject, path: string, ledger: LedgerSpec): void {
  const areKnown = ledger.moves.map((move, index) => {
    const at = `${path}.moves[${index}]`;
    requireRule(subject, `${at}.rule`, move.rule);
    const isPool = requirePool(subject, `${at}.pool`, move.pool, ledger);
    const isFrom = requireValues(subject, `${at}.from`, move.from, ledger);
    const isTo = requireValues(subject, `${at}.to`, Object.fromEntries(Object.entries(move.to).map(([name, value]) => [name, [value]])), ledger);
    return isPool && isFrom && isTo;
  });
  if (areKnown.includes(false)) return;
  const circles = new Set(movesTogether(subject, ledger).flatMap((moves) => circleOf(ledger, moves) ?? []));
  for (const circle of circles) subject.report('OFFSET_CYCLE', `${path}.moves`, circle, text('一条不回到起点的路径', 'a path that never comes back to where it began'));
}

/** Sets of moves that can be open to one unit at once: whose rules are in force on one day, and whose tags agree. */
function movesTogether(subject: Subject, { moves }: LedgerSpec): Move[][] {
  const periods = new Map(moves.map(({ rule }) => [rule, (subject.rules.get(rule) ?? []).flatMap((version) => periodOf(subject, version) ?? [])]));
  const starts = new Set([...periods.values()].flat().map(({ from }) => from));
  const tags = [...new Set(moves.flatMap(({ tag, withoutTag }) => [tag, withoutTag].filter((name) => name !== undefined)))];
  const found = new Map<string, Move[]>();
  for (const on of starts) {
    const inForce = moves.filter(({ rule }) => periods.get(rule)?.some(({ from, to }) => from <= on && (to === null || on <= to)));
    for (const tagged of subsets(tags)) {
      const open = inForce.filter(({ tag, withoutTag }) => (tag === undefined || tagged.has(tag)) && (withoutTag === undefined || !tagged.has(withoutTag)));
      found.set(open.map((move) => moves.indexOf(move)).join(), open);
    }
  }
  return [...found.values()];
}

/** All sets of some names; of very many names only none, each alone and all. */
function subsets(names: readonly string[]): ReadonlySet<string>[] {
  if (names.length > 6) return [new Set(), ...names.map((name) => new Set([name])), new Set(names)];
  return Array.from({ length: 2 ** names.length }, (_, bits) => new Set(names.filter((_name, position) => bits & (1 << position))));
}

type Spot = Readonly<Record<string, string>>;

/** A chain of cells that comes back to its first, written out; null when there is none. */
function circleOf(ledger: LedgerSpec, moves: readonly Move[]): string | null {
  const names = [...new Set(moves.flatMap(({ from, to }) => [...Object.keys(from), ...Object.keys(to)]))];
  const write = (spot: Spot): string => Object.entries(spot).map(([name, value]) => `${name} ${value}`).join(' ');
  const next = (spot: Spot): Spot[] =>
    moves.filter(({ pool, from }) => pool === spot['pool'] && Object.entries(from).every(([name, values]) => values.includes(spot[name] ?? ''))).map(({ to }) => ({ ...spot, ...to }));
  const closed = new Set<string>();
  const visit = (spot: Spot, trail: readonly string[]): string | null => {
    const targets = next(spot);
    // From most cells nothing moves: no circle comes by.
    if (targets.length === 0) return null;
    const key = write(spot);
    if (trail.includes(key)) return [...trail.slice(trail.indexOf(key)), key].join(' → ');
    if (closed.has(key)) return null;
    for (const target of targets) {
      const circle = write(target) === key ? null : visit(target, [...trail, key]);
      if (circle !== null) return circle;
    }
    closed.add(key);
    return null;
  };
  let spots: Spot[] = [...new Set(moves.map(({ pool }) => pool))].map((pool) => ({ pool }));
  for (const name of names) spots = spots.flatMap((spot) => [...Object.keys(ledger.coordinates[name]?.values ?? {}), ledger.coordinates[name]?.none ?? 'none'].map((value) => ({ ...spot, [name]: value })));
  for (const spot of spots) {
    const circle = visit(spot, []);
    if (circle !== null) return circle;
  }
  return null;
}
