import { sealIdentity, sealPrivate } from '../../src/persistence/keys/private-values.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { TokenVerifier } from '../../src/access/tokens/token-verifier.ts';
import { readConfig } from '../../src/config.ts';
import { identifyBy } from '../../src/http/identify.ts';
import { exportStream } from '../../src/http/own-data/export-lines.ts';
import { Places } from '../../src/http/own-data/places.ts';
import { catalogOf } from '../../src/i18n/catalog.ts';
import { countOwnData, ownDataAsOf, readOwnData } from '../../src/persistence/own-data/read-own-data.ts';
import { columnsOf } from '../../src/persistence/own-data/section.ts';
import { NOT_GONE_BY, OWN_SECTIONS } from '../../src/persistence/own-data/sections.ts';
import { enter } from '../../src/persistence/repositories/accounts.ts';
import { RequestStore } from '../../src/persistence/request-store.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { DISTRICT, holderOf, makeWorld, STANDINGS, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { write } from '../support/builders.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { statementsOf } from '../support/query-count.ts';
import { ask, testApp } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let registry: Registry;
let records: Records;
let app: FastifyInstance;
let asked: Subject | null = null;
let folder: string;
const log: string[] = [];
const silent = { warn: () => undefined, error: () => undefined, info: () => undefined };
const NUMBER = '310101199001011235';

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  registry = await loadRegistry();
  await plant('own', 'OWNMARK');
  await plant('institution', 'OTHERMARK');
  folder = mkdtempSync(join(tmpdir(), 'shixun-own-data-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: silent });
  app = await testApp({ database, records, registry, now: Date.now() as never, asks: () => asked, environment: { LOG_LEVEL: 'trace' }, logTo: { write: (line) => void log.push(line) } });
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const sql = <Row extends object>(query: string, params: readonly unknown[] = []): Promise<Row[]> => database.admin.em.fork().execute(query, [...params]) as Promise<Row[]>;

/** A row of every table about a person, each with a mark of its own: `OWNMARK-employment`. */
async function plant(standing: 'own' | 'institution', mark: string): Promise<void> {
  const person = world.people[standing];
  const { institutions } = world;
  await write(database, async (writer) => {
    await writer.job(person, `${mark}-job`, { institution: institutions.other, isMain: false, subject: `${mark}-employment`, from: '2015-01-01' });
    const late = await writer.job(person, `${mark}-job`, { institution: institutions.far, isMain: false, subject: `${mark}-superseded`, from: '2016-01-01' });
    await writer.supersede('employment', late);
    await writer.entry(person, { place: DISTRICT, units: 150, attributes: { note: `${mark}-credit`, level: 'district' } });
    const refused = await writer.entry(person, { place: DISTRICT, attributes: { note: `${mark}-act` } });
    await writer.act(refused, 'refused');
  });
  const recorded = '(select max(recorded_at) from recording), (select min(id) from source)';
  await sql(`insert into person_role (person_id, role, province_code, from_on, recorded_at, source_id, source_key) values (?, 'headTeacher', '310000', '2014-01-01', ${recorded}, ?)`, [person, `${mark}-role`]);
  await sql(`insert into person_property (person_id, name, value, recorded_at, source_id, source_key) values (?, 'onStaffList', ?, ${recorded}, 'x')`, [person, JSON.stringify(`${mark}-property`)]);
  await sql(`insert into person_property (person_id, name, value, recorded_at, source_id, source_key, superseded_at) values (?, '@name', ?, ${recorded}, 'x', (select max(recorded_at) from recording))`, [person, JSON.stringify(`${mark}-formerName`)]);
  await sql('insert into person_key (source_id, source_key, person_id, recorded_at) values ((select min(id) from source), ?, ?, (select max(recorded_at) from recording))', [`${mark}-key`, person]);
  await sql('delete from person_identity where person_id = ?', [person]);
  await sql('delete from person_private where person_id = ?', [person]);
  await sql(`insert into person_identity (person_id, kind, number_cipher, number_index, recorded_at, source_id, source_key) values (?, 'resident', ?, ?, ${recorded}, ?)`, [person, sealIdentity(database.keys.current, `${mark}-${NUMBER}`), database.keys.current.index(`${mark}-${NUMBER}`), `${mark}-identity`]);
  await sql(`insert into person_private (person_id, name, value_cipher, recorded_at, source_id, source_key) values (?, 'phone', ?, ${recorded}, 'x')`, [person, sealPrivate(database.keys.current, 'phone', `${mark}-phone`)]);
  const [account] = await sql<{ id: string }>(`insert into account (issuer, subject, kind, display_name, person_id, recorded_at) values ('second', ?, 'person', ?, ?, now()) returning id::text as id`, [`${mark}-account`, `${mark}-name`, person]);
  const assessment = (who: string | null, by: string | null, note: string): Promise<unknown> =>
    sql(
      `insert into stored_assessment (person_id, jurisdiction_code, province_code, subject, at, law_at, known_at, question, answer, answer_hash, verdict, rulebook_hash, content_hash, engine, recorded_at, source_id, source_key, account_id)
       values (?, '310101', '310000', 'decision:creditCompletion', now(), now(), now(), ?, '{}', 'x', 'MET', 'x', 'x', '{}', ${recorded}, ?, ?)`,
      [who, JSON.stringify({ facts: { note } }), note, by],
    );
  await assessment(person, null, `${mark}-assessment`);
  await assessment(null, account?.id ?? null, `${mark}-assessmentAsked`);
  const [other] = await sql<{ id: string }>(`insert into account (issuer, subject, kind, display_name, recorded_at) values ('helper', ?, 'person', ?, now()) returning id::text as id`, [`${mark}-delegationGiven`, `HIDDENMARK-${mark}-name`]);
  const grant = (of: unknown, by: unknown, ended: unknown, from: string): Promise<unknown> =>
    sql(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, granted_by, recorded_at, revoked_at, revoked_by) values (?, 'ASSOCIATION', 'jurisdiction', '310101', '310000', '310101', ?, ?, now(), ?, ?)`, [of, from, by, ended && '2026-01-01', ended]);
  await grant(account?.id, other?.id, null, '2001-01-01');
  await grant(other?.id, account?.id, null, '2002-01-01');
  await grant(other?.id, null, account?.id, '2003-01-01');
  const delegate = (who: unknown, to: unknown, by: unknown): Promise<unknown> => sql(`insert into delegation (person_id, account_id, actions, from_at, to_at, granted_by, recorded_at) values (?, ?, '{VIEW}', '2020-01-01', '2020-02-01', ?, now())`, [who, to, by]);
  await delegate(person, other?.id, account?.id);
  await delegate(world.people.elsewhere, account?.id, other?.id);
  const invite = (who: unknown, by: unknown): Promise<unknown> => sql(`insert into invitation (person_id, word_hash, invited_by, recorded_at, expires_at) values (?, ?, ?, now(), '2026-12-01')`, [who, Buffer.from(`${mark}${String(who)}`), by]);
  await invite(person, other?.id);
  await invite(world.people.elsewhere, account?.id);
}

type Line = Readonly<Record<string, unknown>> & { readonly type: string };
interface Export {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly lines: readonly Line[];
}
async function exported(as: Subject | null, language = 'en', server = app): Promise<Export> {
  asked = as;
  const response = await server.inject({ method: 'GET', url: '/me/data', headers: { 'accept-language': language } });
  const lines = response.statusCode === 200 ? response.body.trimEnd().split('\n').map((line) => JSON.parse(line) as Line) : [];
  return { status: response.statusCode, headers: response.headers, body: response.body, lines };
}
const codeOf = ({ body }: Export): unknown => (JSON.parse(body) as { errors: { extensions: { code: unknown } }[] }).errors[0]?.extensions.code;
/** What is counted against the limit of an hour is taken away: as the superuser, whom no trigger stops. */
const forgetAccesses = async (): Promise<void> => {
  await database.admin.em.fork().execute(`set session_replication_role = replica; delete from access_record; set session_replication_role = origin`);
};

describe('the table of own data', () => {
  interface Column {
    readonly table: string;
    readonly column: string;
    readonly leadsTo: boolean;
  }
  const columns = (): Column[] =>
    [...database.admin.getMetadata().getAll().values()].flatMap(({ tableName, props }) =>
      props.flatMap(({ fieldNames, targetMeta }) =>
        fieldNames.map((column) => ({ table: tableName, column, leadsTo: ['person', 'account'].includes(targetMeta?.tableName ?? '') || /^(person|account|persons|principal|principal_key|actor|on_behalf_of|\w+_by)$|^(person|account)_id$/.test(column) })),
      ),
    );

  test('goes by every column of the store that leads to a person or an account, or says why not', () => {
    const gone = new Set(OWN_SECTIONS.map(({ table, by }) => `${table}.${by.column}`));
    const leading = columns().filter(({ leadsTo }) => leadsTo).map(({ table, column }) => `${table}.${column}`);
    expect(leading.length).toBeGreaterThan(20);
    expect(leading.filter((name) => !gone.has(name) && !(name in NOT_GONE_BY))).toEqual([]);
    // What is said not to be gone by is there, and is not gone by after all.
    expect(Object.keys(NOT_GONE_BY).filter((name) => !leading.includes(name) || gone.has(name))).toEqual([]);
  });

  test('tells of every column of each of its tables, or says why not', () => {
    const tables = new Set(OWN_SECTIONS.map(({ table }) => table));
    const told = (of: string): Set<string> => new Set(OWN_SECTIONS.filter(({ table }) => table === of).flatMap((section) => [...columnsOf(section), ...Object.keys(section.omits)]));
    expect(columns().filter(({ table, column }) => tables.has(table) && !told(table).has(column)).map(({ table, column }) => `${table}.${column}`)).toEqual([]);
    const known = new Set(columns().map(({ table, column }) => `${table}.${column}`));
    expect([...tables].flatMap((table) => [...told(table)].map((column) => `${table}.${column}`)).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the export of the own data', () => {
  test('has something of every section, each row once, with its source and time, between a first and a last line', async () => {
    const { status, headers, lines, body } = await exported(holderOf('TEACHER'));
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store', 'content-language': 'en', 'content-disposition': expect.stringMatching(/^attachment; filename="shixun-own-data-\d{4}-\d\d-\d\d\.ndjson"$/) as string });
    expect(lines[0]).toMatchObject({ type: 'ownData', person: teacherId(world.people.own), language: 'en' });
    const rows = lines.slice(1, -1);
    const counted = Object.fromEntries(OWN_SECTIONS.map(({ name }) => [name, rows.filter(({ type }) => type === name).length]));
    expect(Object.entries(counted).filter(([, count]) => count === 0)).toEqual([]);
    expect(lines[0]?.['rows']).toEqual(counted);
    expect(lines.at(-1)).toEqual({ type: 'end', rows: counted });
    for (const { type, ...row } of rows) {
      const when = row['recordedAt'];
      expect([type, when]).toEqual([type, expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+08:00$/)]);
    }
    for (const name of ['person', 'employment', 'role', 'property', 'formerName', 'credit', 'assessment', 'key', 'identity', 'private']) expect(rows.filter(({ type }) => type === name).every(({ source }) => source === 'test'), name).toBe(true);
    expect(rows.filter(({ type }) => type === 'correction')).toEqual([expect.objectContaining({ about: 'MISSING', state: 'SUBMITTED', reason: null, record: null, claim: { wrong: 'secret-claim-own', right: 'otherwise', values: null, evidence: null } })]);
    expect(new Set(body.match(/OWNMARK-\w+/g))).toEqual(
      new Set(['OWNMARK-employment', 'OWNMARK-superseded', 'OWNMARK-credit', 'OWNMARK-act', 'OWNMARK-role', 'OWNMARK-property', 'OWNMARK-formerName', 'OWNMARK-key', `OWNMARK-${NUMBER}`, 'OWNMARK-identity', 'OWNMARK-account', 'OWNMARK-name', 'OWNMARK-assessment', 'OWNMARK-delegationGiven', 'OWNMARK-phone']),
    );
  });

  test('says what was replaced and what was done, under the ids of the API', async () => {
    await forgetAccesses();
    const { lines } = await exported(holderOf('TEACHER'));
    const of = (type: string): readonly Line[] => lines.filter((line) => line.type === type);
    expect(of('employment').filter((line) => line['supersededAt'] !== null)).toEqual([expect.objectContaining({ subject: 'OWNMARK-superseded' })]);
    expect(of('formerName')).toEqual([expect.objectContaining({ name: 'OWNMARK-formerName', id: expect.any(String) as string })]);
    expect(of('person')).toEqual([expect.objectContaining({ id: teacherId(world.people.own), name: '本人甲' })]);
    const [act] = of('credit').filter((line) => line['act'] === 'refused');
    const refused = of('credit').find((line) => line['id'] === act?.['entry']);
    expect([act?.['id'], refused?.['attributes']]).toEqual([undefined, { note: 'OWNMARK-act' }]);
    expect(of('identity')).toEqual([expect.objectContaining({ kind: 'resident', number: `OWNMARK-${NUMBER}` })]);
    asked = holderOf('TEACHER');
    const found = await ask(app, `{ node(id: "${String(refused?.['id'])}") { ... on CreditEntry { history { act } } } }`);
    expect(found.data).toEqual({ node: { history: [{ act: 'RECOGNISED' }, { act: 'REFUSED' }] } });
  });

  test('has words in the language of the request, where there are any', async () => {
    await forgetAccesses();
    const titles = async (language: string, type: string): Promise<unknown> => (await exported(holderOf('TEACHER'), language)).lines.findLast((line) => line.type === type && line['act'] !== 'refused')?.['titles'];
    expect([await titles('en', 'role'), await titles('zh-CN', 'role')]).toEqual([{ jurisdiction: registry.jurisdictions.get('310000')?.name.en, role: 'head teacher of a class' }, { jurisdiction: registry.jurisdictions.get('310000')?.name.zh, role: '班主任' }]);
    expect(await titles('en', 'credit')).toMatchObject({ amount: '1 credits', book: expect.any(String) as string });
    expect(await titles('zh-CN', 'property')).toEqual({ name: '在编' });
  });

  test('has nothing of other people: not their rows, not the names of their accounts', async () => {
    await forgetAccesses();
    const { body } = await exported(holderOf('TEACHER'));
    expect(body).not.toMatch(/OTHERMARK|HIDDENMARK|secret-claim-(?!own)|同校乙|同区丙|他处丁/);
    for (const standing of STANDINGS.slice(1)) expect(body).not.toContain(teacherId(world.people[standing]));
    expect(body).not.toContain('OWNMARK-assessmentAsked');
  });

  test('is the same with the wall of the database off; and the database gives nothing of others, whoever the API says they are', async () => {
    await forgetAccesses();
    const bare = await testApp({ database: { ...database, orm: database.admin, close: async () => undefined }, registry, now: Date.now() as never, asks: () => asked });
    const withoutTimes = ({ body }: Export): string => body.replace(/"(at|knownAt)":"[^"]*"/g, '').split('\n').slice(1).join('\n');
    expect(withoutTimes(await exported(holderOf('TEACHER'), 'en', bare))).toBe(withoutTimes(await exported(holderOf('TEACHER'))));
    await bare.close();
    await database.orm.em.fork().transactional(async (em) => {
      await enter(em, holderOf('TEACHER'));
      const asOf = await ownDataAsOf(em, world.people.institution);
      expect([...(await countOwnData(em, asOf))].filter(([, count]) => count > 0)).toEqual([]);
      for (const section of OWN_SECTIONS) expect([section.name, (await readOwnData(em, section, asOf, null)).rows]).toEqual([section.name, []]);
    });
  });

  test.each([
    ['nobody', null, 401, 'UNAUTHENTICATED'],
    ['a token without an account', { issuer: 'access', subject: 'unheard of' }, 403, 'FORBIDDEN'],
    ['an account without a person', STRANGER, 403, 'FORBIDDEN'],
    ...(['SCHOOL_ADMINISTRATOR', 'DISTRICT_REVIEWER', 'AUTHORITY', 'ANALYST', 'AUDITOR', 'SECURITY_OFFICER', 'SYSTEM_ADMINISTRATOR'] as const).map((role) => [role, holderOf(role), 403, 'FORBIDDEN'] as const),
  ] as const)('is refused to %s', async (_who, subject, status, code) => {
    const refused = await exported(subject);
    expect([refused.status, codeOf(refused)]).toEqual([status, code]);
    expect(refused.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    const { data } = await ask(app, '{ viewer { may } }');
    expect((data?.['viewer'] as { may: string[] }).may).not.toContain('GET /me/data');
  });

  test('is refused to whoever acts for a teacher', async () => {
    const helper = holderOf('LEARNER');
    await sql(`insert into delegation (person_id, account_id, actions, from_at, to_at, granted_by, recorded_at) select ?, a.id, '{VIEW}', now() - interval '1 hour', now() + interval '1 hour', g.id, now() from account a, account g where a.subject = 'LEARNER' and g.subject = 'TEACHER'`, [world.people.own]);
    const refused = await exported(helper);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN']);
    expect((JSON.parse((await exported(helper, 'zh-CN')).body) as { errors: { message: string }[] }).errors[0]?.message).toContain('尚未与人员关联');
    await sql('update delegation set revoked_at = now() where to_at > now()');
  });

  test('is refused with a token that is none, as the API refuses it', async () => {
    const strict = await testApp({ database: { ...database, close: async () => undefined }, registry, identify: identifyBy(new TokenVerifier(readConfig({}).tokens, null)) });
    const answer = await strict.inject({ method: 'GET', url: '/me/data', headers: { authorization: 'Bearer x.y.z' } });
    expect([answer.statusCode, answer.headers['www-authenticate'], (answer.json() as { errors: { extensions: object }[] }).errors[0]?.extensions]).toEqual([401, 'Bearer error="invalid_token"', { code: 'UNAUTHENTICATED' }]);
    await strict.close();
    const nowhere = await testApp({ as: holderOf('TEACHER') });
    expect((await nowhere.inject({ method: 'GET', url: '/me/data' })).statusCode).toBe(503);
    expect((await nowhere.inject({ method: 'POST', url: '/me/data' })).headers['allow']).toBe('GET');
    await nowhere.close();
  });
});

describe('the limits of the export', () => {
  test('it is put on record before it is given, and is not given without that', async () => {
    await forgetAccesses();
    await exported(holderOf('TEACHER'));
    const [row] = await sql<Record<string, unknown>>(`select a.subject, r.persons::text[] as persons, r.kinds, r.operation, r.count from access_record r join account a on a.id = r.account_id where 'OwnData' = any (r.kinds)`);
    expect(row).toMatchObject({ subject: 'TEACHER', persons: [world.people.own], kinds: ['OwnData'], operation: 'GET /me/data' });
    expect(row?.['count']).toBeGreaterThan(OWN_SECTIONS.length);
    await sql('alter table access_record rename to access_record_away');
    try {
      // The limit of an hour goes by the record: without it nothing is given either.
      const refused = await exported(holderOf('TEACHER'));
      expect(refused.status).toBeGreaterThanOrEqual(500);
      expect(refused.body).not.toContain('OWNMARK');
    } finally {
      await sql('alter table access_record_away rename to access_record');
    }
  });

  test('five times an hour, and again when the hour is over', async () => {
    await forgetAccesses();
    for (let count = 0; count < 5; count++) expect((await exported(holderOf('TEACHER'))).status).toBe(200);
    const refused = await exported(holderOf('TEACHER'));
    expect([refused.status, codeOf(refused), refused.headers['retry-after']]).toEqual([429, 'TOO_MANY_EXPORTS', '3600']);
    await database.admin.em.fork().execute(`set session_replication_role = replica; update access_record set recorded_at = recorded_at - interval '61 minutes'; set session_replication_role = origin`);
    expect((await exported(holderOf('TEACHER'))).status).toBe(200);
  });

  test('the budget, by how much there is', async () => {
    const small = await testApp({ database: { ...database, close: async () => undefined }, registry, budgets: undefined, asks: () => asked, environment: { BUDGET_PERSON: '500' } });
    const refused = await exported(holderOf('TEACHER'), 'en', small);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'BUDGET_EXHAUSTED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await small.close();
  });

  test('one at a time for a person, four in all', () => {
    const places = new Places();
    const first = places.take('1');
    expect(first).not.toBeNull();
    expect(places.take('1')).toBeNull();
    first?.();
    expect(['1', '2', '3', '4', '5'].map((person) => places.take(person) !== null)).toEqual([true, true, true, true, false]);
  });

  const stream = async (idleMs: number, subject = holderOf('TEACHER')) => {
    const store = new RequestStore(database.orm, { isClient: false, name: null, person: null, ...subject });
    await store.principal();
    const asOf = await ownDataAsOf(store, world.people.own);
    const counts = await countOwnData(store, asOf);
    await store.finish();
    const view = { registry, catalog: catalogOf(registry), language: 'en' } as const;
    return exportStream({ store, asOf, counts, view, keys: database.keys, onError: (error) => ({ type: 'error', what: (error as Error).message }) }, idleMs);
  };

  test('it is read a page at a time, and holds no connection in between', async () => {
    await write(database, async (writer) => {
      for (let index = 0; index < 1_100; index++) await writer.entry(world.people.own, { place: DISTRICT });
    });
    const lines: Line[] = [];
    const statements = await statementsOf(async () => {
      for await (const chunk of await stream(60_000)) {
        for (const line of String(chunk).trimEnd().split('\n')) lines.push(JSON.parse(line) as Line);
        expect(database.poolState().inUse).toBeLessThanOrEqual(1);
      }
    });
    const pages = statements.filter((statement) => statement.includes('from credit_ledger t') && !statement.includes('union all'));
    expect(pages).toHaveLength(3);
    const ids = lines.filter(({ type }) => type === 'credit').map((line) => line['id']);
    expect(ids.length).toBeGreaterThan(1_100);
    expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(ids.filter((id) => id !== undefined).length);
    expect(lines.at(-1)?.type).toBe('end');
  });

  test('it ends with an error where the account is linked no more, and nothing more is told', async () => {
    const read: string[] = [];
    for await (const chunk of await stream(60_000)) {
      read.push(String(chunk));
      if (read.length === 1) await sql(`update account set person_id = null where subject = 'TEACHER'`);
    }
    await sql(`update account set person_id = ? where subject = 'TEACHER'`, [world.people.own]);
    expect(JSON.parse(read.join('').trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'error' });
  });

  test('whoever goes away in the middle gives the place back, and no connection is kept', async () => {
    await forgetAccesses();
    asked = holderOf('TEACHER');
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const leave = new AbortController();
    const answer = await fetch(`${address}/me/data`, { signal: leave.signal });
    expect(answer.status).toBe(200);
    await answer.body?.getReader().read();
    leave.abort();
    // The place is free once the server has noticed.
    let status = 0;
    for (let tries = 0; tries < 50 && status !== 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      status = (await exported(holderOf('TEACHER'))).status;
    }
    expect([status, database.poolState().inUse]).toEqual([200, 0]);
  });

  test('whoever takes nothing for a while is waited for no longer', async () => {
    const lines = await stream(50);
    await new Promise((resolve) => lines.once('close', resolve));
    expect(lines.destroyed).toBe(true);
  });

  test('nothing of it is in the log', () => {
    expect(log.join('')).toContain('/me/data');
    expect(log.join('')).not.toMatch(/OWNMARK|secret-claim|本人甲|310101199001011235/);
  });
});
