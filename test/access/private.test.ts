import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AudienceName } from '../../src/access/policy/audiences.ts';
import { MASKED } from '../../src/access/policy/fields.ts';
import type { Subject } from '../../src/access/principal.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { ROLES } from '../../src/access/roles.ts';
import type { Role } from '../../src/access/roles.ts';
import { ROW_READERS } from '../../src/access/row-classes.ts';
import { AccessGuard } from '../../src/graphql/access/access-guard.ts';
import { RequestAccess } from '../../src/graphql/access/request-access.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { holderOf, makeWorld, privateOf, STANDINGS, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld, Standing } from '../support/access-world.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { statementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

const MOST = 5;
let database: TestDatabase;
let world: AccessWorld;
let records: Records;
let app: FastifyInstance;
/** With the database's wall off. */
let unbound: FastifyInstance;
let folder: string;
let asked: Subject | null = null;

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-private-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  const registry = await loadRegistry();
  const shared = { registry, now: Date.now() as never, asks: () => asked, environment: { REVEALS_PER_HOUR: String(MOST) } };
  unbound = await testApp({ ...shared, database: { ...database, orm: database.admin, close: async () => undefined } });
  app = await testApp({ ...shared, database, records });
}, 120_000);
beforeEach(() => void vi.restoreAllMocks());
afterEach(async () => {
  vi.restoreAllMocks();
  await database.admin.em.fork().execute('delete from reveal_count');
});
afterAll(async () => {
  await unbound.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const FIELDS = 'identityNumbers { id kind number } phone birthDate sex';
const about = (standing: Standing): string => `{ teacher(id: "${teacherId(world.people[standing])}") { ${FIELDS} } }`;
const teacherIn = ({ data }: GraphqlAnswer): Record<string, unknown> | null => (data?.['teacher'] ?? null) as Record<string, unknown> | null;
/** Whom a role sees of a class of rows: each scope holds the narrower ones. */
const seenBy = (role: Role, rowClass: 'people' | 'private'): readonly Standing[] => STANDINGS.slice(0, 1 + Math.max(-1, ...(ROW_READERS[rowClass][role] ?? []).map((relation) => STANDINGS.indexOf(relation))));
/** As it is shown to a role that stands so. */
function shown(role: Role, standing: Standing): object {
  const { phone, birthDate, sex, identityNumber } = privateOf(standing);
  const isOwn = role === 'TEACHER';
  return {
    identityNumbers: [{ id: expect.any(String) as string, kind: 'RESIDENT', number: `110*************${identityNumber.slice(-2)}` }],
    phone: `138****${phone.slice(-4)}`,
    birthDate: isOwn || role === 'SCHOOL_ADMINISTRATOR' ? birthDate : '1990',
    sex: sex?.toUpperCase() ?? null,
  };
}

describe.each(ROLES)('what is private, for %s', (role) => {
  test.each([['both walls', () => app], ['the wall of the database off', () => unbound]] as const)('with %s', async (_walls, server) => {
    asked = holderOf(role);
    for (const standing of STANDINGS) {
      const answer = await ask(server(), about(standing));
      if (!(role in ROW_READERS.private)) expect([standing, answer.status, codesOf(answer)]).toEqual([standing, 403, ['FORBIDDEN']]);
      else expect([standing, answer.errors, teacherIn(answer)]).toEqual([standing, undefined, seenBy(role, 'private').includes(standing) ? shown(role, standing) : null]);
    }
  });

  test('with the wall of the API off', async () => {
    asked = holderOf(role);
    vi.spyOn(RequestAccess.prototype, 'reach').mockReturnValue(WHOLE);
    vi.spyOn(RequestAccess.prototype, 'admits').mockReturnValue(true);
    vi.spyOn(AccessGuard.prototype, 'judge').mockReturnValue(null);
    for (const standing of STANDINGS) {
      const found = teacherIn(await ask(app, about(standing)));
      const { phone, birthDate, sex } = privateOf(standing);
      const nothing = { identityNumbers: [], phone: null, birthDate: null, sex: null };
      const expected = !seenBy(role, 'people').includes(standing) ? null : seenBy(role, 'private').includes(standing) ? expect.objectContaining({ phone, birthDate, sex: sex?.toUpperCase() ?? null }) : nothing;
      expect([standing, found]).toEqual([standing, expected]);
    }
  });
});

test('a number in full to any other audience would be seen', async () => {
  const row = MASKED['IdentityNumber.number'] as { clear: AudienceName };
  const seen = async (): Promise<string> => {
    const found: string[] = [];
    for (const role of Object.keys(ROW_READERS.private) as Role[]) {
      asked = holderOf(role);
      found.push(JSON.stringify((await ask(app, about('own'))).data));
    }
    return found.join(' ');
  };
  expect(await seen()).not.toContain(privateOf('own').identityNumber);
  try {
    for (const audience of ['ONESELF', 'FILE', 'RECORDERS', 'SIGNED_IN', 'AUDITORS', 'INVITERS'] as const) {
      row.clear = audience;
      expect([audience, await seen()]).toEqual([audience, expect.stringContaining(privateOf('own').identityNumber)]);
    }
  } finally {
    row.clear = 'NOBODY';
  }
});

test('nobody without a role sees anything of it', async () => {
  for (const subject of [null, STRANGER, { issuer: 'access', subject: 'unheard of' }]) {
    asked = subject;
    const answer = await ask(app, about('own'));
    expect([answer.data ?? null, codesOf(answer)[0]]).toEqual([null, subject === null ? 'UNAUTHENTICATED' : 'FORBIDDEN']);
  }
});

test('whoever acts for a teacher, and an analyst who answers for a school, see no more than that', async () => {
  const em = database.admin.em.fork();
  await em.execute(`insert into delegation (person_id, account_id, actions, from_at, to_at, granted_by, recorded_at) select ?, a.id, '{VIEW}', now() - interval '1 hour', now() + interval '1 hour', g.id, now() from account a, account g where a.subject = 'LEARNER' and g.subject = 'TEACHER'`, [world.people.own]);
  asked = holderOf('LEARNER');
  expect(teacherIn(await ask(app, about('own')))).toEqual({ identityNumbers: [], phone: null, birthDate: null, sex: null });
  expect(JSON.stringify(await reveal({ field: 'PHONE' }))).toContain('UNKNOWN_TEACHER');
  await em.execute('update delegation set revoked_at = now()');
  await em.execute(`insert into role_grant (account_id, role, scope_kind, institution_id, jurisdiction_code, from_on, recorded_at) select id, 'SCHOOL_ADMINISTRATOR', 'institution', ?, '310101', '2020-01-01', now() from account where subject = 'ANALYST'`, [world.institutions.own]);
  asked = holderOf('ANALYST');
  expect(teacherIn(await ask(app, about('own')))).toEqual(shown('SCHOOL_ADMINISTRATOR', 'own'));
  const elsewhere = await ask(app, about('jurisdiction'));
  expect(new Set(codesOf(elsewhere))).toEqual(new Set(['FORBIDDEN']));
  expect(JSON.stringify(elsewhere)).not.toMatch(/1990|138/);
  await em.execute(`update role_grant set revoked_at = now() where role = 'SCHOOL_ADMINISTRATOR' and account_id = (select id from account where subject = 'ANALYST')`);
});

test('a page asks one statement more for all of it, and none when it is not selected', async () => {
  asked = holderOf('AUTHORITY');
  const page = (fields: string): Promise<string[]> => statementsOf(() => ask(app, `{ teachers(first: 50) { nodes { id ${fields} } } }`));
  await page('');
  const [plain, all] = [await page(''), await page(FIELDS)];
  expect(plain.some((statement) => /person_private|person_identity/.test(statement))).toBe(false);
  expect(all.filter((statement) => /person_private/.test(statement))).toHaveLength(1);
  expect(all.length).toBe(plain.length + 1);
});

test('what was looked at is on record by its field', async () => {
  asked = holderOf('SCHOOL_ADMINISTRATOR');
  await ask(app, `query Staff { teacher(id: "${teacherId(world.people.institution)}") { phone identityNumbers { number } } }`);
  const [row] = await database.admin.em.fork().execute<Record<string, unknown>[]>(`select persons::text[] as persons, kinds from access_record where operation = 'Staff'`);
  expect(row).toEqual({ persons: [world.people.institution], kinds: ['Teacher', 'Teacher.phone', 'Teacher.identityNumbers'] });
});

interface Asked {
  readonly teacher?: string;
  readonly field?: string;
  readonly purpose?: string;
  readonly reason?: string;
  readonly identityNumber?: string;
}
const MUTATION = 'mutation Reveal($input: RevealInput!, $key: String) { reveal(input: $input, idempotencyKey: $key) { value kind remaining resetsAt userErrors { code path message value } } }';
const reveal = (given: Asked, server = app, key?: string): Promise<GraphqlAnswer> => ask(server, MUTATION, { input: { teacher: teacherId(world.people.own), field: 'IDENTITY_NUMBER', purpose: 'IDENTITY_CHECK', reason: '核对报名材料', ...given }, key });
const payload = ({ data }: GraphqlAnswer): { value: string | null; kind: string | null; remaining: number | null; resetsAt: string | null; userErrors: { code: string; path: string; value: unknown; message: string }[] } => data?.['reveal'] as never;

describe('reveal', () => {
  test.each([
    ['TEACHER', ['own']],
    ['SCHOOL_ADMINISTRATOR', ['own', 'institution']],
    ['DISTRICT_REVIEWER', ['own', 'institution', 'jurisdiction']],
    ['AUTHORITY', ['own', 'institution', 'jurisdiction']],
  ] as const)('gives %s the value in full, of those they answer for', async (role, theirs: readonly Standing[]) => {
    asked = holderOf(role);
    for (const standing of STANDINGS) {
      const answer = payload(await reveal({ teacher: teacherId(world.people[standing]) }));
      if (theirs.includes(standing)) expect(answer).toMatchObject({ value: privateOf(standing).identityNumber, kind: 'RESIDENT', userErrors: [] });
      else expect([answer.value, answer.userErrors.map(({ code }) => code)]).toEqual([null, ['UNKNOWN_TEACHER']]);
    }
    await database.admin.em.fork().execute('delete from reveal_count');
    expect(payload(await reveal({ field: 'PHONE' })).value).toBe(privateOf('own').phone);
    expect(payload(await reveal({ field: 'BIRTH_DATE' }))).toMatchObject({ value: privateOf('own').birthDate, kind: null, remaining: MOST - 2 });
  });

  test.each(ROLES.filter((role) => !(role in ROW_READERS.private)))('is refused to %s', async (role) => {
    asked = holderOf(role);
    expect(codesOf(await reveal({}))).toEqual(['FORBIDDEN']);
  });

  test('answers of whom one may not see as of whom there is not', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const about = async (row: string): Promise<unknown> => {
      const [error] = payload(await reveal({ teacher: teacherId(row) })).userErrors;
      return { ...error, value: null, message: error?.message.replace(teacherId(row), '') };
    };
    expect(await about(world.people.elsewhere)).toEqual(await about('999999'));
  });

  test('with the wall of the API off the database gives nothing of others', async () => {
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    vi.spyOn(RequestAccess.prototype, 'reach').mockReturnValue(WHOLE);
    vi.spyOn(RequestAccess.prototype, 'admits').mockReturnValue(true);
    vi.spyOn(AccessGuard.prototype, 'judge').mockReturnValue(null);
    expect(payload(await reveal({ teacher: teacherId(world.people.elsewhere) })).userErrors.map(({ code }) => code)).toEqual(['UNKNOWN_TEACHER']);
    asked = holderOf('ANALYST');
    expect(payload(await reveal({ teacher: teacherId(world.people.own) }))).toMatchObject({ value: null, userErrors: [{ code: 'NOT_RECORDED' }] });
  });

  test('puts on record who, whom, what and what for, with the value nowhere; the teacher sees it', async () => {
    asked = holderOf('DISTRICT_REVIEWER');
    await reveal({ teacher: teacherId(world.people.institution), field: 'PHONE', purpose: 'CONTACT', reason: '通知补交材料-标记' });
    const em = database.admin.em.fork();
    const [audit] = await em.execute<{ nodes: string[]; after: Record<string, object> }[]>(`select nodes, after from audit_trail where action = 'reveal' order by seq desc limit 1`);
    expect(audit).toEqual({ nodes: [`Teacher:${world.people.institution}`], after: { field: { open: 'PHONE' }, purpose: { open: 'CONTACT' }, reason: { sealed: expect.any(String) as string } } });
    const [access] = await em.execute<Record<string, unknown>[]>(`select operation, persons::text[] as persons, kinds, purpose from access_record where 'Revealed.PHONE' = any (kinds) order by seq desc limit 1`);
    expect(access).toMatchObject({ operation: 'reveal', persons: [world.people.institution], kinds: ['Teacher', 'Revealed.PHONE'] });
    expect(access?.['purpose']).not.toContain('标记');
    asked = holderOf('SECURITY_OFFICER');
    const trail = await ask(app, `{ accessTrail(teacher: "${teacherId(world.people.institution)}", first: 5) { nodes { operation kinds purpose } } }`);
    expect(JSON.stringify(trail.data)).toContain('CONTACT: 通知补交材料-标记');
    for (const table of ['audit_trail', 'access_record', 'idempotency', 'reveal_count']) expect([table, await em.execute(`select 1 from ${table} t where t::text like '%${privateOf('institution').phone}%'`)]).toEqual([table, []]);
  });

  test('is not done where it cannot be put on record', async () => {
    asked = holderOf('AUTHORITY');
    const bare = await reveal({}, unbound);
    expect([bare.data ?? null, codesOf(bare)]).toEqual([null, ['ACCESS_RECORD_UNAVAILABLE']]);
    await database.admin.em.fork().execute('alter table access_record rename to access_record_away');
    try {
      const refused = await reveal({});
      expect(refused.errors?.length).toBe(1);
      expect(JSON.stringify(refused)).not.toContain(privateOf('own').identityNumber);
    } finally {
      await database.admin.em.fork().execute('alter table access_record_away rename to access_record');
    }
    // It was not counted either.
    expect(payload(await reveal({})).remaining).toBe(MOST - 1);
  });

  test('so often an hour, and again when the hour is over; what is refused is not counted', async () => {
    asked = holderOf('AUTHORITY');
    await reveal({ reason: 'x' });
    await reveal({ teacher: teacherId('999999') });
    for (let count = 1; count <= MOST; count++) expect(payload(await reveal({})).remaining).toBe(MOST - count);
    const refused = payload(await reveal({}));
    expect(refused).toMatchObject({ value: null, userErrors: [{ code: 'LIMIT_REACHED', path: 'input' }] });
    const again = Date.parse(String(refused.userErrors[0]?.value));
    expect(again - Date.now()).toBeGreaterThan(3_500_000);
    expect(again - Date.now()).toBeLessThanOrEqual(3_600_000);
    // Others have an hour of their own.
    asked = holderOf('DISTRICT_REVIEWER');
    expect(payload(await reveal({})).value).toBe(privateOf('own').identityNumber);
    asked = holderOf('AUTHORITY');
    const em = database.admin.em.fork();
    await em.execute(`update reveal_count set window_start = window_start - interval '59 minutes'`);
    expect(payload(await reveal({})).userErrors[0]?.code).toBe('LIMIT_REACHED');
    await em.execute(`update reveal_count set window_start = window_start - interval '1 minute'`);
    expect(payload(await reveal({}))).toMatchObject({ value: privateOf('own').identityNumber, remaining: MOST - 1 });
  });

  test('never more often, however many ask at once', async () => {
    asked = holderOf('AUTHORITY');
    const answers = await Promise.all(Array.from({ length: 4 * MOST }, () => reveal({})));
    expect(answers.filter((answer) => payload(answer).value !== null)).toHaveLength(MOST);
    expect(answers.filter((answer) => payload(answer).userErrors[0]?.code === 'LIMIT_REACHED')).toHaveLength(3 * MOST);
    const [row] = await database.admin.em.fork().execute<{ used: number }[]>(`select used from reveal_count`);
    expect(row?.used).toBe(MOST);
  });

  test.each([
    ['five characters', '一二三四五', false],
    ['six', '一二三四五六', true],
    ['six with spaces around', '  一二三四五六  ', true],
    ['five with spaces around', '   一二三四五   ', false],
    ['three hundred', 'x'.repeat(300), true],
    ['one more', 'x'.repeat(301), false],
    ['a control character', 'because\u0007of', false],
  ])('takes a reason of %s or not', async (_what, reason, isTaken) => {
    asked = holderOf('AUTHORITY');
    const answer = payload(await reveal({ reason }));
    expect(answer.value !== null).toBe(isTaken);
    if (!isTaken) expect(answer.userErrors).toEqual([expect.objectContaining({ code: 'OUT_OF_RANGE', path: 'input.reason', value: null })]);
  });

  test('takes no purpose but those there are', async () => {
    asked = holderOf('AUTHORITY');
    expect(codesOf(await reveal({ purpose: 'CURIOSITY' }))).toEqual(['BAD_USER_INPUT']);
  });

  test('asks which of several numbers, and says what is not recorded', async () => {
    asked = holderOf('AUTHORITY');
    const em = database.admin.em.fork();
    const { sealIdentity } = await import('../../src/persistence/keys/private-values.ts');
    await em.execute(`insert into person_identity (person_id, kind, number_cipher, number_index, recorded_at, source_id, source_key) values (?, 'passport', ?, ?, (select max(recorded_at) from recording), (select min(id) from source), 'x')`, [world.people.jurisdiction, sealIdentity(database.keys.current, 'E12345678'), database.keys.current.index('E12345678')]);
    const teacher = teacherId(world.people.jurisdiction);
    expect(payload(await reveal({ teacher })).userErrors).toEqual([expect.objectContaining({ code: 'CONFLICT', path: 'input.identityNumber' })]);
    const { identityNumbers } = teacherIn(await ask(app, about('jurisdiction'))) as { identityNumbers: { id: string; kind: string; number: string }[] };
    expect(identityNumbers.map(({ kind, number }) => [kind, number])).toEqual([['RESIDENT', expect.any(String)], ['PASSPORT', 'E******78']]);
    expect(payload(await reveal({ teacher, identityNumber: identityNumbers[1]?.id }))).toMatchObject({ value: 'E12345678', kind: 'PASSPORT' });
    // That of somebody else is none of this teacher's.
    expect(payload(await reveal({ identityNumber: identityNumbers[1]?.id })).userErrors).toEqual([expect.objectContaining({ code: 'NOT_RECORDED', path: 'input.identityNumber' })]);
    expect(payload(await reveal({ identityNumber: teacher })).userErrors[0]?.code).toBe('INVALID_ID');
    expect(payload(await reveal({ field: 'PHONE', identityNumber: identityNumbers[1]?.id })).userErrors).toEqual([expect.objectContaining({ code: 'CONFLICT', path: 'input.identityNumber' })]);
    await em.execute(`update person_private set superseded_at = (select max(recorded_at) from recording) where person_id = ? and name = 'phone'`, [world.people.jurisdiction]);
    expect(payload(await reveal({ teacher, field: 'PHONE' })).userErrors).toEqual([expect.objectContaining({ code: 'NOT_RECORDED', path: 'input.field' })]);
    expect((await reveal({ teacher: globalId('Institution', '1') })).data?.['reveal']).toMatchObject({ userErrors: [{ code: 'INVALID_ID' }] });
  });

  test('sent again with its key it is not done again, and shows nothing', async () => {
    asked = holderOf('AUTHORITY');
    const first = payload(await reveal({}, app, 'reveal-key-1'));
    const again = payload(await reveal({}, app, 'reveal-key-1'));
    expect([first.value, again.value, again.userErrors]).toEqual([privateOf('own').identityNumber, null, []]);
    expect(payload(await reveal({})).remaining).toBe(MOST - 2);
  });
});

test('counts of reveals are those of the own account alone, also for the database', async () => {
  asked = holderOf('AUTHORITY');
  await reveal({});
  const { asSubject } = await import('../support/access-world.ts');
  expect(await asSubject(database, holderOf('DISTRICT_REVIEWER'), 'select 1 from reveal_count')).toEqual([]);
  expect(await asSubject(database, holderOf('DISTRICT_REVIEWER'), 'update reveal_count set used = 1 returning 1')).toEqual([]);
  await expect(asSubject(database, holderOf('DISTRICT_REVIEWER'), `insert into reveal_count (account_id, window_start, used) select account_id, now(), 1 from role_grant where role = 'AUTHORITY' limit 1`)).rejects.toThrow(/row-level security/);
  await expect(asSubject(database, holderOf('AUTHORITY'), 'delete from reveal_count')).rejects.toThrow(/permission denied/);
});
