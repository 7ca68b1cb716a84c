import { getNamedType, getNullableType, isInterfaceType, isListType, isObjectType, Kind, valueFromASTUntyped } from 'graphql';
import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, SelectionSetNode, ValueNode } from 'graphql';
import { QUERY_LIMITS, REQUEST_LIMITS, USUAL_PAGE } from './limits.ts';
import { LARGE_VALUES, LIST_SIZES } from './list-sizes.ts';

/** About how many values a selection gives out: once, and again for each entry of the ledgers asked about. */
export interface AnswerSize {
  readonly once: number;
  readonly perItem: number;
  /** Questions about people of the store, however deep below pages they are asked. */
  readonly questions: number;
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
export type Variables = Readonly<Record<string, unknown>>;

/** What the sizes depend on besides the selection. */
export interface Sizing {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** How many settings are compared. */
  readonly settings: number;
  readonly variables: Variables;
}

/** What is above a selection. */
interface Above {
  /** How many items the page of the connection has, where it is one. */
  readonly page: number;
  /** Whether the entries of ledgers are those of the store, whose number the request does not say. */
  readonly isStored: boolean;
}

type Fields = GraphQLObjectType | GraphQLInterfaceType;

/** Fields below which ledgers are those of the store. */
const READ_FROM_STORE: ReadonlySet<string> = new Set(['Teacher.assessment', 'Teacher.storedAssessments', 'Query.assessment', 'Query.node', 'Query.nodes']);

const TOP: Above = { page: 1, isStored: false };
const USUAL_LIST = 10;

/** Estimates what a field of the root gives out. Fragments are walked wherever they are spread, which the limit on expanded selections bounds. */
export const sizeOfRoot = (sizing: Sizing, root: GraphQLObjectType, node: FieldNode): AnswerSize => sizeOfField(sizing, root, node, TOP);

function sizeBelow(sizing: Sizing, type: Fields, { selections }: SelectionSetNode, above: Above): AnswerSize {
  let once = 0;
  let perItem = 0;
  let questions = 0;
  for (const selection of selections) {
    const found = selection.kind === Kind.FIELD ? sizeOfField(sizing, type, selection, above) : sizeOfFragment(sizing, type, selection, above);
    once += found.once;
    perItem += found.perItem;
    questions += found.questions;
  }
  return { once, perItem, questions };
}

function sizeOfFragment(sizing: Sizing, type: Fields, selection: Exclude<SelectionSetNode['selections'][number], FieldNode>, above: Above): AnswerSize {
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : sizing.fragments.get(selection.name.value);
  if (!fragment) return { once: 0, perItem: 0, questions: 0 };
  const on = fragment.typeCondition && sizing.schema.getType(fragment.typeCondition.name.value);
  return sizeBelow(sizing, isObjectType(on) || isInterfaceType(on) ? on : type, fragment.selectionSet, above);
}

function sizeOfField(sizing: Sizing, type: Fields, node: FieldNode, above: Above): AnswerSize {
  const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[node.name.value];
  if (!field) return { once: 1, perItem: 0, questions: 0 };
  const key = `${type.name}.${field.name}`;
  const named = getNamedType(field.type);
  const below: Above = { page: field.args.some(({ name }) => name === 'first') ? pageSizeOf(node, sizing.variables) : above.page, isStored: above.isStored || READ_FROM_STORE.has(key) };
  const inner = (isObjectType(named) || isInterfaceType(named)) && node.selectionSet ? sizeBelow(sizing, named, node.selectionSet, below) : null;
  const each = inner ? { ...inner, once: 1 + inner.once } : { once: LARGE_VALUES[key] ?? 1, perItem: 0, questions: 0 };
  if (key === 'Ledger.entries' && !above.isStored) return { once: 1, perItem: each.once, questions: 0 };
  const count = isListType(getNullableType(field.type)) ? lengthOf(key, node, sizing, above) : 1;
  return { once: count * each.once, perItem: count * each.perItem, questions: count * (each.questions + questionsOf(key, node, sizing.variables)) };
}

function lengthOf(key: string, node: FieldNode, { settings, variables }: Sizing, { page }: Above): number {
  if (key === 'CompareOutcome.outcomes' || key === 'TopicDifference.findings') return settings;
  if (key.endsWith('Connection.edges') || key.endsWith('Connection.nodes')) return page;
  if (key === 'Query.nodes') {
    const ids = argumentOf(node, 'ids', variables);
    return Array.isArray(ids) ? ids.length : 1;
  }
  return LIST_SIZES[key] ?? USUAL_LIST;
}

function questionsOf(key: string, node: FieldNode, variables: Variables): number {
  if (key === 'Teacher.assessment' || key === 'StoredAssessment.recomputed') return 1;
  if (key === 'Institution.summary') return REQUEST_LIMITS.staffQuestions;
  return key === 'Institution.teachers' && argumentOf(node, 'verdict', variables) != null ? REQUEST_LIMITS.staffQuestions : 0;
}

/** A size that is out of bounds is refused where it is read. */
function pageSizeOf(node: FieldNode, variables: Variables): number {
  const size = argumentOf(node, 'first', variables) ?? argumentOf(node, 'last', variables) ?? USUAL_PAGE;
  return typeof size === 'number' && size > 0 ? Math.min(size, QUERY_LIMITS.pageSize) : QUERY_LIMITS.pageSize;
}

function argumentOf({ arguments: given = [] }: FieldNode, name: string, variables: Variables): unknown {
  const value: ValueNode | undefined = given.find((argument) => argument.name.value === name)?.value;
  if (!value) return undefined;
  return value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, variables);
}

/** Arguments on which sizes depend, wherever they stand. */
const SIZING_ARGUMENTS: ReadonlySet<string> = new Set(['first', 'last', 'ids', 'verdict']);

/** The variables on whose values the sizes of a document depend. Those inside a list or an object change nothing: it is as long, and it is there. */
export function sizingVariables(selections: readonly SelectionSetNode[]): string[] {
  const names = new Set<string>();
  const walk = ({ selections: inner }: SelectionSetNode): void => {
    for (const selection of inner) {
      if (selection.kind === Kind.FIELD) for (const { name, value } of selection.arguments ?? []) if (SIZING_ARGUMENTS.has(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) walk(selection.selectionSet);
    }
  };
  selections.forEach(walk);
  return [...names];
}

/** What of a variable's value makes a difference, in a few characters. */
export function sizeKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'number' ? String(value) : value == null ? '-' : '{}';
}
