import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import { parseDay } from '../kernel/civil-day.ts';
import type { CivilDay } from '../kernel/civil-day.ts';
import { readIdentityNumber } from '../kernel/identity-number.ts';
import type { NamedIdentityKind } from '../kernel/identity-number.ts';
import type { DataKeys } from './keys/data-keys.ts';
import { assessmentPlace, JUDGED_PRIVATELY, openIdentity, sealPrivate } from './keys/private-values.ts';
import type { PrivateName } from './keys/private-values.ts';
import { writingKey } from './keys/writing-key.ts';
import type { Sql } from './sql.ts';

/** Rows that are sealed in one transaction. */
const BATCH = 200;

/**
 * Seals what was stored before it was sealed: questions and answers of stored assessments, days of birth and sexes among
 * the properties of persons, and those that identity numbers tell of. Done by the owner, some rows at a time, each batch a
 * transaction of its own: where it is ended in the middle the next start goes on. Two at once do the same.
 */
export async function sealWhatStands(orm: MikroORM, keys: DataKeys): Promise<void> {
  for (const step of [sealAssessments, moveProperties, keepWhatNumbersTell]) {
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after;
      after = await orm.em.fork().transactional(async (em) => {
        await em.execute('set local statement_timeout = 0; set local lock_timeout = 0');
        return step(em, keys, from);
      });
    }
  }
}

async function sealAssessments(em: SqlEntityManager, keys: DataKeys, after: string): Promise<string | null> {
  const rows = await em.execute<{ id: string; question: string; answer: string; hash: string }[]>(
    `select id::text as id, question, answer, answer_hash as hash from stored_assessment where id > ? and not (question like 'sealed:%' and answer like 'sealed:%') order by id limit ${BATCH} for update`, [after]);
  if (rows.length === 0) return null;
  const key = await writingKey(em, keys);
  const sealed = rows.map(({ id, question, answer, hash }) => ({
    id,
    question: key.sealText(keys.openText(question, assessmentPlace('question', hash)), assessmentPlace('question', hash)),
    answer: key.sealText(keys.openText(answer, assessmentPlace('answer', hash)), assessmentPlace('answer', hash)),
  }));
  await em.execute('update stored_assessment a set question = r.question, answer = r.answer from json_to_recordset(?::json) r(id bigint, question text, answer text) where a.id = r.id', [JSON.stringify(sealed)]);
  return rows.at(-1)?.id ?? null;
}

/** Those that are not of their form stay where they are: nothing else reads them. */
async function moveProperties(em: SqlEntityManager, keys: DataKeys, after: string): Promise<string | null> {
  const rows = await em.execute<{ id: string; person_id: string; name: PrivateName; value: unknown; recorded_at: string; source_id: number; source_key: string; superseded_at: string | null }[]>(
    `select id::text as id, person_id::text as person_id, name, value, recorded_at::text as recorded_at, source_id, source_key, superseded_at::text as superseded_at from person_property
     where id > ? and name in (${JUDGED_PRIVATELY.map((name) => `'${name}'`).join(', ')}) order by id limit ${BATCH} for update`, [after]);
  if (rows.length === 0) return null;
  const key = await writingKey(em, keys);
  const moved = rows.filter(({ name, value }) => (name === 'sex' ? value === 'male' || value === 'female' : typeof value === 'string' && parseDay(value) !== null));
  const sealed = moved.map(({ value, ...row }) => ({ ...row, cipher: sealPrivate(key, row.name, String(value)).toString('hex') }));
  await insertPrivate(em, sealed);
  await em.execute(`delete from person_property where id = any(?::bigint[])`, [`{${moved.map(({ id }) => id).join(',')}}`]);
  return rows.at(-1)?.id ?? null;
}

async function keepWhatNumbersTell(em: SqlEntityManager, keys: DataKeys, after: string): Promise<string | null> {
  const rows = await em.execute<{ id: string; person_id: string; kind: string; cipher: string; recorded_at: string; source_id: number; source_key: string }[]>(
    `select id::text as id, person_id::text as person_id, kind, encode(number_cipher, 'hex') as cipher, recorded_at::text as recorded_at, source_id, source_key from person_identity
     where id > ? and kind in ('resident', 'resident15', 'residencePermit', 'foreignPermanent', 'permit') order by id limit ${BATCH}`, [after]);
  if (rows.length === 0) return null;
  const key = await writingKey(em, keys);
  const told = rows.flatMap(({ kind, cipher, ...row }) => {
    const read = readIdentityNumber(openIdentity(keys, Buffer.from(cipher, 'hex')), kind === 'resident15' ? 'resident' : (kind as NamedIdentityKind), LATEST);
    if ('wrong' in read) return [];
    return JUDGED_PRIVATELY.flatMap((name) => {
      const value = read[name as 'birthDate' | 'sex'];
      return value === null ? [] : [{ ...row, name, superseded_at: null, cipher: sealPrivate(key, name, value).toString('hex') }];
    });
  });
  await insertPrivate(em, told);
  return rows.at(-1)?.id ?? null;
}
const LATEST = '9999-12-31' as CivilDay;

/** Of several that hold the first stays the one; the others are kept as they would be after a correction. */
const insertPrivate = (sql: Sql, rows: readonly object[]): Promise<unknown> =>
  sql.execute(
    `insert into person_private (person_id, name, value_cipher, recorded_at, source_id, source_key, superseded_at)
     select person_id, name, decode(cipher, 'hex'), recorded_at, source_id, source_key, superseded_at
     from json_to_recordset(?::json) r(person_id bigint, name text, cipher text, recorded_at timestamptz, source_id int, source_key text, superseded_at timestamptz)
     on conflict (person_id, name) where superseded_at is null do nothing`,
    [JSON.stringify(rows)],
  );
