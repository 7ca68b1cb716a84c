import { isListType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLOutputType, GraphQLSchema } from 'graphql';

/**
 * Gives every field that holds objects or a list, and has no resolver, one that reads the property. A compiled query
 * names the property of such a field again for each field inside it: a getter that builds an object would build it
 * as often. Fields with a single value are read once anyway and stay without a resolver, which is fastest.
 */
export function readObjectsOnce(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.resolve && !holdsOneValue(field.type)) field.resolve = (source: Readonly<Record<string, unknown>>) => source[field.name];
    }
  }
  return schema;
}

function holdsOneValue(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? holdsOneValue(type.ofType) : !isListType(type) && isLeafType(type);
}
