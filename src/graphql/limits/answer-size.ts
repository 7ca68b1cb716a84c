import { getNamedType, getNullableType, isListType, isObjectType, Kind } from 'graphql';
import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { LARGE_VALUES, LIST_SIZES } from './list-sizes.ts';

/** About how many values a selection gives out: once, and again for each entry of the ledgers asked about. */
export interface AnswerSize {
  readonly once: number;
  readonly perItem: number;
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const ONE: AnswerSize = { once: 1, perItem: 0 };
const USUAL_LIST = 10;

/**
 * Estimates what stands below a field of the query's root. `settings`: how many settings are compared. Fragments are
 * walked wherever they are spread, which the limit on expanded selections bounds.
 */
export function sizeBelow(schema: GraphQLSchema, fragments: Fragments, type: GraphQLObjectType, { selections }: SelectionSetNode, settings: number): AnswerSize {
  let once = 0;
  let perItem = 0;
  for (const selection of selections) {
    const found = selection.kind === Kind.FIELD ? sizeOfField(schema, fragments, type, selection, settings) : sizeOfFragment(schema, fragments, type, selection, settings);
    once += found.once;
    perItem += found.perItem;
  }
  return { once, perItem };
}

function sizeOfFragment(schema: GraphQLSchema, fragments: Fragments, type: GraphQLObjectType, selection: Exclude<SelectionSetNode['selections'][number], FieldNode>, settings: number): AnswerSize {
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
  if (!fragment) return { once: 0, perItem: 0 };
  const on = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
  return sizeBelow(schema, fragments, isObjectType(on) ? on : type, fragment.selectionSet, settings);
}

function sizeOfField(schema: GraphQLSchema, fragments: Fragments, type: GraphQLObjectType, node: FieldNode, settings: number): AnswerSize {
  const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[node.name.value];
  if (!field) return ONE;
  const key = `${type.name}.${field.name}`;
  const named = getNamedType(field.type);
  const inner = isObjectType(named) && node.selectionSet ? sizeBelow(schema, fragments, named, node.selectionSet, settings) : null;
  const each = inner ? { once: 1 + inner.once, perItem: inner.perItem } : { once: LARGE_VALUES[key] ?? 1, perItem: 0 };
  if (key === 'Ledger.entries') return { once: 1, perItem: each.once };
  const count = isListType(getNullableType(field.type)) ? lengthOf(key, settings) : 1;
  return { once: count * each.once, perItem: count * each.perItem };
}

const lengthOf = (key: string, settings: number): number => (key === 'CompareOutcome.outcomes' || key === 'TopicDifference.findings' ? settings : (LIST_SIZES[key] ?? USUAL_LIST));
