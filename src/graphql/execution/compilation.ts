import { getNamedType, isScalarType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValueNode } from 'graphql';
import { expandSelections } from '../limits/expand-selections.ts';

/** The generated code writes out every fragment wherever it is spread. */
const LARGEST = 1_500;

export interface Compilation {
  readonly possible: boolean;
  /** Variables inside literals of input objects and lists. */
  readonly needed: readonly string[];
  /** Variables with a default: an explicit null for one may be refused by the argument it is given to. */
  readonly defaulted: readonly string[];
}

/**
 * Whether an operation may be compiled: the compiler (graphql-jit 0.8.9) must give the same answer as the interpreter,
 * and no text of the client may become code. It is not given a document
 * - with `__MAGIC` in a string or name: it marks dates with such words and writes what follows them into the function
 *   as code, so a client could run what it likes;
 * - with the name `__proto__`, which would be the prototype of the answer;
 * - with `@skip` or `@include`: it drops conditions where a fragment is spread twice;
 * - with a variable inside a literal of a scalar such as Facts, whose value it would lose.
 */
export function compilation(schema: GraphQLSchema, document: DocumentNode): Compilation {
  const needed = new Set<string>();
  const defaulted = new Set<string>();
  let possible = true;
  const types = new TypeInfo(schema);
  const readLiteral = (value: ValueNode): void => {
    const inner = variablesIn(value);
    const type = types.getInputType();
    if (inner.length > 0 && isScalarType(getNamedType(type))) possible = false;
    for (const name of inner) needed.add(name);
  };
  const refuse = (): void => {
    possible = false;
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Directive: refuse,
      Name: ({ value }) => (value === '__proto__' || value.includes('__MAGIC') ? refuse() : undefined),
      StringValue: ({ value }) => (value.includes('__MAGIC') ? refuse() : undefined),
      VariableDefinition: ({ variable, defaultValue }) => void (defaultValue && defaulted.add(variable.name.value)),
      ObjectValue: readLiteral,
      ListValue: readLiteral,
    }),
  );
  return { possible: possible && expandSelections(document).selections <= LARGEST, needed: [...needed], defaulted: [...defaulted] };
}

function variablesIn(value: ValueNode): string[] {
  if (value.kind === Kind.VARIABLE) return [value.name.value];
  if (value.kind === Kind.LIST) return value.values.flatMap(variablesIn);
  return value.kind === Kind.OBJECT ? value.fields.flatMap((field) => variablesIn(field.value)) : [];
}
