import { getNamedType, isCompositeType, Kind } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, GraphQLCompositeType, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { AudienceName } from '../../access/policy/audiences.ts';
import { rowOf } from '../../access/policy/table.ts';

/** An audience to which whoever asks has to belong, and the field that says so. */
export interface Requirement {
  readonly audience: AudienceName;
  readonly field: string;
}

/**
 * For whom a valid operation is: each audience once, with the first field that is for it. Read from the query itself, so
 * that fields that only read a property count like all others. Fragments are looked at once for each type they are spread in.
 */
export function requirementsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): readonly Requirement[] {
  const fragments = new Map(document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])));
  const found = new Map<AudienceName, Requirement>();
  const seen = new Set<string>();
  const walk = (type: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name.startsWith('__') || !('getFields' in type)) continue;
        const field = type.getFields()[name];
        const row = rowOf(type.name, name);
        if (!field || !row) throw new Error(`no row for ${type.name}.${name} in the table of fields`);
        if (!found.has(row.audience)) found.set(row.audience, { audience: row.audience, field: `${type.name}.${name}` });
        const below = getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(below)) walk(below, selection.selectionSet);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!on || !isCompositeType(on)) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
      }
      walk(on, fragment.selectionSet);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet);
  return [...found.values()];
}
