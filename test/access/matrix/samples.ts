import { globalId } from '../../../src/graphql/relay/global-id.ts';
import type { NodeType } from '../../../src/graphql/relay/global-id.ts';
import { DISTRICT, FAR, STANDINGS } from '../../support/access-world.ts';
import type { World } from './world.ts';

/** Arguments of a field, as they are written in a query. */
export interface Sample {
  /** What is asked for, in the names of tests. */
  readonly of: string;
  readonly args: string;
  /** Of which type the objects are, where the field may give others, too. */
  readonly type?: string;
  /** Where all that is found is about one object: which, and the class of rows in which it is looked at. */
  readonly trail?: { readonly id: string; readonly rowClass: 'audit' | 'accesses' };
}

const one = (args: string): readonly Sample[] => [{ of: '', args }];
const QUESTION = 'decision: "creditCompletion", at: "2020-12-31"';
const STATELESS = `jurisdiction: "${DISTRICT}", ${QUESTION}, facts: {developmentSchool: "none", roles: [], cycleStartOn: "2016-01-01", entries: [{id: "e1", credits: "12.5", completedOn: "2018-05-01", level: "municipal", category: "knowledgeSkills"}]}`;
/** Something is wrong with it, so that errors of users have fields to be seen. */
const WRONG = `jurisdiction: "${DISTRICT}", decision: "creditCompletio", at: "2020-12-31", facts: {}`;
const OPEN = 'jurisdiction: "360000", rule: "jx-2014-36/3.1-age", at: "2014-12-01", allReadings: true, facts: {sex: "male", birthDate: "1959-05-01"}';
const UNKNOWN = '999999';

/**
 * With which arguments each field is asked. A field with an argument that it must have and that is not here stops the
 * generation: a new one cannot be forgotten. Of those below the root the first sample is taken.
 */
export const SAMPLES: Readonly<Record<string, (world: World) => readonly Sample[]>> = {
  'Query.assess': () => [{ of: 'facts', args: `input: {${STATELESS}}` }, { of: 'facts with a mistake', args: `input: {${WRONG}}` }, { of: 'an open reading', args: `input: {${OPEN}}` }],
  'Query.assessMany': () => one(`inputs: [{${STATELESS}}]`),
  'Query.compare': () => one(`input: {decision: "creditCompletion", facts: {developmentSchool: "none", entries: []}, settings: [{jurisdiction: "${DISTRICT}", at: "2020-12-31"}, {jurisdiction: "${FAR}", at: "2020-12-31"}]}`),
  'Query.decisions': () => one(`jurisdiction: "${DISTRICT}", at: "2020-12-31"`),
  'Query.jurisdictions': () => one('first: 3'),
  'Query.rule': () => [{ of: 'a rule', args: 'id: "sh-2016-credit/1.1-total"' }, { of: 'a rule with readings', args: 'id: "jx-2014-36/3.1-age"' }],
  'Query.rulebook': () => one(`jurisdiction: "${DISTRICT}", at: "2020-12-31"`),
  'Query.teacher': ({ people }) => [...STANDINGS.map((standing) => ({ of: standing, args: `id: "${globalId('Teacher', people[standing])}"` })), { of: 'unknown', args: `id: "${globalId('Teacher', UNKNOWN)}"` }],
  'Query.teachers': () => [{ of: '', args: 'first: 5' }, { of: 'a province', args: 'first: 5, filter: {jurisdiction: "310000"}' }],
  'Query.institution': ({ schools }) => Object.entries(schools).map(([school, row]) => ({ of: school, args: `id: "${globalId('Institution', row)}"` })),
  'Query.institutions': () => one('first: 4'),
  'Query.assessment': ({ assessments, impersonal }) => [...Object.entries(assessments), ...Object.entries(impersonal)].map(([of, id]) => ({ of, args: `id: "${id}"` })),
  'Query.node': (world) => Object.entries(nodesOf(world)).flatMap(([type, nodes]) => Object.entries(nodes).map(([of, id]) => ({ of: `${type}, ${of}`, type, args: `id: "${id}"` }))),
  'Query.nodes': (world) => [...Object.entries(nodesOf(world)).map(([type, nodes]) => ({ of: type, type, args: `ids: [${Object.values(nodes).map((id) => `"${id}"`).join(', ')}]` })), { of: 'unknown', args: `ids: ["${globalId('Teacher', UNKNOWN)}", "${globalId('CreditEntry', UNKNOWN)}"]` }],
  'Query.corrections': () => one('first: 5'),
  'Query.auditTrail': (world) => [...STANDINGS.flatMap((standing) => [globalId('Teacher', world.people[standing]), world.assessments[standing]].map((id) => ({ of: `${id === world.assessments[standing] ? 'an assessment of ' : ''}${standing}`, id }))), ...Object.entries(world.impersonal).map(([of, id]) => ({ of, id })), { of: 'unknown', id: globalId('Teacher', UNKNOWN) }].map(({ of, id }) => ({ of, args: `node: "${id}"`, trail: { id, rowClass: 'audit' } })),
  'Query.accessTrail': ({ people }) => [...STANDINGS.map((standing) => ({ of: standing, id: globalId('Teacher', people[standing]) })), { of: 'unknown', id: globalId('Teacher', UNKNOWN) }].map(({ of, id }) => ({ of, args: `teacher: "${id}"`, trail: { id, rowClass: 'accesses' } })),
  'Teacher.assessment': () => one(QUESTION),
  'Teacher.credits': () => one('first: 2'),
  'Teacher.storedAssessments': () => one('first: 2'),
  'Institution.teachers': () => one('first: 5'),
  'Institution.summary': () => one(QUESTION),
};

/** An object of each type and relation, by its global id. */
export const nodesOf = ({ people, schools, entries, assessments, corrections, impersonal }: World): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  Teacher: idsOf('Teacher', people),
  CreditEntry: idsOf('CreditEntry', entries),
  Institution: idsOf('Institution', schools),
  StoredAssessment: { ...assessments, ...impersonal },
  Correction: { ...corrections },
});

const idsOf = (type: NodeType, rows: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(rows).map(([of, row]) => [of, globalId(type, row)]));
