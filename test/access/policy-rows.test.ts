import { spawnSync } from 'node:child_process';
import { buildSchema, extendSchema, GraphQLDirective, GraphQLSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { policyFaults } from '../../src/graphql/access/check-policy.ts';
import { apiSchema } from '../../src/graphql/schema.ts';

/** What somebody could add and not think of who it is for, and what the build says of it. */
const PLANTED: readonly (readonly [what: string, added: string, missing: readonly string[]])[] = [
  ['a type', 'type Planted { secret: String } extend type Rule { planted: Planted }', ['Planted.secret', 'Rule.planted']],
  ['a field of a type', 'extend type Teacher { planted: String }', ['Teacher.planted']],
  ['a field of the root', 'extend type Query { planted: String }', ['Query.planted']],
  ['a mutation', 'extend type Mutation { planted: String }', ['Mutation.planted']],
  ['a subscription', 'type Subscription { planted: String } extend schema { subscription: Subscription }', ['Subscription.planted']],
  ['an argument of a field', 'extend type Query { planted(of: ID): String }', ['Query.planted', 'Query.planted(of)']],
  ['a field of an interface', 'extend interface Node { planted: String } extend type Teacher { planted: String } extend type Institution { planted: String } extend type CreditEntry { planted: String } extend type StoredAssessment { planted: String } extend type Correction { planted: String }', ['Node.planted', 'Teacher.planted']],
  ['an interface', 'interface Planted { secret: String } extend type Rule implements Planted { secret: String }', ['Planted.secret', 'Rule.secret']],
  ['a union', 'union Planted = Teacher | Institution', ['type Planted']],
  ['an input type', 'input Planted { secret: String } extend input TeacherFilter { planted: Planted }', ['input Planted.secret', 'input TeacherFilter.planted']],
  ['a field of an input', 'extend input TeacherFilter { planted: String }', ['input TeacherFilter.planted']],
  ['an enum', 'enum Planted { ONE }', ['plain Planted']],
  ['a value of an enum that can be given', 'extend enum TeacherOrder { PLANTED }', ['choice TeacherOrder.PLANTED']],
  ['a scalar', 'scalar Planted', ['plain Planted']],
  ['a directive', 'directive @planted on FIELD', ['directive @planted']],
];

test('nothing of the API is without a row, and no row is of nothing', () => {
  expect(policyFaults(apiSchema())).toEqual([]);
});

test.each(PLANTED)('%s without a row stops the build', (_what, added, missing) => {
  const faults = policyFaults(extendSchema(apiSchema(), parse(added), { assumeValidSDL: true }));
  for (const name of missing) expect(faults).toContain(`no row in the table of fields: ${name}`);
});

test('an argument of a field that has a row stops the build, too', () => {
  const schema = buildSchema('type Query { viewer(planted: ID): String }');
  expect(policyFaults(schema)).toContain('no row in the table of fields: Query.viewer(planted)');
});

test('what has a row and is not there any more stops the build', () => {
  const { types, ...config } = apiSchema().toConfig();
  const faults = policyFaults(new GraphQLSchema({ ...config, types: types.filter(({ name }) => name !== 'Mutation'), mutation: null }));
  expect(faults).toContain('not in the schema: Mutation.roleGrant');
});

test('a directive of the specification needs none', () => {
  const config = apiSchema().toConfig();
  expect(policyFaults(new GraphQLSchema({ ...config, directives: [...config.directives, new GraphQLDirective({ name: 'planted', locations: [] })] }))).toEqual(['no row in the table of fields: directive @planted']);
});

const built = (path: string): string => new URL(`../../dist/src/${path}`, import.meta.url).href;

test.each([
  ['every row there', '', 0, ''],
  ['a row taken away', `allRows().delete('About.version');`, 1, 'src/access/policy/fields.ts: no row in the table of fields: About.version\n'],
])('the check of the build with %s', (_what, change, status, said) => {
  const script = `const { allRows } = await import('${built('access/policy/table.js')}'); ${change} await import('${built('cli/check-policy.js')}');`;
  const checked = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect([checked.status, checked.stderr]).toEqual([status, said]);
});
