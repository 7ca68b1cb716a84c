import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audienceNamed, rowOf } from '../../src/access/policy/table.ts';
import { mayAdmit } from '../../src/access/policy/admits.ts';
import { ANONYMOUS } from '../../src/access/principal.ts';
import type { Subject } from '../../src/access/principal.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { apiSchema } from '../../src/graphql/schema.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { DISTRICT, FAR, holderOf, makeWorld, teacherId } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { administer, TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { codesOf, testApp } from '../support/server.ts';
import type { GraphqlAnswer } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let records: Records;
let app: FastifyInstance;
let url: string;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-once-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, cleanEveryMs: 50, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  const identify = async ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) => (headers['x-test-subject'] ? { isClient: false, name: null, person: null, issuer: 'access', subject: decodeURIComponent(String(headers['x-test-subject'])) } : null);
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, identify: identify as never });
  url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Over a real connection. */
async function post(as: Subject | null, query: string, variables: object = {}, language = 'en'): Promise<GraphqlAnswer> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': language, ...(as && { 'x-test-subject': encodeURIComponent(as.subject) }) }, body: JSON.stringify({ query, variables }) });
  return { status: response.status, headers: Object.fromEntries(response.headers), ...((await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors' | 'extensions'>) };
}

/** A change as it is asked for: its arguments with their types, and what of the payload is compared. */
interface Case {
  readonly as: Subject;
  readonly args: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  readonly select: string;
  /** The same with something else in it. */
  readonly other: Readonly<Record<string, unknown>>;
  /** What is told once alone. */
  readonly shownOnce?: string;
}

const send = (name: string, { as, args, select }: Case, key: string | null, change: Readonly<Record<string, unknown>> = {}, language = 'en'): Promise<GraphqlAnswer> => {
  const variables = { ...Object.fromEntries(Object.entries(args).map(([arg, [, value]]) => [arg, value])), ...change, ...(key !== null && { key }) };
  const declared = [...Object.entries(args).map(([arg, [type]]) => `$${arg}: ${type}`), ...(key === null ? [] : ['$key: String'])];
  const given = [...Object.keys(args).map((arg) => `${arg}: $${arg}`), ...(key === null ? [] : ['idempotencyKey: $key'])];
  return post(as, `mutation (${declared.join(', ')}) { result: ${name}(${given.join(', ')}) { ${select} userErrors { code path message } } }`, variables, language);
};
const payload = ({ data, errors }: GraphqlAnswer): Record<string, unknown> & { userErrors: unknown[] } => {
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.['result'] as Record<string, unknown> & { userErrors: unknown[] };
};
const metKey = ({ extensions }: GraphqlAnswer): unknown => (extensions?.['idempotency'] as Record<string, unknown> | undefined)?.['result'];

let counter = 0;
const somebody = () => ({ issuer: 'access', subject: `somebody ${++counter}` });
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const roleGrantOf = (account = somebody()): Case => ({ as: holderOf('AUTHORITY'), args: { input: ['RoleGrantInput!', { account, role: 'ANALYST', jurisdiction: DISTRICT }] }, select: 'grant { id role jurisdiction { code } }', other: { input: { account, role: 'ASSOCIATION', jurisdiction: DISTRICT } } });
const delegationOf = (): Case => {
  const input = { account: somebody(), actions: ['VIEW'], to: inAnHour() };
  return { as: holderOf('TEACHER'), args: { input: ['DelegationGrantInput!', input] }, select: 'delegation', other: { input: { ...input, actions: ['RECORD_ASSESSMENT'] } } };
};
const invitationOf = (): Case => ({ as: holderOf('SCHOOL_ADMINISTRATOR'), args: { teacher: ['ID!', teacherId(world.people.institution)] }, select: 'word expiresAt', other: { teacher: teacherId(world.people.own) }, shownOnce: 'word' });

const correctionOf = (): Case => {
  const input = { wrong: `wrong ${++counter}`, right: 'right' };
  return { as: holderOf('TEACHER'), args: { input: ['CorrectionRequestInput!', input] }, select: 'correction { id state wrong teacher { id } }', other: { input: { ...input, right: 'otherwise' } } };
};
const correctionId = async (): Promise<string> => (payload(await send('correctionRequest', correctionOf(), null))['correction'] as { id: string }).id;

/** One for each mutation of the schema: whoever adds one says here how it is asked for. */
const CASES: Readonly<Record<string, () => Case | Promise<Case>>> = {
  assessmentRecord: () => {
    const input = { teacher: teacherId(world.people.own), decision: 'creditCompletion', at: '2020-12-31' };
    return { as: holderOf('SCHOOL_ADMINISTRATOR'), args: { input: ['AssessmentRecordInput!', input] }, select: 'storedAssessment { id verdict answerHash teacher { id } } assessment { verdict gap { amount } }', other: { input: { ...input, at: '2020-12-30' } } };
  },
  roleGrant: () => roleGrantOf(),
  async roleRevoke() {
    const { id } = payload(await send('roleGrant', roleGrantOf(), null))['grant'] as { id: string };
    return { as: holderOf('AUTHORITY'), args: { grant: ['ID!', id] }, select: 'grant { id role }', other: { grant: globalId('RoleGrant', '999999') } };
  },
  invitationCreate: () => invitationOf(),
  async invitationAccept() {
    const { word } = payload(await send('invitationCreate', invitationOf(), null));
    return { as: somebody(), args: { word: ['String!', word] }, select: 'isLinked', other: { word: 'another word' } };
  },
  correctionRequest: () => correctionOf(),
  async correctionWithdraw() {
    return { as: holderOf('TEACHER'), args: { correction: ['ID!', await correctionId()] }, select: 'correction { id state }', other: { correction: globalId('Correction', '999999') } };
  },
  async correctionDecide() {
    const input = { correction: await correctionId(), decision: 'REJECTED', reason: 'not shown' };
    return { as: holderOf('SCHOOL_ADMINISTRATOR'), args: { input: ['CorrectionDecideInput!', input] }, select: 'correction { id state reason }', other: { input: { ...input, reason: 'another' } } };
  },
  async reveal() {
    const input = { teacher: teacherId(world.people.own), field: 'PHONE', purpose: 'CONTACT', reason: 'about the hours' };
    return { as: holderOf('SCHOOL_ADMINISTRATOR'), args: { input: ['RevealInput!', input] }, select: 'value', other: { input: { ...input, field: 'BIRTH_DATE' } }, shownOnce: 'value' };
  },
  delegationGrant: () => delegationOf(),
  async delegationRevoke() {
    const { delegation } = payload(await send('delegationGrant', delegationOf(), null));
    return { as: holderOf('TEACHER'), args: { delegation: ['ID!', delegation] }, select: 'delegation', other: { delegation: globalId('Delegation', '999999') } };
  },
};

const mutations = Object.values(apiSchema().getMutationType()?.getFields() ?? {});
const rows = async (what: string, ...params: unknown[]): Promise<number> => (await database.admin.em.fork().execute<{ n: number }[]>(`select count(*)::int as n from ${what}`, params))[0]?.n ?? 0;

describe('every mutation', () => {
  test('has a case here, takes a key, and is for nobody who has none', () => {
    expect(Object.keys(CASES).sort()).toEqual(mutations.map(({ name }) => name).sort());
    for (const { name, args } of mutations) {
      expect([name, args.find((arg) => arg.name === 'idempotencyKey')?.type.toString()]).toEqual([name, 'String']);
      const audience = rowOf('Mutation', name)?.audience;
      expect([name, audience && mayAdmit(audienceNamed(audience), ANONYMOUS)]).toEqual([name, false]);
    }
  });

  test.each(mutations.map(({ name }) => name))('%s is done once, told again, and refused for something else', async (name) => {
    const made = (await CASES[name]?.()) as Case;
    const key = `once-${name}`;
    const first = await send(name, made, key);
    expect([payload(first).userErrors, metKey(first)]).toEqual([[], { replayed: false, firstAt: null }]);
    expect(await rows('idempotency where key = ?', key)).toBe(1);
    const before = await rows('audit_trail');
    const again = await send(name, made, key);
    expect(payload(again)).toEqual({ ...payload(first), ...(made.shownOnce && { [made.shownOnce]: null }) });
    if (made.shownOnce) expect(payload(first)[made.shownOnce]).toEqual(expect.any(String));
    expect(metKey(again)).toEqual({ replayed: true, firstAt: expect.stringMatching(/^20\d\d-.*Z$/) });
    for (const language of ['en', 'zh']) {
      const refused = await send(name, made, key, made.other, language);
      expect([codesOf(refused), refused.data, metKey(refused)]).toEqual([['IDEMPOTENCY_KEY_REUSED'], null, undefined]);
      expect(refused.errors?.[0]?.message).toMatch(language === 'zh' ? new RegExp(`这个幂等键已于 .*(${name})`) : new RegExp(`was used at .* \\(${name}\\)`));
    }
    expect(await rows('audit_trail')).toBe(before);
    // What stands in the store says nothing of what was asked.
    const [stored] = await database.admin.em.fork().execute<{ text: string }[]>('select i::text as text from idempotency i where key = ?', [key]);
    for (const [, value] of Object.values(made.args)) expect(stored?.text).not.toContain(typeof value === 'string' ? value : JSON.stringify(value));
  });

  test.each(mutations.map(({ name }) => name))('%s takes no key that is none', async (name) => {
    const made = (await CASES[name]?.()) as Case;
    const before = await rows('audit_trail');
    for (const key of ['', 'with space', '键', 'x'.repeat(201)]) expect([key, codesOf(await send(name, made, key))]).toEqual([key, ['IDEMPOTENCY_KEY_INVALID']]);
    expect(await rows('audit_trail')).toBe(before);
  });
});

describe('a key', () => {
  test('is of one account, and of all its mutations', async () => {
    const key = 'of-one-account';
    expect(metKey(await send('roleGrant', roleGrantOf(), key))).toMatchObject({ replayed: false });
    const other = { ...roleGrantOf(), as: holderOf('SYSTEM_ADMINISTRATOR') };
    expect(payload(await send('roleGrant', other, key, { input: { account: somebody(), role: 'AUTHORITY', jurisdiction: DISTRICT } })).userErrors).toEqual([]);
    const revoked = await post(holderOf('AUTHORITY'), `mutation { roleRevoke(grant: "x", idempotencyKey: "${key}") { userErrors { code } } }`);
    expect(codesOf(revoked)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  test('does not see how arguments are written, nor defaults that are written out', async () => {
    const account = somebody();
    const written = (input: string): string => `mutation { result: roleGrant(${input}, idempotencyKey: "written") { grant { id } userErrors { code } } }`;
    const first = await post(holderOf('AUTHORITY'), written(`input: {account: {issuer: "access", subject: "${account.subject}"}, role: ANALYST, jurisdiction: "${DISTRICT}"}`));
    const again = await post(holderOf('AUTHORITY'), written(`dryRun: false, input: {jurisdiction: "${DISTRICT}", role: ANALYST, account: {isClient: false, subject: "${account.subject}", issuer: "access"}}`));
    expect([payload(again), metKey(again)]).toEqual([payload(first), expect.objectContaining({ replayed: true })]);
  });

  test('met twice in one request is met the second time', async () => {
    const { args } = roleGrantOf();
    const answer = await post(holderOf('AUTHORITY'), 'mutation ($input: RoleGrantInput!) { a: roleGrant(input: $input, idempotencyKey: "twice") { grant { id } } b: roleGrant(input: $input, idempotencyKey: "twice") { grant { id } } }', { input: args['input']?.[1] });
    expect(answer.data?.['a']).toEqual(answer.data?.['b']);
    expect(answer.extensions?.['idempotency']).toMatchObject({ a: { replayed: false }, b: { replayed: true } });
  });

  test('is left alone by a dry run, and not kept by what was refused', async () => {
    const made = roleGrantOf();
    for (let round = 0; round < 2; round++) {
      const tried = await post(made.as, 'mutation ($input: RoleGrantInput!) { result: roleGrant(input: $input, dryRun: true, idempotencyKey: "refused") { grant { id } userErrors { code } } }', { input: made.args['input']?.[1] });
      expect([payload(tried), metKey(tried)]).toEqual([{ grant: null, userErrors: [] }, undefined]);
    }
    const refused = await send('roleGrant', made, 'refused', { input: { account: somebody(), role: 'ANALYST', jurisdiction: FAR } });
    expect([payload(refused).userErrors, metKey(refused)]).toEqual([[expect.objectContaining({ code: 'NOT_ALLOWED' })], undefined]);
    expect(await rows('idempotency where key = ?', 'refused')).toBe(0);
    expect(metKey(await send('roleGrant', made, 'refused'))).toEqual({ replayed: false, firstAt: null });
  });

  test('is answered in the language of who asks again', async () => {
    const account = somebody();
    const select = 'grant { jurisdiction { name } }';
    const [zh, en] = [await send('roleGrant', { ...roleGrantOf(account), select }, 'language', {}, 'zh'), await send('roleGrant', { ...roleGrantOf(account), select }, 'language', {}, 'en')];
    expect(metKey(en)).toMatchObject({ replayed: true });
    expect(JSON.stringify(payload(zh))).toMatch(/\p{Script=Han}/u);
    expect(JSON.stringify(payload(en))).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('two requests with one key at once', () => {
  /** Nobody puts a change on record while this connection holds what orders recordings. */
  const holdingRecords = <Result>(work: (release: () => Promise<unknown>) => Promise<Result>): Promise<Result> =>
    administer(database.ownerUrl, async (client) => {
      await client.query('select pg_advisory_lock(7411601)');
      return work(() => client.query('select pg_advisory_unlock(7411601)'));
    });
  const waiting = `pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and not l.granted and a.datname = current_database()`;

  test('the second is told to come again without waiting, and then gets what came of the first', async () => {
    const made = roleGrantOf();
    await holdingRecords(async (release) => {
      const first = send('roleGrant', made, 'at-once');
      await expect.poll(() => rows(waiting)).toBe(1);
      const began = performance.now();
      const second = await send('roleGrant', made, 'at-once');
      expect([codesOf(second), second.errors?.[0]?.extensions['retryAfterSeconds'], performance.now() - began < 3_000]).toEqual([['IDEMPOTENCY_IN_PROGRESS'], 1, true]);
      await release();
      const answered = await first;
      const third = await send('roleGrant', made, 'at-once');
      expect([payload(third), metKey(third)]).toEqual([payload(answered), expect.objectContaining({ replayed: true })]);
    });
  });

  test('a transaction that is lost leaves neither key nor change, and the same is done when it is sent again', async () => {
    const made = roleGrantOf();
    const { subject } = (made.args['input']?.[1] as { account: Subject }).account;
    const granted = (): Promise<number> => rows('role_grant g join account a on a.id = g.account_id where a.subject = ?', subject);
    await holdingRecords(async (release) => {
      const first = send('roleGrant', made, 'lost');
      await expect.poll(() => rows(waiting)).toBe(1);
      await database.admin.em.fork().execute(`select pg_terminate_backend(a.pid) from ${waiting}`);
      expect(codesOf(await first)).toEqual(['STORE_UNAVAILABLE']);
      await release();
    });
    expect([await granted(), await rows('idempotency where key = ?', 'lost')]).toEqual([0, 0]);
    expect(metKey(await send('roleGrant', made, 'lost'))).toEqual({ replayed: false, firstAt: null });
    expect(await granted()).toBe(1);
  });

  test('of many, one is done', async () => {
    const made = roleGrantOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('roleGrant', made, 'many')));
    expect(answers.filter((answer) => (metKey(answer) as { replayed?: boolean } | undefined)?.replayed === false)).toHaveLength(1);
    for (const answer of answers) if (answer.errors) expect(codesOf(answer)).toEqual(['IDEMPOTENCY_IN_PROGRESS']);
    expect(await rows(`audit_trail where action = 'roleGrant' and nodes && array(select 'Account:' || id from account where subject = ?)`, (made.args['input']?.[1] as { account: Subject }).account.subject)).toBe(1);
  });
});

describe('what came of a key', () => {
  const em = () => database.admin.em.fork();

  test('is shown by the rights of today', async () => {
    const [by, given] = [holderOf('AUTHORITY'), roleGrantOf()];
    const first = payload(await send('roleGrant', given, 'rights'));
    expect(first['grant']).not.toBeNull();
    await em().execute(`update role_grant set revoked_at = now() where role = 'AUTHORITY' and account_id = (select id from account where issuer = 'access' and subject = ?)`, [by.subject]);
    try {
      // For nobody like them any more.
      expect(codesOf(await send('roleGrant', given, 'rights'))).toEqual(['FORBIDDEN']);
      await em().execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, recorded_at) select id, 'AUTHORITY', 'jurisdiction', '${FAR}', '330000', '${FAR}', '2020-01-01', now() from account where issuer = 'access' and subject = ?`, [by.subject]);
      const elsewhere = await send('roleGrant', given, 'rights');
      expect([payload(elsewhere), metKey(elsewhere)]).toEqual([{ grant: null, userErrors: [] }, expect.objectContaining({ replayed: true })]);
    } finally {
      await em().execute(`update role_grant set revoked_at = now() where jurisdiction_code = '${FAR}' and role = 'AUTHORITY'`);
      await em().execute(`insert into role_grant (account_id, role, scope_kind, jurisdiction_code, province_code, county_code, from_on, recorded_at) select id, 'AUTHORITY', 'jurisdiction', '${DISTRICT}', '310000', '${DISTRICT}', '2020-01-01', now() from account where issuer = 'access' and subject = ?`, [by.subject]);
    }
    expect(payload(await send('roleGrant', given, 'rights'))).toEqual(first);
  });

  test('about a teacher is not shown to who sees the teacher no more', async () => {
    const made = (await CASES['assessmentRecord']?.()) as Case;
    const select = 'storedAssessment { id teacher { id } }';
    const first = payload(await send('assessmentRecord', { ...made, select }, 'teacher gone'.replace(' ', '-')));
    expect(first['storedAssessment']).toMatchObject({ teacher: { id: teacherId(world.people.own) } });
    await em().execute(`update role_grant set institution_id = ? where role = 'SCHOOL_ADMINISTRATOR' and revoked_at is null`, [world.institutions.other]);
    try {
      // What one had kept oneself stays one's own; the teacher does not.
      expect(payload(await send('assessmentRecord', { ...made, select }, 'teacher-gone'))['storedAssessment']).toMatchObject({ teacher: null });
    } finally {
      await em().execute(`update role_grant set institution_id = ? where role = 'SCHOOL_ADMINISTRATOR' and revoked_at is null`, [world.institutions.own]);
    }
  });

  test('is removed after 30 days by itself; then the key is free', async () => {
    const made = roleGrantOf();
    await send('roleGrant', made, 'old');
    await em().execute('alter table idempotency disable trigger idempotency_unchanged');
    await em().execute(`update idempotency set recorded_at = recorded_at - interval '30 days' where key = 'old'`);
    await em().execute('alter table idempotency enable trigger idempotency_unchanged');
    await expect.poll(() => rows('idempotency where key = ?', 'old')).toBe(0);
    expect(await rows('idempotency where key = ?', 'rights')).toBe(1);
    // The role is held: it is asked for anew, and refused as such.
    expect(payload(await send('roleGrant', made, 'old')).userErrors).toEqual([expect.objectContaining({ code: 'CONFLICT' })]);
  });
});
