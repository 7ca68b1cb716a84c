import { GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import type { FactInput } from '../../kernel/facts.ts';
import { refuse } from './refuse.ts';

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
  serialize: (value) => refuse(value, 'nothing: facts are an input'),
  parseValue: (value) => readObject(value),
  parseLiteral: (node, variables) => readObject(fromLiteral(node, variables, 0)),
});

function readObject(value: unknown): Record<string, FactInput> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(value, EXPECTED);
  check(value, '', 0);
  return value as Record<string, FactInput>;
}

function check(value: unknown, path: string, depth: number): void {
  if (typeof value === 'number') return checkNumber(value, path);
  if (typeof value !== 'object' || value === null) return;
  if (depth >= DEEPEST) refuse(value, `nothing nested deeper than ${DEEPEST} levels (at ${path})`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) check(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  for (const name of Object.keys(value)) {
    // It would set the prototype of an object written as a literal of JavaScript.
    if (name === '__proto__') refuse(name, `another name than this (at ${path || 'the top'})`);
    check((value as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`, depth + 1);
  }
}

function checkNumber(value: number, path: string): void {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return;
  refuse(value, `an integer of at most 2^53 - 1, or a string for a larger one (at ${path})`);
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
