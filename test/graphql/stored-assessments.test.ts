import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createRegistry } from '../../src/plugin-host/registry.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { write } from '../support/builders.ts';
import { TEST_KEY, TEST_LIMITS, testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';
import { withRule } from '../support/stored.ts';

let app: FastifyInstance;
let database: TestDatabase;
let registry: Registry;
let teacher = '';

beforeAll(async () => {
  database = await testDatabase();
  registry = await loadRegistry();
  app = await testApp({ database, registry });
  teacher = globalId('Teacher', (await write(database, newTeacher)).result);
}, 120_000);
afterAll(() => app.close());

const entry = (units: number, level: string) => ({ place: '310101', units, attributes: { level, category: 'knowledgeSkills' } });
async function newTeacher(writer: Parameters<Parameters<typeof write>[1]>[0]): Promise<string> {
  const institution = await writer.institution({ name: 'A school', place: '310101', properties: { developmentSchool: 'none' } });
  return writer.teacher({ name: 'Someone', jobs: [{ institution }], properties: { cycleStartOn: '2016-01-01' }, entries: [entry(500, 'municipal'), entry(300, 'district')] });
}

const FIELDS = `id recordedAt at lawAt knownAt verdict decision ruleId rulebookHash answerHash facts jurisdiction { code } teacher { id name }
  assessment { verdict rulebook { hash } findings { ruleId label verdict required actual shortfall reasons { key message } rule { from summary } } gap { amount cells { amount label } } ledgers { entries { id amount label countsFor } } missing assumed { name because } }`;
const RECORD = `mutation ($input: AssessmentRecordInput!, $dryRun: Boolean! = false) { assessmentRecord(input: $input, dryRun: $dryRun) { storedAssessment { ${FIELDS} } assessment { verdict findings { ruleId label verdict required actual shortfall reasons { key message } rule { from summary } } gap { amount cells { amount label } } ledgers { entries { id amount label countsFor } } missing assumed { name because } rulebook { hash } } userErrors { code path value } } }`;
const AGAIN = `query ($id: ID!) { assessment(id: $id) { ${FIELDS} recomputed { same codeChanged changedParts { kind name of then now } differences { path then now } moreDifferences unavailable assessment { verdict } } } }`;
const STATELESS = { jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts: { developmentSchool: 'none', roles: [], cycleStartOn: '2016-01-01', entries: [{ id: 'e1', credits: '12.5', completedOn: '2018-05-01', level: 'municipal', category: 'knowledgeSkills' }] } };
const SAME = { same: true, codeChanged: false, changedParts: [], differences: [], moreDifferences: 0, unavailable: null };

type Shown = Readonly<Record<string, unknown>> & { readonly id: string };
interface Payload {
  readonly storedAssessment: Shown | null;
  readonly assessment: Readonly<Record<string, unknown>> | null;
  readonly userErrors: readonly Readonly<Record<string, unknown>>[];
}
const payload = ({ data, errors }: GraphqlAnswer): Payload => {
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.['assessmentRecord'] as Payload;
};
async function record(input: object): Promise<Shown> {
  const { storedAssessment, userErrors } = payload(await ask(app, RECORD, { input }));
  if (!storedAssessment) throw new Error(JSON.stringify(userErrors));
  return storedAssessment;
}
async function again(id: string, by = app, headers = {}): Promise<Shown & { readonly recomputed: Readonly<Record<string, unknown>> }> {
  const answer = await ask(by, AGAIN, { id }, headers);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.['assessment'] as Shown & { recomputed: Readonly<Record<string, unknown>> };
}
const count = async (table: string): Promise<number> => Number((await database.admin.em.fork().execute<{ n: string }[]>(`select count(*)::text as n from ${table}`))[0]?.n);

describe('an assessment is stored', () => {
  test('with facts that came with the question, and is shown as it was answered', async () => {
    const { storedAssessment, assessment, userErrors } = payload(await ask(app, RECORD, { input: STATELESS }));
    expect(userErrors).toEqual([]);
    expect(storedAssessment).toMatchObject({ verdict: 'NOT_MET', decision: 'creditCompletion', ruleId: null, teacher: null, jurisdiction: { code: '310101' }, facts: STATELESS.facts, assessment });
    const found = await again(storedAssessment?.id ?? '');
    expect(found).toMatchObject({ ...storedAssessment, recomputed: { ...SAME, assessment: { verdict: 'NOT_MET' } } });
    expect(found['recordedAt']).not.toBe(null);
  });

  test('about a teacher, from the store: the same as it is told', async () => {
    const stored = await record({ teacher, decision: 'creditCompletion', at: '2020-12-31' });
    expect(stored).toMatchObject({ teacher: { id: teacher, name: 'Someone' }, verdict: 'NOT_MET' });
    const told = await ask(app, `query ($id: ID!, $knownAt: Instant) { teacher(id: $id) { assessment(decision: "creditCompletion", at: "2020-12-31", knownAt: $knownAt) { knownAt assessment { verdict rulebook { hash } findings { ruleId label verdict required actual shortfall reasons { key message } rule { from summary } } gap { amount cells { amount label } } ledgers { entries { id amount label countsFor } } missing assumed { name because } } } } }`, { id: teacher, knownAt: stored['knownAt'] });
    const { assessment: outcome } = (told.data?.['teacher'] as { assessment: { knownAt: string; assessment: unknown } });
    expect(outcome.assessment).toEqual(stored['assessment']);
    expect(outcome.knownAt).toBe(stored['knownAt']);
    expect((await again(stored.id)).recomputed).toMatchObject(SAME);
  });

  test('and stays when what it was made of changes', async () => {
    const stored = await record({ teacher, decision: 'creditCompletion', at: '2020-12-31' });
    await write(database, (writer) => writer.entry(Buffer.from(teacher, 'base64url').toString().split(':')[1] ?? '', entry(2000, 'municipal')));
    const later = await record({ teacher, decision: 'creditCompletion', at: '2020-12-31' });
    expect(later['answerHash']).not.toBe(stored['answerHash']);
    const found = await again(stored.id);
    expect(found).toMatchObject({ answerHash: stored['answerHash'], assessment: stored['assessment'] });
    expect(found.recomputed).toMatchObject(SAME);
    expect((await record({ teacher, decision: 'creditCompletion', at: '2020-12-31', knownAt: stored['knownAt'] }))['answerHash']).toBe(stored['answerHash']);
  });

  test('with its readings, and with all of them', async () => {
    const inDevelopment = { ...STATELESS, facts: { ...STATELESS.facts, developmentSchool: 'municipal' } };
    const usual = await record(inDevelopment);
    const kept = await record({ ...inDevelopment, readings: [{ rule: 'sh-2016-credit/1.2-external', reading: 'kept' }] });
    expect(kept['answerHash']).not.toBe(usual['answerHash']);
    for (const { id } of [usual, kept, await record({ ...inDevelopment, allReadings: true })]) expect((await again(id)).recomputed).toMatchObject(SAME);
  });

  test('with sentences in the language of whoever reads it', async () => {
    const { id } = await record(STATELESS);
    const labelOf = (shown: Shown): string => (shown['assessment'] as { findings: { label: string }[] }).findings[0]?.label ?? '';
    const [zh, en] = [await again(id, app, { 'accept-language': 'zh' }), await again(id, app, { 'accept-language': 'en' })];
    expect(labelOf(zh)).toMatch(/\p{Script=Han}/u);
    expect(labelOf(en)).not.toMatch(/\p{Script=Han}/u);
  });

  test('not on a dry run, which answers the same', async () => {
    const before = [await count('stored_assessment'), await count('recording')];
    const dry = payload(await ask(app, RECORD, { input: STATELESS, dryRun: true }));
    expect(dry).toMatchObject({ storedAssessment: null, userErrors: [], assessment: { verdict: 'NOT_MET' } });
    expect([await count('stored_assessment'), await count('recording')]).toEqual(before);
    expect(payload(await ask(app, RECORD, { input: STATELESS })).assessment).toEqual(dry.assessment);
  });

  test('not when anything is wrong with the question', async () => {
    const before = await count('stored_assessment');
    const errors = async (input: object): Promise<unknown> => payload(await ask(app, RECORD, { input: { decision: 'creditCompletion', at: '2020-12-31', ...input } })).userErrors.map(({ code, path }) => [code, path]);
    expect(await errors({})).toEqual([['NOT_ONE_SOURCE', 'teacher']]);
    expect(await errors({ jurisdiction: '310101' })).toEqual([['NOT_ONE_SOURCE', 'teacher']]);
    expect(await errors({ teacher, jurisdiction: '310101', facts: {} })).toEqual([['CONFLICT', 'jurisdiction'], ['CONFLICT', 'facts']]);
    expect(await errors({ jurisdiction: '310101', facts: {}, knownAt: '2020-01-01' })).toEqual([['CONFLICT', 'knownAt']]);
    expect(await errors({ teacher: 'x' })).toEqual([['INVALID_ID', 'teacher']]);
    expect(await errors({ teacher: globalId('Institution', '1') })).toEqual([['INVALID_ID', 'teacher']]);
    expect(await errors({ teacher: globalId('Teacher', '999999') })).toEqual([['UNKNOWN_TEACHER', 'teacher']]);
    expect(await errors({ teacher, knownAt: '2001-01-01' })).toEqual([['UNKNOWN_TEACHER', 'teacher']]);
    expect(await errors({ teacher, at: '1990-01-01' })).toEqual([['NOT_EMPLOYED', 'at']]);
    expect(await errors({ teacher, rule: 'sh-2016-credit/1.1-total' })).toEqual([['NOT_ONE_SUBJECT', 'rule']]);
    expect(await errors({ jurisdiction: '310101', facts: { entries: [{ credits: 'x' }], nothing: 1 } })).toEqual([['WRONG_TYPE', 'facts.entries[0].credits'], ['UNKNOWN_FACT', 'facts.nothing']]);
    expect(await count('stored_assessment')).toBe(before);
  });
});

describe('what is stored', () => {
  test('holds the content of a place once, and its layers once for all places', async () => {
    await record(STATELESS);
    const before = await count('stored_rulebook');
    await record(STATELESS);
    expect(await count('stored_rulebook')).toBe(before);
    await record({ ...STATELESS, jurisdiction: '310104' });
    expect(await count('stored_rulebook')).toBe(before + 1);
  });

  test('cannot be changed or removed', async () => {
    await record(STATELESS);
    for (const statement of ['update stored_assessment set verdict = verdict', 'delete from stored_assessment', 'update stored_rulebook set content = content', 'delete from stored_rulebook']) {
      await expect(database.admin.em.fork().execute(statement)).rejects.toThrow(/never changed/);
    }
  });

  test('is stamped by one recording, after which it is known', async () => {
    const before = await count('recording');
    const { id, recordedAt } = await record(STATELESS);
    expect(await count('recording')).toBe(before + 1);
    const [row] = await database.admin.em.fork().execute<{ what: string; source: string }[]>('select r.what, s.name as source from recording r join source s on s.id = r.source_id where r.recorded_at = ?', [recordedAt]);
    expect(row).toEqual({ what: 'record assessment', source: 'api' });
    const asOf = async (knownAt: string): Promise<unknown> => (await ask(app, 'query ($id: ID!, $knownAt: Instant) { assessment(id: $id, knownAt: $knownAt) { id } }', { id, knownAt })).data?.['assessment'];
    expect(await asOf(String(recordedAt))).toEqual({ id });
    expect(await asOf(new Date(Date.parse(String(recordedAt)) - 1).toISOString())).toBeNull();
  });

  test('writes two at once without one waiting for ever, each of its own', async () => {
    const stored = await Promise.all(Array.from({ length: 8 }, (_, index) => record({ ...STATELESS, jurisdiction: `3101${['05', '06', '07', '09'][index % 4]}` })));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(8);
    expect(new Set(stored.map(({ recordedAt }) => recordedAt)).size).toBe(8);
    for (const { id } of stored) expect((await again(id)).recomputed).toMatchObject(SAME);
  });
});

describe('computed again', () => {
  const TOTAL = 'sh-2016-credit/1.1-total';
  /** The server after a restart, with other plugins. */
  async function afterwards<Result>(plugins: Registry, work: (restarted: FastifyInstance) => Promise<Result>): Promise<Result> {
    const connected = await openDatabase({ url: database.url, dataFolder: database.dataFolder, identityKey: TEST_KEY, limits: TEST_LIMITS }, [...plugins.jurisdictions.values()]);
    const restarted = await testApp({ database: connected, registry: plugins });
    try {
      return await work(restarted);
    } finally {
      await restarted.close();
    }
  }

  test('after a restart with plugins whose figures have changed: the same, shown with the rules of then', async () => {
    const stored = await record(STATELESS);
    const later = withRule(registry.plugins, TOTAL, (rule) => ({ ...rule, params: { ...rule.params, credits: '99' }, summary: { zh: '后来的', en: 'of later' } }));
    await afterwards(later, async (restarted) => {
      const found = await again(stored.id, restarted);
      expect(found['assessment']).toEqual(stored['assessment']);
      expect(found.recomputed).toMatchObject({ same: true, codeChanged: true, changedParts: [{ kind: 'PLUGIN', name: 'shanghai', of: null }], differences: [], unavailable: null });
      const now = payload(await ask(restarted, RECORD, { input: STATELESS, dryRun: true }));
      expect(now.assessment).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ ruleId: TOTAL, required: '99' })]) as unknown });
    });
  });

  test('without a plugin whose code it needs: told, and still shown', async () => {
    const stored = await record(STATELESS);
    await afterwards(createRegistry(registry.plugins.filter(({ name }) => name !== 'shanghai')), async (restarted) => {
      const found = await again(stored.id, restarted, { 'accept-language': 'en' });
      expect(found.recomputed).toMatchObject({ same: null, codeChanged: true, assessment: null, unavailable: expect.stringContaining('is there no more') as string });
      expect((found.recomputed['changedParts'] as { kind: string; now: unknown }[]).filter(({ kind, now }) => kind === 'PLACEMENT' && now === null).length).toBeGreaterThan(0);
      expect((found['assessment'] as { findings: { label: string }[] }).findings.length).toBe((stored['assessment'] as { findings: unknown[] }).findings.length);
    });
  });
});

describe('lists', () => {
  const LIST = 'query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { teacher(id: $id) { storedAssessments(first: $first, after: $after, last: $last, before: $before) { nodes { id verdict recomputed { same } assessment { verdict } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } }';
  interface List {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string; readonly endCursor: string };
    readonly totalCount: number;
  }
  const list = async (id: string, variables: object): Promise<List> => {
    const answer = await ask(app, LIST, { id, ...variables });
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return (answer.data?.['teacher'] as { storedAssessments: List }).storedAssessments;
  };

  test('of a teacher, the latest first, by pages in either direction', async () => {
    const someone = globalId('Teacher', (await write(database, newTeacher)).result);
    const stored: string[] = [];
    for (let index = 0; index < 5; index++) stored.unshift((await record({ teacher: someone, decision: 'creditCompletion', at: `20${16 + index}-12-31` })).id);
    const ids = ({ nodes }: List): string[] => nodes.map(({ id }) => id);
    const first = await list(someone, { first: 2 });
    expect(ids(first)).toEqual(stored.slice(0, 2));
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false }, nodes: [{ recomputed: { same: true } }, { recomputed: { same: true } }] });
    const second = await list(someone, { first: 2, after: first.pageInfo.endCursor });
    expect(ids(second)).toEqual(stored.slice(2, 4));
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(ids(await list(someone, { last: 2 }))).toEqual(stored.slice(3));
    expect(ids(await list(someone, { last: 9, before: second.pageInfo.startCursor }))).toEqual(stored.slice(0, 2));
    const nobody = globalId('Teacher', (await write(database, newTeacher)).result);
    expect(await list(nobody, {})).toMatchObject({ nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
  });

  test('of many teachers are two statements, and nothing is read for content that is loaded', async () => {
    const people: string[] = [];
    for (let index = 0; index < 3; index++) people.push((await write(database, newTeacher)).result);
    for (const id of people) await record({ teacher: globalId('Teacher', id), decision: 'creditCompletion', at: '2020-12-31' });
    const sent = await dataStatementsOf(() => ask(app, 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Teacher { storedAssessments { nodes { recomputed { same } assessment { verdict } } } } } }', { ids: people.map((id) => globalId('Teacher', id)) }));
    // The rows, and their texts.
    expect(sent.filter((text) => text.includes('stored_assessment'))).toHaveLength(2);
    expect(sent.filter((text) => text.includes('stored_rulebook'))).toHaveLength(0);
  });

  test('an object by its global id', async () => {
    const { id } = await record(STATELESS);
    const { data } = await ask(app, 'query ($id: ID!) { node(id: $id) { id ... on StoredAssessment { verdict } } none: assessment(id: "U3RvcmVkQXNzZXNzbWVudDo5OTk5OTk") { id } }', { id });
    expect(data).toEqual({ node: { id, verdict: 'NOT_MET' }, none: null });
    expect(codesOf(await ask(app, 'query ($id: ID!) { assessment(id: $id) { id } }', { id: teacher }))).toEqual(['INVALID_ID']);
  });
});

describe('a mutation', () => {
  test('runs once, however often the same text comes', async () => {
    const before = await count('stored_assessment');
    for (let round = 0; round < 3; round++) await ask(app, RECORD, { input: STATELESS });
    expect(await count('stored_assessment')).toBe(before + 3);
    for (let round = 0; round < 3; round++) expect(codesOf(await ask(app, RECORD, { input: { ...STATELESS, at: 'never' } }))).toEqual(['BAD_USER_INPUT']);
    expect(await count('stored_assessment')).toBe(before + 3);
  });

  test('does not run by GET', async () => {
    const before = await count('stored_assessment');
    const query = `mutation { assessmentRecord(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: {}}) { storedAssessment { id } } }`;
    const response = await app.inject({ url: `/graphql?query=${encodeURIComponent(query)}` });
    expect(response.statusCode).toBe(405);
    const other = await app.inject({ url: `/graphql?query=${encodeURIComponent(`query A { about { name } } ${query.replace('mutation', 'mutation B')}`)}&operationName=B` });
    expect(other.statusCode).toBe(405);
    expect(await count('stored_assessment')).toBe(before);
  });

  test('has each of its fields committed before the next, and counts their questions and items', async () => {
    const before = await count('stored_assessment');
    const field = (name: string): string => `${name}: assessmentRecord(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: {roles: []}}) { storedAssessment { recordedAt } }`;
    const { data } = await ask(app, `mutation { ${['a', 'b', 'c'].map(field).join(' ')} }`);
    const stamps = Object.values(data as Record<string, { storedAssessment: { recordedAt: string } }>).map(({ storedAssessment }) => storedAssessment.recordedAt);
    expect(new Set(stamps).size).toBe(3);
    expect(stamps).toEqual([...stamps].sort());
    const entries = Array.from({ length: 1_000 }, () => ({ credits: '1' }));
    const many = await ask(app, `mutation ($f: Facts!) { ${Array.from({ length: 11 }, (_, index) => `m${index}: assessmentRecord(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: $f}) { userErrors { code } }`).join(' ')} }`, { f: { entries } });
    expect(codesOf(many)).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, `mutation { ${Array.from({ length: 21 }, (_, index) => field(`m${index}`)).join(' ')} }`))).toEqual(['TOO_MANY_ROOT_FIELDS']);
    expect(await count('stored_assessment')).toBe(before + 3);
  });

  test('and recomputations below pages count as questions', async () => {
    const query = '{ teachers(first: 100) { nodes { storedAssessments(first: 2) { nodes { recomputed { same } } } } } }';
    expect(codesOf(await ask(app, query))).toEqual(['TOO_MANY']);
  });

  test('is refused where there is no store, but for a dry run of facts that are given', async () => {
    const without = await testApp({ registry });
    try {
      expect(codesOf(await ask(without, RECORD, { input: STATELESS }))).toEqual(['STORE_UNAVAILABLE']);
      expect(codesOf(await ask(without, RECORD, { input: { teacher, decision: 'creditCompletion', at: '2020-12-31' } }))).toEqual(['STORE_UNAVAILABLE']);
      expect(payload(await ask(without, RECORD, { input: STATELESS, dryRun: true })).assessment).toMatchObject({ verdict: 'NOT_MET' });
    } finally {
      await without.close();
    }
  });
});
