import { Kind, valueFromASTUntyped } from 'graphql';
import type { FieldNode, GraphQLField, SelectionSetNode, ValueNode } from 'graphql';
import { QUERY_LIMITS, USUAL_PAGE } from './limits.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Arguments on which an estimate depends, wherever they stand. */
const SIZING_ARGUMENTS: ReadonlySet<string> = new Set(['first', 'last', 'ids', 'verdict', 'input', 'inputs', 'allReadings']);

export function argumentOf({ arguments: given = [] }: FieldNode, name: string, variables: Variables): unknown {
  const value: ValueNode | undefined = given.find((argument) => argument.name.value === name)?.value;
  if (!value) return undefined;
  return value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, variables);
}

/** A size that is out of bounds is refused where it is read. */
export function pageSizeOf({ args }: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): number {
  const usual = args.find(({ name }) => name === 'first')?.defaultValue ?? USUAL_PAGE;
  const size = argumentOf(node, 'first', variables) ?? argumentOf(node, 'last', variables) ?? usual;
  return typeof size === 'number' && size > 0 ? Math.min(size, QUERY_LIMITS.pageSize) : QUERY_LIMITS.pageSize;
}

/** How many settings the input of a comparison has. */
export const settingsOf = (input: unknown): number => (isObject(input) && Array.isArray(input['settings']) ? input['settings'].length : 1);

export const isObject = (value: unknown): value is Variables => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The variables on whose values the estimates of a document depend. */
export function sizingVariables(selections: readonly SelectionSetNode[]): string[] {
  const names = new Set<string>();
  const walk = ({ selections: inner }: SelectionSetNode): void => {
    for (const selection of inner) {
      if (selection.kind === Kind.FIELD) for (const { name, value } of selection.arguments ?? []) if (SIZING_ARGUMENTS.has(name.value)) noteVariables(value, names);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) walk(selection.selectionSet);
    }
  };
  selections.forEach(walk);
  return [...names];
}

/** Inside an object too: `{settings: $settings}`. A list has the length in which it is written. */
function noteVariables(value: ValueNode, names: Set<string>): void {
  if (value.kind === Kind.VARIABLE) names.add(value.name.value);
  else if (value.kind === Kind.OBJECT) for (const field of value.fields) noteVariables(field.value, names);
}

/** What of a variable's value makes a difference, in a few characters. */
export function sizeKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isObject(value)) return `{${settingsOf(value)}}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value == null ? '-' : '"';
}
