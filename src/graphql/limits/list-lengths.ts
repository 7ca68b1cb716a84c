import { getNullableType, isInputObjectType, isListType, isScalarType, typeFromAST, visit, visitWithTypeInfo, TypeInfo } from 'graphql';
import type { DocumentNode, GraphQLInputField, GraphQLInputObjectType, GraphQLInputType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ErrorCode } from '../error-codes.ts';
import { QUERY_LIMITS } from './limits.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { isObject } from './sizing-arguments.ts';
import type { Variables } from './sizing-arguments.ts';

/**
 * Refuses lists that are too long, wherever they are given. What a scalar such as facts holds is counted by what reads it.
 * Of a document what is written in it is known once; variables are walked each time.
 */
export class ListLengths {
  readonly #literal: Refusal | null;
  readonly #variables: readonly { readonly name: string; readonly type: GraphQLInputType; readonly isOfIds: boolean }[];

  constructor(schema: GraphQLSchema, document: DocumentNode, { variableDefinitions = [] }: OperationDefinitionNode) {
    const ids = new Set<string>();
    this.#literal = literalRefusal(schema, document, ids);
    this.#variables = variableDefinitions.flatMap(({ variable, type }) => {
      const found = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
      return found && !isScalarType(getNullableType(found)) ? [{ name: variable.name.value, type: found, isOfIds: ids.has(variable.name.value) }] : [];
    });
  }

  judge(variables: Variables): Refusal | null {
    if (this.#literal) return this.#literal;
    for (const { name, type, isOfIds } of this.#variables) {
      const found = tooLong(type, variables[name], `$${name}`, isOfIds);
      if (found) return found;
    }
    return null;
  }
}

/** `ids` is told which variables are the ids of nodes, of which fewer are taken. */
function literalRefusal(schema: GraphQLSchema, document: DocumentNode, ids: Set<string>): Refusal | null {
  const types = new TypeInfo(schema);
  let found: Refusal | null = null;
  const isOfIds = (): boolean => types.getParentType() === schema.getQueryType() && types.getArgument()?.name === 'ids';
  visit(
    document,
    visitWithTypeInfo(types, {
      ListValue({ values }) {
        if (!isListType(getNullableType(types.getParentInputType()))) return false;
        found ??= judge(types.getArgument()?.name ?? '$', values.length, isOfIds());
        return undefined;
      },
      ObjectValue: () => (isScalarType(getNullableType(types.getInputType())) ? false : undefined),
      Variable: ({ name }) => void (isOfIds() && ids.add(name.value)),
    }),
  );
  return found;
}

function tooLong(type: GraphQLInputType, value: unknown, path: string, isOfIds: boolean): Refusal | null {
  const inner = getNullableType(type);
  if (value == null || isScalarType(inner)) return null;
  if (isListType(inner)) {
    if (!Array.isArray(value)) return tooLong(inner.ofType as GraphQLInputType, value, path, false);
    const found = judge(path, value.length, isOfIds);
    if (found || isScalarType(getNullableType(inner.ofType as GraphQLInputType))) return found;
    for (const item of value) {
      const below = tooLong(inner.ofType as GraphQLInputType, item, path, false);
      if (below) return below;
    }
    return null;
  }
  if (!isInputObjectType(inner) || !isObject(value)) return null;
  for (const { name, type: below } of listsOf(inner)) {
    const given = value[name];
    const found = given == null ? null : tooLong(below, given, `${path}.${name}`, false);
    if (found) return found;
  }
  return null;
}

const known = new WeakMap<GraphQLInputObjectType, readonly GraphQLInputField[]>();

/** The fields of an input that are lists or may have some below: few, and the same for each of a hundred inputs. */
function listsOf(type: GraphQLInputObjectType): readonly GraphQLInputField[] {
  let fields = known.get(type);
  if (!fields) known.set(type, (fields = Object.values(type.getFields()).filter((field) => isListType(getNullableType(field.type)) || isInputObjectType(getNullableType(field.type)))));
  return fields;
}

function judge(argument: string, found: number, isOfIds: boolean): Refusal | null {
  const limit = isOfIds ? QUERY_LIMITS.ids : QUERY_LIMITS.listItems;
  return found > limit ? refusal(ErrorCode.TOO_MANY, 'request.listTooLong', { argument, found, limit }) : null;
}
