import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, isSpecifiedDirective } from 'graphql';
import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { CHOICES, INPUTS, MASKED, PLAIN } from '../../access/policy/fields.ts';
import { allRows, readFields } from '../../access/policy/table.ts';

/** Everything in which the schema and the table of fields differ: type, field, argument, choice, directive. Empty: each has its row. */
export function policyFaults(schema: GraphQLSchema): string[] {
  const [inSchema, inTable] = [namesInSchema(schema), namesInTable()];
  return [
    ...[...inSchema].filter((name) => !inTable.has(name)).map((name) => `no row in the table of fields: ${name}`),
    ...[...inTable].filter((name) => !inSchema.has(name)).map((name) => `not in the schema: ${name}`),
    ...Object.keys(MASKED).filter((name) => !inSchema.has(name)).map((name) => `a field that is masked is not in the schema: ${name}`),
  ];
}

function namesInSchema(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  /** What can be chosen where it is given, and not only told. */
  const given = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (isEnumType(named)) for (const { name } of named.getValues()) found.add(`choice ${named.name}.${name}`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        found.add(`${type.name}.${field.name}`);
        for (const arg of field.args) {
          found.add(`${type.name}.${field.name}(${arg.name})`);
          given(arg.type);
        }
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        found.add(`input ${type.name}.${field.name}`);
        given(field.type);
      }
    } else found.add(isEnumType(type) || isScalarType(type) ? `plain ${type.name}` : `type ${type.name}`);
  }
  // Those of the GraphQL specification do what it says; no other has a row.
  for (const directive of schema.getDirectives()) if (!isSpecifiedDirective(directive)) found.add(`directive @${directive.name}`);
  return found;
}

function namesInTable(): Set<string> {
  const found = new Set<string>();
  for (const [field, { args }] of allRows()) {
    found.add(field);
    for (const arg of args) found.add(`${field}(${arg})`);
  }
  for (const [type, fields] of Object.entries(INPUTS)) for (const name of readFields(fields).keys()) found.add(`input ${type}.${name}`);
  for (const [type, values] of Object.entries(CHOICES)) for (const value of values.split(' ')) found.add(`choice ${type}.${value}`);
  for (const name of PLAIN.split(' ')) found.add(`plain ${name}`);
  return found;
}
