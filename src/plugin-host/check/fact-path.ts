import type { FactType } from '../../kernel/facts.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import { text } from '../../kernel/text.ts';
import type { Text } from '../../kernel/text.ts';
import type { Subject } from './subject.ts';

/** What a path such as `plan.fees.totalFen` is declared as. */
export interface DeclaredType {
  readonly type: FactType;
  /** It, or a record around it, may be null. */
  readonly nullable: boolean;
}

/** A place above may have declared it, and its plugin not be there. */
function declaredSomewhere({ absentAbove }: Subject): Text {
  const absent = absentAbove.length === 0 ? text('', '') : text(`(以下上级地区没有插件:${absentAbove.join('、')})`, ` (there is no plugin for ${absentAbove.join(', ')})`);
  return text(`本插件或上级地区插件声明的事实${absent.zh}`, `a fact that this plugin or one for a place above declares${absent.en}`);
}

/** The declaration at a path; what is not declared is reported. */
export function declaredAt(subject: Subject, path: string, factPath: string): DeclaredType | null {
  const [root = '', ...fields] = factPath.split('.');
  const spec = subject.facts.get(root);
  if (!spec) {
    subject.report('UNKNOWN_FACT', path, factPath, declaredSomewhere(subject), nearestNames(root, subject.facts.keys()));
    return null;
  }
  let found: DeclaredType = { type: spec.type, nullable: spec.nullable ?? false };
  for (const [index, name] of fields.entries()) {
    const inside = fieldOf(subject, path, found, name, [root, ...fields.slice(0, index)].join('.'));
    if (!inside) return null;
    found = inside;
  }
  return found;
}

/** The declaration of a field of a record; `around` is what the record is called. */
export function fieldOf(subject: Subject, path: string, around: DeclaredType, name: string, called: string): DeclaredType | null {
  if (around.type.kind !== 'record') {
    subject.report('FACT_TYPE', path, `${called}: ${describeType(around.type)}`, text('一条有字段的记录', 'a record with fields'));
    return null;
  }
  const spec = around.type.fields[name];
  if (spec) return { type: spec.type, nullable: around.nullable || (spec.nullable ?? false) };
  const names = Object.keys(around.type.fields);
  subject.report('UNKNOWN_FACT', path, `${called}.${name}`, text(`${called}的字段:${names.join('、')}`, `a field of ${called}: ${names.join(', ')}`), nearestNames(name, names));
  return null;
}

/** The records of a list, or a single record. */
export function recordsAt(subject: Subject, path: string, factPath: string, isListNeeded: boolean): DeclaredType | null {
  const found = declaredAt(subject, path, factPath);
  if (!found) return null;
  if (found.type.kind === 'list' && found.type.of.kind === 'record') return { type: found.type.of, nullable: false };
  if (!isListNeeded && found.type.kind === 'record') return found;
  const expected = isListNeeded ? text('记录的列表', 'a list of records') : text('一条记录或记录的列表', 'a record or a list of records');
  subject.report('FACT_TYPE', path, `${factPath}: ${describeType(found.type)}`, expected);
  return null;
}

/** A fact of one of some kinds. */
export function requireKind(subject: Subject, path: string, factPath: string, kinds: readonly FactType['kind'][], expected: Text): DeclaredType | null {
  const found = declaredAt(subject, path, factPath);
  if (!found || kinds.includes(found.type.kind)) return found;
  subject.report('FACT_TYPE', path, `${factPath}: ${describeType(found.type)}`, expected);
  return null;
}

export const NUMBERS: readonly FactType['kind'][] = ['integer', 'amount', 'money'];
export const A_NUMBER = text('整数、数量或金额', 'an integer, an amount or money');
export const DAYS: readonly FactType['kind'][] = ['day', 'instant'];
export const A_DAY = text('日期或时刻', 'a day or an instant');

export function describeType(type: FactType): string {
  return type.kind === 'list' ? `list of ${describeType(type.of)}` : type.kind;
}

type Plain = string | boolean | number | null;

/** Values that a fact of the type can have; what can never be found there is reported. */
export function requireValues(subject: Subject, path: string, { type, nullable }: DeclaredType, values: readonly Plain[]): void {
  const single = type.kind === 'list' ? type.of : type;
  const isNullable = nullable || type.kind === 'list';
  for (const value of values) {
    if (value === null ? isNullable : isValueOf(single, value)) continue;
    const options = single.kind === 'choice' ? Object.keys(single.options) : [];
    const expected = value === null ? text('可为空的事实', 'a fact that may be null') : expectedOf(single, options);
    subject.report('FACT_TYPE', path, value === null ? 'null' : JSON.stringify(value), expected, typeof value === 'string' ? nearestNames(value, options) : []);
  }
}

function isValueOf(type: FactType, value: string | boolean | number): boolean {
  switch (type.kind) {
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(type.options, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'money':
      return typeof value === 'number';
    case 'text':
    case 'day':
      return typeof value === 'string';
    default:
      return false;
  }
}

const expectedOf = (type: FactType, options: readonly string[]): Text =>
  options.length > 0 ? text(`以下之一:${options.join('、')}`, `one of: ${options.join(', ')}`) : text(`类型为${describeType(type)}的值`, `a value of the type ${describeType(type)}`);
