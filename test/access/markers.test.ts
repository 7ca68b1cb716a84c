import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS } from '../../src/access/policy/columns.ts';
import type { AudienceName } from '../../src/access/policy/audiences.ts';
import { sensitivityFaults, sensitivityOfField } from '../../src/access/policy/sensitivity.ts';
import { allRows, readFields } from '../../src/access/policy/table.ts';
import type { Subject } from '../../src/access/principal.ts';
import { checkDigitOf } from '../../src/kernel/identity-number.ts';
import { sensitivityOf } from '../../src/kernel/facts.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { DISTRICT, FAR, holderOf, makeWorld, teacherId } from '../support/access-world.ts';
import { NATIONAL, TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { fileOf, importInto, rowsOf } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

const NUMBER = `11010119770913001${checkDigitOf('11010119770913001')}`;
/** What lies sealed, and is in no table, log, number, error or answer but where it is asked for by whoever may. */
const SEALED = { number: NUMBER, phone: '13977009131', birthDate: '1977-09-13', fact: 'PLANTEDFACT', reason: 'PLANTEDREASON', claim: 'PLANTEDCLAIM' };
const NAME = '钱标记';

let database: TestDatabase;
let records: Records;
let app: FastifyInstance;
let folder: string;
let asked: Subject | null = NATIONAL;
let person: string;
const lines: string[] = [];
const answers: Record<string, string> = {};

const as = async (subject: Subject | null, name: string, query: string, variables?: object): Promise<GraphqlAnswer> => {
  asked = subject;
  const answer = await ask(app, query, variables);
  answers[name] = JSON.stringify({ data: answer.data, errors: answer.errors });
  return answer;
};

beforeAll(async () => {
  database = await testDatabase();
  await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-markers-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, asks: () => asked, environment: { LOG_LEVEL: 'trace', LOG_REQUESTS: '1' }, logTo: { write: (line) => void lines.push(line) } });
  const results = await importInto(database, [fileOf('i.csv', `key,name,jurisdiction\nM1,标记小学,${DISTRICT}\n`), fileOf('t.csv', `key,name,identityNumber,birthDate,phone,institution,from\nM1,${NAME},${SEALED.number},${SEALED.birthDate},${SEALED.phone},M1,2016-09-01\n`)]);
  expect(results.map(({ status }) => status)).toEqual(['taken', 'taken']);
  person = (await rowsOf<{ id: string }>(database, `select id::text as id from person where name = '${NAME}'`))[0]?.id ?? '';
  const facts = `facts: {developmentSchool: "none", roles: [], cycleStartOn: "2016-01-01", entries: [{id: "${SEALED.fact}", credits: "12.5", completedOn: "2018-05-01", level: "municipal", category: "knowledgeSkills"}]}`;
  const stored = await as(NATIONAL, 'recorder', `mutation { assessmentRecord(input: {jurisdiction: "${DISTRICT}", decision: "creditCompletion", at: "2020-12-31", ${facts}}) { storedAssessment { id } userErrors { code } } }`);
  expect(stored.data).toMatchObject({ assessmentRecord: { userErrors: [] } });
  const reveal = (field: string): string => `mutation { reveal(input: {teacher: "${teacherId(person)}", field: ${field}, purpose: CONTACT, reason: "${SEALED.reason}"}) { value userErrors { code } } }`;
  for (const field of ['IDENTITY_NUMBER', 'PHONE', 'BIRTH_DATE']) expect((await as(NATIONAL, `reveal ${field}`, reveal(field))).data).toMatchObject({ reveal: { userErrors: [] } });
  const claim = await as(holderOf('TEACHER'), 'claim', `mutation { correctionRequest(input: {wrong: "${SEALED.claim}", right: "${SEALED.claim}"}) { userErrors { code message } } }`);
  expect(claim.data).toEqual({ correctionRequest: { userErrors: [] } });
  // Those who may not, by every way that errors are told.
  const all = `{ teacher(id: "${teacherId(person)}") { name birthDate phone sex identityNumbers { number } } }`;
  for (const role of ['ANALYST', 'PROVIDER_LEAD', 'AUDITOR', 'SECURITY_OFFICER', 'SYSTEM_ADMINISTRATOR', 'LEARNER', 'TEACHER'] as const) {
    await as(holderOf(role), `${role} asks`, all);
    await as(holderOf(role), `${role} reveals`, reveal('PHONE'));
  }
  await as(null, 'nobody asks', all);
  await as(NATIONAL, 'a bad reason', `mutation { reveal(input: {teacher: "${teacherId(person)}", field: PHONE, purpose: CONTACT, reason: "${SEALED.reason}\\u0007"}) { value userErrors { code message value } } }`);
  await as(NATIONAL, 'a number for an id', `mutation { reveal(input: {teacher: "${teacherId(person)}", field: IDENTITY_NUMBER, purpose: CONTACT, reason: "${SEALED.reason}", identityNumber: "x"}) { value userErrors { code message value } } }`);
  await as(NATIONAL, 'a list', `{ teachers(first: 100, filter: {jurisdiction: "${FAR}"}) { nodes { name phone } } }`);
  const refused = await importInto(database, [fileOf('t.csv', `key,name,identityNumber,birthDate,phone,institution,from\nM1,${NAME},,1977-09-14,13977009132,M1,2016-09-01\nM2,他,${SEALED.number},1977-09-15,x,M1,2016-09-01\n`)]);
  answers['a refused import'] = JSON.stringify(refused);
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const values = Object.entries(SEALED);

describe('planted values', () => {
  test.each(values)('%s lies in no table, as text or as bytes', async (_what, value) => {
    for (const { name } of await rowsOf<{ name: string }>(database, `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)) {
      const found = await rowsOf<{ row: string }>(database, `select t::text as row from "${name}" t`);
      expect([name, found.filter(({ row }) => row.includes(value) || row.includes(Buffer.from(value).toString('hex')) || row.includes(Buffer.from(value).toString('base64').slice(0, -4)))]).toEqual([name, []]);
    }
  });

  test.each([...values, ['name', NAME]])('%s is in no log and in no number of the operator', async (_what, value) => {
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.includes(value))).toEqual([]);
    const metrics = await app.inject({ method: 'GET', url: '/metrics' });
    expect([metrics.statusCode, metrics.body.includes(value)]).toEqual([200, false]);
  });

  test.each(values)('%s is in no answer but that of whoever revealed it', (_what, value) => {
    const found = Object.entries(answers).flatMap(([name, answer]) => (answer.includes(value) ? [name] : []));
    expect(found.filter((name) => !name.startsWith('reveal '))).toEqual([]);
  });

  test('the name is in full in no answer of those who do not know people', () => {
    const found = Object.entries(answers).filter(([name, answer]) => answer.includes(NAME) && name !== 'a refused import').map(([name]) => name);
    expect(found).toEqual([]);
  });
});

describe('classes of sensitivity', () => {
  test('every column of the store has one, and no other has', () => {
    const inStore = [...database.admin.getMetadata().getAll().values()].flatMap(({ tableName, props }) => props.flatMap(({ fieldNames }) => fieldNames.map((column) => `${tableName}.${column}`)));
    const inTable = Object.entries(COLUMNS).flatMap(([table, classes]) => Object.values(classes).flatMap((columns) => [...readFields(columns).keys()].map((column) => `${table}.${column}`)));
    expect(inTable.sort()).toEqual(inStore.sort());
  });

  test('what is sealed is sensitive, and what is sensitive is sealed, hashed or marked value by value', () => {
    const sensitive = Object.entries(COLUMNS).flatMap(([table, { sensitive: columns = '' }]) => [...readFields(columns).keys()].map((column) => `${table}.${column}`));
    expect(sensitive.sort()).toEqual(['access_record.purpose', 'audit_trail.actor', 'audit_trail.after', 'audit_trail.before', 'correction.claim_cipher', 'correction.reason_cipher', 'invitation.word_hash', 'person_identity.number_cipher', 'person_identity.number_index', 'person_private.value_cipher', 'stored_assessment.answer', 'stored_assessment.question']);
  });

  test('every field of the API has one by the table of fields, and nothing sensitive is for whoever asks', () => {
    expect(sensitivityFaults()).toEqual([]);
    const of = (coordinate: string): unknown => sensitivityOfField(...(coordinate.split('.') as [string, string]));
    expect(['Rule.summary', 'Institution.name', 'Teacher.name', 'Teacher.phone', 'RevealPayload.value', 'StoredAssessment.facts', 'Teacher.unheardOf'].map(of)).toEqual(['public', 'internal', 'personal', 'sensitive', 'sensitive', 'sensitive', undefined]);
    for (const coordinate of allRows().keys()) expect([coordinate, of(coordinate)]).toEqual([coordinate, expect.stringMatching(/^(public|internal|personal|sensitive)$/)]);
    const rows = allRows() as Map<string, { audience: AudienceName; args: readonly string[] }>;
    const phone = rows.get('Teacher.phone');
    rows.set('Teacher.phone', { audience: 'EVERYONE', args: [] });
    try {
      expect(sensitivityFaults()).toEqual(['a sensitive field is for whoever asks: Teacher.phone']);
    } finally {
      if (phone) rows.set('Teacher.phone', phone);
    }
  });

  test('a fact of which a plugin does not say is personal', () => {
    expect([sensitivityOf({}), sensitivityOf({ sensitivity: 'public' }), sensitivityOf({ sensitivity: 'sensitive' })]).toEqual(['personal', 'public', 'sensitive']);
  });
});
