import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { INPUTS, MASKED, PLAIN } from '../../access/policy/fields.ts';
import { allRows, readFields } from '../../access/policy/table.ts';

/** Everything in which the schema and the table of fields differ: type, field, argument. Empty: each has its row. */
export function policyFaults(schema: GraphQLSchema): string[] {
  const inSchema = new Set<string>();
  const inTable = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        inSchema.add(`${type.name}.${field.name}`);
        for (const arg of field.args) inSchema.add(`${type.name}.${field.name}(${arg.name})`);
      }
    } else if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) inSchema.add(`input ${type.name}.${name}`);
    else if (isEnumType(type) || isScalarType(type)) inSchema.add(`plain ${type.name}`);
    else inSchema.add(`type ${type.name}`);
  }
  for (const [field, { args }] of allRows()) {
    inTable.add(field);
    for (const arg of args) inTable.add(`${field}(${arg})`);
  }
  for (const [type, fields] of Object.entries(INPUTS)) for (const name of readFields(fields).keys()) inTable.add(`input ${type}.${name}`);
  for (const name of PLAIN.split(' ')) inTable.add(`plain ${name}`);
  return [
    ...[...inSchema].filter((name) => !inTable.has(name)).map((name) => `no row in the table of fields: ${name}`),
    ...[...inTable].filter((name) => !inSchema.has(name)).map((name) => `not in the schema: ${name}`),
    ...Object.keys(MASKED).filter((name) => !inSchema.has(name)).map((name) => `a field that is masked is not in the schema: ${name}`),
  ];
}
