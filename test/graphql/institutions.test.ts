import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import type { TestDatabase } from '../support/database.ts';
import { write } from '../support/builders.ts';
import type { Writer } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { namesOf, pageOf, walk } from '../support/paging.ts';
import { loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

let app: FastifyInstance;
let database: TestDatabase;
const rows: Record<string, string> = {};

/** A teacher of Shanghai who has done all of 2016-2020, or a part of it. */
const entries = (isDone: boolean) =>
  isDone
    ? ['municipal', 'district', 'school'].flatMap((level) =>
        [['ethicsLiteracy', 'ethics'], ['ethicsLiteracy', 'literacy'], ['knowledgeSkills'], ['practice']].map(([category, subcategory], index) => ({ place: '310101', units: 900, on: `2018-0${index + 1}-01`, attributes: { level, category, ...(subcategory && { subcategory }) } })),
      )
    : [{ place: '310101', units: 300, attributes: { level: 'district', category: 'practice' } }];

async function fill(writer: Writer): Promise<void> {
  const add = async (key: string, place: string, properties: object): Promise<void> => void (rows[key] = await writer.institution({ name: key, place, properties: { ...properties } }));
  await add('Alpha', '310101', { kind: 'school', stage: ['primary', 'juniorHigh'], developmentSchool: 'none', ownership: 'public', rural: false });
  await add('Beta', '310104', { kind: 'kindergarten', stage: 'kindergarten' });
  await add('alpine', '330106', { kind: 'school', stage: 'primary' });
  for (let index = 0; index < 30; index++) await writer.teacher({ name: `T${index % 7}`, jobs: [{ institution: rows['Alpha'] ?? '', from: `20${10 + (index % 3)}-09-01` }], properties: { cycleStartOn: '2016-01-01' }, entries: entries(index % 3 === 0) });
  for (let index = 0; index < 3; index++) await writer.teacher({ name: `Z${index}`, jobs: [{ institution: rows['alpine'] ?? '' }] });
  await writer.teacher({ name: 'Former', jobs: [{ institution: rows['Alpha'] ?? '', from: '2010-09-01', to: '2015-08-31' }] });
  await writer.teacher({ name: 'Aside', jobs: [{ institution: rows['Beta'] ?? '' }, { institution: rows['Alpha'] ?? '', isMain: false }] });
}

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp({ database, registry: await loadRegistry() });
  await write(database, fill);
}, 120_000);
afterAll(() => app.close());

const id = (key: string): string => globalId('Institution', rows[key] ?? '');
async function institution<Result>(key: string, selection: string, args = 'at: "2020-12-31"'): Promise<Result> {
  const answer = await ask(app, `{ institution(id: "${id(key)}", ${args}) { ${selection} } }`);
  if (codesOf(answer).length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.['institution'] as Result;
}

describe('institutions', () => {
  test('are listed by name, page by page, and filtered by place, kind, stage and name', async () => {
    expect((await walk(app, 'institutions', {}, { size: 1 })).flatMap(namesOf)).toEqual(['Alpha', 'alpine', 'Beta']);
    const backward = await walk(app, 'institutions', {}, { size: 2, backward: true });
    expect(backward.reverse().flatMap(namesOf)).toEqual(['Alpha', 'alpine', 'Beta']);
    const listed = async (filter: object): Promise<string[]> => namesOf(await pageOf(app, 'institutions', { filter }));
    expect(await listed({ jurisdiction: '310000' })).toEqual(['Alpha', 'Beta']);
    expect(await listed({ kind: 'kindergarten' })).toEqual(['Beta']);
    expect(await listed({ stage: 'primary' })).toEqual(['Alpha', 'alpine']);
    expect(await listed({ stage: 'juniorHigh', jurisdiction: '310101' })).toEqual(['Alpha']);
    expect(await listed({ name: 'ALP' })).toEqual(['Alpha', 'alpine']);
    expect((await pageOf(app, 'institutions', { filter: { name: 'alp' }, first: 1 })).totalCount).toBe(2);
  });

  test('show what holds of them on a day, with words where they are declared', async () => {
    const properties = async (): Promise<unknown> => (await institution<{ properties: unknown }>('Alpha', 'properties { name label value valueLabel from to }')).properties;
    expect(await properties()).toContainEqual({ name: 'kind', label: '单位类型', value: 'school', valueLabel: '中小学教师', from: null, to: null });
    expect(await properties()).toContainEqual({ name: 'stage', label: '学段', value: ['primary', 'juniorHigh'], valueLabel: null, from: null, to: null });
    expect(await properties()).toContainEqual({ name: 'rural', label: '农村学校', value: false, valueLabel: null, from: null, to: null });
  });

  test('with a filter that is wrong are refused', async () => {
    expect(codesOf(await ask(app, '{ institutions(filter: {jurisdiction: "999999"}) { nodes { id } } }'))).toEqual(['UNKNOWN_JURISDICTION']);
    expect(codesOf(await ask(app, '{ institutions(first: 1, last: 1) { nodes { id } } }'))).toEqual(['CONFLICT']);
    expect(codesOf(await ask(app, '{ institution(id: "x") { id } }'))).toEqual(['INVALID_ID']);
    expect((await ask(app, `{ institution(id: "${globalId('Institution', '4711')}") { id } }`)).data).toEqual({ institution: null });
  });
});

interface Staff {
  readonly teachers: { readonly totalCount: number; readonly nodes: readonly { readonly id: string; readonly name: string; readonly assessment?: { readonly assessment: { readonly verdict: string } } }[]; readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean; readonly hasPreviousPage: boolean } };
}

describe('the teachers of an institution', () => {
  test('are those with their main employment there on the day', async () => {
    expect((await institution<Staff>('Alpha', 'teachers { totalCount }')).teachers.totalCount).toBe(30);
    expect((await institution<Staff>('Alpha', 'teachers(at: "2014-01-01") { totalCount }')).teachers.totalCount).toBe(31);
    expect((await institution<Staff>('Beta', 'teachers { nodes { name } }')).teachers.nodes).toEqual([{ name: 'Aside' }]);
    expect((await institution<Staff>('Alpha', 'teachers(filter: {name: "T1"}) { totalCount }')).teachers.totalCount).toBe(5);
  });

  test('of several institutions are read by one statement each for pages and counts', async () => {
    let answer: GraphqlAnswer | undefined;
    const query = '{ institutions(at: "2020-12-31") { nodes { name teachers(first: 2) { totalCount nodes { name } pageInfo { hasNextPage } } } } }';
    const sent = await dataStatementsOf(async () => void (answer = await ask(app, query)));
    expect(sent).toHaveLength(4);
    expect((answer?.data?.['institutions'] as { nodes: (Staff & { name: string })[] }).nodes.map(({ name, teachers }) => [name, teachers.totalCount, teachers.nodes.length, teachers.pageInfo.hasNextPage])).toEqual([
      ['Alpha', 30, 2, true],
      ['alpine', 3, 2, true],
      ['Beta', 1, 1, false],
    ]);
  });

  test('with a verdict are found whole and paged stably, in each order', async () => {
    for (const orderBy of ['NAME', 'STARTED_ON', 'STARTED_ON_DESC']) {
      const page = (more: string): Promise<Staff> => institution<Staff>('Alpha', `teachers(orderBy: ${orderBy}, verdict: {is: NOT_MET, decision: "creditCompletion"}, ${more}) { totalCount nodes { id name assessment(decision: "creditCompletion") { assessment { verdict } } } pageInfo { endCursor hasNextPage hasPreviousPage } }`);
      const everyone = (await page("first: 95")).teachers;
      expect(everyone.totalCount).toBe(everyone.nodes.length);
      expect(everyone.totalCount).toBeGreaterThanOrEqual(20);
      expect(new Set(everyone.nodes.map(({ assessment }) => assessment?.assessment.verdict))).toEqual(new Set(['NOT_MET']));
      const read: string[] = [];
      for (let after: string | null = null; ; ) {
        const { teachers }: Staff = await page(`first: 7${after === null ? '' : `, after: "${after}"`}`);
        read.push(...teachers.nodes.map(({ id }) => id));
        expect(teachers.pageInfo.hasPreviousPage).toBe(after !== null);
        if (!teachers.pageInfo.hasNextPage) break;
        after = teachers.pageInfo.endCursor;
      }
      expect(read).toEqual(everyone.nodes.map(({ id }) => id));
      const all = (await institution<Staff>('Alpha', `teachers(orderBy: ${orderBy}, first: 100) { nodes { id } }`)).teachers.nodes.map(({ id }) => id);
      expect(all.filter((id) => read.includes(id))).toEqual(read);
    }
  });

  test('with the verdict of a question that is wrong are refused', async () => {
    const codes = async (verdict: string): Promise<unknown> => codesOf(await ask(app, `{ institution(id: "${id('Alpha')}") { teachers(verdict: {${verdict}}) { totalCount } } }`));
    expect(await codes('is: MET, decision: "nothing"')).toEqual(['UNKNOWN_DECISION']);
    expect(await codes('is: MET')).toEqual(['NOT_ONE_SUBJECT']);
    expect(await codes('is: MET, rule: "x", decision: "y"')).toEqual(['NOT_ONE_SUBJECT']);
  });
});

interface Summary {
  readonly summary: {
    readonly userErrors: readonly { readonly code: string }[];
    readonly knownAt: string;
    readonly summary: { readonly [name: string]: unknown; readonly met: number; readonly notMet: number; readonly undetermined: number; readonly notApplicable: number; readonly teachers: number; readonly byRule: readonly { readonly ruleId: string; readonly met: number; readonly notMet: number; readonly short: number }[] } | null;
  };
}

describe('a summary', () => {
  const FIELDS = 'userErrors { code path } knownAt summary { at lawAt teachers met notMet undetermined notApplicable notJudged { code count } rulebooks { hash } byRule { ruleId rule { summary } met notMet undetermined notApplicable short } }';

  test('counts what a page of the same teachers says, by verdict and by binding rule', async () => {
    const { summary } = await institution<Summary>('Alpha', `summary(decision: "creditCompletion") { ${FIELDS} }`);
    const { teachers } = await institution<{ teachers: { nodes: { assessment: { assessment: { verdict: string; rulebook: { hash: string }; findings: { ruleId: string; binding: boolean; verdict: string; shortfall: string | null }[] } } }[] } }>('Alpha', 'teachers(first: 100) { nodes { assessment(decision: "creditCompletion") { assessment { verdict rulebook { hash } findings { ruleId binding verdict shortfall } } } } }');
    const answers = teachers.nodes.map(({ assessment }) => assessment.assessment);
    const count = (verdict: string): number => answers.filter((answer) => answer.verdict === verdict).length;
    expect(summary).toMatchObject({ userErrors: [], summary: { teachers: 30, met: count('MET'), notMet: count('NOT_MET'), undetermined: count('UNDETERMINED'), notApplicable: count('NOT_APPLICABLE'), notJudged: [], rulebooks: [{ hash: answers[0]?.rulebook.hash }] } });
    const findings = answers.flatMap((answer) => answer.findings.filter(({ binding }) => binding));
    for (const { ruleId, notMet, met } of summary.summary?.byRule ?? []) {
      const own = findings.filter((finding) => finding.ruleId === ruleId);
      expect([met, notMet]).toEqual([own.filter(({ verdict }) => verdict === 'MET').length, own.filter(({ verdict }) => verdict === 'NOT_MET').length]);
    }
    expect(new Set(summary.summary?.byRule.map(({ ruleId }) => ruleId))).toEqual(new Set(findings.map(({ ruleId }) => ruleId)));
    expect(summary.summary?.byRule.some(({ short }) => short >= 20)).toBe(true);
    expect(count('NOT_MET')).toBeGreaterThanOrEqual(20);
  });

  test('of any number of institutions is made of the same number of statements', async () => {
    const query = (first: number): string => `{ institutions(first: ${first}, at: "2020-12-31") { nodes { name summary(decision: "creditCompletion") { ${FIELDS} } } } }`;
    for (const first of [1, 3]) expect(await dataStatementsOf(() => ask(app, query(first)))).toHaveLength(4);
    const answers: unknown[] = [];
    for (let round = 0; round < 3; round++) answers.push((await ask(app, query(3))).data);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('as it was known stays so, and what is known since changes the new one', async () => {
    const ask1 = (args = ''): Promise<Summary> => institution<Summary>('alpine', `summary(decision: "creditCompletion"${args}) { ${FIELDS} }`);
    const before = await ask1();
    await write(database, (writer) => writer.teacher({ name: 'New', jobs: [{ institution: rows['alpine'] ?? '' }] }));
    expect((await ask1()).summary.summary?.teachers).toBe(4);
    expect(await ask1(`, knownAt: "${before.summary.knownAt}"`)).toEqual(before);
  });

  test('of a question that is wrong says so, and counts as questions of the request', async () => {
    expect((await institution<Summary>('Beta', `summary(decision: "nothing") { ${FIELDS} }`)).summary).toMatchObject({ summary: null, userErrors: [{ code: 'UNKNOWN_DECISION' }] });
    expect(codesOf(await ask(app, '{ institutions(first: 20) { nodes { summary(decision: "creditCompletion") { summary { met } } } } }'))).toEqual([]);
    expect(codesOf(await ask(app, '{ institutions(first: 21) { nodes { summary(decision: "creditCompletion") { summary { met } } } } }'))).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, '{ institutions(first: 21) { nodes { teachers(verdict: {is: MET, decision: "creditCompletion"}) { totalCount } } } }'))).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, 'query ($v: VerdictFilter) { institutions(first: 21) { nodes { teachers(verdict: $v) { totalCount } } } }', { v: null }))).toEqual([]);
  });

  test('of more than 2,000 teachers is refused, and so is a filter by verdict', async () => {
    await write(database, async (writer) => {
      const [place, school] = ['360102', await writer.institution({ name: 'Zeta', place: '360102' })];
      rows['Zeta'] = school;
      await writer.crowd(2_001, school, place);
    });
    const refused = await institution<Summary>('Zeta', `summary(decision: "creditCompletion") { ${FIELDS} }`);
    expect(refused.summary).toMatchObject({ summary: null, userErrors: [{ code: 'TOO_MANY', path: 'summary' }] });
    expect(codesOf(await ask(app, `{ institution(id: "${id('Zeta')}") { teachers(verdict: {is: MET, decision: "creditCompletion"}) { totalCount } } }`))).toEqual(['TOO_MANY']);
    expect((await institution<Staff>('Zeta', 'teachers(first: 1) { totalCount }')).teachers.totalCount).toBe(2_001);
  });
});
