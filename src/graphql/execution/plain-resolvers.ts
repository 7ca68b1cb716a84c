import { isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

type Methods = Readonly<Record<string, (args?: unknown, context?: unknown) => unknown>>;

/**
 * Fields that are methods of their object are called as such: with the arguments as they come and the context. The
 * resolvers that the decorators give them make instances of both the object and the arguments for every single value,
 * which for a page of fifty teachers costs more than reading it. Those of the roots stay.
 */
export function callMethodsPlainly(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.has(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { name } = field;
      if (!field.resolve) continue;
      field.resolve = field.args.length === 0 ? (source: Methods) => source[name]?.() : (source: Methods, args: unknown, context: unknown) => source[name]?.(args, context);
    }
  }
  return schema;
}
