import type { InputProblem } from '../kernel/fact-input.ts';
import type { Message, MessageParam } from '../kernel/text.ts';
import { message } from '../kernel/text.ts';

export type ProblemCode = InputProblem['code'] | 'UNKNOWN_JURISDICTION' | 'UNKNOWN_DECISION' | 'UNKNOWN_RULE' | 'UNKNOWN_READING' | 'NOT_ONE_SUBJECT' | 'PROBLEM_TOO_LARGE' | 'NOT_EMPLOYED' | 'UNKNOWN_TEACHER' | 'NOT_ONE_SOURCE' | 'INVALID_ID' | 'INVALID_CURSOR' | 'MORE_PROBLEMS' | 'NOT_ALLOWED' | 'UNKNOWN_GRANT' | 'UNKNOWN_INSTITUTION' | 'UNKNOWN_WORD' | 'UNKNOWN_RECORD' | 'UNKNOWN_CORRECTION' | 'NOT_OPEN' | 'NOT_RECORDED' | 'LIMIT_REACHED';

/** What is wrong with a question. `path` begins at the question: `facts.entries[3].level`. What was found is shown cut short. */
export interface Problem {
  readonly code: ProblemCode;
  readonly path: string;
  readonly value: unknown;
  readonly message: Message;
  readonly nearest: readonly string[];
}

export const problem = (code: ProblemCode, path: string, value: unknown, key: string, nearest: readonly string[] = [], params: Message['params'] = {}): Problem => ({
  code,
  path: shorten(path, MOST_PATH),
  value: excerpt(value),
  message: message(key, Object.fromEntries(Object.entries(params).map(([name, param]) => [name, shortenParam(param)]))),
  nearest,
});

const MOST_PATH = 300;
const MOST_TEXT = 100;
const MOST_VALUE = 300;

/** Nobody mends more at a time; the rest is counted. */
export const MOST_PROBLEMS = 100;

/** The first hundred, and how many more there are: answers to a broken input stay small. */
export function firstProblems(problems: readonly Problem[], more = 0): readonly Problem[] {
  const rest = Math.max(0, problems.length - MOST_PROBLEMS) + more;
  return rest === 0 ? problems : [...problems.slice(0, MOST_PROBLEMS), problem('MORE_PROBLEMS', 'facts', rest, 'input.more-problems', [], { shown: Math.min(problems.length, MOST_PROBLEMS), found: rest })];
}

/** Cut between characters, so that the answer stays text that everyone can read. */
function shorten(text: string, most: number): string {
  return text.length <= most ? text.toWellFormed() : `${text.slice(0, most).toWellFormed().replace(/\ufffd$/, '')}…`;
}

const shortenParam = (param: MessageParam): MessageParam => (typeof param === 'string' ? shorten(param, MOST_TEXT) : param);

/** What was found, if it is small; else its beginning, or its kind. */
export function excerpt(value: unknown): unknown {
  if (typeof value === 'string') return shorten(value, MOST_TEXT);
  // JSON has no word for it.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (sizeOf(value, MOST_VALUE) <= MOST_VALUE) return value;
  return Array.isArray(value) ? '[…]' : '{…}';
}

/** About the characters of a value as JSON, counted no further than `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  for (const name in value) {
    size += (Array.isArray(value) ? 0 : name.length + 3) + sizeOf((value as Readonly<Record<string, unknown>>)[name], most - size);
    if (size > most) break;
  }
  return size;
}
