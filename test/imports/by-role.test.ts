import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { AUDIENCES } from '../../src/access/policy/audiences.ts';
import { ROLES, SCOPE_OF } from '../../src/access/roles.ts';
import type { Relation, Role } from '../../src/access/roles.ts';
import { join as joinAccount } from '../../src/persistence/repositories/accounts.ts';
import { insertGrant } from '../../src/persistence/repositories/role-grants.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { DISTRICT, FAR, holderOf, makeWorld, STRANGER } from '../support/access-world.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { rowsOf } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';
import { ask, testApp } from '../support/server.ts';

const TOKEN = 'a-token-of-this-test';
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let database: TestDatabase;
let records: Records;
let app: FastifyInstance;
let folder: string;
let asked: Subject | null | GraphQLError = null;
beforeAll(async () => {
  database = await testDatabase();
  await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-by-role-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  const identify = async () => {
    if (asked instanceof GraphQLError) throw asked;
    return asked && { isClient: false, name: null, person: null, ...asked };
  };
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, environment: { IMPORT_TOKEN: TOKEN }, identify });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly message: string;
  readonly lines: readonly Record<string, unknown>[];
}
async function send(as: Subject | null | GraphQLError, kind: string, content: string, { query = '', token = 'theirs', language = 'en' } = {}): Promise<Answer> {
  asked = as;
  const response = await app.inject({ method: 'POST', url: `/import/${kind}?source=office${query}`, remoteAddress: '10.0.0.7', headers: { 'content-type': 'text/csv', 'accept-language': language, authorization: `Bearer ${token}` }, payload: content });
  const lines = response.body.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const [error] = (lines[0]?.['errors'] ?? []) as { message: string; extensions: { code: string } }[];
  return { status: response.statusCode, code: error?.extensions.code, message: error?.message ?? '', lines };
}
const result = ({ lines }: Answer): unknown => lines.at(-1);
const problems = ({ lines }: Answer): unknown[] => lines.filter(({ type }) => type === 'problem').map(({ code, line, column, value, message }) => ({ code, line, column, value, message }));

const SCHOOLS = (place: string, key = 'S1'): string => `key,name,jurisdiction,kind\n${key},某小学,${place},school\n`;
const TEACHER = (institution: string, change = ''): string => `key,name,identityNumber,institution,from${change && ',subject'}\nT1,王芳,110101199003070054,${institution},2020-09-01${change && `,${change}`}\n`;
const authority = holderOf('AUTHORITY');
const farAuthority: Subject = { issuer: 'access', subject: 'far authority' };

describe('whoever imports', () => {
  test.each(ROLES.map((role) => [role, ['AUTHORITY', 'SYSTEM_ADMINISTRATOR'].includes(role)] as const))('%s: %s', async (role, may) => {
    const answer = await send(holderOf(role), 'institutions', SCHOOLS(DISTRICT, `by-${role}`));
    if (may) expect([answer.status, result(answer)]).toEqual([200, expect.objectContaining({ status: 'taken', added: 1 })]);
    else expect([answer.status, answer.code, answer.message]).toEqual([403, 'IMPORT_NOT_ALLOWED', expect.stringContaining('AUTHORITY, SYSTEM_ADMINISTRATOR')]);
  });

  test.each(ROLES.filter((role) => SCOPE_OF[role] === 'jurisdiction'))('the row of %s in the table matters', async (role) => {
    const readers = AUDIENCES.IMPORTERS as Partial<Record<Role, readonly Relation[]>>;
    const kept = readers[role];
    const status = async (): Promise<number> => (await send(holderOf(role), 'institutions', SCHOOLS(DISTRICT, `flip-${role}`), { query: '&dryRun=true' })).status;
    const before = await status();
    readers[role] = kept ? [] : ['jurisdiction'];
    try {
      expect([before, await status()].sort()).toEqual([200, 403]);
    } finally {
      if (kept) readers[role] = kept;
      else delete readers[role];
    }
    expect(await status()).toBe(before);
  });

  test('brings a good token, or that of the operator, else nothing is read', async () => {
    expect((await send(STRANGER, 'institutions', SCHOOLS(DISTRICT))).status).toBe(403);
    expect((await send({ issuer: 'access', subject: 'unheard of' }, 'institutions', SCHOOLS(DISTRICT))).status).toBe(403);
    for (const language of ['en', 'zh-CN']) {
      const bad = await send(new GraphQLError('it has expired', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } }), 'institutions', SCHOOLS(DISTRICT), { language });
      expect([bad.status, bad.code, bad.message]).toEqual([401, 'IMPORT_NOT_ALLOWED', expect.stringMatching(language === 'en' ? /^Imports need a token.*it has expired$/ : /^导入需要令牌/)]);
    }
    const down = await send(new GraphQLError('no keys', { extensions: { code: 'AUTH_PROVIDER_UNAVAILABLE', http: { status: 503 } } }), 'institutions', SCHOOLS(DISTRICT));
    expect([down.status, down.code]).toEqual([503, 'AUTH_PROVIDER_UNAVAILABLE']);
    expect(result(await send(null, 'institutions', SCHOOLS(FAR, 'operator'), { token: TOKEN }))).toMatchObject({ status: 'taken' });
  });

  test('of several places says for which, and meets the keys of no other', async () => {
    const em = database.admin.em.fork();
    const both: Subject = { issuer: 'access', subject: 'two places' };
    const accountId = await joinAccount(em, { ...both, kind: 'person', name: null, person: null });
    for (const code of [DISTRICT, FAR]) await insertGrant(em, { accountId, role: 'AUTHORITY', scope: { kind: 'jurisdiction', code }, from: '2020-01-01' as never, to: null, grantedBy: null });
    const vague = await send(both, 'institutions', SCHOOLS(FAR, 'two'));
    expect([vague.status, vague.code, vague.message]).toEqual([400, 'BAD_REQUEST', expect.stringContaining(DISTRICT)]);
    expect(result(await send(both, 'institutions', SCHOOLS(FAR, 'two'), { query: `&jurisdiction=${FAR}` }))).toMatchObject({ status: 'taken', added: 1 });
    expect(await rowsOf(database, `select s.name from institution i join source s on s.id = i.source_id where i.source_key in ('two', 'operator', 'by-AUTHORITY') order by 1`)).toEqual([{ name: `${DISTRICT}/office` }, { name: `${FAR}/office` }, { name: 'office' }]);
  });
});

describe('a file of somebody with a role over a place', () => {
  beforeAll(async () => {
    const em = database.admin.em.fork();
    const accountId = await joinAccount(em, { ...farAuthority, kind: 'person', name: 'Far Authority', person: null });
    await insertGrant(em, { accountId, role: 'AUTHORITY', scope: { kind: 'jurisdiction', code: FAR }, from: '2020-01-01' as never, to: null, grantedBy: null });
    expect(result(await send(authority, 'institutions', SCHOOLS(DISTRICT)))).toMatchObject({ status: 'taken' });
    expect(result(await send(farAuthority, 'institutions', SCHOOLS(FAR)))).toMatchObject({ status: 'taken' });
  });

  test('is refused rows elsewhere, and nothing else is said of them', async () => {
    for (const [kind, content, column] of [
      ['institutions', `key,name,jurisdiction,kind\nX1,a,${FAR},school\nX1,b,${FAR},school\n`, 'jurisdiction'],
      ['courses', `key,title,jurisdiction\nC1,某课,${FAR}\n`, 'jurisdiction'],
    ] as const) {
      for (const language of ['en', 'zh-CN']) {
        const answer = await send(authority, kind, content, { language });
        expect([kind, result(answer)]).toEqual([kind, expect.objectContaining({ status: 'refused' })]);
        for (const problem of problems(answer)) expect(problem).toMatchObject({ code: 'OUT_OF_PLACE', column, value: FAR, message: expect.stringMatching(language === 'en' ? /not lie in a place/ : /不在您可以导入的地方/) });
        expect(problems(answer).length).toBeGreaterThan(0);
      }
    }
    // With the others taken where that was asked for.
    const partial = await send(authority, 'institutions', `${SCHOOLS(DISTRICT, 'P1')}P2,b,${FAR},school\n`, { query: '&partial=true' });
    expect(result(partial)).toMatchObject({ status: 'taken', added: 1, refused: 1 });
  });

  test('takes teachers of its own schools; a teacher from elsewhere is registered by the identity number, and what is stored of them is not told', async () => {
    expect(result(await send(authority, 'teachers', TEACHER('S1')))).toMatchObject({ status: 'taken', added: 1 });
    // The main employment there stands against it: that it does is told, and not where.
    const overlap = await send(farAuthority, 'teachers', TEACHER('S1'));
    expect(problems(overlap)).toEqual([expect.objectContaining({ code: 'MAIN_OVERLAP', line: 2 })]);
    expect(JSON.stringify(problems(overlap))).not.toContain('S1 2020-09-01');
    expect(result(await send(farAuthority, 'teachers', TEACHER('S1').replace('institution,from', 'institution,main,from').replace('S1,2020', 'S1,false,2020')))).toMatchObject({ status: 'taken' });
    expect(await rowsOf(database, `select count(distinct person_id)::int as people, count(*)::int as jobs from employment e join source s on s.id = e.source_id where s.name like '%/office'`)).toEqual([{ people: 1, jobs: 2 }]);
  });

  test('takes credits of its own teachers alone: others are unknown to it', async () => {
    const credit = (teacher: string, key: string): string => `key,${teacher.split('=')[0]},jurisdiction,book,amount,completedOn,level,category\n${key},${teacher.split('=')[1]},310104,entries,1,2020-10-01,district,practice\n`;
    const mine = await send(authority, 'credits', credit('teacher=T1', 'K1'));
    expect([problems(mine), result(mine)]).toEqual([[], expect.objectContaining({ status: 'taken', added: 1 })]);
    const em = database.admin.em.fork();
    await em.execute(`update employment set superseded_at = now() where county_code = '${FAR}'`);
    await em.execute(`delete from employment e using source s where s.id = e.source_id and s.name = '${FAR}/office'`);
    const unknown = await send(farAuthority, 'credits', credit('identityNumber=110101199003070054', 'K2'));
    const nobody = await send(farAuthority, 'credits', credit('identityNumber=11010119900307002X', 'K2'));
    expect([problems(unknown), result(unknown)]).toEqual([problems(nobody), expect.objectContaining({ status: 'refused' })]);
    expect(problems(unknown)).toEqual([expect.objectContaining({ code: 'UNKNOWN_TEACHER' })]);
  });

  test('is on record with who sent it, in which request, what it was and what came of it; an auditor of the place sees it, of another does not', async () => {
    const content = SCHOOLS(DISTRICT, 'audited');
    await send(authority, 'institutions', content, { query: '&name=Marker-File.csv' });
    const [row] = await rowsOf<{ text: string; action: string; nodes: string[]; after: Record<string, unknown>; subject: string; request_id: string }>(database, `select t::text as text, t.action, t.nodes, t.after, a.subject, t.request_id from audit_trail t join account a on a.id = t.account_id order by t.seq desc limit 1`);
    expect(row).toMatchObject({ action: 'import', nodes: [`Jurisdiction:${DISTRICT}`], subject: 'AUTHORITY', request_id: expect.any(String), after: { kind: { open: 'institutions' }, source: { open: `${DISTRICT}/office` }, sha256: { open: createHash('sha256').update(content).digest('hex') }, rows: { open: 1 }, added: { open: 1 }, refused: { open: 0 } } });
    expect(row?.text).not.toContain('Marker-');
    // What changes nothing, is refused or only tried is not.
    const before = await rowsOf(database, 'select count(*) as n from audit_trail');
    await send(authority, 'institutions', content);
    await send(authority, 'institutions', SCHOOLS(FAR, 'refused'));
    await send(authority, 'institutions', SCHOOLS(DISTRICT, 'dry'), { query: '&dryRun=true' });
    expect(await rowsOf(database, 'select count(*) as n from audit_trail')).toEqual(before);
    const seen = async (role: 'AUDITOR' | 'TEACHER', place: string): Promise<number | undefined> => {
      asked = holderOf(role);
      const answer = await ask(app, `{ auditTrail(node: "${place}") { nodes { action nodes { type id } } } }`);
      return (answer.data?.['auditTrail'] as { nodes: unknown[] } | undefined)?.nodes.length;
    };
    expect(await seen('AUDITOR', DISTRICT)).toBeGreaterThan(3);
    expect([await seen('AUDITOR', FAR), await seen('AUDITOR', 'CN'), await seen('AUDITOR', '310000'), await seen('TEACHER', DISTRICT)]).toEqual([0, 0, 0, 0]);
  });
});
