import { GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import type { FactInput } from '../../kernel/facts.ts';
import { failToSerialize, refuse } from './refuse.ts';

/** Deeper than any fact that a plugin can declare. */
const DEEPEST = 16;
const EXPECTED = 'an object of facts by name';

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/**
 * Facts travel as one JSON object; what is in it is checked against the declarations later, with all problems at once.
 * Only what JSON itself would falsify is refused here. Numbers with a fraction stay numbers, so that the later check
 * can name the fact that holds them.
 */
export const FactsScalar = new GraphQLScalarType<Record<string, FactInput>, never>({
  name: 'Facts',
  description:
    'Facts by name, as one JSON object. Absent means unknown; `null` and an empty list mean that there is none. Amounts are decimal strings or integers: an integer beyond 2^53 must be a string, because JSON numbers would be rounded, and a number with a fraction is refused with its path. Days are `YYYY-MM-DD`. Which facts there are, and the JSON Schema of each, is asked with `decisions`.',
  serialize: (value) => failToSerialize(value, 'nothing: facts are an input'),
  parseValue: (value) => readObject(value),
  parseLiteral: (node, variables) => readObject(fromLiteral(node, variables, 0)),
});

function readObject(value: unknown): Record<string, FactInput> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(value, EXPECTED);
  const problem = falsified(value, 0);
  if (problem) refuse(problem.found, `${problem.expected} (at ${problem.path.replace(/^\./, '')})`);
  return value as Record<string, FactInput>;
}

interface Problem {
  readonly found: unknown;
  readonly expected: string;
  readonly path: string;
}

const LARGE = 'an integer of at most 2^53 - 1, or a string for a larger one';
const DEEP = `nothing nested deeper than ${DEEPEST} levels`;

/** The first value that JSON would falsify. The path is put together on the way back, so that sound facts cost no strings. */
function falsified(value: unknown, depth: number): Problem | null {
  if (typeof value === 'number') return isKept(value) ? null : { found: value, expected: LARGE, path: '' };
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEEPEST) return { found: value, expected: DEEP, path: '' };
  return Array.isArray(value) ? falsifiedItem(value, depth) : falsifiedField(value as Record<string, unknown>, depth);
}

function falsifiedItem(items: readonly unknown[], depth: number): Problem | null {
  for (let index = 0; index < items.length; index++) {
    const problem = falsified(items[index], depth + 1);
    if (problem) return { ...problem, path: `[${index}]${problem.path}` };
  }
  return null;
}

function falsifiedField(fields: Record<string, unknown>, depth: number): Problem | null {
  for (const name in fields) {
    // It would set the prototype of an object written as a literal of JavaScript.
    if (name === '__proto__') return { found: name, expected: 'another name', path: '' };
    const problem = falsified(fields[name], depth + 1);
    if (problem) return { ...problem, path: `.${name}${problem.path}` };
  }
  return null;
}

/** Fractions stay, for the check that can name the fact; an integer that JSON has already rounded does not. */
const isKept = (value: number): boolean => Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));

function fromLiteral(node: ValueNode, variables: Variables, depth: number): unknown {
  if (depth > DEEPEST) refuse(node.kind, `nothing nested deeper than ${DEEPEST} levels`, node);
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.BOOLEAN:
    case Kind.STRING:
      return node.value;
    case Kind.INT:
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : refuse(node.value, 'a string for an integer beyond 2^53', node);
    case Kind.FLOAT:
      return readFloat(node.value, node);
    case Kind.ENUM:
      return refuse(node.value, `a string: write "${node.value}" with quotes`, node);
    case Kind.VARIABLE:
      // Without values when the document is validated: whatever it is, it is checked when there are.
      return variables ? variables[node.name.value] : undefined;
    case Kind.LIST:
      return node.values.map((item) => fromLiteral(item, variables, depth + 1) ?? null);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, fromLiteral(field.value, variables, depth + 1)] as const).filter(([, value]) => value !== undefined),
      );
  }
}

/** `1.50` and `2.0` are kept as JSON would give them; digits that floating point would drop are refused. */
function readFloat(written: string, node: ValueNode): number {
  const value = Number(written);
  if (Number.isInteger(value) && /\.\d*[1-9]/.test(written) && !/e/i.test(written)) refuse(written, 'a string for a number with so many digits', node);
  return value;
}
