import { isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { allRows } from '../../../src/access/policy/table.ts';
import type { FieldRow } from '../../../src/access/policy/table.ts';
import type { AudienceName } from '../../../src/access/policy/audiences.ts';
import { buildApiSchema } from '../../../src/graphql/schema.ts';

/** The rows that the product reads. Tests alone write them, and put them back. */
const TABLE = allRows() as Map<string, FieldRow>;

/** Does something while a field is in another line of the table. */
export async function withRow<Result>(coordinate: string, audience: AudienceName, work: () => Promise<Result>): Promise<Result> {
  const row = TABLE.get(coordinate);
  if (!row) throw new Error(`no row for ${coordinate}`);
  TABLE.set(coordinate, { ...row, audience });
  try {
    return await work();
  } finally {
    TABLE.set(coordinate, row);
  }
}

export const plantedName = (type: string): string => `planted${type}`;

/**
 * The schema of the API with a way to every type that is open to everyone and gives nothing: what is refused by it is
 * refused by the row of a field itself, and not by a row that stands before it on the ways that there are.
 */
export function plantedSchema(): GraphQLSchema {
  const schema = buildApiSchema();
  const query = schema.getQueryType() as GraphQLObjectType;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isPlantable(type) || type === query || type === schema.getMutationType()) continue;
    query.getFields()[plantedName(type.name)] = { name: plantedName(type.name), type, args: [], resolve: () => null, description: undefined, deprecationReason: undefined, subscribe: undefined, extensions: {}, astNode: undefined } as GraphQLField<unknown, unknown>;
    TABLE.set(`Query.${plantedName(type.name)}`, { audience: 'EVERYONE', args: [] });
  }
  return schema;
}

const isPlantable = (type: GraphQLNamedType): type is GraphQLObjectType | GraphQLInterfaceType => !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type));
