import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Subject } from '../../src/access/principal.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { CivilDay, Instant } from '../../src/kernel/civil-day.ts';
import { sealPrivate } from '../../src/persistence/keys/private-values.ts';
import { mainJobOf } from '../../src/persistence/repositories/correction-writes.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { answeringPlace, CLAIM_LIMITS, CORRECTION_STATES, CORRECTION_STEPS, MOST_OPEN } from '../../src/workflows/correct-record.ts';
import type { RecordToCorrect } from '../../src/workflows/correct-record.ts';
import { asSubject, DISTRICT, FAR, holderOf, makeWorld, STRANGER, teacherId } from '../support/access-world.ts';
import type { AccessWorld } from '../support/access-world.ts';
import { write } from '../support/builders.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { dataStatementsOf } from '../support/query-count.ts';
import { ask, codesOf, testApp } from '../support/server.ts';

let database: TestDatabase;
let world: AccessWorld;
let records: Records;
let app: FastifyInstance;
let asked: Subject | null = null;
let folder: string;
let now: Instant;
const log: string[] = [];
const silent = { warn: () => undefined, error: () => undefined, info: () => undefined };
/** In every text that anybody writes here. */
const MARK = 'TEXTMARK 张志强甲';

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-corrections-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: silent });
  now = instantOf('2026-06-01T23:59:59+08:00');
  app = await makeApp();
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  now = instantOf('2026-06-01T23:59:59+08:00');
  // What is open from before stands in no test's way.
  await sql(`update correction set state = 'WITHDRAWN', decided_at = now(), decided_by = submitted_by where state = 'SUBMITTED' and person_id = ?`, [world.people.own]);
});

/** Who asks stands in each request that a change is asked for by: two may ask at once. */
const whom = async ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): Promise<object | null> => {
  const subject = headers['x-test-subject'] === undefined ? asked : (JSON.parse(String(headers['x-test-subject'])) as Subject | null);
  return subject && { isClient: false, name: null, person: null, ...subject };
};
const makeApp = async (): Promise<FastifyInstance> =>
  testApp({ database, records, registry: await loadRegistry(), clock: () => now, identify: whom as never, environment: { LOG_LEVEL: 'trace', LOG_REQUESTS: '1' }, logTo: { write: (line: string) => void log.push(line) } });

const sql = <Row extends object>(query: string, params: readonly unknown[] = []): Promise<Row[]> => database.admin.em.fork().execute(query, [...params]) as Promise<Row[]>;

interface Correction {
  readonly id: string;
  readonly [field: string]: unknown;
}
interface Payload {
  readonly correction: Correction | null;
  readonly userErrors: readonly { readonly code: string; readonly path: string; readonly message: string; readonly value: unknown }[];
}
const FIELDS = 'id about record state wrong right values evidence source isByDelegate dueOn isOverdue decidedAt reason remedy jurisdiction { code } institution { id } teacher { id }';
async function mutate(as: Subject | null, field: string, type: string, argument: string, value: unknown, more = '', language = 'en', server = app): Promise<Payload> {
  const answer = await ask(server, `mutation ($value: ${type}) { result: ${field}(${argument}: $value${more}) { correction { ${FIELDS} } userErrors { code path message value } } }`, { value }, { 'accept-language': language, 'x-test-subject': JSON.stringify(as) });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.['result'] as Payload;
}
const request = (input: object, as: Subject = holderOf('TEACHER'), more = '', language = 'en'): Promise<Payload> => mutate(as, 'correctionRequest', 'CorrectionRequestInput!', 'input', { wrong: `${MARK} wrong`, right: `${MARK} right`, ...input }, more, language);
const decide = (id: string, decision: string, as: Subject = holderOf('SCHOOL_ADMINISTRATOR'), reason: string | null = `${MARK} reason`, more = ''): Promise<Payload> => mutate(as, 'correctionDecide', 'CorrectionDecideInput!', 'input', { correction: id, decision, reason }, more);
const withdraw = (id: string, as: Subject = holderOf('TEACHER'), more = ''): Promise<Payload> => mutate(as, 'correctionWithdraw', 'ID!', 'correction', id, more);
const codes = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);
const idOf = ({ correction, userErrors }: Payload): string => {
  if (!correction) throw new Error(JSON.stringify(userErrors));
  return correction.id;
};
const stateOf = async (id: string): Promise<unknown> => (await sql<{ state: string }>('select state from correction where id = ?', [Buffer.from(id, 'base64url').toString().split(':')[1]]))[0]?.state;
const entry = (): string => globalId('CreditEntry', world.entries.own);

describe('a correction', () => {
  const rowId = async (table: string): Promise<string> => (await sql<{ id: string }>(`select id::text as id from ${table} where person_id = ? ${table === 'person_identity' ? '' : 'and superseded_at is null'} limit 1`, [world.people.own]))[0]?.id ?? '';
  const phone = async (): Promise<string> => (await sql(`delete from person_private where name = 'phone' and person_id = ?`, [world.people.own]), await sql<{ id: string }>(`insert into person_private (person_id, name, value_cipher, recorded_at, source_id, source_key) values (?, 'phone', ?, (select max(recorded_at) from recording), (select min(id) from source where name = 'test'), 'p') returning id::text as id`, [world.people.own, sealPrivate(database.keys.current, 'phone', '13800138000')]))[0]?.id ?? '';
  const role = async (): Promise<string> => (await sql<{ id: string }>(`insert into person_role (person_id, role, province_code, from_on, recorded_at, source_id, source_key) values (?, 'headTeacher', '310000', '2019-01-01', (select max(recorded_at) from recording), (select min(id) from source where name = 'test'), 'r') returning id::text as id`, [world.people.own]))[0]?.id ?? '';

  test('is asked for by the teacher and accepted by the school, which changes nothing in the register and says how it comes', async () => {
    const ledger = await sql('select * from credit_ledger order by id');
    const made = await request({ record: entry(), values: { amount: '1.5', days: ['2020-05-01'] }, evidence: `${MARK} certificate 7` });
    expect(made).toMatchObject({
      userErrors: [],
      correction: { about: 'CREDIT_ENTRY', record: entry(), state: 'SUBMITTED', wrong: `${MARK} wrong`, right: `${MARK} right`, values: { amount: '1.5', days: ['2020-05-01'] }, evidence: `${MARK} certificate 7`, source: 'test', isByDelegate: false, dueOn: '2026-07-01', isOverdue: false, decidedAt: null, reason: null, remedy: null, jurisdiction: { code: DISTRICT }, institution: { id: globalId('Institution', world.institutions.own) }, teacher: { id: teacherId(world.people.own) } },
    });
    const done = await decide(idOf(made), 'ACCEPTED');
    expect(done).toMatchObject({ userErrors: [], correction: { id: idOf(made), state: 'ACCEPTED', reason: `${MARK} reason`, remedy: expect.stringMatching(/source `test`.*import/) as string } });
    expect(await sql('select * from credit_ledger order by id')).toEqual(ledger);
    asked = holderOf('TEACHER');
    const own = await ask(app, '{ viewer { corrections(state: ACCEPTED) { totalCount nodes { id state reason remedy } } may } }', {}, { 'accept-language': 'zh-CN' });
    expect(own.data?.['viewer']).toMatchObject({ corrections: { nodes: [{ id: idOf(made), state: 'ACCEPTED', reason: `${MARK} reason`, remedy: expect.stringContaining('来源「test」') as string }] }, may: expect.arrayContaining(['Mutation.correctionRequest', 'Mutation.correctionWithdraw']) as string[] });
  });

  test.each([
    ['an employment', 'EMPLOYMENT', async (): Promise<string> => globalId('Employment', await rowId('employment')), 'test'],
    ['a role', 'ROLE', async (): Promise<string> => globalId('HeldRole', await role()), 'test'],
    ['a property', 'PROPERTY', async (): Promise<string> => globalId('PersonProperty', await rowId('person_property')), 'test'],
    ['an identity number', 'IDENTITY_NUMBER', async (): Promise<string> => globalId('IdentityNumber', await rowId('person_identity')), 'test'],
    ['a phone number', 'PRIVATE_VALUE', async (): Promise<string> => globalId('PrivateValue', await phone()), 'test'],
    ['the name', 'PERSON', async (): Promise<string> => teacherId(world.people.own), 'test'],
    ['something missing', 'MISSING', async (): Promise<null> => null, null],
  ] as const)('is about %s', async (_what, about, record, source) => {
    const given = await record();
    const made = await request({ record: given });
    expect(made).toMatchObject({ userErrors: [], correction: { about, record: given, source, jurisdiction: { code: DISTRICT } } });
    expect((await decide(idOf(made), 'ACCEPTED')).correction?.['remedy']).toMatch(source === null ? /missing record/ : /source `test`/);
  });
  test('of an employment or a role is named as the API shows them', async () => {
    asked = holderOf('TEACHER');
    const { data } = await ask(app, '{ viewer { teacher { employments { id } roles(all: true) { id } } } }');
    const teacher = (data?.['viewer'] as { teacher: { employments: { id: string }[]; roles: { id: string }[] } }).teacher;
    for (const { id } of [...teacher.employments, ...teacher.roles]) expect(codes(await request({ record: id }, undefined, ', dryRun: true'))).toEqual([]);
  });

  test('is only tried on a dry run', async () => {
    const count = async (): Promise<unknown> => sql('select count(*) as n, max(decided_at) as last from correction');
    const before = await count();
    expect(await request({ record: entry() }, undefined, ', dryRun: true')).toEqual({ correction: null, userErrors: [] });
    expect(await count()).toEqual(before);
    const made = await request({});
    for (const tried of [await decide(idOf(made), 'ACCEPTED', undefined, null, ', dryRun: true'), await withdraw(idOf(made), undefined, ', dryRun: true')]) expect(tried).toEqual({ correction: null, userErrors: [] });
    expect(await stateOf(idOf(made))).toBe('SUBMITTED');
  });
});

describe('what is asked', () => {
  const long = (length: number): string => '长'.repeat(length);
  test.each([
    ['no text', { wrong: ' \n ' }, ['OUT_OF_RANGE'], 'input.wrong'],
    ['one character', { wrong: '错' }, [], ''],
    ['as long as may be', { right: long(CLAIM_LIMITS.text), evidence: long(CLAIM_LIMITS.evidence) }, [], ''],
    ['a text that is too long', { right: long(CLAIM_LIMITS.text + 1) }, ['OUT_OF_RANGE'], 'input.right'],
    ['evidence that is too long', { evidence: long(CLAIM_LIMITS.evidence + 1) }, ['OUT_OF_RANGE'], 'input.evidence'],
    ['lines', { wrong: 'one\n\ttwo\r\nthree' }, [], ''],
    ['other control characters', { wrong: 'bell \u0007' }, ['OUT_OF_RANGE'], 'input.wrong'],
    ['half a character', { wrong: '\ud800' }, ['OUT_OF_RANGE'], 'input.wrong'],
    ['values as long as may be', { values: { a: 'x'.repeat(CLAIM_LIMITS.values - '{"a":""}'.length) } }, [], ''],
    ['values that are too long', { values: { a: 'x'.repeat(CLAIM_LIMITS.values - '{"a":""}'.length + 1) } }, ['OUT_OF_RANGE'], 'input.values'],
    ['the id of something else', { record: globalId('Institution', '1') }, ['INVALID_ID'], 'input.record'],
    ['no id', { record: 'nonsense' }, ['INVALID_ID'], 'input.record'],
    ['no such record', { record: globalId('Employment', '999999') }, ['UNKNOWN_RECORD'], 'input.record'],
    ['no such teacher', { teacher: teacherId('999999') }, ['UNKNOWN_TEACHER'], 'input.teacher'],
  ] as const)('%s', async (_what, input, expected, path) => {
    for (const language of ['en', 'zh-CN']) {
      const answer = await request(input, holderOf('TEACHER'), ', dryRun: true', language);
      expect(codes(answer)).toEqual(expected);
      for (const error of answer.userErrors) {
        expect(error.path).toBe(path);
        expect(error.message).toMatch(language === 'en' ? /^[\x20-\x7e]+$/ : /[一-龥]/);
        if (path !== 'input.record' && path !== 'input.teacher') expect(error.value).toBeNull();
      }
    }
  });

  test('is told of with all that is wrong at once', async () => {
    expect(codes(await request({ wrong: '', right: '', record: 'x', teacher: 'y' }))).toEqual(['INVALID_ID', 'INVALID_ID', 'OUT_OF_RANGE', 'OUT_OF_RANGE']);
  });

  test('is about one’s own records alone: those of others answer as what there is not', async () => {
    const other = await sql<{ id: string }>('select id::text as id from employment where person_id = ?', [world.people.institution]);
    const answers = [];
    for (const record of [globalId('CreditEntry', world.entries.institution), globalId('Employment', other[0]?.id ?? ''), teacherId(world.people.institution), globalId('CreditEntry', '999999')]) answers.push(codes(await request({ record })));
    expect(answers).toEqual(Array.from({ length: 4 }, () => ['UNKNOWN_RECORD']));
    expect(codes(await request({ teacher: teacherId(world.people.institution) }))).toEqual(['UNKNOWN_TEACHER']);
  });

  test('is about records that hold today', async () => {
    const late = await write(database, async (writer) => {
      const job = await writer.job(world.people.own, '本人甲', { institution: world.institutions.other, isMain: false, from: '2011-01-01' });
      await writer.supersede('employment', job);
      return { job, act: await writer.act(world.entries.own, 'reviewed') };
    });
    expect(codes(await request({ record: globalId('Employment', late.result.job) }))).toEqual(['UNKNOWN_RECORD']);
    expect(codes(await request({ record: globalId('CreditEntry', late.result.act) }))).toEqual(['UNKNOWN_RECORD']);
  });

  test('is open once about a record, also by two requests at once', async () => {
    const made = await Promise.all([request({ record: entry() }), request({ record: entry() })]);
    expect(made.map(codes).sort()).toEqual([[], ['CONFLICT']]);
    expect(codes(await request({ record: entry() }))).toEqual(['CONFLICT']);
    await withdraw(idOf(made.find(({ correction }) => correction) ?? (made[0] as Payload)));
    expect(codes(await request({ record: entry() }))).toEqual([]);
  });

  test('is bounded in number', async () => {
    for (let count = 0; count < MOST_OPEN; count++) expect(codes(await request({}))).toEqual([]);
    expect(codes(await request({}))).toEqual(['TOO_MANY']);
    expect(codes(await request({ record: entry() }))).toEqual(['TOO_MANY']);
  });
});

describe('a decision', () => {
  const steps = CORRECTION_STATES.flatMap((from) => CORRECTION_STATES.filter((to) => to !== 'SUBMITTED').map((to) => ({ from, to })));
  test.each(steps)('from $from to $to', async ({ from, to }) => {
    const bring = (id: string, state: string): Promise<Payload> => (state === 'WITHDRAWN' ? withdraw(id) : decide(id, state));
    const id = idOf(await request({}));
    if (from !== 'SUBMITTED') expect(codes(await bring(id, from))).toEqual([]);
    const isAllowed = CORRECTION_STEPS.some((step) => step.from === from && step.to === to);
    const answer = await bring(id, to);
    expect([codes(answer), await stateOf(id)]).toEqual(isAllowed ? [[], to] : [['NOT_OPEN'], from]);
    if (!isAllowed) expect(answer.userErrors[0]).toMatchObject({ value: from, message: expect.stringMatching(new RegExp(`it is ${from}`)) as string });
  });

  test('says why it rejects', async () => {
    const id = idOf(await request({}));
    expect([await decide(id, 'REJECTED', undefined, null), await decide(id, 'REJECTED', undefined, ' '), await decide(id, 'REJECTED', undefined, 'x'.repeat(CLAIM_LIMITS.text + 1))].map(codes)).toEqual([['OUT_OF_RANGE'], ['OUT_OF_RANGE'], ['OUT_OF_RANGE']]);
    expect(await decide(id, 'REJECTED', undefined, 'x'.repeat(CLAIM_LIMITS.text))).toMatchObject({ userErrors: [], correction: { state: 'REJECTED', remedy: null } });
    expect((await decide(idOf(await request({})), 'ACCEPTED', undefined, null)).correction).toMatchObject({ state: 'ACCEPTED', reason: null });
  });

  test('is made once: of two officials at once one is told that the other was quicker', async () => {
    for (let round = 0; round < 5; round++) {
      const id = idOf(await request({}));
      const send = (as: Subject, decision: string): Promise<Payload> => decide(id, decision, as);
      const made = await Promise.all([send(holderOf('SCHOOL_ADMINISTRATOR'), 'ACCEPTED'), send(holderOf('DISTRICT_REVIEWER'), 'REJECTED')]);
      expect(made.map(codes).sort()).toEqual([[], ['NOT_OPEN']]);
      const [row] = await sql<{ n: number }>(`select count(*)::int as n from audit_trail where action = 'correctionDecide' and nodes @> array[?]::text[]`, [Buffer.from(id, 'base64url').toString()]);
      expect(row?.n).toBe(1);
    }
  });

  test('or is not made: of a decision and a withdrawal at once one stands, and both are told which', async () => {
    for (let round = 0; round < 5; round++) {
      const id = idOf(await request({}));
      const [decided, withdrawn] = await Promise.all([decide(id, 'ACCEPTED'), withdraw(id)]);
      const isDecided = codes(decided).length === 0;
      expect([codes(decided), codes(withdrawn)]).toEqual(isDecided ? [[], ['NOT_OPEN']] : [['NOT_OPEN'], []]);
      expect(await stateOf(id)).toBe(isDecided ? 'ACCEPTED' : 'WITHDRAWN');
    }
  });

  test.each([
    ['SCHOOL_ADMINISTRATOR', []],
    ['DISTRICT_REVIEWER', []],
    ['AUTHORITY', []],
  ] as const)('is made by %s of the place', async (role, expected) => {
    expect(codes(await decide(idOf(await request({})), 'ACCEPTED', holderOf(role)))).toEqual(expected);
  });

  test.each(['ANALYST', 'LEARNER', 'ASSOCIATION', 'PROVIDER_LEAD', 'PROVIDER_STAFF', 'OFF_CAMPUS_INSTITUTION', 'AUDITOR', 'SECURITY_OFFICER', 'SYSTEM_ADMINISTRATOR', 'TEACHER'] as const)('is not for %s', async (role) => {
    const id = idOf(await request({}));
    asked = holderOf(role);
    const answer = await ask(app, `mutation { correctionDecide(input: { correction: "${id}", decision: ACCEPTED }) { userErrors { code } } }`);
    expect([codesOf(answer), await stateOf(id)]).toEqual([['FORBIDDEN'], 'SUBMITTED']);
  });

  test('is not for nobody, nor for officials elsewhere, who are told no more than of what there is not', async () => {
    asked = null;
    expect(codesOf(await ask(app, 'mutation { correctionRequest(input: {wrong: "a", right: "b"}) { userErrors { code } } }'))).toEqual(['UNAUTHENTICATED']);
    asked = STRANGER;
    expect(codesOf(await ask(app, '{ corrections { totalCount } }'))).toEqual(['FORBIDDEN']);
    const answers = [];
    for (const id of [globalId('Correction', world.corrections.elsewhere), globalId('Correction', '999999')]) answers.push((await decide(id, 'ACCEPTED')).userErrors.map(({ code, message }) => [code, message.replace(id, '')]));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]?.[0]).toBe('UNKNOWN_CORRECTION');
    expect(codes(await withdraw(globalId('Correction', world.corrections.institution)))).toEqual(['UNKNOWN_CORRECTION']);
    expect(codes(await decide(globalId('Teacher', '1'), 'ACCEPTED'))).toEqual(['INVALID_ID']);
  });

  test('is not for the teacher, whatever else they are: nobody decides about what is said of oneself', async () => {
    const id = idOf(await request({}));
    await sql(`insert into role_grant (account_id, role, scope_kind, institution_id, jurisdiction_code, from_on, recorded_at) select id, 'SCHOOL_ADMINISTRATOR', 'institution', ?, '310101', '2020-01-01', now() from account where subject = 'TEACHER'`, [world.institutions.own]);
    try {
      expect(codes(await decide(id, 'ACCEPTED', holderOf('TEACHER')))).toEqual(['NOT_ALLOWED']);
      // The database says so too, whatever the API does.
      const row = Buffer.from(id, 'base64url').toString().split(':')[1];
      await expect(asSubject(database, holderOf('TEACHER'), `update correction set state = 'ACCEPTED', decided_at = now(), decided_by = reach_account() where id = ?`, [row])).rejects.toThrow(/row-level security|correction_check/);
      expect(await stateOf(id)).toBe('SUBMITTED');
      // About others of the school they do.
      asked = holderOf('TEACHER');
      const listed = await ask(app, '{ corrections(filter: { state: SUBMITTED }) { nodes { wrong } } }');
      expect(JSON.stringify(listed.data)).toContain('secret-claim-institution');
    } finally {
      await sql(`update role_grant set revoked_at = now() where role = 'SCHOOL_ADMINISTRATOR' and account_id = (select id from account where subject = 'TEACHER')`);
    }
  });
});

describe('a delegate', () => {
  const allow = async (actions: readonly string[]): Promise<void> => {
    asked = holderOf('TEACHER');
    const answer = await ask(app, 'mutation ($input: DelegationGrantInput!) { delegationGrant(input: $input) { userErrors { code } } }', { input: { account: holderOf('SCHOOL_ADMINISTRATOR'), actions, to: new Date(Date.now() + 3_600_000).toISOString() } });
    expect(answer.errors).toBeUndefined();
  };
  const end = (): Promise<unknown> => sql('update delegation set revoked_at = now() where revoked_at is null');

  test('asks for a teacher who lets them, is on record with both names, and does not decide about it', async () => {
    const helper = holderOf('SCHOOL_ADMINISTRATOR');
    const input = { teacher: teacherId(world.people.own), record: entry() };
    // Without leave no such teacher can be asked for: though they answer for the school.
    expect(codes(await request(input, helper).catch((error: Error) => ({ correction: null, userErrors: [{ code: error.message.includes('FORBIDDEN') ? 'FORBIDDEN' : 'other', path: '', message: '', value: null }] })))).toEqual(['FORBIDDEN']);
    await allow(['VIEW']);
    expect(codes(await request(input, helper))).toEqual(['UNKNOWN_TEACHER']);
    expect(codes(await request({}, helper))).toEqual(['NOT_ALLOWED']);
    await allow(['REQUEST_CORRECTION']);
    const made = await request(input, helper);
    expect(made).toMatchObject({ userErrors: [], correction: { isByDelegate: true, teacher: { id: teacherId(world.people.own) } } });
    const id = idOf(made);
    const [row] = await sql(`select a.subject, t.on_behalf_of::text as whom, t.delegation_id is not null as delegated from audit_trail t join account a on a.id = t.account_id where action = 'correctionRequest' order by t.seq desc limit 1`);
    expect(row).toEqual({ subject: 'SCHOOL_ADMINISTRATOR', whom: world.people.own, delegated: true });
    expect(codes(await decide(id, 'ACCEPTED', helper))).toEqual(['NOT_ALLOWED']);
    const number = Buffer.from(id, 'base64url').toString().split(':')[1];
    await expect(asSubject(database, helper, `update correction set state = 'ACCEPTED', decided_at = now(), decided_by = reach_account() where id = ?`, [number])).rejects.toThrow(/row-level security|correction_check/);
    asked = helper;
    expect((await ask(app, '{ viewer { corrections(state: SUBMITTED) { totalCount } } }')).data).toEqual({ viewer: { corrections: { totalCount: 1 } } });
    expect(codes(await decide(id, 'REJECTED', holderOf('DISTRICT_REVIEWER')))).toEqual([]);
    await end();
  });

  test('withdraws it, and neither asks nor withdraws when the leave is over', async () => {
    const helper = holderOf('SCHOOL_ADMINISTRATOR');
    await allow(['REQUEST_CORRECTION']);
    const first = idOf(await request({ teacher: teacherId(world.people.own) }, helper));
    expect((await withdraw(first, helper)).correction).toMatchObject({ state: 'WITHDRAWN' });
    const second = idOf(await request({ teacher: teacherId(world.people.own) }, helper));
    await end();
    await expect(withdraw(second, helper)).rejects.toThrow(/FORBIDDEN/);
    const number = Buffer.from(second, 'base64url').toString().split(':')[1];
    await expect(asSubject(database, helper, `update correction set state = 'WITHDRAWN', decided_at = now(), decided_by = reach_account() where id = ?`, [number])).rejects.toThrow(/row-level security/);
    await expect(asSubject(database, helper, `insert into correction (person_id, about, jurisdiction_code, claim_cipher, state, submitted_by, due_on, recorded_at) values (?, 'MISSING', '310101', '\\x00', 'SUBMITTED', reach_account(), '2026-01-01', now())`, [world.people.own])).rejects.toThrow(/row-level security/);
    expect(codes(await withdraw(second))).toEqual([]);
  });
});

describe('who answers for a record', () => {
  const record = (about: RecordToCorrect['about'], code: string | null, institutionId: string | null = null): RecordToCorrect => ({ personId: '1', about, recordId: '2', sourceId: 1, institutionId, code });
  const here = { institutionId: '7', code: '310101', isCurrent: true };
  test.each([
    ['an employment: its own institution', record('EMPLOYMENT', '330102', '9'), here, { code: '330102', institutionId: '9' }],
    ['an entry of the province: the school in it', record('CREDIT_ENTRY', '310000'), here, { code: '310101', institutionId: '7' }],
    ['an entry of the district: the school in it', record('CREDIT_ENTRY', '310101'), here, { code: '310101', institutionId: '7' }],
    ['an entry of the neighbouring district: that district', record('CREDIT_ENTRY', '310104'), here, { code: '310104', institutionId: null }],
    ['an entry of another province: that province', record('CREDIT_ENTRY', '330000'), here, { code: '330000', institutionId: null }],
    ['a role of another province: that province', record('ROLE', '330000'), here, { code: '330000', institutionId: null }],
    ['a property: the school of today', record('PROPERTY', null), here, { code: '310101', institutionId: '7' }],
    ['of whom has left: the place of the last employment, not its school', record('PROPERTY', null), { ...here, isCurrent: false }, { code: '310101', institutionId: null }],
    ['of whom no employment is known: the nation', record('MISSING', null), null, { code: 'CN', institutionId: null }],
  ] as const)('%s', (_what, of, job, expected) => {
    expect(answeringPlace(of, job)).toEqual(expected);
  });

  test('goes by the main employment of the day, else the last', async () => {
    const { result: person } = await write(database, (writer) => writer.teacher({ name: '某', jobs: [{ institution: world.institutions.far, from: '2010-01-01', to: '2012-12-31' }, { institution: world.institutions.other, from: '2013-01-01', to: '2014-12-31' }, { institution: world.institutions.own, isMain: false, from: '2015-01-01' }] }));
    const job = async (on: string): Promise<unknown> => mainJobOf(database.admin.em.fork(), person, on as CivilDay);
    expect([await job('2012-12-31'), await job('2020-01-01')]).toEqual([{ institutionId: world.institutions.far, code: FAR, isCurrent: true }, { institutionId: world.institutions.other, code: DISTRICT, isCurrent: false }]);
  });
});

describe('days', () => {
  test('run from the day of the request, and are overdue when the last one is over', async () => {
    const id = idOf(await request({}));
    const listed = async (): Promise<unknown> => {
      asked = holderOf('SCHOOL_ADMINISTRATOR');
      const { data } = await ask(app, `{ node(id: "${id}") { ... on Correction { dueOn isOverdue } } corrections(filter: {isOverdue: true}) { nodes { id } } }`);
      return [data?.['node'], (data?.['corrections'] as { nodes: { id: string }[] }).nodes.map((one) => one.id)];
    };
    now = instantOf('2026-07-01T23:59:59+08:00');
    expect(await listed()).toEqual([{ dueOn: '2026-07-01', isOverdue: false }, []]);
    now = instantOf('2026-07-02T00:00:00+08:00');
    expect(await listed()).toEqual([{ dueOn: '2026-07-01', isOverdue: true }, [id]]);
    await decide(id, 'ACCEPTED');
    expect(await listed()).toEqual([{ dueOn: '2026-07-01', isOverdue: false }, []]);
  });

  test.each([['1', '2026-06-02'], ['365', '2027-06-01']])('are configured: %s', async (days, dueOn) => {
    const other = await testApp({ database: { ...database, close: async () => undefined }, registry: await loadRegistry(), clock: () => now, identify: whom as never, environment: { CORRECTION_DAYS: days } });
    const made = await mutate(holderOf('TEACHER'), 'correctionRequest', 'CorrectionRequestInput!', 'input', { wrong: 'a', right: 'b' }, '', 'en', other);
    expect(made.correction?.['dueOn']).toBe(dueOn);
    await other.close();
  });
});

describe('lists', () => {
  test('are pages in either order, with their number, by a constant number of statements', async () => {
    for (let count = 0; count < 12; count++) await request({ wrong: `${MARK} ${count}` });
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    const page = async (args: string): Promise<{ nodes: { id: string }[]; totalCount: number; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string } }> => (await ask(app, `{ corrections(filter: {state: SUBMITTED}, ${args}) { totalCount nodes { id teacher { name } institution { name } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`)).data?.['corrections'] as never;
    const all = await page('first: 100');
    expect(all.totalCount).toBe(all.nodes.length);
    expect(all.nodes.length).toBeGreaterThanOrEqual(13);
    for (const order of ['DUE_ON', 'DUE_ON_DESC']) {
      const walked: string[] = [];
      for (let after = ''; ; ) {
        const one = await page(`orderBy: ${order}, first: 5${after && `, after: "${after}"`}`);
        expect(one.pageInfo.hasPreviousPage).toBe(after !== '');
        walked.push(...one.nodes.map(({ id }) => id));
        if (!one.pageInfo.hasNextPage) break;
        after = one.pageInfo.endCursor;
      }
      const expected = (await page(`orderBy: ${order}, first: 100`)).nodes.map(({ id }) => id);
      expect(walked).toEqual(expected);
      const last = await page(`orderBy: ${order}, last: 4`);
      expect(last.nodes.map(({ id }) => id)).toEqual(expected.slice(-4));
      expect((await page(`orderBy: ${order}, last: 4, before: "${last.pageInfo.startCursor}"`)).nodes.map(({ id }) => id)).toEqual(expected.slice(-8, -4));
    }
    const statements = async (size: number): Promise<number> => (await dataStatementsOf(() => page(`first: ${size}`))).length;
    expect(await statements(12)).toBe(await statements(2));
    asked = holderOf('TEACHER');
    expect((await ask(app, '{ viewer { corrections(first: 3, state: SUBMITTED) { totalCount nodes { id } } } }')).data).toMatchObject({ viewer: { corrections: { totalCount: 12 } } });
  });

  test('are of a place, an institution, a state', async () => {
    asked = holderOf('AUTHORITY');
    const count = async (filter: string): Promise<number> => ((await ask(app, `{ corrections(filter: {${filter}}) { totalCount } }`)).data?.['corrections'] as { totalCount: number }).totalCount;
    const [row] = await sql<{ own: number; other: number; withdrawn: number }>(`select count(*) filter (where institution_id = ?)::int as own, count(*) filter (where institution_id = ?)::int as other, count(*) filter (where state = 'WITHDRAWN' and county_code = '310101')::int as withdrawn from correction`, [world.institutions.own, world.institutions.other]);
    expect([await count(`institution: "${globalId('Institution', world.institutions.own)}"`), await count(`institution: "${globalId('Institution', world.institutions.other)}"`), await count('state: WITHDRAWN')]).toEqual([row?.own, row?.other, row?.withdrawn]);
    expect([await count(`jurisdiction: "${FAR}"`), await count('jurisdiction: "310000"') > 0]).toEqual([0, true]);
  });

  test.each([
    ['filter: {jurisdiction: "999999"}', 'UNKNOWN_JURISDICTION'],
    ['filter: {institution: "x"}', 'INVALID_ID'],
    ['first: 1, after: "x"', 'INVALID_CURSOR'],
    ['first: 1, last: 1', 'CONFLICT'],
  ])('refuse %s', async (args, code) => {
    asked = holderOf('AUTHORITY');
    expect(codesOf(await ask(app, `{ corrections(${args}) { totalCount } }`))).toEqual([code]);
  });
});

describe('what is written', () => {
  test('is on record as a change and as an access, and its text is nowhere in clear', async () => {
    const id = idOf(await request({ evidence: `${MARK} evidence` }));
    await decide(id, 'REJECTED');
    asked = holderOf('SCHOOL_ADMINISTRATOR');
    await ask(app, 'query Reading { corrections(first: 1) { nodes { wrong } } }');
    const trail = await sql<{ action: string; nodes: string[]; before: unknown; after: unknown }>(`select action, nodes, before, after from audit_trail where nodes @> array[?]::text[] order by seq`, [Buffer.from(id, 'base64url').toString()]);
    expect(trail).toMatchObject([
      { action: 'correctionRequest', nodes: [expect.any(String), `Teacher:${world.people.own}`], before: null, after: { about: { open: 'MISSING' }, state: { open: 'SUBMITTED' } } },
      { action: 'correctionDecide', before: { state: { open: 'SUBMITTED' } }, after: { state: { open: 'REJECTED' } } },
    ]);
    asked = holderOf('TEACHER');
    const told = await ask(app, `{ auditTrail(node: "${id}") { nodes { action nodes { type id } } } }`);
    expect(told.data).toEqual({ auditTrail: { nodes: ['correctionDecide', 'correctionRequest'].map((action) => ({ action, nodes: [{ type: 'Correction', id }, { type: 'Teacher', id: teacherId(world.people.own) }] })) } });
    const [seen] = await sql<{ kinds: string[]; persons: string[] }>(`select kinds, persons::text[] as persons from access_record where operation = 'Reading' order by recorded_at desc limit 1`);
    expect(seen?.kinds).toContain('Correction');
    const tables = await sql<{ name: string }>(`select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`);
    for (const { name } of tables) expect([name, await sql(`select 1 from "${name}" t where t::text like '%TEXTMARK%' or t::text like '%' || encode('TEXTMARK', 'hex') || '%'`)]).toEqual([name, []]);
    const [row] = await sql<{ claim: Buffer; reason: Buffer }>('select claim_cipher as claim, reason_cipher as reason from correction order by id desc limit 1');
    for (const sealed of [row?.claim, row?.reason]) expect(Buffer.from(sealed ?? '').includes('TEXTMARK')).toBe(false);
    expect(log.join('')).toContain('/graphql');
    expect(log.join('')).not.toMatch(/TEXTMARK|张志强/);
  });

  test('cannot be changed nor removed, and no decision be made again', async () => {
    const id = Buffer.from(idOf(await request({})), 'base64url').toString().split(':')[1];
    for (const statement of [`update correction set claim_cipher = '\\x00' where id = ?`, `update correction set person_id = 1 where id = ?`, 'delete from correction where id = ?']) await expect(asSubject(database, holderOf('AUTHORITY'), statement, [id]), statement).rejects.toThrow(/permission denied/);
    await expect(sql('delete from correction where id = ?', [id])).rejects.toThrow(/never changed or removed/);
    await decide(globalId('Correction', id ?? ''), 'ACCEPTED');
    await expect(sql(`update correction set state = 'REJECTED', reason_cipher = '\\x00' where id = ?`, [id])).rejects.toThrow(/decided once/);
    await expect(sql(`update correction set claim_cipher = claim_cipher where id = ?`, [id])).resolves.toBeDefined();
  });
});
