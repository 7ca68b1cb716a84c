import { getNamedType, getNullableType, isInterfaceType, isListType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef } from 'graphql';
import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema, SelectionNode, SelectionSetNode } from 'graphql';
import { ALL_READINGS, COSTS, QUESTION, USUAL_LIST } from './costs.ts';
import type { Cost } from './costs.ts';
import { introspectionItems } from './introspection-sizes.ts';
import { REQUEST_LIMITS } from './limits.ts';
import { argumentOf, pageSizeOf, settingsOf } from './sizing-arguments.ts';
import type { Variables } from './sizing-arguments.ts';

/** What a selection costs before it runs: once, and again for each entry of the ledgers asked about. */
export interface Estimate {
  readonly cost: number;
  readonly perItem: number;
  /** Questions about people of the store, however deep below pages they are asked. */
  readonly questions: number;
  /** Teachers whom summaries and filters may judge; of a whole request at most those of REQUEST_LIMITS. */
  readonly staff: number;
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** What the estimate depends on besides the selection. */
export interface Sizing {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly variables: Variables;
}

export type Fields = GraphQLObjectType | GraphQLInterfaceType;

/** What is above a selection. */
interface Above {
  /** How many items the page of the connection has, where it is one. */
  readonly page: number;
  /** How many settings are compared. */
  readonly settings: number;
  /** Whether the entries of ledgers are those of the store, whose number the request does not say. */
  readonly isStored: boolean;
  /** Whether the fields are those of each type of the schema in turn, so that together they are known. */
  readonly isEachType: boolean;
}

/** A field where it stands, with how often it is answered for each object that has it. */
interface Placed {
  readonly key: string;
  readonly row: Cost;
  readonly field: GraphQLField<unknown, unknown>;
  readonly inner: Fields | null;
  readonly below: Above;
  readonly count: number;
  readonly isList: boolean;
}

/** Fields below which ledgers are those of the store. */
const READ_FROM_STORE: ReadonlySet<string> = new Set(['Teacher.assessment', 'Teacher.storedAssessments', 'Query.assessment', 'Query.node', 'Query.nodes']);
const TOP: Above = { page: 1, settings: 1, isStored: false, isEachType: false };
const NOTHING: Estimate = { cost: 0, perItem: 0, questions: 0, staff: 0 };
const PLAIN: Cost = {};

/** What a field of the root costs. Fragments are walked wherever they are spread, which the limit on expanded selections bounds. */
export const estimateRoot = (sizing: Sizing, root: GraphQLObjectType, node: FieldNode): Estimate => estimateField(sizing, root, node, TOP);

function estimateField(sizing: Sizing, type: Fields, node: FieldNode, above: Above): Estimate {
  const placed = place(sizing, type, node, above);
  if (!placed) return { ...NOTHING, cost: 1 };
  const { key, row, inner, below, count, isList } = placed;
  const each = inner && node.selectionSet ? estimateBelow(sizing, inner, node.selectionSet, below) : NOTHING;
  const weight = (row.weight ?? 1) + (row.questions === 1 && argumentOf(node, 'allReadings', sizing.variables) === true ? QUESTION * (ALL_READINGS - 1) : 0);
  if (key === 'Ledger.entries' && !above.isStored) return { ...NOTHING, cost: 1, perItem: weight + each.cost };
  const counts = row.when === undefined || argumentOf(node, row.when, sizing.variables) != null;
  return {
    // The list itself is a value too.
    cost: (isList ? 1 : 0) + count * (weight + each.cost),
    // The entries of all inputs are counted as one sum.
    perItem: (row.times === 'inputs' ? 1 : count) * each.perItem,
    questions: count * (each.questions + (counts && !isAskedAtRoot(key) ? (row.questions ?? 0) : 0)),
    staff: count * (each.staff + (counts && row.judgesStaff ? REQUEST_LIMITS.staff : 0)),
  };
}

/** Their questions are counted with the input that brings them. */
const isAskedAtRoot = (key: string): boolean => key.startsWith('Query.') || key.startsWith('Mutation.') || key === 'CompareOutcome.outcomes';

function estimateBelow(sizing: Sizing, type: Fields, set: SelectionSetNode, above: Above): Estimate {
  let [cost, perItem, questions, staff] = [0, 0, 0, 0];
  for (const selection of set.selections) {
    const fragment = fragmentOf(sizing, type, selection);
    const found = selection.kind === Kind.FIELD ? estimateField(sizing, type, selection, above) : fragment ? estimateBelow(sizing, fragment.type, fragment.set, above) : NOTHING;
    cost += found.cost;
    perItem += found.perItem;
    questions += found.questions;
    staff += found.staff;
  }
  return { cost, perItem, questions, staff };
}

function place(sizing: Sizing, type: Fields, node: FieldNode, above: Above): Placed | null {
  const field = fieldOf(sizing.schema, type, node.name.value);
  if (!field) return null;
  const key = `${type.name}.${field.name}`;
  const row = COSTS[key] ?? PLAIN;
  const below: Above = {
    page: field.args.some(({ name }) => name === 'first') ? pageSizeOf(field, node, sizing.variables) : above.page,
    settings: key === 'Query.compare' ? settingsOf(argumentOf(node, 'input', sizing.variables)) : above.settings,
    isStored: above.isStored || READ_FROM_STORE.has(key),
    isEachType: key === '__Schema.types' || (above.isEachType && isListType(getNullableType(field.type))),
  };
  const isList = isListType(getNullableType(field.type));
  const count = isList ? Math.max(1, lengthOf(sizing, key, row, node, above)) : 1;
  return { key, row, field, inner: composite(getNamedType(field.type)), below, count, isList };
}

function lengthOf({ schema, variables }: Sizing, key: string, row: Cost, node: FieldNode, above: Above): number {
  switch (row.times) {
    case 'page':
      return above.page;
    case 'settings':
      return above.settings;
    case 'ids':
    case 'inputs': {
      const given = argumentOf(node, row.times, variables);
      return Array.isArray(given) ? given.length : 1;
    }
    case undefined:
      return row.items ?? (key.startsWith('__') ? introspectionItems(schema, key, above.isEachType) : USUAL_LIST);
  }
}

export function fieldOf(schema: GraphQLSchema, type: Fields, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === '__typename') return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === '__schema') return SchemaMetaFieldDef;
    if (name === '__type') return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

const composite = (type: GraphQLNamedType | undefined): Fields | null => (isObjectType(type) || isInterfaceType(type) ? type : null);

/** The selections that a fragment brings, on the type that it is for; null: a field, or a fragment that is not there. */
export function fragmentOf({ schema, fragments }: Pick<Sizing, 'schema' | 'fragments'>, type: Fields, selection: SelectionNode): { readonly type: Fields; readonly set: SelectionSetNode } | null {
  if (selection.kind === Kind.FIELD) return null;
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
  if (!fragment) return null;
  const on = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
  return { type: composite(on) ?? type, set: fragment.selectionSet };
}

/** Where most of the cost of a root field lies: down to the field no field of which has half of it. */
export function costliestPath(sizing: Sizing, root: GraphQLObjectType, node: FieldNode): string {
  const path = [node.name.value];
  for (let [type, current, above] = [root as Fields, node, TOP]; ; ) {
    const placed = place(sizing, type, current, above);
    if (!placed?.inner || !current.selectionSet) return path.join('.');
    const { inner, below } = placed;
    const children = [...fieldsBelow(sizing, inner, current.selectionSet)].map((child) => ({ ...child, cost: totalOf(estimateField(sizing, child.type, child.node, below)) }));
    const most = children.reduce<(typeof children)[number] | null>((best, child) => (best && best.cost >= child.cost ? best : child), null);
    if (!most || most.cost < totalOf(estimateField(sizing, type, current, above)) / placed.count / 2) return path.join('.');
    path.push(most.node.name.value);
    [type, current, above] = [most.type, most.node, below];
  }
}

const totalOf = ({ cost, perItem, staff }: Estimate): number => cost + perItem * USUAL_LIST + staff * QUESTION;

export function* fieldsBelow(sizing: Pick<Sizing, 'schema' | 'fragments'>, type: Fields, set: SelectionSetNode): Generator<{ readonly type: Fields; readonly node: FieldNode }> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) yield { type, node: selection };
    else {
      const fragment = fragmentOf(sizing, type, selection);
      if (fragment) yield* fieldsBelow(sizing, fragment.type, fragment.set);
    }
  }
}
