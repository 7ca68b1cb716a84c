import type { Subject } from '../../src/access/principal.ts';
import type { Role } from '../../src/access/roles.ts';
import { ROLES, SCOPE_OF } from '../../src/access/roles.ts';
import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { checkDigitOf } from '../../src/kernel/identity-number.ts';
import { sealIdentity, sealPrivate } from '../../src/persistence/keys/private-values.ts';
import type { PrivateName } from '../../src/persistence/keys/private-values.ts';
import { sealClaim } from '../../src/persistence/correction-texts.ts';
import { insertCorrection } from '../../src/persistence/repositories/correction-writes.ts';
import { insertGrant } from '../../src/persistence/repositories/role-grants.ts';
import { enter, join } from '../../src/persistence/repositories/accounts.ts';
import type { RecordToCorrect } from '../../src/workflows/correct-record.ts';
import { globalId } from '../../src/graphql/relay/global-id.ts';
import { write } from './builders.ts';
import type { TestDatabase } from './database.ts';

/** How each teacher of the world stands to those who ask: in their school, in their district alone, or neither. */
export const STANDINGS = ['own', 'institution', 'jurisdiction', 'elsewhere'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What is private of each teacher of the world. */
export function privateOf(standing: Standing): { readonly identityNumber: string; readonly phone: string; readonly birthDate: string; readonly sex: string | null } {
  const turn = STANDINGS.indexOf(standing);
  const seventeen = `1101011990030${turn + 1}00${turn + 1}`;
  return { identityNumber: `${seventeen}${checkDigitOf(seventeen)}`, phone: `1380013800${turn}`, birthDate: `1990-03-0${turn + 1}`, sex: { own: 'male', institution: 'male', jurisdiction: null, elsewhere: 'female' }[standing] };
}

/** Stores what is private of a teacher of the world. */
export async function plantPrivate({ admin, keys }: TestDatabase, person: string, standing: Standing): Promise<void> {
  const { identityNumber, ...values } = privateOf(standing);
  const em = admin.em.fork();
  const recorded = `(select max(recorded_at) from recording), (select min(id) from source), 'x'`;
  await em.execute(`insert into person_identity (person_id, kind, number_cipher, number_index, recorded_at, source_id, source_key) values (?, 'resident', ?, ?, ${recorded})`, [person, sealIdentity(keys.current, identityNumber), keys.current.index(identityNumber)]);
  for (const [name, value] of Object.entries(values)) if (value !== null) await em.execute(`insert into person_private (person_id, name, value_cipher, recorded_at, source_id, source_key) values (?, ?, ?, ${recorded})`, [person, name, sealPrivate(keys.current, name as PrivateName, value)]);
}

export interface AccessWorld {
  /** Row ids of the teachers by how they stand to everyone who asks. */
  readonly people: Readonly<Record<Standing, string>>;
  readonly institutions: Readonly<Record<'own' | 'other' | 'far', string>>;
  readonly entries: Readonly<Record<Standing, string>>;
  readonly assessments: Readonly<Record<Standing, string>>;
  /** One asked for about each of the people, of the place in which they work. */
  readonly corrections: Readonly<Record<Standing, string>>;
}

export const DISTRICT = '310101';
export const FAR = '330102';

/** The account that holds one role: over the district, the school, or as the teacher `own`. */
export const holderOf = (role: Role): Subject => ({ issuer: 'access', subject: role });
/** An account without a role. */
export const STRANGER: Subject = { issuer: 'access', subject: 'nobody' };

/** Four teachers, an account for each role, and one that holds none. */
export async function makeWorld(database: TestDatabase): Promise<AccessWorld> {
  const { result } = await write(database, async (writer) => {
    const own = await writer.institution({ name: '一中', place: DISTRICT, properties: { kind: 'school' } });
    const other = await writer.institution({ name: '二中', place: DISTRICT, properties: { kind: 'school' } });
    const far = await writer.institution({ name: '远方中学', place: FAR, properties: { kind: 'school' } });
    const people: Record<Standing, string> = {
      own: await writer.teacher({ name: '本人甲', jobs: [{ institution: own, stage: 'junior', subject: 'maths' }], properties: { isQualified: true } }),
      institution: await writer.teacher({ name: '同校乙', jobs: [{ institution: own }], roles: [{ role: 'headTeacher', province: '310000' }] }),
      jurisdiction: await writer.teacher({ name: '同区丙', jobs: [{ institution: other }] }),
      elsewhere: await writer.teacher({ name: '他处丁', jobs: [{ institution: far }] }),
    };
    const entries = {} as Record<Standing, string>;
    for (const standing of STANDINGS) entries[standing] = await writer.entry(people[standing], { place: standing === 'elsewhere' ? FAR : DISTRICT });
    return { people, institutions: { own, other, far }, entries };
  });
  const em = database.admin.em.fork();
  const assessments = {} as Record<Standing, string>;
  await em.execute(`insert into stored_rulebook (hash, content, recorded_at) values ('x', '{}', now()) on conflict do nothing`);
  for (const standing of STANDINGS) {
    const [row] = await em.execute<{ id: string }[]>(
      `insert into stored_assessment (person_id, jurisdiction_code, province_code, subject, at, law_at, known_at, question, answer, answer_hash, verdict, rulebook_hash, content_hash, engine, recorded_at, source_id, source_key)
       values (?, ?, ?, 'decision:creditCompletion', now(), now(), now(), '{"facts":{"marker":"secret-fact"}}', '{}', 'x', 'MET', 'x', 'x', '{}', (select max(recorded_at) from recording), (select min(id) from source), 'x') returning id::text as id`,
      [result.people[standing], standing === 'elsewhere' ? FAR : DISTRICT, standing === 'elsewhere' ? '330000' : '310000'],
    );
    assessments[standing] = row?.id ?? '';
    await plantPrivate(database, result.people[standing], standing);
  }
  for (const role of ROLES) await makeHolder(database, role, result);
  const stranger = await join(em, { ...STRANGER, kind: 'person', name: null, person: null });
  const { own, other, far } = result.institutions;
  const worksAt: Readonly<Record<Standing, string>> = { own, institution: own, jurisdiction: other, elsewhere: far };
  const corrections = {} as Record<Standing, string>;
  for (const standing of STANDINGS) {
    const record: RecordToCorrect = { personId: result.people[standing], about: 'MISSING', recordId: null, sourceId: null, institutionId: null, code: null };
    const claim = sealClaim(database.keys.current, { wrong: `secret-claim-${standing}`, right: 'otherwise', values: null, evidence: null }, result.people[standing]);
    corrections[standing] = await insertCorrection(em, { record, place: { code: standing === 'elsewhere' ? FAR : DISTRICT, institutionId: worksAt[standing] }, claim, submittedBy: stranger, delegationId: null, dueOn: '2026-12-31' as CivilDay });
  }
  return { ...result, assessments, corrections };
}

async function makeHolder(database: TestDatabase, role: Role, { people, institutions }: Pick<AccessWorld, 'people' | 'institutions'>): Promise<void> {
  const em = database.admin.em.fork();
  const accountId = await join(em, { ...holderOf(role), kind: 'person', name: role, person: null });
  if (role === 'TEACHER') return void (await em.execute('update account set person_id = ? where id = ?', [people.own, accountId]));
  const kind = SCOPE_OF[role];
  const scope = kind === 'self' ? { kind } : kind === 'institution' ? { kind, institutionId: institutions.own, code: DISTRICT } : { kind, code: DISTRICT };
  await insertGrant(em, { accountId, role, scope, from: '2020-01-01' as CivilDay, to: null, grantedBy: null });
}

/** What the database gives a subject for a statement, whatever the API would make of it. */
export const asSubject = <Row extends object>(database: TestDatabase, subject: Subject | null, query: string, params: readonly unknown[] = []): Promise<Row[]> =>
  database.orm.em.fork().transactional(async (em) => {
    if (subject) await enter(em, subject);
    return em.execute<Row[]>(query, [...params]) as Promise<Row[]>;
  });

export const teacherId = (row: string): string => globalId('Teacher', row);
