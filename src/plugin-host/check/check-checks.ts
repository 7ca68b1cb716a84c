import type { Check } from '../../kernel/check.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import { A_DAY, DAYS, declaredAt, fieldOf, recordsAt, requireKind, requireValues } from './fact-path.ts';
import { checkAmount, checkDay, checkHeldAt, checkWhere, requireParam } from './figures.ts';
import { checkRow } from './rows.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';

/** Looks at every name that a check and all below it use. */
export function checkCheck(subject: Subject, rule: RuleSpec, path: string, check: Check): void {
  const below = (name: string, inner: Check): void => checkCheck(subject, rule, `${path}.${name}`, inner);
  switch (check.op) {
    case 'allOf':
    case 'anyOf':
      return checkParts(subject, rule, path, check);
    case 'onlyFor':
      below('when', check.when);
      return below('then', check.then);
    case 'either':
      below('when', check.when);
      below('then', check.then);
      return below('otherwise', check.otherwise);
    case 'not':
      return below('check', check.check);
    case 'is':
      return checkIs(subject, path, check);
    case 'some':
    case 'every':
      return checkList(subject, path, check);
    case 'compare':
      checkAmount(subject, rule, `${path}.actual`, check.actual);
      return checkAmount(subject, rule, `${path}.required`, check.required);
    case 'window':
    case 'inside':
    case 'doneBy':
      return checkDays(subject, rule, path, check);
    case 'complete':
      return checkComplete(subject, path, check);
    case 'steps':
      return checkSteps(subject, rule, path, check);
    case 'row':
      return checkRow(subject, rule, path, check, false);
    case 'eachYear':
      return checkEachYear(subject, rule, path, check);
    case 'rule':
      return requireRule(subject, `${path}.id`, check.id);
    case 'remark':
      if (!subject.messages.has(check.key)) subject.report('UNKNOWN_MESSAGE', `${path}.key`, check.key, text('messages中的一个键', 'a key among the messages'), nearestNames(check.key, subject.messages));
      if (check.when) below('when', check.when);
      return below('check', check.check);
    case 'formula':
      for (const name of [...check.facts, ...(check.optional ?? [])]) declaredAt(subject, `${path}.facts`, name);
      return;
    case 'undetermined':
    case 'outcome':
  }
}

function checkParts(subject: Subject, rule: RuleSpec, path: string, { parts, figure }: Extract<Check, { op: 'allOf' | 'anyOf' }>): void {
  const names = Object.keys(parts);
  for (const name of names) {
    const part = parts[name];
    if (part) checkCheck(subject, rule, `${path}.parts.${name}.check`, part.check);
  }
  if (figure !== undefined && !names.includes(figure)) subject.report('MANIFEST_SHAPE', `${path}.figure`, figure, text(`其中一部分:${names.join('、')}`, `one of the parts: ${names.join(', ')}`), nearestNames(figure, names));
}

/** `reading:<rule>` asks under which reading that rule is decided. */
const READING = 'reading:';

function checkIs(subject: Subject, path: string, check: Extract<Check, { op: 'is' }>): void {
  if (check.fact.startsWith(READING)) return checkReadingOf(subject, path, check.fact.slice(READING.length), check.values);
  const declared = declaredAt(subject, `${path}.fact`, check.fact);
  if (declared) requireValues(subject, `${path}.values`, declared, check.values);
}

function checkReadingOf(subject: Subject, path: string, id: string, values: readonly unknown[]): void {
  const versions = subject.rules.get(id);
  if (!versions) return requireRule(subject, `${path}.fact`, id);
  const names = versions.flatMap(({ reading }) => (reading ? [reading.name, ...(reading.alternatives ?? []).map(({ name }) => name)] : []));
  for (const value of values) {
    if (!names.includes(String(value))) subject.report('UNKNOWN_PARAM', `${path}.values`, value, text(`${id}的解读:${names.join('、')}`, `a reading of ${id}: ${names.join(', ')}`), nearestNames(String(value), names));
  }
}

function checkList(subject: Subject, path: string, check: Extract<Check, { op: 'some' | 'every' }>): void {
  const records = recordsAt(subject, `${path}.list`, check.list, true);
  if (!records) return;
  checkWhere(subject, `${path}.where`, records, check.where, check.list);
  if (check.heldAt) checkHeldAt(subject, `${path}.heldAt`, records, check.heldAt, check.list);
}

function checkDays(subject: Subject, rule: RuleSpec, path: string, check: Extract<Check, { op: 'window' | 'inside' | 'doneBy' }>): void {
  if (check.op === 'doneBy') {
    requireKind(subject, `${path}.done`, check.done, DAYS, A_DAY);
    return checkDay(subject, rule, `${path}.by`, check.by);
  }
  if (check.op === 'window' && 'fact' in check.moment) requireKind(subject, `${path}.moment`, check.moment.fact, DAYS, A_DAY);
  const ends = check.op === 'window' ? { from: check.from, to: check.to } : { first: check.first, last: check.last, from: check.from, to: check.to };
  for (const [name, end] of Object.entries(ends)) if (end) checkDay(subject, rule, `${path}.${name}`, end);
}

/** `a|b` is filled in by either; `a.b` reaches into a record. */
function checkComplete(subject: Subject, path: string, check: Extract<Check, { op: 'complete' }>): void {
  const records = recordsAt(subject, `${path}.record`, check.record, false);
  if (!records) return;
  for (const alternative of check.fields.flatMap((field) => field.split('|'))) {
    let around: typeof records | null = records;
    for (const name of alternative.split('.')) around = around && fieldOf(subject, `${path}.fields`, around, name, check.record);
  }
}

function checkSteps(subject: Subject, rule: RuleSpec, path: string, check: Extract<Check, { op: 'steps' }>): void {
  const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
  requireParam(subject, `${path}.order`, rule, check.order.param, isTexts, text('规则的一个参数:依次的步骤', 'a parameter of the rule that lists the steps in order'));
  const order = rule.params?.[check.order.param];
  const records = recordsAt(subject, `${path}.done`, check.done, true);
  if (!records || !isTexts(order)) return;
  const step = fieldOf(subject, `${path}.done`, records, 'step', check.done);
  if (step) requireValues(subject, `${path}.order`, step, order);
  const by = check.actors && fieldOf(subject, `${path}.actors`, records, 'by', check.done);
  if (by) requireValues(subject, `${path}.actors`, by, Object.values(check.actors ?? {}));
  for (const name of Object.keys(check.actors ?? {})) {
    if (!order.includes(name)) subject.report('UNKNOWN_PARAM', `${path}.actors`, name, text(`其中一个步骤:${order.join('、')}`, `one of the steps: ${order.join(', ')}`), nearestNames(name, order));
  }
}

function checkEachYear(subject: Subject, rule: RuleSpec, path: string, check: Extract<Check, { op: 'eachYear' }>): void {
  checkRow(subject, rule, `${path}.row`, check.row, true);
  if (check.year !== undefined) requireKind(subject, `${path}.year`, check.year, ['integer'], text('整数年份', 'a year as an integer'));
  if (!check.role) return;
  const records = recordsAt(subject, `${path}.role.list`, check.role.list, true);
  if (!records) return;
  checkWhere(subject, `${path}.role.where`, records, check.role.where, check.role.list);
  checkHeldAt(subject, `${path}.role`, records, check.role, check.role.list);
}

