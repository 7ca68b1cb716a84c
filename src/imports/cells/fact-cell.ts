import { checkFacts } from '../../kernel/fact-input.ts';
import { Exact } from '../../kernel/exact.ts';
import type { FactInput, FactSpec, FactType, FieldSpec } from '../../kernel/facts.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { Message, Text } from '../../kernel/text.ts';
import { message } from '../../kernel/text.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import type { ProblemCode } from '../problem.ts';
import { readDay } from './day.ts';

/** What is wrong with a cell. */
export interface CellProblem {
  readonly code: ProblemCode;
  readonly expected: Message;
  readonly nearest: readonly string[];
}
/** What a cell says: as it is asked for in questions, and as canonical JSON. */
export interface CellValue {
  readonly input: FactInput;
  readonly json: string;
}
export type ReadCell = CellValue | { readonly problem: CellProblem };

/** A column has few different texts; a file where it has many must not grow the table. */
const MOST_REMEMBERED = 20_000;

/**
 * Reads the cells of one declared field. What is written for people (是, 市级, 2018/6/30) becomes the declared value, and
 * the kernel says whether that is one. Each different text is looked at once.
 */
export class FactCell {
  readonly #name: string;
  readonly #spec: FactSpec;
  readonly #choices: ReadonlyMap<string, string>;
  readonly #read = new Map<string, ReadCell>();

  constructor(name: string, field: Pick<FieldSpec, 'type' | 'nullable'>, names: Readonly<Record<string, Text>> = {}) {
    this.#name = name;
    // Only type and nullability are looked at.
    this.#spec = { name, type: field.type, nullable: field.nullable ?? false, meaning: { zh: '', en: '' }, suppliedBy: 'caller', sensitivity: 'internal' };
    this.#choices = choiceNames(field.type, names);
  }

  read(written: string): ReadCell {
    const remembered = this.#read.get(written);
    if (remembered) return remembered;
    if (this.#read.size >= MOST_REMEMBERED) this.#read.clear();
    const read = this.#check(written);
    this.#read.set(written, read);
    return read;
  }

  #check(written: string): ReadCell {
    const { kind } = this.#spec.type;
    // Numbers and days in full width are the same numbers and days.
    const input = this.#inputOf(kind === 'text' || kind === 'choice' ? written : written.normalize('NFKC'));
    const { problems } = checkFacts(new Map([[this.#name, this.#spec]]), { [this.#name]: input });
    const [first] = problems;
    if (!first) {
      const json = canonicalJson(input);
      return (kind === 'list' || kind === 'record') && UNSTORABLE.test(json) ? { problem: { code: 'CONTROL_CHARACTER', expected: message('import.control-character'), nearest: [] } } : { input, json };
    }
    const { type } = this.#spec;
    if (type.kind === 'choice') return { problem: { code: 'UNKNOWN_VALUE', expected: message('import.choice', { options: optionTexts(type.options) }), nearest: nearestNames(written, this.#choices.keys()) } };
    if (type.kind === 'boolean') return { problem: { code: 'WRONG_TYPE', expected: message('import.boolean'), nearest: [] } };
    return { problem: { code: first.code, expected: first.message, nearest: first.nearest } };
  }

  #inputOf(written: string): FactInput {
    const { type } = this.#spec;
    if (written === 'null') return null;
    switch (type.kind) {
      case 'boolean':
        return BOOLEANS.get(written.toLowerCase()) ?? written;
      case 'choice':
        return this.#choices.get(written) ?? this.#choices.get(written.toLowerCase()) ?? written;
      case 'day':
        return readDay(written) ?? written;
      case 'amount':
        return Exact.parse(written.length <= 40 ? written : '')?.toString() ?? written;
      case 'integer':
      case 'money':
        return /^-?\d{1,15}$/.test(written) ? Number(written) : written;
      case 'list':
      case 'record':
        return parseJson(written) ?? written;
      default:
        return written;
    }
  }
}

/** Characters that PostgreSQL keeps in no JSON, as JSON can write them. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'y', '是', '真', '有'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'n', '否', '假', '无'].map((word) => [word, false] as const),
]);

/** Each way to write a value: itself, its short names, its labels. What means two values means none. */
function choiceNames(type: FactType, names: Readonly<Record<string, Text>>): ReadonlyMap<string, string> {
  const choices = new Map<string, string>();
  if (type.kind !== 'choice') return choices;
  const ambiguous = new Set<string>();
  const add = (name: string, value: string): void => {
    const known = choices.get(name);
    if (known === undefined) choices.set(name, value);
    else if (known !== value && known !== name) ambiguous.add(name);
  };
  for (const value of Object.keys(type.options)) add(value, value);
  for (const labels of [names, type.options]) {
    for (const [value, label] of Object.entries(labels)) {
      if (!Object.hasOwn(type.options, value)) continue;
      add(label.zh, value);
      add(label.en.toLowerCase(), value);
    }
  }
  for (const name of ambiguous) choices.delete(name);
  return choices;
}

const optionTexts = (options: Readonly<Record<string, Text>>): Text[] => Object.entries(options).map(([value, label]) => ({ zh: `${value}(${label.zh})`, en: value === label.en ? value : `${value} (${label.en})` }));

function parseJson(written: string): FactInput | undefined {
  if (!/^[[{]/.test(written)) return undefined;
  try {
    return JSON.parse(written) as FactInput;
  } catch {
    return undefined;
  }
}
