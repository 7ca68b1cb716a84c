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
 * Only what could not be looked through is refused here. Numbers that JSON rounds stay as they came, so that the later
 * check can name the fact that holds them and leaves the other questions of the request alone.
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
  const problem = unreadable(value, 0);
  if (problem) refuse(problem.found, problem.path ? `${problem.expected} (at ${problem.path.replace(/^\./, '').slice(0, 200)})` : problem.expected);
  return value as Record<string, FactInput>;
}

interface Problem {
  readonly found: unknown;
  readonly expected: string;
  readonly path: string;
}

const DEEP = `nothing nested deeper than ${DEEPEST} levels`;

/** The first value that cannot be looked through. The path is put together on the way back, so that sound facts cost no strings. */
function unreadable(value: unknown, depth: number): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEEPEST) return { found: value, expected: DEEP, path: '' };
  return Array.isArray(value) ? unreadableItem(value, depth) : unreadableField(value as Record<string, unknown>, depth);
}

function unreadableItem(items: readonly unknown[], depth: number): Problem | null {
  for (let index = 0; index < items.length; index++) {
    const problem = unreadable(items[index], depth + 1);
    if (problem) return { ...problem, path: `[${index}]${problem.path}` };
  }
  return null;
}

function unreadableField(fields: Record<string, unknown>, depth: number): Problem | null {
  for (const name in fields) {
    // It would set the prototype of an object written as a literal of JavaScript.
    if (name === '__proto__') return { found: name, expected: 'another name', path: '' };
    const problem = unreadable(fields[name], depth + 1);
    if (problem) return { ...problem, path: `.${name}${problem.path}` };
  }
  return null;
}

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
