import type { Amount, Day, Where } from '../../kernel/check.ts';
import { parseDay } from '../../kernel/civil-day.ts';
import { paramAt } from '../../kernel/param.ts';
import { Exact } from '../../kernel/exact.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { Params, ParamValue, RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import type { Text } from '../../kernel/text.ts';
import { A_DAY, A_NUMBER, DAYS, describeType, fieldOf, NUMBERS, recordsAt, requireKind, requireValues } from './fact-path.ts';
import type { DeclaredType } from './fact-path.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';

export const isNumeric = (value: ParamValue | undefined): boolean => Number.isSafeInteger(value) || (typeof value === 'string' && Exact.parse(value) !== null);
/** The binding minimum and the upper planning figure. */
export const isRange = (value: ParamValue | undefined): boolean => Array.isArray(value) && value.length === 2 && value.every(isNumeric);

/** A parameter that has to be there and of a kind. */
export function requireParam(subject: Subject, path: string, rule: RuleSpec, name: string, isRight: (value: ParamValue | undefined) => boolean, expected: Text): void {
  const value = paramAt(rule.params ?? {}, name);
  if (isRight(value)) return;
  const found = value === undefined ? name : `${name}: ${JSON.stringify(value)}`;
  subject.report('UNKNOWN_PARAM', path, found, expected, value === undefined ? nearestNames(name, paramPaths(rule.params ?? {})) : []);
}

function paramPaths(params: Params, prefix = ''): string[] {
  return Object.entries(params).flatMap(([name, value]) => [`${prefix}${name}`, ...(typeof value === 'object' && !Array.isArray(value) ? paramPaths(value as Params, `${prefix}${name}.`) : [])]);
}

const A_FIGURE = text('规则的一个数值参数(区间取其下限)', 'a parameter of the rule that is a number, or a range of two');
const isFigure = (value: ParamValue | undefined): boolean => isNumeric(value) || isRange(value);

/** The facts, parameters and readings that an amount is made of. */
export function checkAmount(subject: Subject, rule: RuleSpec, path: string, amount: Amount): void {
  const below = (part: Amount, name: string): void => checkAmount(subject, rule, `${path}.${name}`, part);
  if ('fact' in amount) requireKind(subject, `${path}.fact`, amount.fact, NUMBERS, A_NUMBER);
  else if ('param' in amount) checkFigure(subject, rule, path, amount);
  else if ('reading' in amount) checkReading(subject, rule, `${path}.reading`, amount.reading);
  else if ('count' in amount) checkCount(subject, path, amount.count, amount.where);
  else if ('total' in amount) checkTotal(subject, path, amount);
  else if ('sum' in amount) amount.sum.forEach((part, index) => below(part, `sum[${index}]`));
  else if ('difference' in amount) amount.difference.forEach((part, index) => below(part, `difference[${index}]`));
  else if ('product' in amount) amount.product.forEach((part, index) => below(part, `product[${index}]`));
  else if ('share' in amount) amount.share.forEach((part, index) => below(part, `share[${index}]`));
}

function checkFigure(subject: Subject, rule: RuleSpec, path: string, amount: Extract<Amount, { param: string }>): void {
  if (amount.rule === undefined) return requireParam(subject, `${path}.param`, rule, amount.param, isFigure, A_FIGURE);
  const versions = subject.rules.get(amount.rule);
  if (versions) for (const version of versions) requireParam(subject, `${path}.param`, version, amount.param, isFigure, A_FIGURE);
  else requireRule(subject, `${path}.rule`, amount.rule);
}

function checkReading(subject: Subject, rule: RuleSpec, path: string, name: string): void {
  const { reading } = rule;
  if (isNumeric(reading?.values?.[name])) return;
  subject.report('UNKNOWN_PARAM', path, name, text('规则解读中的一个数值', 'a number among the values of the rule’s reading'), nearestNames(name, Object.keys(reading?.values ?? {})));
}

function checkCount(subject: Subject, path: string, list: string, where: Where | undefined): void {
  if (where) {
    const records = recordsAt(subject, `${path}.count`, list, true);
    if (records) checkWhere(subject, `${path}.where`, records, where, list);
    return;
  }
  requireKind(subject, `${path}.count`, list, ['list'], text('一个列表', 'a list'));
}

function checkTotal(subject: Subject, path: string, { total, field, where }: Extract<Amount, { total: string }>): void {
  const records = recordsAt(subject, `${path}.total`, total, true);
  if (!records) return;
  const summed = fieldOf(subject, `${path}.field`, records, field, total);
  if (summed && !NUMBERS.includes(summed.type.kind)) subject.report('FACT_TYPE', `${path}.field`, `${total}.${field}: ${describeType(summed.type)}`, A_NUMBER);
  if (where) checkWhere(subject, `${path}.where`, records, where, total);
}

/** The fields of a condition on records, and their values. */
export function checkWhere(subject: Subject, path: string, records: DeclaredType, where: Where, called: string): void {
  for (const [name, values] of Object.entries(where)) {
    const field = fieldOf(subject, `${path}.${name}`, records, name, called);
    if (field) requireValues(subject, `${path}.${name}`, field, values);
  }
}

const A_CIVIL_DAY = text('规则的一个日期参数,如 "2020-12-31"', 'a parameter of the rule that is a day, such as "2020-12-31"');

/** What a day is made of. */
export function checkDay(subject: Subject, rule: RuleSpec, path: string, day: Day): void {
  if ('fact' in day) requireKind(subject, `${path}.fact`, day.fact, DAYS, A_DAY);
  else if ('param' in day) requireParam(subject, `${path}.param`, rule, day.param, (value) => typeof value === 'string' && parseDay(value) !== null, A_CIVIL_DAY);
  else if ('shift' in day) {
    checkDay(subject, rule, `${path}.shift`, day.shift);
    checkAmount(subject, rule, `${path}.days`, day.days);
  }
}

/** Fields that hold the first and last day of a role. */
export function checkHeldAt(subject: Subject, path: string, records: DeclaredType, held: { readonly from: string; readonly to: string }, called: string): void {
  for (const end of ['from', 'to'] as const) {
    const field = fieldOf(subject, `${path}.${end}`, records, held[end], called);
    if (field && field.type.kind !== 'day') subject.report('FACT_TYPE', `${path}.${end}`, `${called}.${held[end]}: ${describeType(field.type)}`, text('日期', 'a day'));
  }
}

