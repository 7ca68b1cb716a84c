import { GraphQLScalarType, Kind } from 'graphql';
import { Exact } from '../../kernel/exact.ts';
import { failToSerialize, refuse } from './refuse.ts';

const EXPECTED = 'an exact number: an integer, or a string such as "1.5" or "4/3" (a JSON number with a fraction is not exact)';
const WRITTEN = /^-?\d+(?:\.\d+|\/\d+)?$/;

/**
 * Inside the program an exact number that comes in is its canonical string, to be read with `Exact.parse`: arguments
 * of a compiled query travel as JSON, which has no place for fractions of big integers.
 */
export const ExactScalar = new GraphQLScalarType<string, string>({
  name: 'Exact',
  description:
    'An exact number as a string: a decimal where it is finite (`"36"`, `"1.5"`), else a fraction in lowest terms (`"4/3"`). As an input also an integer; a JSON number with a fraction is refused, because floating point would round it, and so are integers beyond 2^53 that are not strings. Up to 30 digits on each side.',
  serialize,
  parseValue: (value) => read(value),
  parseLiteral: (node) => (node.kind === Kind.STRING || node.kind === Kind.INT ? read(node.value) : refuse(node.kind === Kind.FLOAT ? Number(node.value) : node.kind, EXPECTED, node)),
});

function serialize(value: unknown): string {
  if (value instanceof Exact) return value.toString();
  if (typeof value === 'string' && WRITTEN.test(value)) return value;
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  return failToSerialize(value, EXPECTED);
}

function read(value: unknown): string {
  const written = Number.isSafeInteger(value) ? String(value) : value;
  return (typeof written === 'string' ? Exact.parse(written)?.toString() : undefined) ?? refuse(value, EXPECTED);
}
