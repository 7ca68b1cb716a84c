import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { formatInstant } from '../../src/kernel/civil-day.ts';
import type { TestDatabase } from '../support/database.ts';
import { write } from '../support/builders.ts';
import type { EntrySpec, TeacherSpec, Writer } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { FIXTURES_FOLDER, loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

let app: FastifyInstance;
let database: TestDatabase;
const schools: Record<string, string> = {};
const people: Record<string, string> = {};

const PLACES = { shanghai: '310101', zhejiang: '330106', jiangxi: '360102', kangbashi: '150603' } as const;
/** Entries of a teacher of Shanghai: levels and categories in turn. */
const shanghaiEntry = (index: number): EntrySpec => ({ place: '310101', units: 150, on: `2018-${String(1 + (index % 12)).padStart(2, '0')}-10`, attributes: { level: ['municipal', 'district', 'school'][index % 3], category: ['knowledgeSkills', 'practice'][index % 2] } });
const list = <Item>(count: number, item: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => item(index));

async function fill(writer: Writer): Promise<void> {
  for (const [name, place] of Object.entries(PLACES)) schools[name] = await writer.institution({ name: `School ${name}`, place, properties: { kind: 'school', developmentSchool: 'none' } });
  const job = (school: string, more: object = {}): TeacherSpec['jobs'] => [{ institution: schools[school] ?? '', from: '2012-09-01', ...more }];
  const add = async (key: string, spec: TeacherSpec): Promise<void> => void (people[key] = await writer.teacher(spec));
  await add('short', { name: 'A short', jobs: job('shanghai'), properties: { cycleStartOn: '2016-01-01' }, entries: list(12, shanghaiEntry) });
  await add('none', { name: 'B nothing', jobs: job('shanghai') });
  await add('moved', {
    name: 'C moved',
    jobs: [
      { institution: schools['jiangxi'] ?? '', from: '2012-09-01', to: '2019-08-31' },
      { institution: schools['shanghai'] ?? '', from: '2019-09-01' },
    ],
    entries: [{ place: '360102', book: 'hourEntries', units: 40, on: '2017-05-01' }],
  });
  await add('toZhejiang', {
    name: 'D to Zhejiang',
    jobs: [
      { institution: schools['shanghai'] ?? '', from: '2012-09-01', to: '2019-08-31' },
      { institution: schools['zhejiang'] ?? '', from: '2019-09-01' },
    ],
    entries: [shanghaiEntry(0), { place: '330106', units: 300, on: '2020-03-01' }],
  });
  await add('gone', { name: 'E gone', jobs: job('shanghai', { to: '2019-12-31' }) });
  for (let index = 0; index < 100; index++) {
    const school = Object.keys(PLACES)[index % 4] ?? '';
    await add(`mixed${index}`, { name: `M ${index}`, jobs: job(school), entries: list(6, (entry) => ({ ...shanghaiEntry(entry), place: PLACES[school as keyof typeof PLACES], attributes: school === 'shanghai' ? shanghaiEntry(entry).attributes : {}, book: school === 'kangbashi' || school === 'jiangxi' ? 'hourEntries' : 'entries' })) });
  }
}

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp({ database, registry: await loadRegistry(FIXTURES_FOLDER) });
  await write(database, fill);
}, 120_000);
afterAll(() => app.close());

interface Outcome {
  readonly knownAt: string;
  readonly userErrors: readonly { readonly code: string; readonly path: string; readonly nearest: readonly string[] }[];
  readonly entriesLeftOut: readonly { readonly id: string; readonly amount: string | null }[];
  readonly assessment: {
    readonly verdict: string;
    readonly jurisdiction: { readonly code: string };
    readonly rulebook: { readonly hash: string };
    readonly gap: { readonly amount: string | null } | null;
    readonly ledgers: readonly { readonly entries: readonly { readonly id: string; readonly amount: string | null; readonly nowhere: string | null }[] }[];
  } | null;
}

const OUTCOME = 'knownAt userErrors { code path nearest message } entriesLeftOut { id amount } assessment { at lawAt verdict jurisdiction { code } rulebook { hash } gap { amount cells { amount label } } ledgers { entries { id amount nowhere label } } findings { ruleId verdict required actual shortfall } }';

async function judge(person: string, args: string, more = ''): Promise<Outcome> {
  const answer = await ask(app, `{ teacher(id: "${globalId('Teacher', people[person] ?? '')}") { assessment(${args}) { ${OUTCOME} } ${more} } }`);
  if (codesOf(answer).length > 0) throw new Error(JSON.stringify(answer.errors));
  return (answer.data?.['teacher'] as { assessment: Outcome }).assessment;
}

describe('the statements of a page', () => {
  const PAGE = `query ($first: Int!, $filter: TeacherFilter) { teachers(first: $first, filter: $filter, at: "2020-12-31", orderBy: NAME) { knownAt pageInfo { endCursor hasNextPage }
    edges { cursor node { id name institution { id name } jurisdiction { code name } employment { stage from institution { name } } assessment(decision: "creditCompletion") { ${OUTCOME} } } } } }`;
  const statements = async (query: string, variables: object): Promise<string[]> => {
    let answer: GraphqlAnswer | undefined;
    const sent = await dataStatementsOf(async () => void (answer = await ask(app, query, variables)));
    expect(codesOf(answer ?? { status: 0, headers: {} })).toEqual([]);
    return sent;
  };

  test.each([
    ['one teacher of one place', { first: 1, filter: { jurisdiction: '310000' } }],
    ['twenty of one place', { first: 20, filter: { jurisdiction: '310000' } }],
    ['one hundred of four places', { first: 100 }],
    ['one of four places', { first: 1 }],
  ])('with assessments, institutions, gap and ledgers are three, and one more where entries were left out: %s', async (_name, variables) => {
    for (let round = 0; round < 3; round++) {
      expect(await statements(PAGE.replace('entriesLeftOut { id amount }', ''), variables)).toHaveLength(3);
      expect((await statements(PAGE, variables)).length).toBeLessThanOrEqual(4);
    }
  });

  test('with roles, credits, all employments, properties and counts besides are one more each', async () => {
    const query = PAGE.replace('id name institution', 'id name roles(all: true) { label } credits(first: 3) { totalCount nodes { id } } employments { from } institution { properties { name } } institution').replace('knownAt pageInfo', 'totalCount totalCountIsExact knownAt pageInfo');
    for (const first of [1, 100]) expect(await statements(query, { first })).toHaveLength(8);
  });

  test('two questions about the same people read them once', async () => {
    const query = '{ teachers(first: 10, at: "2020-12-31") { nodes { a: assessment(decision: "creditCompletion") { assessment { verdict } } b: assessment(decision: "periodicRegistration") { assessment { verdict } } c: assessment(decision: "creditCompletion", lawAt: "2017-01-01") { assessment { verdict } } } } }';
    expect(await statements(query, {})).toHaveLength(4);
  });
});

describe('a person is judged', () => {
  test('by the place of the main employment on the day of `at`', async () => {
    expect((await judge('moved', 'decision: "creditCompletion", at: "2018-12-31"')).assessment?.jurisdiction.code).toBe('360102');
    expect((await judge('moved', 'decision: "creditCompletion", at: "2019-08-31"')).assessment?.jurisdiction.code).toBe('360102');
    expect((await judge('moved', 'decision: "creditCompletion", at: "2019-09-01"')).assessment?.jurisdiction.code).toBe('310101');
  });

  test('by none where there is no employment, which is said with the last day that there was one', async () => {
    const { assessment, userErrors, knownAt } = await judge('gone', 'decision: "creditCompletion", at: "2020-12-31"');
    expect(assessment).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'NOT_EMPLOYED', path: 'at', nearest: ['2019-12-31'] }]);
    expect(knownAt).toMatch(/^20/);
  });

  test('as if the facts had been given by hand', async () => {
    const stored = await judge('short', 'decision: "creditCompletion", at: "2020-12-31"');
    const entries = list(12, shanghaiEntry).map(({ attributes, on }, index) => ({ ...attributes, id: stored.assessment?.ledgers[0]?.entries[index]?.id, credits: '1.5', completedOn: on, status: 'recognised' }));
    const input = { jurisdiction: '310101', decision: 'creditCompletion', at: '2020-12-31', facts: { roles: [], hourEntries: [], entries: entries.sort((a, b) => ((a.completedOn ?? '') < (b.completedOn ?? '') ? -1 : 1)), cycleStartOn: '2016-01-01', staffKind: 'school', developmentSchool: 'none' } };
    const given = await ask(app, `query ($input: AssessInput!) { assess(input: $input) { ${OUTCOME} } }`, { input });
    const { assessment, knownAt, entriesLeftOut } = given.data?.['assess'] as Outcome;
    expect(stored.assessment?.gap?.amount).toMatch(/^\d/);
    expect(stored.assessment?.rulebook).toEqual(assessment?.rulebook);
    expect({ ...stored.assessment, ledgers: null }).toEqual({ ...assessment, ledgers: null });
    expect([knownAt, entriesLeftOut]).toEqual([null, []]);
  });

  test('with entries under the ids that the ledger has', async () => {
    const answer = await ask(app, `{ teacher(id: "${globalId('Teacher', people['short'] ?? '')}", at: "2020-12-31") { credits(first: 100) { nodes { id } } assessment(decision: "creditCompletion") { assessment { ledgers { entries { id } } } } } }`);
    const { credits, assessment } = answer.data?.['teacher'] as { credits: { nodes: { id: string }[] }; assessment: Outcome };
    const counted = new Set(assessment.assessment?.ledgers.flatMap(({ entries }) => entries.map(({ id }) => id)));
    expect(counted).toEqual(new Set(credits.nodes.map(({ id }) => id)));
    const { data } = await ask(app, `{ node(id: "${[...counted][0] ?? ''}") { id ... on CreditEntry { amount unit status } } }`);
    expect(data?.['node']).toEqual({ id: [...counted][0], amount: '1.5', unit: 'credit', status: 'RECOGNISED' });
  });

  test('with credits of elsewhere as that place says, until an own entry decides about them', async () => {
    const args = 'decision: "creditCompletion", at: "2020-12-31"';
    const undecided = await judge('moved', args);
    expect(undecided.entriesLeftOut).toEqual([]);
    expect(undecided.assessment?.ledgers[0]).toMatchObject({ entries: [{ amount: null, nowhere: 'UNSETTLED' }] });
    expect(undecided.assessment?.gap?.amount).toBeNull();
    const foreign = undecided.assessment?.ledgers[0]?.entries[0]?.id ?? '';
    const row = Buffer.from(foreign, 'base64url').toString().split(':')[1] ?? '';
    await write(database, (writer) => writer.entry(people['moved'] ?? '', { place: '310101', units: 250, on: '2017-05-01', decides: row, attributes: { level: 'district', category: 'practice', origin: 'elsewhere', districtDecision: '2020-1' } }));
    const decided = await judge('moved', args);
    expect(decided.assessment?.ledgers[0]?.entries.map(({ id, amount }) => [id === foreign, amount])).toEqual([[false, '2.5']]);
    expect(decided.assessment?.gap?.amount).not.toBeNull();
    const known = await judge('moved', `${args}, knownAt: "${undecided.knownAt}"`);
    expect(known).toEqual(undecided);
  });

  test('without those that do not pass over, which are told', async () => {
    const { entriesLeftOut, assessment } = await judge('toZhejiang', 'decision: "creditCompletion", at: "2020-12-31"');
    expect(entriesLeftOut).toMatchObject([{ amount: '1.5' }]);
    expect(assessment?.ledgers.flatMap(({ entries }) => entries.map(({ id }) => id))).not.toContain(entriesLeftOut[0]?.id);
  });

  test('by the rules of an invented place as well, with its own facts', async () => {
    const at = (await write(database, async (writer) => {
      await database.admin.em.fork().execute(`insert into jurisdiction (code, name_zh, name_en, parent_code) values ('990000', 'A', 'A', 'CN') on conflict do nothing`);
      const school = await writer.institution({ name: 'Arcadia', place: '990000' });
      people['arcadian'] = await writer.teacher({ name: 'Arcadian', jobs: [{ institution: school }] });
    })).recordedAt;
    const { assessment, knownAt } = await judge('arcadian', 'decision: "creditCompletion", at: "2020-12-31"');
    expect(assessment?.jurisdiction.code).toBe('990000');
    expect(knownAt).toBe(formatInstant(at));
  });
});

describe('what was known', () => {
  test('later is not seen earlier: acts, corrections of employments and properties', async () => {
    const args = 'decision: "creditCompletion", at: "2020-12-31"';
    const before = await judge('short', args);
    const row = (id: string): string => Buffer.from(id, 'base64url').toString().split(':')[1] ?? '';
    const entry = before.assessment?.ledgers[0]?.entries[0]?.id ?? '';
    await write(database, (writer) => writer.act(row(entry), 'reversed'));
    const reversed = await judge('short', args);
    expect(reversed.assessment?.ledgers[0]?.entries.find(({ id }) => id === entry)).toMatchObject({ nowhere: 'REVERSED' });
    await write(database, async (writer) => {
      await writer.supersedeJobs(people['short'] ?? '');
      await writer.job(people['short'] ?? '', 'A short', { institution: schools['zhejiang'] ?? '', from: '2012-09-01' });
    });
    expect((await judge('short', args)).assessment?.jurisdiction.code).toBe('330106');
    for (const known of [before, reversed]) {
      expect(await judge('short', `${args}, knownAt: "${known.knownAt}"`)).toEqual(known);
      // A moment between two recordings is that of the one before.
      const between = new Date(Date.parse(known.knownAt) + 0.5).toISOString();
      expect((await judge('short', `${args}, knownAt: "${between}"`)).knownAt).toBe(known.knownAt);
    }
    const history = await ask(app, `{ node(id: "${entry}") { ... on CreditEntry { status history { act recordedAt source } } } }`);
    expect(history.data?.['node']).toMatchObject({ status: 'REVERSED', history: [{ act: 'RECOGNISED', source: 'test' }, { act: 'REVERSED', source: 'test' }] });
  });

  test('before the person was recorded is nothing, and the answer says so', async () => {
    expect(await judge('none', 'decision: "creditCompletion", at: "2020-12-31", knownAt: "2020-01-01"')).toMatchObject({ knownAt: '1970-01-01T08:00:00+08:00', assessment: null, userErrors: [{ code: 'NOT_EMPLOYED' }] });
    const { data } = await ask(app, `{ teacher(id: "${globalId('Teacher', people['none'] ?? '')}", knownAt: "2020-01-01") { id } }`);
    expect(data).toEqual({ teacher: null });
  });
});

describe('what is wrong with a question', () => {
  test.each([
    ['decision: "creditComplexion"', 'UNKNOWN_DECISION', 'decision'],
    ['rule: "sh-2016-credit/nothing"', 'UNKNOWN_RULE', 'rule'],
    ['decision: "creditCompletion", rule: "x"', 'NOT_ONE_SUBJECT', 'rule'],
    ['at: "2020-12-31"', 'NOT_ONE_SUBJECT', 'decision'],
    ['decision: "creditCompletion", readings: [{rule: "sh-2016-credit/nothing", reading: "x"}]', 'UNKNOWN_RULE', 'readings[0].rule'],
    ['decision: "creditCompletion", readings: [{rule: "x", reading: "y"}], allReadings: true', 'CONFLICT', 'readings'],
  ])('is told in the outcome: %s', async (args, code, path) => {
    const { userErrors, assessment } = await judge('none', args);
    expect(assessment).toBeNull();
    expect(userErrors).toContainEqual(expect.objectContaining({ code, path }));
  });

  test('assessments of pages count as questions, over all fields and aliases', async () => {
    const page = (alias: string, first: string | number): string => `${alias}: teachers(first: ${first}) { nodes { assessment(decision: "creditCompletion") { assessment { verdict } } } }`;
    expect(codesOf(await ask(app, `{ ${page('a', 100)} }`))).toEqual([]);
    expect(codesOf(await ask(app, `{ ${page('a', 60)} ${page('b', 41)} }`))).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, `query ($n: Int) { ${page('a', '$n')} ${page('b', '$n')} }`, { n: 51 }))).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, `query ($n: Int) { ${page('a', '$n')} ${page('b', '$n')} }`, { n: 50 }))).toEqual([]);
    expect(codesOf(await ask(app, '{ institutions { nodes { teachers { nodes { assessment(decision: "creditCompletion") { assessment { verdict } } } } } } }'))).toEqual(['TOO_MANY']);
    const ids = list(100, () => globalId('Teacher', people['none'] ?? ''));
    expect(codesOf(await ask(app, 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Teacher { a: assessment(decision: "x") { userErrors { code } } b: assessment(decision: "x") { userErrors { code } } } } }', { ids }))).toEqual(['TOO_MANY']);
    expect(codesOf(await ask(app, '{ teachers(first: 100) { nodes { credits(first: 100) { nodes { id history { act recordedAt source } labelledAttributes { name label value valueLabel } } } } } }'))).toEqual(['QUERY_TOO_COSTLY']);
  });
});

test('amounts stay exact through JSON, however large or fine', async () => {
  const { result } = await write(database, (writer) =>
    writer.teacher({ name: 'Exact', jobs: [{ institution: schools['shanghai'] ?? '' }], entries: ['9007199254740993', '9223372036854775807', '7', '0', null].map((units, index) => ({ place: '310101', units, on: `2018-01-0${index + 1}`, attributes: { level: 'district', category: 'practice' } })) }),
  );
  const { data } = await ask(app, `{ teacher(id: "${globalId('Teacher', result)}") { credits { nodes { amount } } assessment(decision: "creditCompletion", at: "2020-12-31") { userErrors { code path value } } } }`);
  const { credits, assessment } = data?.['teacher'] as { credits: unknown; assessment: unknown };
  expect(credits).toEqual({ nodes: ['90071992547409.93', '92233720368547758.07', '0.07', '0', null].map((amount) => ({ amount })) });
  // More than anyone can have earned is refused with what was found, digit by digit.
  expect(JSON.stringify(assessment)).toContain('92233720368547758.07');
});

test('a page is answered the same interpreted and compiled, and by Node whatever the order of fields', async () => {
  const query = `query ($at: Instant) { teachers(first: 30, at: $at) { totalCount edges { cursor node { __typename id name employment(at: "2018-01-01") { institution { name } } employments { from to isMain } roles { role } credits(last: 2) { pageInfo { hasPreviousPage } nodes { id attributes } } assessment(decision: "creditCompletion") { ${OUTCOME} } } } } node(id: "${globalId('Teacher', people['none'] ?? '')}") { ... on Teacher { name assessment(decision: "nothing") { userErrors { code } } } id } }`;
  const answers: unknown[] = [];
  for (let round = 0; round < 3; round++) {
    const { data, errors } = await ask(app, query, { at: '2020-12-31' }, { 'x-request-id': 'same' });
    answers.push({ data, errors });
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect((answers[0] as { errors: unknown }).errors).toBeUndefined();
});
