import type { RowCheck } from '../../kernel/check.ts';
import type { LedgerSpec, Sight } from '../../kernel/ledger.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import { declaredAt } from './fact-path.ts';
import { checkAmount, isNumeric, requireParam } from './figures.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';

type Where = Readonly<Record<string, readonly string[]>>;

/** A requirement on a ledger: that what it sees exists, and that something can be added there. */
export function checkRow(subject: Subject, rule: RuleSpec, path: string, row: RowCheck, isYearly: boolean): void {
  checkAmount(subject, rule, `${path}.required`, row.required);
  for (const name of row.due?.facts ?? []) declaredAt(subject, `${path}.due.facts`, name);
  const ledger = subject.ledgers.get(row.ledger);
  if (!ledger) return subject.report('UNKNOWN_LEDGER', `${path}.ledger`, row.ledger, text('本插件或上级地区插件声明的账目', 'a ledger that this plugin or one for a place above declares'), nearestNames(row.ledger, subject.ledgers.keys()));
  checkFigure(subject, path, row, ledger, isYearly);
  const areKnown = row.sees.map((sight, index) => checkSight(subject, `${path}.sees[${index}]`, sight, ledger));
  if (areKnown.includes(false) || row.sees.some((sight) => canBeAdded(ledger, sight))) return;
  const cells = ledger.additional.map(({ pool, at }) => `${pool} ${JSON.stringify(at)}`).join('; ');
  subject.report('UNSATISFIABLE_ROW', path, row.sees.map(({ pool, where }) => ({ pool, where })), text(`可增加之处中的一个单元:${cells}`, `a cell where units can be added: ${cells}`));
}

/** The bare figure that answers instead of entries; `a+b` is the sum of two. */
function checkFigure(subject: Subject, path: string, { figure }: RowCheck, { figures }: LedgerSpec, isYearly: boolean): void {
  if (!figures) return;
  const type = subject.facts.get(isYearly ? (figures.byYear ?? figures.fact) : figures.fact)?.type;
  const named = type?.kind === 'list' && type.of.kind === 'record' ? type.of.fields['figure']?.type : undefined;
  const names = type?.kind === 'record' ? Object.keys(type.fields) : named?.kind === 'choice' ? Object.keys(named.options) : null;
  if (!names) return;
  for (const name of figure.split('+')) {
    if (!names.includes(name)) subject.report('UNKNOWN_FACT', `${path}.figure`, name, text(`${figures.fact}中的一个数:${names.join('、')}`, `a figure of ${figures.fact}: ${names.join(', ')}`), nearestNames(name, names));
  }
}

function checkSight(subject: Subject, path: string, sight: Sight, ledger: LedgerSpec): boolean {
  let isKnown = requirePool(subject, `${path}.pool`, sight.pool, ledger);
  isKnown = requireValues(subject, `${path}.where`, sight.where, ledger) && isKnown;
  for (const [index, excluded] of (sight.except ?? []).entries()) isKnown = requireValues(subject, `${path}.except[${index}]`, excluded, ledger) && isKnown;
  if (sight.byOffset !== undefined) requireRule(subject, `${path}.byOffset`, sight.byOffset);
  if (sight.share) checkShare(subject, `${path}.share`, sight.share);
  return isKnown;
}

function checkShare(subject: Subject, path: string, share: NonNullable<Sight['share']>): void {
  requireRule(subject, `${path}.rule`, share.rule);
  for (const version of subject.rules.get(share.rule) ?? []) requireParam(subject, `${path}.param`, version, share.param, isNumeric, text('该规则的一个份额参数', 'a share among the parameters of that rule'));
}

export function requirePool(subject: Subject, path: string, pool: string, ledger: LedgerSpec): boolean {
  if (Object.hasOwn(ledger.pools, pool)) return true;
  const names = Object.keys(ledger.pools);
  subject.report('UNKNOWN_COORDINATE', path, pool, text(`${ledger.id}的池:${names.join('、')}`, `a pool of ${ledger.id}: ${names.join(', ')}`), nearestNames(pool, names));
  return false;
}

/** Coordinates of the ledger with values that they have. `*` stands for every year where the caller allows it. */
export function requireValues(subject: Subject, path: string, where: Where, ledger: LedgerSpec, more: readonly string[] = []): boolean {
  let isKnown = true;
  const refuse = (below: string, found: string, what: [zh: string, en: string], names: readonly string[]): void => {
    isKnown = false;
    subject.report('UNKNOWN_COORDINATE', `${path}.${below}`, found, text(`${what[0]}:${names.join('、')}`, `${what[1]}: ${names.join(', ')}`), nearestNames(found, names));
  };
  for (const [name, values] of Object.entries(where)) {
    const coordinate = Object.hasOwn(ledger.coordinates, name) ? ledger.coordinates[name] : undefined;
    if (!coordinate) {
      refuse(name, name, [`${ledger.id}的坐标`, `a coordinate of ${ledger.id}`], Object.keys(ledger.coordinates));
      continue;
    }
    const names = [...Object.keys(coordinate.values), ...(coordinate.none === undefined ? [] : [coordinate.none])];
    for (const value of values) {
      const isYear = name === 'year' && (/^\d{4}$/.test(value) || more.includes(value));
      if (!isYear && !names.includes(value)) refuse(name, value, [`${name}的取值`, `a value of ${name}`], names);
    }
  }
  return isKnown;
}

const EVERY_YEAR = '*';

/** Whether additional units may lie in some cell that the sight counts. */
function canBeAdded(ledger: LedgerSpec, sight: Sight): boolean {
  return ledger.additional.some(({ pool, at }) => {
    if (pool !== sight.pool) return false;
    const open = Object.fromEntries(Object.keys(ledger.coordinates).map((name) => [name, meet(at[name] ?? [ledger.coordinates[name]?.none ?? 'none'], sight.where[name])]));
    if (Object.values(open).some((values) => values.length === 0)) return false;
    return !sight.except?.length || someCell(open, sight.except);
  });
}

const meet = (values: readonly string[], wanted: readonly string[] | undefined): readonly string[] => (!wanted ? values : values.includes(EVERY_YEAR) ? wanted : values.filter((value) => wanted.includes(value)));

/** Whether some combination of the values is in none of the exceptions. Only coordinates that these name matter. */
function someCell(open: Where, exceptions: readonly Where[]): boolean {
  let cells: Readonly<Record<string, string>>[] = [{}];
  for (const name of new Set(exceptions.flatMap((excluded) => Object.keys(excluded)))) cells = cells.flatMap((cell) => (open[name] ?? []).map((value) => ({ ...cell, [name]: value })));
  return cells.some((cell) => !exceptions.some((excluded) => Object.entries(excluded).every(([name, values]) => values.includes(cell[name] ?? ''))));
}
