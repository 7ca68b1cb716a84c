import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { ROLES, SCOPE_OF } from '../../src/access/roles.ts';
import type { Role } from '../../src/access/roles.ts';
import { DELEGATED, ROW_CLASSES, ROW_READERS, rowRules } from '../../src/access/row-classes.ts';
import type { RowClass } from '../../src/access/row-classes.ts';
import { AccessGuard } from '../../src/graphql/access/access-guard.ts';
import { RequestAccess } from '../../src/graphql/access/request-access.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { asSubject, DISTRICT, FAR, holderOf, makeWorld, STANDINGS, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld, Standing } from '../support/access-world.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

// Every field by every way stands in test/access/matrix; here is what that does not reach: the database asked by itself.

let database: TestDatabase;
let world: AccessWorld;
let asked: Subject | null = null;
let bound: FastifyInstance;
/** With the database's wall off: the owner, whom no policy binds, answers. */
let unbound: FastifyInstance;

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  const registry = await loadRegistry();
  const now = Date.parse('2026-06-01') as never;
  const as = (): Subject | null => asked;
  bound = await testApp({ database, registry, now, asks: as });
  unbound = await testApp({ database: { ...database, orm: database.admin, close: async () => undefined }, registry, now, asks: as });
}, 120_000);
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await unbound.close();
  await bound.close();
});

/** Whom a holder of the role sees: each scope holds the narrower ones. */
function seenBy(role: Role, rowClass: RowClass = 'people'): Standing[] {
  const relations = ROW_READERS[rowClass][role] ?? [];
  const widest = Math.max(-1, ...relations.map((relation) => STANDINGS.indexOf(relation)));
  return STANDINGS.slice(0, widest + 1);
}

const WHO: readonly (readonly [string, Subject | null, readonly Standing[]])[] = [
  ...ROLES.map((role) => [role, holderOf(role), seenBy(role)] as const),
  ['an account without a role', STRANGER, []],
  ['a token without an account', { issuer: 'access', subject: 'unheard of' }, []],
  ['nobody', null, []],
];

const apiWallOff = (): void => {
  vi.spyOn(RequestAccess.prototype, 'reach').mockReturnValue(WHOLE);
  vi.spyOn(AccessGuard.prototype, 'judge').mockReturnValue(null);
};

describe('corrections', () => {
  test.each(WHO)('%s', async (_name, subject) => {
    asked = subject;
    const role = ROLES.find((one) => holderOf(one).subject === subject?.subject);
    const expected = role ? seenBy(role, 'corrections') : [];
    const decided = role === 'TEACHER' ? [] : expected;
    for (const app of [bound, unbound]) {
      for (const standing of STANDINGS) {
        const one = await ask(app, `{ node(id: "${globalId('Correction', world.corrections[standing])}") { ... on Correction { id wrong } } }`);
        expect([standing, JSON.stringify(one.data ?? {}).includes(`secret-claim-${standing}`)]).toEqual([standing, expected.includes(standing)]);
      }
      const listed = await ask(app, '{ corrections(first: 100) { totalCount nodes { wrong } } }');
      const all = (listed.data?.['corrections'] ?? { totalCount: 0, nodes: [] }) as { totalCount: number; nodes: { wrong: string }[] };
      expect([all.totalCount, all.nodes.map(({ wrong }) => wrong.replace('secret-claim-', '')).sort()]).toEqual([decided.length, [...decided].sort()]);
    }
    apiWallOff();
    for (const standing of STANDINGS) {
      const one = await ask(bound, `{ node(id: "${globalId('Correction', world.corrections[standing])}") { ... on Correction { wrong } } }`);
      expect([standing, JSON.stringify(one.data ?? {}).includes('secret-claim')]).toEqual([standing, expected.includes(standing)]);
    }
  });
});

describe('fields that are for fewer than see their object', () => {
  test('an analyst counts people and does not know them', async () => {
    asked = holderOf('ANALYST');
    const { data, errors } = await ask(bound, `{ teacher(id: "${teacherId(world.people.own)}") { name } }`);
    expect([errors, data]).toEqual([undefined, { teacher: { name: '本**' } }]);
    const page = await ask(bound, '{ teachers(first: 100) { nodes { name } } }');
    expect(JSON.stringify(page.data)).not.toMatch(/本人甲|同校乙|同区丙/);
    const facts = await ask(bound, `{ assessment(id: "${globalId('StoredAssessment', world.assessments.own)}") { facts } }`);
    expect([facts.status, facts.errors?.[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN']);
    expect(JSON.stringify(facts)).not.toContain('secret-fact');
  });

  test('who is an analyst of the district and answers for one school knows the staff of that school alone', async () => {
    const both = { issuer: 'access', subject: 'ANALYST' };
    const em = database.admin.em.fork();
    await em.execute(
      `insert into role_grant (account_id, role, scope_kind, institution_id, jurisdiction_code, from_on, recorded_at) select id, 'SCHOOL_ADMINISTRATOR', 'institution', ?, '310101', '2020-01-01', now() from account where subject = 'ANALYST'`,
      [world.institutions.own],
    );
    try {
      asked = both;
      const named = async (standing: Standing): Promise<unknown> => (await ask(bound, `{ teacher(id: "${teacherId(world.people[standing])}") { name } }`)).data?.['teacher'];
      expect([await named('own'), await named('institution'), await named('jurisdiction'), await named('elsewhere')]).toEqual([{ name: '本人甲' }, { name: '同校乙' }, { name: '同**' }, null]);
      const factsOf = async (standing: Standing): Promise<GraphqlAnswer> => ask(bound, `{ assessment(id: "${globalId('StoredAssessment', world.assessments[standing])}") { id facts } }`);
      expect(JSON.stringify(await factsOf('own'))).toContain('secret-fact');
      const hidden = await factsOf('jurisdiction');
      expect([hidden.errors?.[0]?.extensions['code'], JSON.stringify(hidden).includes('secret-fact')]).toEqual(['FORBIDDEN', false]);
    } finally {
      await em.execute(`update role_grant set revoked_at = now() where role = 'SCHOOL_ADMINISTRATOR' and account_id = (select id from account where subject = 'ANALYST')`);
    }
  });
});

describe('the database by itself', () => {
  const TABLES: Readonly<Record<RowClass, string>> = {
    people: 'select person_id::text as person from employment union select id::text from person',
    private: 'select a.person_id::text as person from person_identity a join person_private b using (person_id)',
    recorded: `select p.id::text as person from unnest('{@}'::bigint[]) as p (id) where sees_person('recorded', p.id)`,
    grants: '',
    corrections: 'select person_id::text as person from correction',
    audit: `select p.id::text as person from unnest('{@}'::bigint[]) as p (id) where sees_node('audit', 'Teacher:' || p.id)`,
    accesses: `select p.id::text as person from unnest('{@}'::bigint[]) as p (id) where sees_node('accesses', 'Teacher:' || p.id)`,
  };
  const seenIn = async (rowClass: RowClass, subject: Subject | null): Promise<Standing[]> => {
    const rows = await asSubject<{ person: string }>(database, subject, TABLES[rowClass].replace('@', Object.values(world.people).join(',')));
    return STANDINGS.filter((standing) => rows.some(({ person }) => person === world.people[standing]));
  };
  const guarded = ROW_CLASSES.filter((rowClass) => rowClass !== 'grants');

  test.each(guarded.flatMap((rowClass) => ROLES.map((role) => [rowClass, role] as const)))('%s rows for %s', async (rowClass, role) => {
    expect(await seenIn(rowClass, holderOf(role))).toEqual(seenBy(role, rowClass));
  });

  test('nothing without an account', async () => {
    for (const subject of [null, { issuer: 'access', subject: 'unheard of' }]) {
      for (const table of ['person', 'employment', 'person_property', 'person_role', 'credit_ledger', 'person_identity', 'person_private', 'person_key', 'stored_assessment', 'institution', 'account', 'role_grant', 'delegation', 'invitation', 'correction']) {
        expect([table, await asSubject(database, subject, `select 1 from ${table} limit 1`)]).toEqual([table, []]);
      }
    }
  });

  test('who sees grants: those of the own account, and of the scope for who governs it', async () => {
    const grantsSeen = async (role: Role): Promise<number> => (await asSubject(database, holderOf(role), `select 1 from role_grant where account_id <> reach_account() and revoked_at is null`)).length;
    const [others] = await database.admin.em.fork().execute<{ n: number }[]>(`select count(*)::int as n from role_grant where county_code = '310101' and revoked_at is null`);
    const all = others?.n ?? 0;
    const ofSchool = ROLES.filter((role) => SCOPE_OF[role] === 'institution').length;
    for (const role of ROLES) {
      const relation = ROW_READERS.grants[role]?.[0];
      const isOwn = (kind: string): number => Number(SCOPE_OF[role] === kind);
      expect([role, await grantsSeen(role)]).toEqual([role, relation === 'jurisdiction' ? all - isOwn('jurisdiction') : relation === 'institution' ? ofSchool - isOwn('institution') : 0]);
    }
    expect(all).toBeGreaterThan(5);
  });

  test('gives and ends no role for an account that does not govern its scope, whatever the API would do', async () => {
    const give = (role: Role, code: string, by = 'reach_account()'): Promise<unknown> =>
      asSubject(database, holderOf(role), `insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, granted_by, recorded_at)
        select id, 'ANALYST', 'jurisdiction', ?, ?, ?, '2020-01-01', ${by}, now() from account where issuer = 'access' and subject = ? returning id`, [code, `${code.slice(0, 2)}0000`, code, role]);
    // Of one's own account the database keeps a rule of its own; another account is not even seen by most.
    for (const role of ['TEACHER', 'ANALYST', 'SCHOOL_ADMINISTRATOR', 'LEARNER'] as const) await expect(give(role, DISTRICT), role).rejects.toThrow(/row-level security/);
    await expect(give('AUTHORITY', FAR)).rejects.toThrow(/row-level security/);
    await expect(give('AUTHORITY', DISTRICT)).rejects.toThrow(/role_grant_check/);
    await expect(give('AUTHORITY', DISTRICT, '(select min(id) from account)')).rejects.toThrow(/row-level security|role_grant_check/);
    for (const role of ['TEACHER', 'ANALYST', 'SCHOOL_ADMINISTRATOR'] as const) expect(await asSubject(database, holderOf(role), 'update role_grant set revoked_at = now(), revoked_by = reach_account() returning id')).toEqual([]);
  });

  test.each(rowRules().filter(({ rowClass }) => rowClass !== 'grants'))('without the row $rowClass $role $relation that role sees nobody there', async ({ rowClass, role, relation }) => {
    const em = database.admin.em.fork();
    await em.execute('delete from access_rule where row_class = ? and role = ? and relation = ?', [rowClass, role, relation]);
    try {
      expect(await seenIn(rowClass, holderOf(role))).toEqual([]);
    } finally {
      await em.execute('insert into access_rule (row_class, role, relation) values (?, ?, ?)', [rowClass, role, relation]);
    }
  });

  const absent = guarded.flatMap((rowClass) => ROLES.filter((role) => !(role in ROW_READERS[rowClass]) && SCOPE_OF[role] !== 'self').map((role) => ({ rowClass, role, relation: SCOPE_OF[role] })));
  test.each(absent)('a row $rowClass $role $relation that is not there would be seen at once', async ({ rowClass, role, relation }) => {
    const em = database.admin.em.fork();
    await em.execute('insert into access_rule (row_class, role, relation) values (?, ?, ?)', [rowClass, role, relation]);
    try {
      expect((await seenIn(rowClass, holderOf(role))).length).toBeGreaterThan(0);
    } finally {
      await em.execute('delete from access_rule where row_class = ? and role = ? and relation = ?', [rowClass, role, relation]);
    }
  });

  test('the application owns nothing, bypasses nothing, and cannot write what it has no business with', async () => {
    const [role] = await database.orm.em.fork().execute<Record<string, unknown>[]>(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = current_user`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 });
    for (const statement of ['update person set name = name', 'delete from credit_ledger', `insert into person (name, name_key, recorded_at, source_id, source_key) values ('x', 'x', now(), 1, 'x')`, `insert into access_rule values ('people', 'LEARNER', 'own')`, 'update account set person_id = 1', 'alter table person disable row level security', 'set role postgres', `update role_grant set role = 'AUTHORITY'`]) {
      await expect(asSubject(database, holderOf('AUTHORITY'), statement), statement).rejects.toThrow(/permission denied|must be owner|does not exist/);
    }
  });
});

test('what a delegation lets through is said for each class of rows that has one', () => {
  expect(Object.keys(DELEGATED)).toEqual(['people', 'recorded', 'corrections']);
});
