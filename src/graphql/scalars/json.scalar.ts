import { GraphQLScalarType } from 'graphql';
import { failToSerialize, refuse } from './refuse.ts';

/** Values whose shape a plugin declares: parameters of a rule, a JSON Schema. Only ever an output. */
export const JsonScalar = new GraphQLScalarType<never, unknown>({
  name: 'Json',
  description:
    'Any JSON value; the field that gives it says what it holds. Amounts in it are strings or integers of at most 2^53 - 1, so nothing is lost to floating point.',
  serialize: (value) => (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint' ? failToSerialize(value, 'a JSON value') : value),
  parseValue: (value) => refuse(value, 'nothing: this type is only given out'),
  parseLiteral: (node) => refuse(node.kind, 'nothing: this type is only given out', node),
});
