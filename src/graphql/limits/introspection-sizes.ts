import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';

/** Each list of the schema about itself: the most that any type or field has, and how many on average over all. */
type Sizes = Readonly<Record<string, { readonly most: number; readonly average: number }>>;

const known = new WeakMap<GraphQLSchema, Sizes>();

/** As how many items such a list counts. `isEachType`: it is asked of all types in turn, so that the sum is known. */
export function introspectionItems(schema: GraphQLSchema, key: string, isEachType: boolean): number {
  let sizes = known.get(schema);
  if (!sizes) known.set(schema, (sizes = sizesOf(schema)));
  const size = sizes[key];
  return size === undefined ? 1 : isEachType ? size.average : size.most;
}

function sizesOf(schema: GraphQLSchema): Sizes {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap(fieldsOf);
  const directives = schema.getDirectives();
  return {
    '__Schema.types': all(types.length),
    '__Schema.directives': all(directives.length),
    '__Type.fields': over(types.map((type) => fieldsOf(type).length)),
    '__Type.inputFields': over(types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0))),
    '__Type.enumValues': over(types.map((type) => (isEnumType(type) ? type.getValues().length : 0))),
    '__Type.interfaces': over(types.map((type) => (isObjectType(type) ? type.getInterfaces().length : 0))),
    '__Type.possibleTypes': over(types.map((type) => (isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0))),
    '__Field.args': over(fields.map(({ args }) => args.length)),
    '__Directive.args': over(directives.map(({ args }) => args.length)),
    '__Directive.locations': over(directives.map(({ locations }) => locations.length)),
  };
}

const fieldsOf = (type: GraphQLNamedType) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []);
const all = (count: number): Sizes[string] => ({ most: count, average: count });
const over = (counts: readonly number[]): Sizes[string] => ({ most: Math.max(0, ...counts), average: Math.ceil(counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)) });
