import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WHOLE } from '../../src/access/reach.ts';
import { openPrivate } from '../../src/persistence/keys/private-values.ts';
import type { PrivateName } from '../../src/persistence/keys/private-values.ts';
import { judgingOf, StoredPeople } from '../../src/persistence/repositories/stored-people.ts';
import { StoredAssessments } from '../../src/persistence/repositories/stored-assessments.ts';
import { sealWhatStands } from '../../src/persistence/seal-what-stands.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { write } from '../support/builders.ts';
import { TEST_KEY, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { rowsOf } from '../support/imports.ts';
import { ask, testApp } from '../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NUMBER = '110101199003070054';
/** As numbers were encrypted before keys had names. */
function encryptedOfOld(number: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', Buffer.from(TEST_KEY, 'base64'), 'shixun', 'identity encryption', 32)), nonce);
  const text = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), text]);
}

/** A teacher, with an assessment and properties as they were stored before they were sealed. */
async function asOfOld(name: string, properties: Readonly<Record<string, unknown>>, number: string | null): Promise<string> {
  const { result } = await write(database, async (writer) => {
    const school = await writer.institution({ name: '校', place: '360102', properties: { kind: 'school' } });
    return writer.teacher({ name, jobs: [{ institution: school }], properties });
  });
  const em = database.admin.em.fork();
  await em.execute(`insert into stored_rulebook (hash, content, recorded_at) values ('x', '{}', now()) on conflict do nothing`);
  await em.execute(
    `insert into stored_assessment (person_id, jurisdiction_code, province_code, subject, at, law_at, known_at, question, answer, answer_hash, verdict, rulebook_hash, content_hash, engine, recorded_at, source_id, source_key)
     values (?, '360102', '360000', 'decision:makeUp', now(), now(), now(), '{"facts":{"marker":"秘密"}}', '{"marker":"秘密"}', 'x', 'MET', 'x', 'x', '{}', (select max(recorded_at) from recording), (select min(id) from source), 'x')`,
    [result],
  );
  if (number !== null) await em.execute(`insert into person_identity (person_id, kind, number_cipher, number_index, recorded_at, source_id, source_key) values (?, 'resident', ?, ?, now(), (select min(id) from source), 'x')`, [result, encryptedOfOld(number), database.keys.current.index(number)]);
  return result;
}

const privateOf = async (person: string): Promise<unknown> =>
  Object.fromEntries((await rowsOf<{ name: PrivateName; cipher: Buffer }>(database, `select name, value_cipher as cipher from person_private where person_id = ${person} and superseded_at is null`)).map(({ name, cipher }) => [name, openPrivate(database.keys, name, cipher)]));
const open = (): Promise<object[]> => rowsOf(database, `select 1 from stored_assessment where question not like 'sealed:%' or answer not like 'sealed:%' or question like '%秘密%' or answer like '%秘密%' union all select 1 from person_property where name in ('birthDate', 'sex')`);

describe('what was stored before it was sealed', () => {
  test('is sealed, in batches, and read as before; numbers tell what nobody wrote down', async () => {
    const one = await asOfOld('甲', { birthDate: '1960-05-06', sex: 'female', isQualified: true }, null);
    const two = await asOfOld('乙', {}, NUMBER);
    for (let more = 0; more < 250; more++) if (more % 50 === 0) await asOfOld(`丙${more}`, { sex: 'male' }, null);
    expect((await open()).length).toBeGreaterThan(5);
    await sealWhatStands(database.admin, database.keys);
    expect(await open()).toEqual([]);
    expect(await privateOf(one)).toEqual({ birthDate: '1960-05-06', sex: 'female' });
    expect(await privateOf(two)).toEqual({ birthDate: '1990-03-07', sex: 'male' });
    expect(await rowsOf(database, `select name from person_property where person_id = ${one}`)).toEqual([{ name: 'isQualified' }]);
    const [row] = await rowsOf<{ id: string }>(database, `select id::text as id from stored_assessment where person_id = ${one}`);
    const [texts] = await new StoredAssessments(database.admin.em.fork(), { people: WHOLE, accountId: null }, database.keys).texts([row?.id ?? '']);
    expect(texts).toMatchObject({ question: '{"facts":{"marker":"秘密"}}', answer: '{"marker":"秘密"}' });
    // Again there is nothing left to do.
    const before = await rowsOf(database, 'select question, answer from stored_assessment order by id');
    await sealWhatStands(database.admin, database.keys);
    expect(await rowsOf(database, 'select question, answer from stored_assessment order by id')).toEqual(before);
  });

  test('two starts at once seal each row once', async () => {
    for (let more = 0; more < 5; more++) await asOfOld(`丁${more}`, { sex: 'male', birthDate: '1970-01-01' }, null);
    await Promise.all([sealWhatStands(database.admin, database.keys), sealWhatStands(database.admin, database.keys)]);
    expect(await open()).toEqual([]);
    expect(await rowsOf(database, 'select person_id, name from person_private where superseded_at is null group by person_id, name having count(*) > 1')).toEqual([]);
  });

  test('rules judge by what lies sealed, for whoever sees the person', async () => {
    const registry = await loadRegistry();
    const person = await asOfOld('戊', { birthDate: '1960-05-06', sex: 'female' }, null);
    await sealWhatStands(database.admin, database.keys);
    const [found] = await new StoredPeople(database.admin.em.fork(), WHOLE, judgingOf(database.keys, registry)).load([person], { day: '2026-01-01' as never, lawDay: '2026-01-01' as never, knownAt: Date.now() as never });
    expect(found?.properties).toEqual(new Map([['birthDate', '1960-05-06'], ['sex', 'female']]));
    const app = await testApp({ database: { ...database, close: async () => undefined }, registry });
    const recorded = await ask(app, `mutation { assessmentRecord(input: {teacher: "${globalId('Teacher', person)}", rule: "${registry.ruleIds.find((id) => id.startsWith('jx-')) ?? ''}", at: "2015-01-15T00:00:00+08:00"}) { storedAssessment { facts recomputed { same } } userErrors { code message } } }`);
    const payload = recorded.data?.['assessmentRecord'] as { storedAssessment: { facts: object; recomputed: object } | null; userErrors: object[] };
    expect([recorded.errors, payload.userErrors]).toEqual([undefined, []]);
    expect(payload.storedAssessment).toMatchObject({ facts: { birthDate: '1960-05-06', sex: 'female' }, recomputed: { same: true } });
    expect(await open()).toEqual([]);
    await app.close();
  });

  test('nothing but its seal can be changed of a stored assessment, and no text can be put in the place of another', async () => {
    const em = database.admin.em.fork();
    for (const change of [`verdict = 'NOT_MET'`, 'question = question', `question = '{}'`, `question = 'sealed:x'`, `question = 'sealed:x', answer = 'sealed:y', verdict = 'NOT_MET'`]) {
      await expect(em.execute(`update stored_assessment set ${change}`), change).rejects.toThrow(/sealed anew alone/);
    }
    const person = await asOfOld('己', {}, null);
    await sealWhatStands(database.admin, database.keys);
    const [row] = await rowsOf<{ id: string }>(database, `select id::text as id from stored_assessment where person_id = ${person}`);
    await em.execute('update stored_assessment set question = answer, answer = question where id = ?', [row?.id]);
    await expect(new StoredAssessments(em, { people: WHOLE, accountId: null }, database.keys).texts([row?.id ?? ''])).rejects.toThrow();
  });
});
