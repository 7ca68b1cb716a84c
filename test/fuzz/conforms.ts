import { getDirectiveValues, getNamedType, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType, isEnumType, isListType, isNonNullType, isObjectType, Kind } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';

/** What a value of each scalar of the API looks like in an answer. */
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  CivilDay: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  Instant: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+08:\d\d(:\d\d)?$/.test(value),
  Exact: (value) => typeof value === 'string' && /^-?\d+(\.\d+|\/\d+)?$/.test(value),
  Json: () => true,
};

interface Place {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly problems: string[];
}

/** Everything in which the data of an answer differ from what the schema promises for the operation; empty: nothing. */
export function violations(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>, data: unknown): string[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (!operation || !root) return ['no operation'];
  const defaults = Object.fromEntries((operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => (defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [])));
  const place: Place = { schema, fragments: new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : []))), variables: { ...defaults, ...variables }, problems: [] };
  object(place, root, [operation.selectionSet], data as Record<string, unknown>, '');
  return place.problems;
}

function value(place: Place, type: GraphQLOutputType, nodes: readonly FieldNode[], found: unknown, path: string): void {
  const wrong = (expected: string): void => void place.problems.push(`${path}: ${expected} expected, found ${JSON.stringify(found)?.slice(0, 80)}`);
  if (isNonNullType(type)) return found === null ? wrong(String(type)) : value(place, type.ofType, nodes, found, path);
  if (found === null) return;
  if (found === undefined) return wrong(String(type));
  if (isListType(type)) return Array.isArray(found) ? found.forEach((item, index) => value(place, type.ofType, nodes, item, `${path}[${index}]`)) : wrong(String(type));
  if (isEnumType(type)) return type.getValue(String(found)) ? undefined : wrong(String(type));
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (sets.length === 0) return SCALARS[getNamedType(type).name]?.(found) ? undefined : wrong(String(type));
  if (typeof found !== 'object') return wrong(String(type));
  const possible = isAbstractType(type) ? place.schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const tried = possible.map((one) => {
    const problems: string[] = [];
    object({ ...place, problems }, one, sets, found as Record<string, unknown>, path);
    return problems;
  });
  // Which of the types it is the answer need not say.
  place.problems.push(...(tried.find((problems) => problems.length === 0) ?? tried[0] ?? [`${path}: no type`]));
}

function object(place: Place, type: GraphQLObjectType, sets: readonly SelectionSetNode[], found: Readonly<Record<string, unknown>>, path: string): void {
  const wanted = new Map<string, FieldNode[]>();
  for (const set of sets) collect(place, type, set, wanted);
  for (const [name, nodes] of wanted) {
    const field = nodes[0]?.name.value ?? '';
    if (!(name in found)) place.problems.push(`${path}.${name}: missing`);
    else if (field === '__typename') {
      if (found[name] !== type.name) place.problems.push(`${path}.${name}: ${type.name} expected, found ${String(found[name])}`);
    } else {
      const known = type.getFields()[field];
      // Introspection is the library's own.
      if (known) value(place, known.type, nodes, found[name], `${path}.${name}`);
    }
  }
  for (const name of Object.keys(found)) if (!wanted.has(name)) place.problems.push(`${path}.${name}: not asked for`);
}

function collect(place: Place, type: GraphQLObjectType, { selections }: SelectionSetNode, into: Map<string, FieldNode[]>): void {
  for (const selection of selections) {
    const skipped = getDirectiveValues(GraphQLSkipDirective, selection, place.variables)?.['if'] === true || getDirectiveValues(GraphQLIncludeDirective, selection, place.variables)?.['if'] === false;
    if (skipped) continue;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      into.set(name, [...(into.get(name) ?? []), selection]);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? place.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    const condition = fragment.typeCondition && place.schema.getType(fragment.typeCondition.name.value);
    if (!condition || condition === type || (isAbstractType(condition) && place.schema.isSubType(condition, type))) collect(place, type, fragment.selectionSet, into);
  }
}
