import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLSchema, SelectionSetNode } from 'graphql';
import { fieldOf, fieldsBelow } from './estimate.ts';
import type { Fields, Fragments } from './estimate.ts';
import { QUERY_LIMITS } from './limits.ts';

/** The types of the schema about itself are nested as deep as the type of a field is wrapped. */
const MAY_RECUR: ReadonlySet<string> = new Set(['__Type.ofType']);

/**
 * The first field that stands inside itself more often than it may, such as the teachers of the institution of teachers of
 * an institution; null: there is none. Runs on a valid document.
 */
export function recursionIn(schema: GraphQLSchema, fragments: Fragments, root: Fields, set: SelectionSetNode): string | null {
  const path = new Map<string, number>();
  const walk = (type: Fields, inner: SelectionSetNode): string | null => {
    for (const { type: of, node } of fieldsBelow({ schema, fragments }, type, inner)) {
      const field = node.selectionSet && fieldOf(schema, of, node.name.value);
      const next = field && getNamedType(field.type);
      if (!node.selectionSet || !(isObjectType(next) || isInterfaceType(next))) continue;
      const key = `${of.name}.${node.name.value}`;
      const times = (path.get(key) ?? 0) + 1;
      if (times > QUERY_LIMITS.recursion && !MAY_RECUR.has(key)) return key;
      path.set(key, times);
      const found = walk(next, node.selectionSet);
      if (found) return found;
      path.set(key, times - 1);
    }
    return null;
  };
  return walk(root, set);
}
