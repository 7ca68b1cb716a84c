import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedDirective, isSpecifiedScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { schemaText } from '../../src/graphql/schema-text.ts';
import { apiSchema } from '../../src/graphql/schema.ts';

test('the schema that is checked in is that of the API', () => {
  const checkedIn = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
  expect(schemaText(), 'write it anew: npm run build && node dist/src/cli/print-schema.js schema/schema.graphql').toBe(checkedIn);
});

test('every type, field, argument and value says what it is', () => {
  expect(everythingIn().filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
});

interface Named {
  readonly name: string;
  readonly description: string | null | undefined;
}

function everythingIn(): Named[] {
  const found: Named[] = [];
  const add = (name: string, { description }: { readonly description?: string | null }): void => void found.push({ name, description });
  const schema = apiSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    add(type.name, type);
  }
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    if (isEnumType(type)) for (const value of type.getValues()) add(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(`${type.name}.${field.name}`, field);
      if ('args' in field) for (const argument of field.args) add(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  for (const directive of schema.getDirectives()) if (!isSpecifiedDirective(directive)) add(`@${directive.name}`, directive);
  return found;
}

test('no getter is taken for a resolver: every value would cost ten times as much', () => {
  const resolved = Object.values(apiSchema().getTypeMap()).flatMap((type) =>
    isObjectType(type) && type !== apiSchema().getQueryType() && !type.name.startsWith('__')
      ? Object.values(type.getFields()).flatMap((field) => (field.resolve && field.args.length === 0 && field.resolve.length > 1 ? [`${type.name}.${field.name}`] : []))
      : [],
  );
  // Those that not everyone who sees the object may read.
  expect(resolved).toEqual(['StoredAssessment.facts', 'Teacher.name', 'Teacher.identityNumbers', 'Teacher.phone', 'Teacher.birthDate', 'Teacher.sex', 'IdentityNumber.id', 'IdentityNumber.kind', 'IdentityNumber.number']);
});
