import { getNamedType, isInterfaceType, isObjectType, Kind } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { AudienceName } from '../../access/policy/audiences.ts';
import { rowOf } from '../../access/policy/table.ts';
import { fieldOf, fieldsBelow } from '../limits/estimate.ts';
import type { Fields, Fragments } from '../limits/estimate.ts';

/** An audience to which whoever asks has to belong, and the field that says so. */
export interface Requirement {
  readonly audience: AudienceName;
  readonly field: string;
}

/**
 * For whom a valid operation is: each audience once, with the first field that is for it. Read from the query itself, so
 * that fields that only read a property count like all others.
 */
export function requirementsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): readonly Requirement[] {
  const fragments: Fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const found = new Map<AudienceName, Requirement>();
  const walk = (above: Fields, set: SelectionSetNode): void => {
    for (const { type, node } of fieldsBelow({ schema, fragments }, above, set)) {
      const name = node.name.value;
      // What describes the schema itself is for everyone.
      if (name.startsWith('__')) continue;
      const field = fieldOf(schema, type, name);
      const row = rowOf(type.name, name);
      if (!field || !row) throw new Error(`no row for ${type.name}.${name} in the table of fields`);
      if (!found.has(row.audience)) found.set(row.audience, { audience: row.audience, field: `${type.name}.${name}` });
      const below = getNamedType(field.type);
      if (node.selectionSet && (isObjectType(below) || isInterfaceType(below))) walk(below, node.selectionSet);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet);
  return [...found.values()];
}
