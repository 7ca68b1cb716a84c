import { parseDay, parseInstant } from './civil-day.ts';
import { Exact } from './exact.ts';
import type { FactInput, Facts, FactSpec, FactType, FactValue, FieldSpec } from './facts.ts';
import { nearestNames } from './nearest.ts';
import type { Message } from './text.ts';
import { message } from './text.ts';

/** What is wrong with an input: where, what was found, what was expected, and known names that look like it. */
export interface InputProblem {
  readonly code: 'UNKNOWN_FACT' | 'UNKNOWN_FIELD' | 'UNKNOWN_VALUE' | 'WRONG_TYPE' | 'OUT_OF_RANGE' | 'TOO_FINE' | 'TOO_MANY' | 'NOT_NULLABLE' | 'CONFLICT';
  readonly path: string;
  readonly value: FactInput | undefined;
  readonly message: Message;
  readonly nearest: readonly string[];
}

/** A problem whose nearest names have not been looked for: beyond the first hundred nobody asks. */
type Found = Omit<InputProblem, 'nearest'> & { nearest(): readonly string[] };
type Report = (problem: Found) => void;
const NOTHING = undefined;
const NO_NAMES = (): readonly string[] => [];

/** Problems that are told one by one; of the others only the number. */
const MOST_PROBLEMS = 100;

const wrong = (code: InputProblem['code'], path: string, value: FactInput, expected: Message, nearest = NO_NAMES): Found => ({ code, path, value, message: expected, nearest });

/**
 * Turns JSON into typed facts. Everything that is wrong is reported at once; a fact with a problem is left out of the
 * result. `isKnownElsewhere` lets facts pass unread that other places of the same question declare. `more`: how many
 * problems there are beyond those told.
 */
export function checkFacts(specs: ReadonlyMap<string, FactSpec>, input: Readonly<Record<string, FactInput>>, isKnownElsewhere: (name: string) => boolean = () => false): { facts: Facts; problems: InputProblem[]; more: number } {
  const facts: Record<string, FactValue> = Object.create(null);
  const problems: InputProblem[] = [];
  let more = 0;
  const report: Report = (found) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ ...found, nearest: found.nearest() });
    else more++;
  };
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (value === undefined) continue;
    const spec = specs.get(name);
    if (!spec) {
      if (!isKnownElsewhere(name)) report(wrong('UNKNOWN_FACT', name, value, message('input.unknown-fact', { name }), () => nearestNames(name, specs.keys())));
      continue;
    }
    const read = readField(spec, value, name, report);
    if (read !== NOTHING) facts[name] = read;
  }
  for (const [name, spec] of specs) {
    for (const other of spec.insteadOf ?? []) {
      if (input[name] != null && input[other] != null) report(wrong('CONFLICT', name, null, message('input.conflict', { name, other })));
    }
  }
  return { facts, problems, more };
}

function readField(spec: Pick<FieldSpec, 'type' | 'nullable'>, value: FactInput, path: string, report: Report): FactValue | undefined {
  if (value !== null) return readValue(spec.type, value, path, report);
  // A list may always be null: there is none, which is the same as an empty one.
  if (spec.nullable || spec.type.kind === 'list') return null;
  report(wrong('NOT_NULLABLE', path, value, message('input.not-nullable', { path })));
  return NOTHING;
}

function readValue(type: FactType, value: FactInput, path: string, report: Report): FactValue | undefined {
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : mismatch(path, value, 'input.boolean', report);
    case 'choice':
      if (typeof value === 'string' && Object.hasOwn(type.options, value)) return value;
      report(wrong('UNKNOWN_VALUE', path, value, message('input.choice', { options: Object.keys(type.options) }), () => (typeof value === 'string' ? nearestNames(value, Object.keys(type.options)) : [])));
      return NOTHING;
    case 'integer':
      return readInteger(type, value, path, report);
    case 'money':
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
      if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
      return mismatch(path, value, 'input.money', report);
    case 'amount':
      return readAmount(type, value, path, report);
    case 'day':
      return (typeof value === 'string' ? parseDay(value) : null) ?? mismatch(path, value, 'input.day', report);
    case 'instant':
      return (typeof value === 'string' ? parseInstant(value) : null) ?? mismatch(path, value, 'input.instant', report);
    case 'text':
      if (typeof value === 'string' && value.length <= (type.maxLength ?? 500)) return value;
      return mismatch(path, value, 'input.text', report, { max: type.maxLength ?? 500 });
    case 'list':
      return readList(type, value, path, report);
    case 'record':
      return readRecord(type, value, path, report);
  }
}

function mismatch(path: string, value: FactInput, key: string, report: Report, params: Message['params'] = {}): undefined {
  report(wrong('WRONG_TYPE', path, value, message(key, params)));
  return NOTHING;
}

function readInteger(type: FactType & { kind: 'integer' }, value: FactInput, path: string, report: Report): number | undefined {
  const read = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof read !== 'number' || !Number.isSafeInteger(read)) return mismatch(path, value, 'input.integer', report);
  const min = type.min ?? 0;
  const max = type.max ?? Number.MAX_SAFE_INTEGER;
  if (read >= min && read <= max) return read;
  report(wrong('OUT_OF_RANGE', path, value, message('input.range', { min: String(min), max: type.max === undefined ? '∞' : String(max) })));
  return NOTHING;
}

/** Large enough for every sum of credits, hours or shares, small enough that no sum of units leaves the exact range. */
const LARGEST_AMOUNT = Exact.of(1_000_000);

function readAmount(type: FactType & { kind: 'amount' }, value: FactInput, path: string, report: Report): Exact | undefined {
  if (typeof value === 'number' && !Number.isInteger(value)) return mismatch(path, value, 'input.amount-float', report);
  const read = typeof value === 'number' ? (Number.isSafeInteger(value) ? Exact.of(value) : null) : typeof value === 'string' && value.length <= 40 ? Exact.parse(value) : null;
  if (!read) return mismatch(path, value, 'input.amount', report);
  const min = type.min === undefined ? Exact.zero : Exact.of(type.min);
  const max = type.max === undefined ? LARGEST_AMOUNT : Exact.of(type.max);
  if (read.isLessThan(min) || max.isLessThan(read)) {
    report(wrong('OUT_OF_RANGE', path, value, message('input.range', { min: min.toString(), max: max.toString() })));
    return NOTHING;
  }
  if (type.perWhole === undefined || BigInt(type.perWhole) % read.denominator === 0n) return read;
  report(wrong('TOO_FINE', path, value, message('input.too-fine', { unit: Exact.ratio(1, type.perWhole).toString(), nearest: nearestOnGrid(read, type.perWhole) })));
  return NOTHING;
}

function nearestOnGrid(value: Exact, perWhole: number): string[] {
  const scaled = value.times(Exact.of(perWhole));
  return [...new Set([scaled.floor(), scaled.ceil()])].map((units) => Exact.ratio(units, perWhole).toString());
}

function readList(type: FactType & { kind: 'list' }, value: FactInput, path: string, report: Report): FactValue[] | undefined {
  if (!Array.isArray(value)) return mismatch(path, value, 'input.list', report);
  const max = type.max ?? 1000;
  if (value.length > max) {
    report(wrong('TOO_MANY', path, value.length, message('input.too-many', { max, found: value.length })));
    return NOTHING;
  }
  const items: FactValue[] = [];
  let isSound = true;
  for (let index = 0; index < value.length; index++) {
    const item: FactInput | undefined = value[index];
    const read = item == null ? mismatch(`${path}[${index}]`, null, 'input.no-null-item', report) : readValue(type.of, item, `${path}[${index}]`, report);
    if (read === NOTHING) isSound = false;
    else items.push(read);
  }
  return isSound ? items : NOTHING;
}

const blanks = new WeakMap<FactType, Readonly<Record<string, undefined>>>();

/**
 * A record of which nothing is known. All records of one type begin as it and so have one shape, whatever was given of
 * them and in which order: rules read many fields of many records, and the engine finds them fastest in like objects.
 */
function blankOf(type: FactType & { kind: 'record' }): Readonly<Record<string, undefined>> {
  let blank = blanks.get(type);
  if (!blank) blanks.set(type, (blank = Object.fromEntries(Object.keys(type.fields).map((name) => [name, undefined]))));
  return blank;
}

function readRecord(type: FactType & { kind: 'record' }, value: FactInput, path: string, report: Report): FactValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return mismatch(path, value, 'input.record', report);
  const source = value as Readonly<Record<string, FactInput>>;
  const read: Record<string, FactValue | undefined> = { ...blankOf(type) };
  let isSound = true;
  for (const name of Object.keys(source)) {
    const item = source[name];
    if (item === undefined) continue;
    const spec = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (!spec) {
      report(wrong('UNKNOWN_FIELD', `${path}.${name}`, item, message('input.unknown-field', { name }), () => nearestNames(name, Object.keys(type.fields))));
      isSound = false;
      continue;
    }
    const field = readField(spec, item, `${path}.${name}`, report);
    if (field === NOTHING) isSound = false;
    else read[name] = field;
  }
  return isSound ? read : NOTHING;
}
