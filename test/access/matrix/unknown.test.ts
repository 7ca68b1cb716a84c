import { getNamedType, GraphQLID, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId, NODE_TYPES, readGlobalId } from '../../../src/graphql/relay/global-id.ts';
import type { NodeType } from '../../../src/graphql/relay/global-id.ts';
import { apiSchema } from '../../../src/graphql/schema.ts';
import { STANDINGS } from '../../support/access-world.ts';
import { ask } from '../../support/server.ts';
import type { GraphqlAnswer } from '../../support/server.ts';
import { Matrix, someAskers } from './fixture.ts';
import { sees } from './oracle.ts';
import type { Asker } from './world.ts';

/*
 * What one may not see is answered as what does not exist: to the last field of the answer, its cost and its headers.
 */

interface Guarded {
  readonly types: readonly NodeType[];
  readonly query: (id: string) => string;
}
const guarded = (types: readonly NodeType[], query: Guarded['query']): Guarded => ({ types, query });
const QUESTION = 'decision: "creditCompletion", at: "2020-12-31"';
/** Institutions are seen by everyone who may ask for one. */
const NODES = NODE_TYPES.filter((type) => type !== 'Institution');
const OPEN_CODE = 'a code of a place, rule, decision or role: everyone may know which there are';
const OPEN_SCHOOL = 'an institution, which everyone sees who may ask for it';

/** Every argument and field of an input that takes an id or a code. One that is not here stops the test. */
const TAKES: Readonly<Record<string, Guarded | string>> = {
  'Query.teacher(id)': guarded(['Teacher'], (id) => `{ teacher(id: "${id}") { id name at employments { from } credits { totalCount } assessment(${QUESTION}) { knownAt } } }`),
  'Query.assessment(id)': guarded(['StoredAssessment'], (id) => `{ assessment(id: "${id}") { id verdict teacher { name } } }`),
  'Query.node(id)': guarded(NODES, (id) => `{ node(id: "${id}") { id __typename ... on Teacher { name } ... on StoredAssessment { verdict } ... on CreditEntry { amount } } }`),
  'Query.nodes(ids)': guarded(NODES, (id) => `{ nodes(ids: ["${id}", "${id}"]) { id __typename } }`),
  'Query.auditTrail(node)': guarded(NODES, (id) => `{ auditTrail(node: "${id}") { totalCount totalCountIsExact nodes { number action } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`),
  'Query.accessTrail(teacher)': guarded(['Teacher'], (id) => `{ accessTrail(teacher: "${id}") { totalCount totalCountIsExact nodes { at } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`),
  'TeacherFilter.institution': guarded(['Institution'], (id) => `{ teachers(filter: {institution: "${id}"}) { totalCount totalCountIsExact nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`),
  'AssessmentRecordInput.teacher': guarded(['Teacher'], (id) => `mutation { assessmentRecord(input: {teacher: "${id}", ${QUESTION}}) { assessment { verdict } storedAssessment { id } userErrors { code path message value nearest } } }`),
  'Mutation.invitationCreate(teacher)': guarded(['Teacher'], (id) => `mutation { invitationCreate(teacher: "${id}") { word expiresAt userErrors { code path message value nearest } } }`),
  'Mutation.roleRevoke(grant)': guarded(['RoleGrant'], (id) => `mutation { roleRevoke(grant: "${id}") { grant { id } userErrors { code path message value nearest } } }`),
  'Mutation.delegationRevoke(delegation)': guarded(['Delegation'], (id) => `mutation { delegationRevoke(delegation: "${id}") { delegation userErrors { code path message value nearest } } }`),
  'CorrectionDecideInput.correction': guarded(['Correction'], (id) => `mutation { correctionDecide(input: {correction: "${id}", decision: ACCEPTED, reason: "so"}) { correction { id } userErrors { code path message value nearest } } }`),
  'Mutation.correctionWithdraw(correction)': guarded(['Correction'], (id) => `mutation { correctionWithdraw(correction: "${id}") { correction { id } userErrors { code path message value nearest } } }`),
  'CorrectionRequestInput.teacher': guarded(['Teacher'], (id) => `mutation { correctionRequest(input: {teacher: "${id}", wrong: "wrong", right: "right"}) { correction { id } userErrors { code path message value nearest } } }`),
  'CorrectionRequestInput.record': guarded(['Teacher', 'CreditEntry'], (id) => `mutation { correctionRequest(input: {record: "${id}", wrong: "wrong", right: "right"}) { correction { id } userErrors { code path message value nearest } } }`),
  'CorrectionFilter.institution': guarded(['Institution'], (id) => `{ corrections(filter: {institution: "${id}"}) { totalCount totalCountIsExact nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`),
  'Query.institution(id)': OPEN_SCHOOL,
  'RoleGrantInput.institution': OPEN_SCHOOL,
  ...Object.fromEntries(
    ['AssessInput.decision', 'AssessInput.jurisdiction', 'AssessInput.rule', 'AssessmentRecordInput.decision', 'AssessmentRecordInput.jurisdiction', 'AssessmentRecordInput.rule', 'CompareInput.decision', 'CompareInput.rule', 'CompareSetting.jurisdiction', 'CorrectionFilter.jurisdiction',
      'Institution.summary(decision)', 'Institution.summary(rule)', 'InstitutionFilter.jurisdiction', 'Query.decisions(jurisdiction)', 'Query.jurisdictions(after)', 'Query.jurisdictions(under)', 'Query.rule(id)', 'Query.rulebook(jurisdiction)', 'ReadingInput.rule',
      'RoleGrantInput.jurisdiction', 'Teacher.assessment(decision)', 'Teacher.assessment(rule)', 'TeacherFilter.jurisdiction', 'TeacherFilter.role', 'VerdictFilter.decision', 'VerdictFilter.rule'].map((name) => [name, OPEN_CODE]),
  ),
};

let matrix: Matrix;
/** Objects of each type that some do not see, by whether they do. */
let hidden: (type: NodeType, asker: Asker, takes: string) => Promise<readonly string[]>;

beforeAll(async () => {
  matrix = await Matrix.open();
  const { world, database } = matrix;
  const ids = async (type: NodeType, table: string): Promise<{ id: string; mine: string }[]> =>
    (await database.admin.em.fork().execute<{ id: string; account: string; giver: string | null }[]>(`select id::text as id, account_id::text as account, granted_by::text as giver from ${table}`)).map(({ id, account, giver }) => ({ id: globalId(type, id), mine: `${globalId('Account', account)} ${giver === null ? '' : globalId('Account', giver)}` }));
  const [grants, delegations] = await Promise.all([ids('RoleGrant', 'role_grant'), ids('Delegation', 'delegation')]);
  const about = { Teacher: world.people, CreditEntry: world.entries };
  hidden = async (type, asker, takes) => {
    const own = world.accounts.get(asker.name)?.id ?? 'none';
    const rowClass = takes.startsWith('Query.auditTrail') ? 'audit' : takes.startsWith('Query.accessTrail') ? 'accesses' : /Record|invitation/.test(takes) ? 'recorded' : 'people';
    switch (type) {
      case 'Teacher':
      case 'CreditEntry':
        return STANDINGS.filter((standing) => !sees(asker, standing, rowClass)).map((standing) => globalId(type, about[type][standing]));
      case 'Correction':
        if (takes.startsWith('Query.auditTrail')) return [];
        return STANDINGS.filter((standing) => !sees(asker, standing, 'corrections')).map((standing) => world.corrections[standing]);
      case 'StoredAssessment':
        return [...STANDINGS.map((standing) => [standing, world.assessments[standing]] as const), [{ code: '310101' }, world.impersonal.district] as const, [{ code: '330102' }, world.impersonal.far] as const].filter(([whom]) => !sees(asker, whom, rowClass)).map(([, id]) => id);
      case 'Institution':
        return [asker.holds.every(({ over }) => over !== 'place') ? world.schools.other : null, world.schools.far].flatMap((row) => (row === null || sees(asker, 'elsewhere') || (row === world.schools.other && sees(asker, 'jurisdiction')) ? [] : [globalId('Institution', row)]));
      case 'RoleGrant':
        // Those of the own account, and of the scope for who governs it, are looked at in test/access/granting.test.ts.
        return takes.startsWith('Query.auditTrail') ? (asker.holds.some(({ role }) => role === 'AUDITOR') ? [] : grants.slice(0, 3).map(({ id }) => id)) : takes === 'Mutation.roleRevoke(grant)' && asker.holds.some(({ role }) => /AUTHORITY|REVIEWER|LEAD|SYSTEM|SECURITY/.test(role)) ? [] : grants.filter(({ mine }) => !mine.includes(own)).slice(0, 3).map(({ id }) => id);
      case 'Delegation':
        return takes.startsWith('Query.auditTrail') ? (asker.person !== null || asker.holds.some(({ role }) => role === 'AUDITOR') ? [] : delegations.slice(0, 1).map(({ id }) => id)) : delegations.filter(({ mine }) => !mine.includes(own)).slice(0, 2).map(({ id }) => id);
      case 'Account':
        return takes.startsWith('Query.auditTrail') && (asker.person !== null || asker.holds.some(({ role }) => role === 'AUDITOR')) ? [] : [...world.accounts.values()].slice(0, 2).map(({ id }) => id);
      default:
        // Of nodes that nobody finds but in the trail, the first row.
        return takes.startsWith('Query.auditTrail') && (asker.person !== null || asker.holds.some(({ role }) => role === 'AUDITOR')) ? [] : [globalId(type, '1')];
    }
  };
}, 120_000);
afterAll(() => matrix.close());

const OF_EACH_REQUEST = /"(date|x-request-id|content-length|remaining|resetsAt)":("[^"]*"|\d+)/g;
/** An answer without what differs with each request, and with the id by one name. */
const shape = (answer: GraphqlAnswer, id: string): string => JSON.stringify(answer).replaceAll(id, '@').replace(OF_EACH_REQUEST, '');
const unknownLike = (id: string): string => globalId((readGlobalId(id)?.type ?? 'Teacher') as NodeType, '999999999');

test('every argument that takes an id or a code is looked at, or everyone may know what it takes', () => {
  const found: string[] = [];
  for (const type of Object.values(apiSchema().getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInputObjectType(type)) found.push(...Object.values(type.getFields()).flatMap((field) => (getNamedType(field.type) === GraphQLID ? [`${type.name}.${field.name}`] : [])));
    if (isObjectType(type) || isInterfaceType(type)) found.push(...Object.values(type.getFields()).flatMap((field) => field.args.flatMap((arg) => (getNamedType(arg.type) === GraphQLID ? [`${type.name}.${field.name}(${arg.name})`] : []))));
  }
  expect(Object.keys(TAKES).sort()).toEqual(found.sort());
});

describe.each(someAskers())('to $name', (asker) => {
  test.each(Object.entries(TAKES).flatMap(([takes, taken]) => (typeof taken === 'string' ? [] : [[takes, taken] as const])))('%s answers of what is not to be seen as of what is not there', async (takes, { types, query }) => {
    matrix.as(asker);
    for (const type of types) {
      for (const id of await hidden(type, asker, takes)) {
        const unknown = unknownLike(id);
        expect(shape(await ask(matrix.bound, query(id)), id), `${type} ${id}`).toBe(shape(await ask(matrix.bound, query(unknown)), unknown));
      }
    }
  });
});
