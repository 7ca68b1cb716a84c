import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId, readGlobalId } from '../../src/graphql/relay/global-id.ts';
import type { TestDatabase } from '../support/database.ts';
import { write } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf, isForRequest } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let app: FastifyInstance;
let database: TestDatabase;
let teacher = '';
let school = '';
let entry = '';

beforeAll(async () => {
  database = await testDatabase();
  app = await testApp({ database, registry: await loadRegistry() });
  await write(database, async (writer) => {
    const row = await writer.institution({ name: 'School', place: '310101' });
    const person = await writer.teacher({ name: 'Anna', jobs: [{ institution: row }] });
    const credits = await writer.entry(person, { place: '310101', attributes: { level: 'district', degree: { certificate: true, higherThanHeld: false }, unknown: 1 }, institution: row });
    await writer.act(credits, 'reversed');
    [school, teacher, entry] = [globalId('Institution', row), globalId('Teacher', person), globalId('CreditEntry', credits)];
  });
}, 120_000);
afterAll(() => app.close());

const NODE = '__typename id ... on Teacher { name } ... on Institution { label: name } ... on CreditEntry { book status }';

describe('node and nodes', () => {
  test('find every type by its global id, and nothing under ids of nothing', async () => {
    for (let round = 0; round < 3; round++) {
      const { data, errors } = await ask(app, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${NODE} } node(id: "${teacher}") { ${NODE} } }`, { ids: [school, entry, teacher, globalId('Teacher', '4711'), globalId('StoredAssessment', '4711'), teacher] });
      expect(errors).toBeUndefined();
      const anna = { __typename: 'Teacher', id: teacher, name: 'Anna' };
      expect(data).toEqual({ node: anna, nodes: [{ __typename: 'Institution', id: school, label: 'School' }, { __typename: 'CreditEntry', id: entry, book: 'entries', status: 'REVERSED' }, anna, null, null, anna] });
    }
  });

  test('give null for an act on an entry, which is none, and for the id of another type', async () => {
    const act = globalId('CreditEntry', String(Number(readGlobalId(entry)?.id) + 1));
    const foreign = Buffer.from('Principal:1').toString('base64url');
    expect((await ask(app, `{ a: node(id: "${act}") { id } b: node(id: "${foreign}") { id } }`)).data).toEqual({ a: null, b: null });
  });

  test('refuse what is no global id, all of it at once, in both languages', async () => {
    const malformed = ['', '17', 'Teacher:1', `${teacher}=`, Buffer.from('Teacher:01').toString('base64url'), Buffer.from('Teacher:99999999999999999999').toString('base64url'), Buffer.from("Teacher:1'").toString('base64url'), 'x'.repeat(5_000)];
    for (const language of ['zh', 'en']) {
      const { data, errors } = await ask(app, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [teacher, ...malformed] }, { 'accept-language': language });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_ID' });
      expect(errors?.[0]?.extensions['problems']).toHaveLength(malformed.length);
    }
    for (const field of ['node', 'teacher', 'institution']) expect(codesOf(await ask(app, `{ ${field}(id: "17") { id } }`))).toEqual(['INVALID_ID']);
    expect(codesOf(await ask(app, `{ teacher(id: "${school}") { id } }`))).toEqual(['INVALID_ID']);
  });

  test('take up to a hundred ids and read them with a statement for each type', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => [teacher, school, entry][index % 3] ?? '');
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await dataStatementsOf(() => ask(app, query, { ids }))).toHaveLength(5);
    expect(codesOf(await ask(app, query, { ids: [...ids, teacher] }))).toEqual(['TOO_MANY']);
  });
});

test('an entry shows what its place declares about it, and what it does not', async () => {
  const { data } = await ask(app, `{ node(id: "${entry}") { ... on CreditEntry { attributes labelledAttributes { name label value valueLabel } institution { name } courseTitle decides revision unitLabel jurisdiction { code } } } }`, undefined, { 'accept-language': 'en' });
  expect(data?.['node']).toEqual({
    attributes: { level: 'district', degree: { certificate: true, higherThanHeld: false }, unknown: 1 },
    labelledAttributes: expect.arrayContaining([
      { name: 'level', label: 'level', value: 'district', valueLabel: expect.any(String) as string },
      { name: 'degree.certificate', label: 'degree certificate', value: true, valueLabel: null },
      { name: 'unknown', label: null, value: 1, valueLabel: null },
    ]) as unknown,
    institution: { name: 'School' },
    courseTitle: null,
    decides: null,
    revision: 1,
    unitLabel: 'credits',
    jurisdiction: { code: '310101' },
  });
});

test('identity numbers and days of birth are in the fields that show them in part alone, and in what is given in by hand', async () => {
  const { data } = await ask(app, '{ __schema { types { name fields { name description } inputFields { name } } } }');
  const { types } = (data as { __schema: { types: { name: string; fields: { name: string }[] | null; inputFields: { name: string }[] | null }[] } }).__schema;
  const found = types.flatMap(({ name, fields, inputFields }) => [...(fields ?? []), ...(inputFields ?? [])].map((field) => `${name}.${field.name}`)).filter((name) => /identity|idNumber|birth|phone|cipher/i.test(name));
  expect(found.sort()).toEqual(['IdentityNumber.id', 'IdentityNumber.kind', 'IdentityNumber.number', 'RevealInput.identityNumber', 'Teacher.birthDate', 'Teacher.identityNumbers', 'Teacher.phone']);
});

describe('without a store', () => {
  test('what needs one is refused with a code, and the rest is answered', async () => {
    const bare = await testApp({ registry: await loadRegistry() });
    try {
      for (const field of [`node(id: "${teacher}") { id }`, 'teachers { nodes { id } }', 'institutions { totalCount }', `teacher(id: "${teacher}") { id }`]) {
        for (const language of ['zh', 'en']) {
          const answer = await ask(bare, `{ ${field} about { name } }`, undefined, { 'accept-language': language });
          expect(codesOf(answer)).toEqual(['STORE_UNAVAILABLE']);
        }
      }
      const rest = await ask(bare, `{ assess(input: {jurisdiction: "310101", decision: "creditCompletion", at: "2020-12-31", facts: {}}) { knownAt entriesLeftOut { id } assessment { verdict } } }`);
      expect(codesOf(rest)).toEqual([]);
      expect(rest.data?.['assess']).toMatchObject({ knownAt: null, entriesLeftOut: [] });
    } finally {
      await bare.close();
    }
  });

  test('whose connection is lost while it reads is told with a hint, its own words are not, and later requests are answered', async () => {
    let isSlow = true;
    const sleepy = (): unknown => {
      const em = database.orm.em.fork();
      const execute = (query: string, params: unknown[]): Promise<unknown> => em.execute(isSlow && !isForRequest(query) ? 'select pg_sleep(20), 4711' : query, isSlow && !isForRequest(query) ? [] : params);
      return { begin: () => em.begin(), commit: () => em.commit(), rollback: () => em.rollback(), execute };
    };
    const lost = await testApp({ database: { ...database, close: async () => undefined, orm: { em: { fork: sleepy } } } as never, registry: await loadRegistry() });
    const admin = await database.connect();
    try {
      for (const language of ['zh', 'en', 'en']) {
        let isOver = false;
        const asked = ask(lost, '{ teachers { nodes { id } } }', undefined, { 'accept-language': language }).finally(() => (isOver = true));
        while (!isOver) {
          await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like '%4711%' and pid <> pg_backend_pid()`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const answer = await asked;
        expect(codesOf(answer)).toEqual(['STORE_UNAVAILABLE']);
        expect(answer.errors?.[0]?.message).toMatch(language === 'zh' ? /稍后重试/ : /Try again/);
        expect(JSON.stringify(answer.errors)).not.toMatch(/pg_sleep|terminat|administrator command/i);
      }
      isSlow = false;
      // A connection of the pool may still have to find out.
      await expect.poll(async () => codesOf(await ask(lost, '{ teachers { nodes { id } } }'))).toEqual([]);
    } finally {
      await admin.end();
      await lost.close();
    }
  });

  test('whose statement takes too long is told as one that may answer later', async () => {
    const slow = await testDatabase();
    const sleepy = (): unknown => {
      const em = slow.orm.em.fork();
      const execute = async (query: string, params: unknown[]): Promise<unknown> => {
        if (isForRequest(query)) return em.execute(query, params);
        await em.execute('set local statement_timeout = 20');
        return em.execute('select pg_sleep(1)');
      };
      return { begin: () => em.begin(), commit: () => em.commit(), rollback: () => em.rollback(), execute };
    };
    const late = await testApp({ database: { ...slow, orm: { em: { fork: sleepy } } } as never, registry: await loadRegistry() });
    try {
      for (let round = 0; round < 3; round++) expect(codesOf(await ask(late, '{ teachers { nodes { id } } }'))).toEqual(['QUERY_TIMEOUT']);
    } finally {
      await late.close();
    }
  });
});
