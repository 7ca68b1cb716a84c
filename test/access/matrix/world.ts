import type { Subject } from '../../../src/access/principal.ts';
import { ROLES, SCOPE_OF } from '../../../src/access/roles.ts';
import type { Role } from '../../../src/access/roles.ts';
import type { CivilDay } from '../../../src/kernel/civil-day.ts';
import { open } from '../../../src/records/audit-row.ts';
import { globalId } from '../../../src/graphql/relay/global-id.ts';
import { join } from '../../../src/persistence/repositories/accounts.ts';
import { sealClaim } from '../../../src/persistence/correction-texts.ts';
import { insertCorrection, recordToCorrect } from '../../../src/persistence/repositories/correction-writes.ts';
import { insertDelegation } from '../../../src/persistence/repositories/delegations.ts';
import { insertGrant } from '../../../src/persistence/repositories/role-grants.ts';
import { DISTRICT, FAR, holderOf, plantPrivate, STANDINGS, STRANGER } from '../../support/access-world.ts';
import type { Standing } from '../../support/access-world.ts';
import { write } from '../../support/builders.ts';
import type { TeacherSpec, Writer } from '../../support/builders.ts';
import { NATIONAL } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { Records } from '../../../src/records/open-records.ts';
import { ask, testApp } from '../../support/server.ts';
import { loadRegistry } from '../../support/plugins.ts';

/** The clock of the matrix: a moment at which all roles of the world are held. */
export const NOW = Date.parse('2026-06-01T12:00:00+08:00') as never;

const SCHOOLS = ['own', 'other', 'far'] as const;
export type School = (typeof SCHOOLS)[number];
const SCHOOL_CODE: Readonly<Record<School, string>> = { own: DISTRICT, other: DISTRICT, far: FAR };

/** Where each person works: what the relations of the matrix follow from. */
export const WORKS_AT: Readonly<Record<Standing, School>> = { own: 'own', institution: 'own', jurisdiction: 'other', elsewhere: 'far' };
export const codeOfSchool = (school: School): string => SCHOOL_CODE[school];

/** A role, and over what it is held. */
export type Hold = { readonly role: Role } & ({ readonly over: 'self' } | { readonly over: 'school'; readonly school: School } | { readonly over: 'place'; readonly code: string });

/** Somebody who asks. What is said here is all that the expectations of the matrix know of them. */
export interface Asker {
  readonly name: string;
  /** Null: nobody signed in. */
  readonly subject: Subject | null;
  readonly hasAccount: boolean;
  readonly isClient: boolean;
  /** The person of the register who asks. */
  readonly person: Standing | null;
  readonly holds: readonly Hold[];
  /** Who lets this asker act for them. */
  readonly actsFor: Standing | null;
}

const asker = (name: string, parts: Partial<Asker> = {}): Asker => ({ name, subject: { issuer: 'access', subject: name }, hasAccount: true, isClient: false, person: null, holds: [], actsFor: null, ...parts });

const overOf = (role: Role): Hold => {
  const kind = SCOPE_OF[role];
  return kind === 'self' ? { role, over: 'self' } : kind === 'institution' ? { role, over: 'school', school: 'own' } : { role, over: 'place', code: DISTRICT };
};

/** One for each role, in the relation in which it is usually held; roles held elsewhere, above, together; and those who hold none. */
export const ASKERS: readonly Asker[] = [
  ...ROLES.map((role) => asker(role, { subject: holderOf(role), person: role === 'TEACHER' ? 'own' : null, holds: [overOf(role)] })),
  asker('TEACHER elsewhere', { person: 'elsewhere', holds: [{ role: 'TEACHER', over: 'self' }] }),
  asker('SCHOOL_ADMINISTRATOR of another school', { holds: [{ role: 'SCHOOL_ADMINISTRATOR', over: 'school', school: 'other' }] }),
  asker('AUTHORITY of the province', { holds: [{ role: 'AUTHORITY', over: 'place', code: `${DISTRICT.slice(0, 2)}0000` }] }),
  asker('AUTHORITY elsewhere', { holds: [{ role: 'AUTHORITY', over: 'place', code: FAR }] }),
  asker('ANALYST of the nation', { holds: [{ role: 'ANALYST', over: 'place', code: 'CN' }], isClient: true }),
  asker('ANALYST who answers for a school', { holds: [{ role: 'ANALYST', over: 'place', code: DISTRICT }, { role: 'SCHOOL_ADMINISTRATOR', over: 'school', school: 'own' }] }),
  asker('ANALYST who teaches elsewhere', { person: 'elsewhere', holds: [{ role: 'TEACHER', over: 'self' }, { role: 'ANALYST', over: 'place', code: DISTRICT }] }),
  asker('who acts for a teacher', { actsFor: 'own' }),
  asker('whose roles have ended'),
  { ...asker('an account without a role'), subject: STRANGER },
  asker('a token without an account', { subject: { issuer: 'access', subject: 'unheard of' }, hasAccount: false }),
  asker('nobody', { subject: null, hasAccount: false }),
];

/** Sees all people: whose answers those of all others are cut out of. */
export const ALL_SEEING: Asker = asker('National', { subject: NATIONAL, holds: [{ role: 'AUTHORITY', over: 'place', code: 'CN' }, { role: 'AUDITOR', over: 'place', code: 'CN' }] });

/** The name of a value in the audit trail that is for those who read what is private. */
export const SEALED = 'phone';

export interface World {
  readonly people: Readonly<Record<Standing, string>>;
  readonly schools: Readonly<Record<School, string>>;
  readonly entries: Readonly<Record<Standing, string>>;
  readonly assessments: Readonly<Record<Standing, string>>;
  /** One about an entry of each, by global id. */
  readonly corrections: Readonly<Record<Standing, string>>;
  /** Assessments of facts that came with the question, by whose rules decided. */
  readonly impersonal: Readonly<Record<'district' | 'far', string>>;
  /** The account of each asker, and the rows of its roles and delegations, by global id. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Whom the object of a global id is about; a place where it is about nobody. */
  readonly about: ReadonlyMap<string, Standing | { readonly code: string }>;
}

export interface Account {
  readonly id: string;
  readonly grants: readonly string[];
  readonly delegations: readonly string[];
}

const entry = (place: string, units: number) => ({ place, units, attributes: place === DISTRICT ? { level: 'municipal', category: 'knowledgeSkills' } : {} });
const TEACHERS: Readonly<Record<Standing, Omit<TeacherSpec, 'jobs'>>> = {
  own: { name: '本人甲', roles: [{ role: 'headTeacher', province: '310000' }], properties: { cycleStartOn: '2016-01-01' } },
  institution: { name: '同校乙', roles: [{ role: 'headTeacher', province: '310000' }], properties: { cycleStartOn: '2016-01-01' } },
  jurisdiction: { name: '同区丙', roles: [{ role: 'headTeacher', province: '310000' }], properties: { cycleStartOn: '2017-01-01' } },
  elsewhere: { name: '他处丁', roles: [{ role: 'classTeacher', province: '330000' }] },
};

async function writePeople(writer: Writer) {
  const schools = {} as Record<School, string>;
  for (const school of SCHOOLS) schools[school] = await writer.institution({ name: { own: '一中', other: '二中', far: '远方中学' }[school], place: SCHOOL_CODE[school], properties: { kind: 'school', developmentSchool: 'none' } });
  const people = {} as Record<Standing, string>;
  const entries = {} as Record<Standing, string>;
  for (const [at, standing] of STANDINGS.entries()) {
    const school = WORKS_AT[standing];
    people[standing] = await writer.teacher({ ...TEACHERS[standing], jobs: [{ institution: schools[school], stage: 'junior', subject: 'maths' }] });
    entries[standing] = await writer.entry(people[standing], { ...entry(SCHOOL_CODE[school], 500 + at), institution: schools[school] });
  }
  return { schools, people, entries };
}

/** People of every relation, everything that is stored about each, and an account for each asker. */
export async function makeMatrixWorld(database: TestDatabase, records: Records): Promise<World> {
  const { result } = await write(database, writePeople);
  for (const standing of STANDINGS) await plantPrivate(database, result.people[standing], standing);
  const em = database.admin.em.fork();
  // Beside an authority over the nation, whoever sees everybody is an auditor of it.
  await insertGrant(em, { accountId: await accountOf(em, NATIONAL.subject), role: 'AUDITOR', scope: { kind: 'jurisdiction', code: 'CN' }, from: '2020-01-01' as CivilDay, to: null, grantedBy: null });
  const accounts = new Map<string, Account>();
  for (const one of ASKERS) if (one.subject && one.hasAccount) accounts.set(one.name, await makeAccount(database, one, result));
  const app = await testApp({ database: { ...database, close: async () => undefined }, registry: await loadRegistry(), now: NOW, records: { ...records, close: async () => undefined } });
  const record = async (input: string): Promise<string> => {
    const answer = await ask(app, `mutation { assessmentRecord(input: ${input}) { storedAssessment { id } userErrors { code path message } } }`);
    const { storedAssessment, userErrors } = (answer.data?.['assessmentRecord'] ?? {}) as { storedAssessment?: { id: string } | null; userErrors?: unknown };
    if (!storedAssessment) throw new Error(JSON.stringify([answer.errors, userErrors]));
    return storedAssessment.id;
  };
  const assessments = {} as Record<Standing, string>;
  for (const standing of STANDINGS) assessments[standing] = await record(`{teacher: "${globalId('Teacher', result.people[standing])}", ${standing === 'elsewhere' ? 'rule: "zj-2016-71/2-cycle"' : 'decision: "creditCompletion"'}, at: "2020-12-31"}`);
  // A change with a value that is personal beside one that is not.
  for (const standing of STANDINGS) {
    const nodes = [{ type: 'Teacher', id: result.people[standing] }];
    await em.transactional((transaction) => records.audit.append(transaction as never, { who: { accountId: null, displayName: null }, requestId: null, action: 'import', nodes, before: { [SEALED]: `Marker-${standing}`, stage: open('primary') }, after: { stage: open('junior') } }));
  }
  const district = await record(`{jurisdiction: "${DISTRICT}", decision: "creditCompletion", at: "2020-12-31", facts: {developmentSchool: "none", roles: [], cycleStartOn: "2016-01-01", entries: []}}`);
  const far = await record(`{jurisdiction: "${FAR}", rule: "zj-2016-71/2-cycle", at: "2020-12-31", facts: {cycleStartOn: "2016-01-01", creditTotals: {cycle: "359.99"}}}`);
  await app.close();
  const corrections = {} as Record<Standing, string>;
  for (const standing of STANDINGS) corrections[standing] = await makeCorrection(database, standing, result);
  const about = new Map<string, Standing | { code: string }>([[district, { code: DISTRICT }], [far, { code: FAR }]]);
  for (const standing of STANDINGS) for (const id of [globalId('Teacher', result.people[standing]), globalId('CreditEntry', result.entries[standing]), assessments[standing], corrections[standing]]) about.set(id, standing);
  return { ...result, assessments, corrections, impersonal: { district, far }, accounts, about };
}

/** Asked for by somebody who is none of those who ask here. */
async function makeCorrection(database: TestDatabase, standing: Standing, { people, schools, entries }: Pick<World, 'people' | 'schools' | 'entries'>): Promise<string> {
  const em = database.admin.em.fork();
  const record = await recordToCorrect(em, 'CREDIT_ENTRY', entries[standing]);
  if (!record) throw new Error('no entry to correct');
  const claim = sealClaim(database.keys.current, { wrong: `wrong of ${standing}`, right: 'right', values: { units: '7' }, evidence: 'a certificate' }, people[standing]);
  const school = WORKS_AT[standing];
  return globalId('Correction', await insertCorrection(em, { record, place: { code: SCHOOL_CODE[school], institutionId: schools[school] }, claim, submittedBy: await accountOf(em, NATIONAL.subject), delegationId: null, dueOn: '2026-06-30' as CivilDay }));
}

type Manager = ReturnType<TestDatabase['admin']['em']['fork']>;

async function makeAccount(database: TestDatabase, { name, subject, isClient, person, holds, actsFor }: Asker, { people, schools }: Pick<World, 'people' | 'schools'>): Promise<Account> {
  const em = database.admin.em.fork();
  const accountId = await join(em, { issuer: '', subject: '', ...subject, kind: isClient ? 'client' : 'person', name, person: null });
  if (person) await em.execute('update account set person_id = ? where id = ?', [people[person], accountId]);
  const grants: string[] = [];
  for (const hold of holds) {
    if (hold.role === 'TEACHER') continue;
    const scope = hold.over === 'self' ? { kind: 'self' as const } : hold.over === 'school' ? { kind: 'institution' as const, institutionId: schools[hold.school], code: SCHOOL_CODE[hold.school] } : { kind: 'jurisdiction' as const, code: hold.code };
    grants.push((await insertGrant(em, { accountId, role: hold.role, scope, from: '2020-01-01' as CivilDay, to: null, grantedBy: null })) ?? '');
  }
  if (name === 'whose roles have ended') await endedRoles(em, accountId, people.own);
  const grantedBy = await accountOf(em, 'TEACHER');
  const delegations = actsFor ? [await insertDelegation(em, { personId: people[actsFor], accountId, actions: ['VIEW'], from: Date.parse('2020-01-01') as never, to: Date.parse('2120-01-01') as never, grantedBy })] : [];
  return { id: globalId('Account', accountId), grants: grants.map((row) => globalId('RoleGrant', row)), delegations: delegations.map((row) => globalId('Delegation', row)) };
}

const accountOf = async (em: Manager, subject: string): Promise<string> => (await em.execute<{ id: string }[]>('select id::text as id from account where subject = ?', [subject]))[0]?.id ?? '';

/** Roles of yesterday, of tomorrow and taken back, and a delegation of the same kinds. */
async function endedRoles(em: Manager, accountId: string, personId: string): Promise<void> {
  const scope = { kind: 'jurisdiction' as const, code: 'CN' };
  await insertGrant(em, { accountId, role: 'AUTHORITY', scope, from: '2020-01-01' as CivilDay, to: '2020-12-31' as CivilDay, grantedBy: null });
  await insertGrant(em, { accountId, role: 'DISTRICT_REVIEWER', scope, from: '2100-01-01' as CivilDay, to: null, grantedBy: null });
  const revoked = await insertGrant(em, { accountId, role: 'ANALYST', scope, from: '2020-01-01' as CivilDay, to: null, grantedBy: null });
  await em.execute('update role_grant set revoked_at = now() where id = ?', [revoked]);
  const grantedBy = await accountOf(em, 'TEACHER');
  for (const [from, to] of [['2020-01-01', '2020-12-31'], ['2100-01-01', '2100-12-31']]) await insertDelegation(em, { personId, accountId, actions: ['VIEW'], from: Date.parse(from ?? '') as never, to: Date.parse(to ?? '') as never, grantedBy });
}
