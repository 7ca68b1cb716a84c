import { GraphQLScalarType, Kind } from 'graphql';
import { parseDay } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import { failToSerialize, refuse } from './refuse.ts';

const EXPECTED = 'a day of the calendar from 1900 to 2199, written "YYYY-MM-DD"';

/** A day inside the program is the same string as outside, so nothing is converted on the way out. */
export const CivilDayScalar = new GraphQLScalarType<CivilDay, string>({
  name: 'CivilDay',
  description:
    'A day of the civil calendar in China, written `YYYY-MM-DD`, such as `"2020-12-31"`. It must exist (`2021-02-29` is refused) and lie in the years 1900 to 2199. It has no time and no zone: periods given in days include their last day.',
  serialize: (value) => (typeof value === 'string' ? parseDay(value) : null) ?? failToSerialize(value, EXPECTED),
  parseValue: (value) => read(value),
  parseLiteral: (node) => (node.kind === Kind.STRING ? read(node.value) : refuse(node.kind, EXPECTED, node)),
});

function read(value: unknown): CivilDay {
  return (typeof value === 'string' ? parseDay(value) : null) ?? refuse(value, EXPECTED);
}
