import { GraphQLScalarType, Kind } from 'graphql';
import { formatInstant, parseInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { failToSerialize, refuse } from './refuse.ts';

const EXPECTED = 'an instant with its offset such as "2020-01-07T23:59:59+08:00", or a day "YYYY-MM-DD" for its first instant in Asia/Shanghai';

export const InstantScalar = new GraphQLScalarType<Instant, string>({
  name: 'Instant',
  description:
    'A moment, written in ISO 8601 with its offset: `"2020-01-07T23:59:59+08:00"`. As an input a bare day is accepted too and means its first instant in Asia/Shanghai: `"2020-01-07"` is `"2020-01-07T00:00:00+08:00"`. Answers carry the offset of Asia/Shanghai. Precision: a millisecond; years 1900 to 2199.',
  serialize: (value) => (Number.isSafeInteger(value) ? formatInstant(value as Instant) : failToSerialize(value, 'milliseconds since 1970')),
  parseValue: (value) => read(value),
  parseLiteral: (node) => (node.kind === Kind.STRING ? read(node.value) : refuse(node.kind, EXPECTED, node)),
});

function read(value: unknown): Instant {
  return (typeof value === 'string' ? parseInstant(value) : null) ?? refuse(value, EXPECTED);
}
