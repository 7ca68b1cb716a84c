import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { ROLES } from '../../src/access/roles.ts';
import type { Role } from '../../src/access/roles.ts';
import { ROW_READERS } from '../../src/access/row-classes.ts';
import type { RowClass } from '../../src/access/row-classes.ts';
import { AccessGuard } from '../../src/graphql/access/access-guard.ts';
import { RequestAccess } from '../../src/graphql/access/request-access.ts';
import { globalId, NODE_TYPES } from '../../src/graphql/relay/global-id.ts';
import { join as joinAccount } from '../../src/persistence/repositories/accounts.ts';
import { insertGrant } from '../../src/persistence/repositories/role-grants.ts';
import { open } from '../../src/records/audit-row.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { DISTRICT, holderOf, makeWorld, STANDINGS, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld, Standing } from '../support/access-world.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let records: Records;
let app: FastifyInstance;
let asked: Subject | null = null;
let folder: string;
/** Of whoever acted in the records below, and whoever looked. */
let actor: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-records-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, asks: () => asked });
  const em = database.admin.em.fork();
  actor = await joinAccount(em, { ...holderOf('AUTHORITY'), kind: 'person', name: null, person: null });
  for (const standing of STANDINGS) {
    const person = { type: 'Teacher', id: world.people[standing] };
    const nodes = [person, { type: 'CreditEntry', id: world.entries[standing] }, { type: 'StoredAssessment', id: world.assessments[standing] }];
    await em.transactional((transaction) =>
      records.audit.append(transaction, { who: { accountId: actor, displayName: 'Office One', onBehalfOf: person.id, delegationId: '1' }, requestId: `request-${standing}`, action: 'personChange', nodes, before: { phone: `Marker-Before-${standing}`, stage: open('junior') }, after: { phone: `Marker-After-${standing}`, stage: open('senior') }, ruleIds: ['doc/1'] }),
    );
    await records.access.record({ accountId: actor, requestId: `request-${standing}`, operation: 'Look', purpose: `Marker-Purpose-${standing}`, persons: [person.id], kinds: ['Teacher.phone'] });
  }
}, 120_000);
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

function seenBy(role: Role, rowClass: RowClass): Standing[] {
  const widest = Math.max(-1, ...(ROW_READERS[rowClass][role] ?? []).map((relation) => STANDINGS.indexOf(relation)));
  return STANDINGS.slice(0, widest + 1);
}

const OTHERS: readonly (readonly [string, Subject | null])[] = [['an account without a role', STRANGER], ['a token without an account', { issuer: 'access', subject: 'unheard of' }], ['nobody', null]];
const WHO = (rowClass: RowClass): readonly (readonly [string, Subject | null, readonly Standing[]])[] => [...ROLES.map((role) => [role, holderOf(role), seenBy(role, rowClass)] as const), ...OTHERS.map(([name, subject]) => [name, subject, []] as const)];

const trail = (id: string): string => `{ auditTrail(node: "${id}", first: 50) { totalCount nodes { requestId action } edges { node { requestId } } } }`;
/** Every path to what was done to somebody, and to who saw them. */
const PATHS: Readonly<Record<string, { readonly rowClass: RowClass; readonly query: (standing: Standing) => string; readonly isOwn?: boolean }>> = {
  'auditTrail(teacher)': { rowClass: 'audit', query: (standing) => trail(teacherId(world.people[standing])) },
  'auditTrail(credit entry)': { rowClass: 'audit', query: (standing) => trail(globalId('CreditEntry', world.entries[standing])) },
  'auditTrail(assessment)': { rowClass: 'audit', query: (standing) => trail(globalId('StoredAssessment', world.assessments[standing])) },
  'accessTrail(teacher)': { rowClass: 'accesses', query: (standing) => `{ accessTrail(teacher: "${teacherId(world.people[standing])}", first: 50) { totalCount nodes { requestId purpose } } }` },
  'viewer.seenBy': { rowClass: 'accesses', query: () => '{ viewer { seenBy(first: 50) { totalCount nodes { requestId } } } }', isOwn: true },
};

async function seenOn(path: string): Promise<Standing[]> {
  const found = new Set<Standing>();
  for (const asking of STANDINGS) {
    const answer = await ask(app, PATHS[path]?.query(asking) ?? '');
    const text = JSON.stringify(answer.data ?? {});
    for (const standing of STANDINGS) if (text.includes(`request-${standing}`)) found.add(standing);
    // A count tells no more than the page.
    for (const [, count] of text.matchAll(/"totalCount":(\d+)/g)) expect(count === '0').toBe(!/"requestId"/.test(text));
  }
  return STANDINGS.filter((standing) => found.has(standing));
}

const cases = Object.entries(PATHS).flatMap(([path, { rowClass, isOwn }]) => WHO(rowClass).map(([name, subject, seen]) => ({ path, name, subject, expected: isOwn ? (name === 'TEACHER' ? (['own'] as const) : []) : seen })));

const apiWallOff = (): void => {
  vi.spyOn(RequestAccess.prototype, 'reach').mockReturnValue(WHOLE);
  vi.spyOn(AccessGuard.prototype, 'judge').mockReturnValue(null);
};
async function databaseWallOff<Result>(work: () => Promise<Result>): Promise<Result> {
  const em = database.admin.em.fork();
  const [kept] = await em.execute<{ text: string }[]>(`select pg_get_functiondef('sees_node'::regproc) as text`);
  await em.execute(`create or replace function sees_node(row_class text, node text) returns boolean language sql stable as 'select true'`);
  try {
    return await work();
  } finally {
    await em.execute(kept?.text ?? '');
  }
}

describe('who sees what was done, and who saw whom', () => {
  test.each(cases)('$path: $name, with both walls', async ({ path, subject, expected }) => {
    asked = subject;
    expect(await seenOn(path)).toEqual(expected);
  });
  test.each(cases)('$path: $name no more with the wall of the API off', async ({ path, subject, expected }) => {
    asked = subject;
    apiWallOff();
    expect(await seenOn(path)).toEqual(expected);
  });
  test.each(cases)('$path: $name no more with the wall of the database off', async ({ path, subject, expected }) => {
    asked = subject;
    expect(await databaseWallOff(() => seenOn(path))).toEqual(expected);
  });

  test('of places: an institution, a role and an account there are seen, others are not', async () => {
    const em = database.admin.em.fork();
    const grantOf = async (role: Role): Promise<{ grant: string; account: string }> => (await em.execute<{ grant: string; account: string }[]>('select g.id::text as grant, g.account_id::text as account from role_grant g join account a on a.id = g.account_id where a.subject = ?', [role]))[0] as never;
    const near = await grantOf('SCHOOL_ADMINISTRATOR');
    const far = await joinAccount(em, { issuer: 'access', subject: 'far away', kind: 'person', name: null, person: null });
    const farGrant = (await insertGrant(em, { accountId: far, role: 'AUTHORITY', scope: { kind: 'jurisdiction', code: '330102' }, from: '2020-01-01' as never, to: null, grantedBy: null })) as string;
    const pairs: [string, { type: string; id: string }, boolean][] = [
      [globalId('Institution', world.institutions.own), { type: 'Institution', id: world.institutions.own }, true],
      [globalId('Institution', world.institutions.far), { type: 'Institution', id: world.institutions.far }, false],
      [globalId('RoleGrant', near.grant), { type: 'RoleGrant', id: near.grant }, true],
      [globalId('RoleGrant', farGrant), { type: 'RoleGrant', id: farGrant }, false],
      [globalId('Account', near.account), { type: 'Account', id: near.account }, true],
      [globalId('Account', far), { type: 'Account', id: far }, false],
    ];
    await em.transactional((transaction) => records.audit.append(transaction, { who: { accountId: actor, displayName: 'Office One' }, requestId: 'all-of-them', action: 'all', nodes: pairs.map(([, node]) => node) }));
    asked = holderOf('AUDITOR');
    for (const [id, { type }, isSeen] of pairs) {
      const answer = await ask(app, `{ auditTrail(node: "${id}") { nodes { requestId nodes { type id } } } }`);
      const entries = (answer.data?.['auditTrail'] as { nodes: { requestId: string; nodes: { id: string }[] }[] }).nodes.filter(({ requestId }) => requestId === 'all-of-them');
      expect([type, id, entries.length]).toEqual([type, id, isSeen ? 1 : 0]);
      // Nor are the others told of beside it.
      for (const { nodes } of entries) expect(nodes.map((node) => node.id)).toEqual(expect.not.arrayContaining(pairs.filter(([, , seen]) => !seen).map(([other]) => other)));
    }
  });
});

describe('an entry', () => {
  const entryOf = async (standing: Standing): Promise<Record<string, unknown> & { before: unknown; after: unknown }> => {
    const answer = await ask(app, `query Audit { auditTrail(node: "${teacherId(world.people[standing])}") { nodes { number at action account name forWhom requestId nodes { type id } before { name value isSealed } after { name value isSealed } ruleIds assessment rulebookHash } } }`);
    return (answer.data?.['auditTrail'] as { nodes: (Record<string, unknown> & { before: unknown; after: unknown; action: string })[] }).nodes.find(({ action }) => action === 'personChange') as never;
  };
  const sealed = [{ name: 'phone', value: null, isSealed: true }];

  test('says to an auditor who did what to what, and that personal values changed', async () => {
    asked = holderOf('AUDITOR');
    expect(await entryOf('own')).toEqual({
      number: expect.stringMatching(/^\d+$/),
      at: expect.stringMatching(/^20/),
      action: 'personChange',
      account: globalId('Account', actor),
      name: 'Office One',
      forWhom: teacherId(world.people.own),
      requestId: 'request-own',
      nodes: expect.arrayContaining([{ type: 'Teacher', id: teacherId(world.people.own) }, { type: 'CreditEntry', id: globalId('CreditEntry', world.entries.own) }]),
      before: expect.arrayContaining([...sealed, { name: 'stage', value: 'junior', isSealed: false }]),
      after: expect.arrayContaining([...sealed, { name: 'stage', value: 'senior', isSealed: false }]),
      ruleIds: ['doc/1'],
      assessment: null,
      rulebookHash: null,
    });
  });

  test('shows its personal values to the teacher, and to an auditor who also answers for the teacher', async () => {
    asked = holderOf('TEACHER');
    expect((await entryOf('own')).after).toEqual(expect.arrayContaining([{ name: 'phone', value: 'Marker-After-own', isSealed: false }]));
    const em = database.admin.em.fork();
    const both = { issuer: 'access', subject: 'auditor of a school' };
    const accountId = await joinAccount(em, { ...both, kind: 'person', name: null, person: null });
    await insertGrant(em, { accountId, role: 'AUDITOR', scope: { kind: 'jurisdiction', code: DISTRICT }, from: '2020-01-01' as never, to: null, grantedBy: null });
    await insertGrant(em, { accountId, role: 'SCHOOL_ADMINISTRATOR', scope: { kind: 'institution', institutionId: world.institutions.own, code: DISTRICT }, from: '2020-01-01' as never, to: null, grantedBy: null });
    asked = both;
    for (const standing of ['own', 'institution'] as const) expect((await entryOf(standing)).before).toEqual(expect.arrayContaining([{ name: 'phone', value: `Marker-Before-${standing}`, isSealed: false }]));
    expect((await entryOf('jurisdiction')).before).toEqual(expect.arrayContaining(sealed));
  });
});

describe('who saw a teacher', () => {
  test('is told to the teacher: when, who in which role, in which operation, what and what for', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    await ask(app, `query Staff { teacher(id: "${teacherId(world.people.own)}") { name } }`);
    asked = holderOf('TEACHER');
    const answer = await ask(app, 'query Seen { viewer { seenBy(first: 50) { nodes { at account name roles isClient isOneself isForTeacher operation kinds purpose requestId } } } }');
    const { nodes } = (answer.data?.['viewer'] as { seenBy: { nodes: Record<string, unknown>[] } }).seenBy;
    expect(nodes.find(({ operation }) => operation === 'Staff')).toEqual({ at: expect.stringMatching(/^20/), account: expect.any(String), name: 'SCHOOL_ADMINISTRATOR', roles: ['SCHOOL_ADMINISTRATOR'], isClient: false, isOneself: false, isForTeacher: false, operation: 'Staff', kinds: ['Teacher'], purpose: null, requestId: expect.any(String) });
    expect(nodes.find(({ operation }) => operation === 'Look')).toMatchObject({ roles: ['AUTHORITY'], kinds: ['Teacher.phone'], purpose: 'Marker-Purpose-own' });
    // Also that the teacher looked.
    const again = await ask(app, '{ viewer { seenBy(first: 1) { nodes { operation isOneself kinds } } } }');
    expect((again.data?.['viewer'] as { seenBy: { nodes: unknown[] } }).seenBy.nodes).toEqual([{ operation: 'Seen', isOneself: true, kinds: ['AccessEntry'] }]);
  });

  test('by a role that was given or ended since is told as it was', async () => {
    const em = database.admin.em.fork();
    await em.execute(`update role_grant set recorded_at = now() - interval '1 year', revoked_at = now() + interval '1 second' where role = 'DISTRICT_REVIEWER' and account_id = (select id from account where subject = 'DISTRICT_REVIEWER')`);
    asked = holderOf('DISTRICT_REVIEWER');
    await database.admin.em.fork().execute(`update role_grant set revoked_at = null where role = 'DISTRICT_REVIEWER'`);
    await ask(app, `query Review { teacher(id: "${teacherId(world.people.own)}") { id } }`);
    await em.execute(`update role_grant set revoked_at = clock_timestamp() where role = 'DISTRICT_REVIEWER'`);
    await em.execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, recorded_at) select id, 'ANALYST', 'jurisdiction', '310101', '310000', '310101', '2020-01-01', clock_timestamp() from account where subject = 'DISTRICT_REVIEWER'`);
    asked = holderOf('TEACHER');
    const answer = await ask(app, '{ viewer { seenBy { nodes { operation roles } } } }');
    expect((answer.data?.['viewer'] as { seenBy: { nodes: { operation: string }[] } }).seenBy.nodes.find(({ operation }) => operation === 'Review')).toEqual({ operation: 'Review', roles: ['DISTRICT_REVIEWER'] });
    await em.execute(`update role_grant set revoked_at = null where role = 'DISTRICT_REVIEWER'`);
    await em.execute(`update role_grant set revoked_at = clock_timestamp() where role = 'ANALYST' and account_id = (select id from account where subject = 'DISTRICT_REVIEWER')`);
  });

  test('is null for an account that is linked to nobody', async () => {
    asked = holderOf('AUTHORITY');
    expect(codesOf(await ask(app, '{ viewer { seenBy { totalCount } } }'))).toEqual(['FORBIDDEN']);
  });
});

describe('reading records', () => {
  const accesses = (): Promise<{ operation: string | null; kinds: string[]; persons: string[] }[]> => database.admin.em.fork().execute('select operation, kinds, persons::text[] as persons from access_record order by recorded_at desc, seq desc limit 1');

  test('is put on record itself', async () => {
    asked = holderOf('AUDITOR');
    await ask(app, `query Audited { auditTrail(node: "${teacherId(world.people.institution)}") { nodes { action } } }`);
    expect(await accesses()).toEqual([{ operation: 'Audited', kinds: ['AuditEntry'], persons: [world.people.institution] }]);
    asked = holderOf('SECURITY_OFFICER');
    await ask(app, `query Guarded { accessTrail(teacher: "${teacherId(world.people.institution)}") { nodes { at } } }`);
    expect(await accesses()).toEqual([{ operation: 'Guarded', kinds: ['AccessEntry'], persons: [world.people.institution] }]);
  });

  test.each([
    ['auditTrail', 'node', () => teacherId(world.people.own), 'AUDITOR' as Role],
    ['accessTrail', 'teacher', () => teacherId(world.people.own), 'SECURITY_OFFICER' as Role],
  ])('%s goes by pages, with cursors that last', async (field, argument, id, role) => {
    asked = holderOf(role);
    if (field === 'auditTrail') for (let i = 0; i < 4; i++) await database.admin.em.fork().transactional((em) => records.audit.append(em, { who: { accountId: actor, displayName: null }, requestId: `more-${i}`, action: 'more', nodes: [{ type: 'Teacher', id: world.people.own }] }));
    type Page = { nodes: { requestId: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string } };
    const page = async (args: string): Promise<Page> => {
      const answer = await ask(app, `{ found: ${field}(${argument}: "${id()}", ${args}) { nodes { requestId } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }`);
      if (!answer.data?.['found']) throw new Error(JSON.stringify(answer.errors));
      return answer.data['found'] as Page;
    };
    const first = await page('first: 2');
    const next = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([first.pageInfo.hasPreviousPage, first.pageInfo.hasNextPage, next.pageInfo.hasPreviousPage]).toEqual([false, true, true]);
    expect((await page(`last: 2, before: "${next.pageInfo.startCursor}"`)).nodes).toHaveLength(2);
    expect(new Set([...first.nodes, ...next.nodes].map(({ requestId }) => requestId)).size).toBe(first.nodes.length + next.nodes.length);
    for (const [args, code] of [['first: 101', 'OUT_OF_RANGE'], ['first: 1, last: 1', 'CONFLICT'], ['after: "x"', 'INVALID_CURSOR']] as const) {
      for (const language of ['zh-CN', 'en']) {
        const refused = await ask(app, `{ found: ${field}(${argument}: "${id()}", ${args}) { totalCount } }`, {}, { 'accept-language': language });
        expect([args, refused.data?.['found'] ?? null, refused.errors?.length]).toEqual([args, null, 1]);
        expect([code, 'PAGE_SIZE']).toContain(codesOf(refused)[0]);
      }
    }
    for (const other of ['x', globalId('Institution', world.institutions.own)].slice(0, field === 'auditTrail' ? 1 : 2)) expect(codesOf(await ask(app, `{ ${field}(${argument}: "${other}") { totalCount } }`))).toEqual(['INVALID_ID']);
  });

  test('takes the same number of statements for a long page as for a short one', async () => {
    const statements = async (first: number): Promise<number> => {
      const log = vi.spyOn(database.orm.em.getConnection() as { execute: (...args: unknown[]) => unknown }, 'execute');
      asked = holderOf('AUDITOR');
      await ask(app, `{ auditTrail(node: "${teacherId(world.people.own)}", first: ${first}) { nodes { action nodes { id } after { name value } } } }`);
      const count = log.mock.calls.length;
      log.mockRestore();
      return count;
    };
    expect(await statements(1)).toBe(await statements(50));
    expect(await statements(1)).toBeGreaterThan(0);
  });

  test('uses the index of nodes and of people', async () => {
    const em = database.admin.em.fork();
    const plan = await em.transactional(async (transaction) => {
      await transaction.execute('set local enable_seqscan = off');
      return JSON.stringify([await transaction.execute(`explain select a.seq from audit_trail a where a.nodes @> array['Teacher:1']`), await transaction.execute(`explain select a.seq from access_record a where a.persons @> array[1::bigint]`)]);
    });
    expect(plan).toMatch(/nodes_idx/);
    expect(plan).toMatch(/persons_idx/);
  });
});

test('whatever has a global id has a place in the records, so that none is left to whoever sees the whole nation', async () => {
  const em = database.admin.em.fork();
  const [{ text = '' } = {}] = await em.execute<{ text: string }[]>(`select pg_get_functiondef('places_of_node'::regproc) as text`);
  expect(NODE_TYPES.filter((type) => !text.includes(`kind = '${type}'`))).toEqual([]);
  // Those of people lead to them.
  const [number] = await em.execute<{ id: string }[]>('select id::text as id from person_identity where person_id = ?', [world.people.own]);
  for (const node of [`Teacher:${world.people.own}`, `IdentityNumber:${number?.id}`, `CreditEntry:${world.entries.own}`, `StoredAssessment:${world.assessments.own}`]) {
    const [found] = await em.execute<object[]>(`select bool_or(person = ?) as theirs, bool_or(codes && array['${DISTRICT}']) as there from places_of_node(?)`, [world.people.own, node]);
    expect(found, node).toEqual({ theirs: true, there: true });
  }
  for (const node of ['Unknown:1', 'Teacher:x', 'Teacher', '', 'Jurisdiction:x']) expect([node, await em.execute('select 1 from places_of_node(?)', [node])]).toEqual([node, []]);
});

test('the application reads neither table by itself, and calls none of what only the functions need', async () => {
  const run = (statement: string): Promise<unknown> => database.orm.em.fork().execute(statement);
  for (const statement of ['select 1 from audit_trail', 'select 1 from access_record', `select * from places_of_node('Teacher:1')`, `select places_as_json('Teacher:1')`, 'select separated_roles(1)']) await expect(run(statement), statement).rejects.toMatchObject({ code: '42501' });
  expect(await run(`select * from audit_of_node('${'Teacher:1'}', null, null, false, 10)`)).toEqual([]);
});

const errorsOf = ({ errors }: GraphqlAnswer): unknown => errors;
test('what may not be seen answers as what does not exist', async () => {
  asked = holderOf('AUDITOR');
  const shape = async (id: string): Promise<unknown> => {
    const answer = await ask(app, `{ auditTrail(node: "${id}") { totalCount totalCountIsExact nodes { action } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`);
    return [answer.data, errorsOf(answer)];
  };
  expect(await shape(teacherId(world.people.elsewhere))).toEqual(await shape(teacherId('999999')));
});
