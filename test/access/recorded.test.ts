import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { RecordError } from '../../src/records/record-error.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { DISTRICT, holderOf, makeWorld, teacherId } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let records: Records;
let app: FastifyInstance;
let asked: Subject | null = null;
let folder: string;
const silent = { warn: () => undefined, error: () => undefined, info: () => undefined };
beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-records-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: silent });
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, asks: () => asked });
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const trail = (): Promise<{ action: string; nodes: string[]; subject: string | null; before: unknown; after: unknown }[]> =>
  database.admin.em.fork().execute(`select t.action, t.nodes, a.subject, t.before, t.after from audit_trail t left join account a on a.id = t.account_id order by t.seq`);
const accesses = (): Promise<{ subject: string | null; persons: string[]; kinds: string[]; operation: string | null }[]> =>
  database.admin.em.fork().execute(`select a.subject, r.persons::text[] as persons, r.kinds, r.operation from access_record r left join account a on a.id = r.account_id order by r.recorded_at, r.seq`);

describe('changes', () => {
  const GRANT = 'mutation ($input: RoleGrantInput!, $dryRun: Boolean! = false) { roleGrant(input: $input, dryRun: $dryRun) { grant { id } userErrors { code } } }';
  const input = { account: { issuer: 'access', subject: 'somebody' }, role: 'ANALYST', jurisdiction: DISTRICT };

  test('are put on record with who made them; what is refused, or only tried, is not', async () => {
    asked = holderOf('AUTHORITY');
    const before = (await trail()).length;
    await ask(app, GRANT, { input, dryRun: true });
    await ask(app, GRANT, { input: { ...input, jurisdiction: '330102' } });
    expect(await trail()).toHaveLength(before);
    const answer = await ask(app, GRANT, { input });
    const { id } = (answer.data?.['roleGrant'] as { grant: { id: string } }).grant;
    await ask(app, `mutation { roleRevoke(grant: "${id}") { userErrors { code } } }`);
    const made = (await trail()).slice(before);
    expect(made.map(({ action, subject }) => [action, subject])).toEqual([['roleGrant', 'AUTHORITY'], ['roleRevoke', 'AUTHORITY']]);
    expect(made[0]?.after).toMatchObject({ role: { open: 'ANALYST' }, scope: { open: DISTRICT } });
    expect(made[0]?.nodes).toEqual([expect.stringMatching(/^RoleGrant:\d+$/), expect.stringMatching(/^Account:\d+$/)]);
  });

  test('are not made without their record', async () => {
    asked = holderOf('AUTHORITY');
    const em = database.admin.em.fork();
    const grants = async (): Promise<unknown> => em.execute('select count(*) as n from role_grant');
    const before = await grants();
    await em.execute('alter table audit_trail rename to audit_trail_away');
    try {
      expect(codesOf(await ask(app, GRANT, { input: { ...input, account: { issuer: 'access', subject: 'nobody yet' } } }))).toEqual(['INTERNAL']);
      expect(await grants()).toEqual(before);
    } finally {
      await em.execute('alter table audit_trail_away rename to audit_trail');
    }
  });

  test('of whom an account is are put on record: by the word of the provider, once', async () => {
    const em = database.admin.em.fork();
    await em.execute(`insert into person_key (source_id, source_key, person_id, recorded_at) select min(id), 'linked-by-provider', ?, now() from source`, [world.people.institution]);
    const [source] = await em.execute<{ name: string }[]>('select name from source order by id limit 1');
    const identity = { isClient: false, name: 'Linked', issuer: 'access', subject: 'linked by provider', person: { source: source?.name ?? '', key: 'linked-by-provider' } };
    let key = 'nobody here';
    const own = await testApp({ database: { ...database, close: async () => undefined }, records: { ...records, close: async () => undefined }, registry: await loadRegistry(), now: Date.now() as never, identify: async () => ({ ...identity, person: { ...identity.person, key } }) });
    const links = async (): Promise<unknown[]> => (await trail()).filter(({ action }) => action === 'accountLink').map(({ subject, nodes }) => [subject, nodes]);
    // Whom the register does not know is linked to nobody.
    await ask(own, '{ viewer { account teacher { id } } }');
    expect(await links()).toEqual([]);
    key = 'linked-by-provider';
    // Also where the first come at once.
    const first = await Promise.all(Array.from({ length: 4 }, () => ask(own, '{ viewer { teacher { id } } }')));
    for (const { data } of [...first, await ask(own, '{ viewer { teacher { id } } }')]) expect(data?.['viewer']).toEqual({ teacher: { id: teacherId(world.people.institution) } });
    expect(await links()).toEqual([['linked by provider', [expect.stringMatching(/^Account:\d+$/), `Teacher:${world.people.institution}`]]]);
    await own.close();
  });

  test('of somebody who acts for a teacher have both names', async () => {
    asked = holderOf('TEACHER');
    await ask(app, 'mutation ($input: DelegationGrantInput!) { delegationGrant(input: $input) { delegation userErrors { code } } }', { input: { account: holderOf('ASSOCIATION'), actions: ['RECORD_ASSESSMENT'], to: new Date(Date.now() + 3_600_000).toISOString() } });
    asked = holderOf('ASSOCIATION');
    const kept = await ask(app, `mutation { assessmentRecord(input: {teacher: "${teacherId(world.people.own)}", decision: "creditCompletion", at: "2020-12-31"}) { storedAssessment { id } userErrors { code } } }`);
    expect([kept.errors, (kept.data?.['assessmentRecord'] as { userErrors: unknown[] } | undefined)?.userErrors]).toEqual([undefined, []]);
    const [row] = await database.admin.em.fork().execute<Record<string, unknown>[]>(`select t.action, a.subject, t.on_behalf_of::text as for_whom, t.delegation_id is not null as delegated, t.assessment_id is not null as assessed from audit_trail t join account a on a.id = t.account_id order by t.seq desc limit 1`);
    expect(row).toEqual({ action: 'assessmentRecord', subject: 'ASSOCIATION', for_whom: world.people.own, delegated: true, assessed: true });
  });
});

describe('accesses of a change', () => {
  const INVITE = 'mutation ($teacher: ID!) { invitationCreate(teacher: $teacher) { expiresAt userErrors { code } } }';
  const KEEP = (select: string, key = 'withheld'): string => `mutation Keep { assessmentRecord(idempotencyKey: "${key}", input: {teacher: "${teacherId(world.people.own)}", decision: "creditCompletion", at: "2020-12-31"}) { storedAssessment { ${select} } userErrors { code } } }`;
  const counted = async (): Promise<Record<string, unknown>> => (await database.admin.em.fork().execute<Record<string, unknown>[]>('select (select count(*) from invitation) as invitations, (select count(*) from stored_assessment) as assessments, (select count(*) from audit_trail) as trail, (select count(*) from access_record) as accesses, (select count(*) from idempotency) as keys'))[0] ?? {};

  test('stand with it: neither is there without the other', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const before = await counted();
    const em = database.admin.em.fork();
    await em.execute(`create function no_access() returns trigger language plpgsql as $$ begin raise exception 'no record of accesses'; end $$`);
    await em.execute('create trigger no_access before insert on access_record for each row execute function no_access()');
    try {
      // That the teacher was looked at cannot be put on record either.
      expect(codesOf(await ask(app, INVITE, { teacher: teacherId(world.people.own) }))).toEqual(['ACCESS_RECORD_UNAVAILABLE']);
      expect(await counted()).toEqual(before);
    } finally {
      await em.execute('drop trigger no_access on access_record; drop function no_access()');
    }
    expect((await ask(app, INVITE, { teacher: teacherId(world.people.own) })).errors).toBeUndefined();
    expect((await accesses()).at(-1)).toEqual({ subject: 'SCHOOL_ADMINISTRATOR', persons: [world.people.own], kinds: expect.arrayContaining(['Teacher', 'Invitation']), operation: 'invitationCreate' });
  });

  test('need no other record, so that an answer is given once the change is made', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const down = vi.spyOn(records.access, 'record').mockRejectedValue(new RecordError('ACCESS_RECORD_UNAVAILABLE', { retryAfterSeconds: 2 }));
    try {
      const kept = await ask(app, KEEP('verdict teacher { name }', 'needs no other'));
      expect(codesOf(kept)).toEqual(['IDEMPOTENCY_KEY_INVALID']);
      const good = await ask(app, KEEP('verdict teacher { name }', 'needs-no-other'));
      expect([good.errors, good.data?.['assessmentRecord']]).toEqual([undefined, { storedAssessment: { verdict: expect.any(String), teacher: { name: '本人甲' } }, userErrors: [] }]);
      expect(down).not.toHaveBeenCalled();
    } finally {
      down.mockRestore();
    }
  });

  test('where its answer tells of more people and that cannot be put on record, the refusal says that it was made; sent again, it is told', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const select = 'id teacher { institution { teachers { nodes { name } } } }';
    const before = await counted();
    const down = vi.spyOn(records.access, 'record').mockRejectedValue(new RecordError('ACCESS_RECORD_UNAVAILABLE', { retryAfterSeconds: 2 }));
    const refused = await ask(app, KEEP(select), {}, { 'accept-language': 'en' });
    expect([refused.status, codesOf(refused), refused.data ?? null]).toEqual([503, ['ANSWER_WITHHELD'], null]);
    expect(refused.errors?.[0]?.message).toMatch(/^The change was made/);
    // Of a replay nothing was changed.
    expect(codesOf(await ask(app, KEEP(select)))).toEqual(['ACCESS_RECORD_UNAVAILABLE']);
    down.mockRestore();
    const again = await ask(app, KEEP(select));
    expect([again.errors, JSON.stringify(again.data)]).toEqual([undefined, expect.stringContaining('同校乙')]);
    expect(again.extensions?.['idempotency']).toMatchObject({ assessmentRecord: { replayed: true } });
    const after = await counted();
    expect([after['assessments'], after['trail'], after['keys']]).toEqual([String(Number(before['assessments']) + 1), String(Number(before['trail']) + 1), String(Number(before['keys']) + 1)]);
  });
});

describe('accesses', () => {
  test('to people are put on record before the answer is given, with whom and what; to rules they are not', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const before = (await accesses()).length;
    await ask(app, 'query Page { teachers(first: 10) { nodes { id name } } }');
    await ask(app, `query One { node(id: "${globalId('CreditEntry', world.entries.own)}") { id } }`);
    await ask(app, '{ about { name } institutions { totalCount } }');
    await ask(app, `{ teacher(id: "${teacherId(world.people.elsewhere)}") { id } }`);
    const made = (await accesses()).slice(before);
    expect(made).toEqual([
      { subject: 'SCHOOL_ADMINISTRATOR', persons: expect.arrayContaining([world.people.own, world.people.institution]), kinds: ['Teacher'], operation: 'Page' },
      { subject: 'SCHOOL_ADMINISTRATOR', persons: [world.people.own], kinds: ['CreditEntry'], operation: 'One' },
    ]);
  });
});
