import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { DISTRICT, FAR, holderOf, makeWorld, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let app: FastifyInstance;
let asked: Subject | null = null;
beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  app = await testApp({ database, registry: await loadRegistry(), now: Date.now() as never, asks: () => asked });
}, 120_000);
afterAll(() => app.close());

interface Payload {
  readonly [field: string]: unknown;
  readonly userErrors: readonly { readonly code: string; readonly path: string; readonly message: string }[];
}
async function mutate(as: Subject | null, field: string, variables: object, types: string, selection: string, language = 'en'): Promise<Payload> {
  asked = as;
  const names = Object.keys(variables);
  const answer = await ask(app, `mutation (${types}) { result: ${field}(${names.map((name) => `${name}: $${name}`).join(', ')}) { ${selection} userErrors { code path message } } }`, variables, { 'accept-language': language });
  if (answer.errors) throw new Error(JSON.stringify(codesOf(answer)));
  return answer.data?.['result'] as Payload;
}
const grant = (as: Subject | null, input: object, dryRun = false): Promise<Payload> => mutate(as, 'roleGrant', { input, dryRun }, '$input: RoleGrantInput!, $dryRun: Boolean!', 'grant { id role jurisdiction { code } institution { id } }');
const revoke = (as: Subject | null, id: string): Promise<Payload> => mutate(as, 'roleRevoke', { grant: id }, '$grant: ID!', 'grant { id }');
const codes = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);
const somebody = (subject: string) => ({ issuer: 'access', subject });
const sees = async (as: Subject | null, row: string): Promise<boolean> => {
  asked = as;
  return ((await ask(app, `{ teacher(id: "${teacherId(row)}") { id } }`)).data?.['teacher'] ?? null) !== null;
};
const school = (): string => globalId('Institution', world.institutions.own);

describe('roles', () => {
  test('a reviewer makes a school administrator, who sees the school until the role is revoked', async () => {
    const who = somebody('new administrator');
    expect(await sees(who, world.people.own)).toBe(false);
    const given = await grant(holderOf('DISTRICT_REVIEWER'), { account: who, role: 'SCHOOL_ADMINISTRATOR', institution: school() });
    expect(given).toMatchObject({ userErrors: [], grant: { role: 'SCHOOL_ADMINISTRATOR', jurisdiction: { code: DISTRICT }, institution: { id: school() } } });
    expect([await sees(who, world.people.own), await sees(who, world.people.jurisdiction)]).toEqual([true, false]);
    const { id } = given['grant'] as { id: string };
    // Nobody ends what is not theirs to give, and is told no more than of what there is not.
    for (const other of [who, holderOf('DISTRICT_REVIEWER')]) expect(await sees(other, world.people.own)).toBe(true);
    expect(codes(await revoke(holderOf('DISTRICT_REVIEWER'), globalId('RoleGrant', '999999')))).toEqual(['UNKNOWN_GRANT']);
    expect(codes(await revoke(holderOf('DISTRICT_REVIEWER'), id))).toEqual([]);
    expect(await sees(who, world.people.own)).toBe(false);
    expect(codes(await revoke(holderOf('DISTRICT_REVIEWER'), id))).toEqual(['UNKNOWN_GRANT']);
  });

  test.each([
    ['to oneself', 'AUTHORITY', () => ({ account: holderOf('AUTHORITY'), role: 'DISTRICT_REVIEWER', jurisdiction: DISTRICT }), ['NOT_ALLOWED']],
    ['over another place', 'AUTHORITY', () => ({ account: somebody('a'), role: 'DISTRICT_REVIEWER', jurisdiction: FAR }), ['NOT_ALLOWED']],
    ['over a wider place', 'AUTHORITY', () => ({ account: somebody('a'), role: 'DISTRICT_REVIEWER', jurisdiction: '310000' }), ['NOT_ALLOWED']],
    ['the own role to an equal', 'AUTHORITY', () => ({ account: somebody('a'), role: 'AUTHORITY', jurisdiction: DISTRICT }), ['NOT_ALLOWED']],
    ['a role above the own', 'DISTRICT_REVIEWER', () => ({ account: somebody('a'), role: 'AUTHORITY', jurisdiction: DISTRICT }), ['NOT_ALLOWED']],
    ['an institution elsewhere', 'DISTRICT_REVIEWER', () => ({ account: somebody('a'), role: 'SCHOOL_ADMINISTRATOR', institution: globalId('Institution', world.institutions.far) }), ['NOT_ALLOWED']],
    ['an institution that is none', 'DISTRICT_REVIEWER', () => ({ account: somebody('a'), role: 'SCHOOL_ADMINISTRATOR', institution: globalId('Institution', '999999') }), ['UNKNOWN_INSTITUTION']],
    ['a place for a role over a school', 'DISTRICT_REVIEWER', () => ({ account: somebody('a'), role: 'SCHOOL_ADMINISTRATOR', jurisdiction: DISTRICT }), ['CONFLICT']],
    ['a place that is none', 'AUTHORITY', () => ({ account: somebody('a'), role: 'ANALYST', jurisdiction: '999999' }), ['UNKNOWN_JURISDICTION']],
    ['a last day before the first', 'AUTHORITY', () => ({ account: somebody('a'), role: 'ANALYST', jurisdiction: DISTRICT, from: '2026-02-02', to: '2026-02-01' }), ['OUT_OF_RANGE']],
    ['nobody', 'AUTHORITY', () => ({ account: somebody(' '), role: 'ANALYST', jurisdiction: DISTRICT }), ['OUT_OF_RANGE']],
    ['what the operator alone gives', 'SYSTEM_ADMINISTRATOR', () => ({ account: somebody('a'), role: 'LEARNER' }), ['NOT_ALLOWED']],
  ] as const)('are not given %s', async (_what, role, input, expected) => {
    const before = await counts();
    const refused = await grant(holderOf(role), input());
    expect([codes(refused), refused['grant']]).toEqual([expected, null]);
    // Where it stands, from the arguments down.
    for (const { path } of refused.userErrors) expect(path).toMatch(/^input\.\w+/);
    expect(await counts()).toEqual(before);
  });

  test('that watch each other never meet in one account', async () => {
    const by = holderOf('SYSTEM_ADMINISTRATOR');
    const account = somebody('auditor to be');
    expect(codes(await grant(by, { account, role: 'AUDITOR', jurisdiction: DISTRICT }))).toEqual([]);
    for (const role of ['SECURITY_OFFICER', 'SYSTEM_ADMINISTRATOR']) expect(codes(await grant(by, { account, role, jurisdiction: DISTRICT }))).toEqual(['CONFLICT']);
    expect(codes(await grant(by, { account, role: 'AUDITOR', jurisdiction: DISTRICT }))).toEqual(['CONFLICT']);
    // Also where whoever gives it cannot see what is held: far away, by somebody else.
    await database.admin.em.fork().execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, recorded_at) select id, 'SECURITY_OFFICER', 'jurisdiction', '330102', '330000', '330102', '2020-01-01', now() from account where subject = 'LEARNER'`);
    expect(codes(await grant(by, { account: holderOf('LEARNER'), role: 'AUDITOR', jurisdiction: DISTRICT }))).toEqual(['CONFLICT']);
    // The database refuses it too.
    await expect(database.admin.em.fork().execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, from_on, recorded_at) select id, 'SECURITY_OFFICER', 'jurisdiction', '310101', '2020-01-01', now() from account where subject = 'auditor to be'`)).rejects.toThrow(/exclusion/);
  });

  test('that watch each other never meet in one person with two accounts, whichever comes first', async () => {
    const em = () => database.admin.em.fork();
    const by = holderOf('SYSTEM_ADMINISTRATOR');
    const [first, second, third] = [somebody('one of two'), somebody('two of two'), somebody('three of two')];
    expect(codes(await grant(by, { account: first, role: 'AUDITOR', jurisdiction: DISTRICT }))).toEqual([]);
    expect(codes(await grant(by, { account: third, role: 'SECURITY_OFFICER', jurisdiction: DISTRICT }))).toEqual([]);
    const link = (subject: string): Promise<unknown> => em().execute(`update account set person_id = ? where issuer = 'access' and subject = ?`, [world.people.jurisdiction, subject]);
    await link('one of two');
    await em().execute(`insert into account (issuer, subject, kind, person_id, recorded_at) values ('access', 'two of two', 'person', ?, now())`, [world.people.jurisdiction]);
    // The role is refused where the person is linked, by what can be seen and by the database ...
    const refused = await grant(by, { account: second, role: 'SECURITY_OFFICER', jurisdiction: DISTRICT });
    expect([codes(refused), refused.userErrors[0]?.path]).toEqual([['CONFLICT'], 'input.role']);
    expect(codes(await grant(by, { account: second, role: 'AUDITOR', jurisdiction: DISTRICT }))).toEqual([]);
    await expect(em().execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, from_on, recorded_at) select id, 'SYSTEM_ADMINISTRATOR', 'jurisdiction', '310101', '2020-01-01', now() from account where subject = 'two of two'`)).rejects.toMatchObject({ code: '23P01' });
    // ... and the person where the role is held: by a statement, by an invitation, and by the word of the provider.
    await expect(link('three of two')).rejects.toMatchObject({ code: '23P01' });
    asked = holderOf('DISTRICT_REVIEWER');
    const invited = await ask(app, `mutation { invitationCreate(teacher: "${teacherId(world.people.jurisdiction)}") { word } }`);
    const { word } = invited.data?.['invitationCreate'] as { word: string };
    for (const language of ['en', 'zh-CN']) {
      const linked = await mutate(third, 'invitationAccept', { word }, '$word: String!', 'isLinked', language);
      expect([codes(linked), linked['isLinked']]).toEqual([['CONFLICT'], false]);
    }
    await em().execute(`insert into person_key (source_id, source_key, person_id, recorded_at) select min(id), 'two-accounts', ?, now() from source`, [world.people.jurisdiction]);
    const joined = (subject: string): Promise<unknown> => em().execute(`select access_join('access', ?, 'person', null, (select name from source order by id limit 1), 'two-accounts'), (select person_id::text from account where subject = ?) as person`, [subject, subject]);
    await joined('three of two');
    expect(await em().execute(`select person_id from account where subject = 'three of two'`)).toEqual([{ person_id: null }]);
    // Once one of them is ended they may be one person.
    await em().execute(`update role_grant set revoked_at = now() where role = 'SECURITY_OFFICER' and account_id = (select id from account where subject = 'three of two')`);
    await joined('three of two');
    expect(await em().execute(`select person_id::text as person from account where subject = 'three of two'`)).toEqual([{ person: world.people.jurisdiction }]);
  });

  test('that watch each other do not meet by two transactions at once either', async () => {
    const em = database.admin.em.fork();
    for (const subject of ['race one', 'race two']) await em.execute(`insert into account (issuer, subject, kind, person_id, recorded_at) values ('access', ?, 'person', ?, now())`, [subject, world.people.institution]);
    const give = (subject: string, role: string): Promise<unknown> =>
      database.admin.em.fork().transactional(async (transaction) => {
        await transaction.execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, from_on, recorded_at) select id, ?, 'jurisdiction', '310101', '2020-01-01', now() from account where subject = ?`, [role, subject]);
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
    const met = await Promise.allSettled([give('race one', 'AUDITOR'), give('race two', 'SYSTEM_ADMINISTRATOR')]);
    expect(met.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(met.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: '23P01' } });
  });

  test('are given neither on a dry run nor to an account made for it', async () => {
    const before = await counts();
    expect(await grant(holderOf('AUTHORITY'), { account: somebody('dry'), role: 'ANALYST', jurisdiction: DISTRICT }, true)).toEqual({ grant: null, userErrors: [] });
    expect(await counts()).toEqual(before);
  });

  test('hold on their days alone', async () => {
    const by = holderOf('AUTHORITY');
    for (const [subject, days, isIn] of [['past', { from: '2020-01-01', to: '2020-12-31' }, false], ['future', { from: '2190-01-01' }, false], ['now', { from: '2020-01-01', to: '2190-01-01' }, true]] as const) {
      expect(codes(await grant(by, { account: somebody(subject), role: 'ANALYST', jurisdiction: DISTRICT, ...days }))).toEqual([]);
      expect([subject, await sees(somebody(subject), world.people.own)]).toEqual([subject, isIn]);
    }
  });

  test('are given by nobody without one that gives them', async () => {
    asked = holderOf('TEACHER');
    const answer = await ask(app, 'mutation { roleRevoke(grant: "x") { userErrors { code } } }');
    expect([answer.status, codesOf(answer)]).toEqual([403, ['FORBIDDEN']]);
    asked = null;
    const nobody = await ask(app, 'mutation { roleRevoke(grant: "x") { userErrors { code } } }', undefined, { 'accept-language': 'en' });
    expect([nobody.status, codesOf(nobody)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(nobody.errors?.[0]?.message).toMatch(/Mutation.roleRevoke.*Authorization: Bearer/);
  });
});

const counts = async (): Promise<unknown> => database.admin.em.fork().execute('select (select count(*) from account) as accounts, (select count(*) from role_grant) as grants, (select count(*) from delegation) as delegations');

describe('invitations', () => {
  const invite = (as: Subject, row: string): Promise<Payload> => mutate(as, 'invitationCreate', { teacher: teacherId(row) }, '$teacher: ID!', 'word expiresAt');
  const accept = (as: Subject, word: string): Promise<Payload> => mutate(as, 'invitationAccept', { word }, '$word: String!', 'isLinked');

  test('link an account to a teacher once', async () => {
    const invited = await invite(holderOf('SCHOOL_ADMINISTRATOR'), world.people.institution);
    const word = invited['word'] as string;
    expect(word).toMatch(/^[\w-]{24}$/);
    const who = somebody('teacher to be');
    expect(codes(await accept(who, 'no word'))).toEqual(['UNKNOWN_WORD']);
    expect(await accept(who, word)).toMatchObject({ isLinked: true, userErrors: [] });
    expect([await sees(who, world.people.institution), await sees(who, world.people.own)]).toEqual([true, false]);
    expect(codes(await accept(STRANGER, word))).toEqual(['UNKNOWN_WORD']);
    expect(codes(await accept(who, word))).toEqual(['CONFLICT']);
    asked = who;
    expect((await ask(app, '{ viewer { isSignedIn teacher { name } roles { role } may } }')).data?.['viewer']).toMatchObject({ isSignedIn: true, teacher: { name: '同校乙' }, roles: [{ role: 'TEACHER' }], may: expect.arrayContaining(['Query.teachers', 'Mutation.delegationGrant']) });
  });

  test('are for the teacher: not for whoever made them, and not made by who only counts the teacher', async () => {
    const { word } = await invite(holderOf('SCHOOL_ADMINISTRATOR'), world.people.own);
    expect(codes(await accept(holderOf('SCHOOL_ADMINISTRATOR'), word as string))).toEqual(['UNKNOWN_WORD']);
    const em = database.admin.em.fork();
    await em.execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, recorded_at) select id, 'ANALYST', 'jurisdiction', '310101', '310000', '310101', '2020-01-01', now() from account where subject = 'SCHOOL_ADMINISTRATOR'`);
    try {
      expect(await sees(holderOf('SCHOOL_ADMINISTRATOR'), world.people.jurisdiction)).toBe(true);
      expect(codes(await invite(holderOf('SCHOOL_ADMINISTRATOR'), world.people.jurisdiction))).toEqual(['UNKNOWN_TEACHER']);
    } finally {
      await em.execute(`update role_grant set revoked_at = now() where role = 'ANALYST' and account_id = (select id from account where subject = 'SCHOOL_ADMINISTRATOR')`);
    }
  });

  test('are too old after their day, and are made for who is in reach alone', async () => {
    const { word } = await invite(holderOf('SCHOOL_ADMINISTRATOR'), world.people.institution);
    await database.admin.em.fork().execute(`update invitation set expires_at = clock_timestamp() where used_at is null`);
    expect(codes(await accept(somebody('late'), word as string))).toEqual(['UNKNOWN_WORD']);
    expect(codes(await invite(holderOf('SCHOOL_ADMINISTRATOR'), world.people.jurisdiction))).toEqual(['UNKNOWN_TEACHER']);
  });
});

describe('delegations', () => {
  const delegate = (input: object): Promise<Payload> => mutate(holderOf('TEACHER'), 'delegationGrant', { input }, '$input: DelegationGrantInput!', 'delegation');
  const end = (as: Subject, delegation: string): Promise<Payload> => mutate(as, 'delegationRevoke', { delegation }, '$delegation: ID!', 'delegation');
  const record = (as: Subject): Promise<Payload> => mutate(as, 'assessmentRecord', { input: { teacher: teacherId(world.people.own), decision: 'creditCompletion', at: '2020-12-31' } }, '$input: AssessmentRecordInput!', 'storedAssessment { id teacher { id } }');
  const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

  test('let somebody see and act for a teacher until they are revoked, each action by itself', async () => {
    const helper = holderOf('ASSOCIATION');
    expect(await sees(helper, world.people.own)).toBe(false);
    const given = await delegate({ account: helper, actions: ['VIEW'], to: inAnHour() });
    expect(given.userErrors).toEqual([]);
    expect([await sees(helper, world.people.own), await sees(helper, world.people.institution)]).toEqual([true, false]);
    expect(codes(await record(helper))).toEqual(['UNKNOWN_TEACHER']);
    const more = await delegate({ account: helper, actions: ['RECORD_ASSESSMENT'], to: inAnHour() });
    const kept = await record(helper);
    expect(kept).toMatchObject({ userErrors: [], storedAssessment: { teacher: { id: teacherId(world.people.own) } } });
    const [row] = await database.admin.em.fork().execute<{ subject: string }[]>('select a.subject from stored_assessment s join account a on a.id = s.account_id order by s.id desc limit 1');
    expect(row?.subject).toBe('ASSOCIATION');
    expect(codes(await end(holderOf('LEARNER'), given['delegation'] as string))).toEqual(['UNKNOWN_GRANT']);
    for (const one of [given, more]) expect(codes(await end(holderOf('TEACHER'), one['delegation'] as string))).toEqual([]);
    expect(await sees(helper, world.people.own)).toBe(false);
    asked = helper;
    expect(codesOf(await ask(app, 'mutation { assessmentRecord(input: {teacher: "x", at: "2020-12-31"}) { userErrors { code } } }'))).toEqual(['FORBIDDEN']);
  });

  test('have a window', async () => {
    const helper = holderOf('LEARNER');
    await delegate({ account: helper, actions: ['VIEW'], from: new Date(Date.now() + 60_000).toISOString(), to: inAnHour() });
    expect(await sees(helper, world.people.own)).toBe(false);
    await database.admin.em.fork().execute(`update delegation set from_at = now() - interval '2 hours', to_at = now() + interval '1 hour' where revoked_at is null`);
    expect(await sees(helper, world.people.own)).toBe(true);
    await database.admin.em.fork().execute(`update delegation set to_at = now() where revoked_at is null`);
    expect(await sees(helper, world.people.own)).toBe(false);
  });

  test.each([
    ['no action', () => ({ account: STRANGER, actions: [], to: inAnHour() }), ['OUT_OF_RANGE']],
    ['an end that is over', () => ({ account: STRANGER, actions: ['VIEW'], to: '2020-01-01' }), ['OUT_OF_RANGE']],
    ['more than a year', () => ({ account: STRANGER, actions: ['VIEW'], to: new Date(Date.now() + 367 * 86_400_000).toISOString() }), ['OUT_OF_RANGE']],
    ['oneself', () => ({ account: holderOf('TEACHER'), actions: ['VIEW'], to: inAnHour() }), ['NOT_ALLOWED']],
  ] as const)('are refused: %s', async (_what, input, expected) => {
    const before = await counts();
    expect(codes(await delegate(input()))).toEqual(expected);
    expect(await counts()).toEqual(before);
  });
});

test('the viewer of nobody says so, and what is open', async () => {
  asked = null;
  const { data } = await ask(app, '{ viewer { isSignedIn account isClient name roles { role } delegations { id } may } }');
  expect(data?.['viewer']).toMatchObject({ isSignedIn: false, account: null, isClient: false, name: null, roles: [], delegations: [], may: expect.arrayContaining(['Query.assess', 'Query.viewer']) });
  expect((data?.['viewer'] as { may: string[] }).may).not.toContain('Query.teachers');
});
