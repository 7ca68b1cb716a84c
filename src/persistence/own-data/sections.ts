import { ASKED, DATED, FROM_SOURCE, instant, RECORDED, SUPERSEDED } from './section.ts';
import type { OwnSection } from './section.ts';

const ID = { sql: 't.id', type: 'bigint' } as const;
const USUAL = { key: ID, pageSize: 500, omits: {} };
const PERSON = { column: 'person_id', of: 'person' } as const;
const ofAccount = (column: string) => ({ column, of: 'account' }) as const;

const ABOVE = 'follows from the code of the place';
const SOMEBODY = 'an account of somebody else';
const FOUND_BY_PERSON = 'stands with the rows of the person';

const WITH_INSTITUTION = 'left join institution i on i.id = t.institution_id';
const IN_INSTITUTION = { institution: 't.institution_id::text', institutionName: 'i.name' };
const GRANT = { id: 't.id::text', role: 't.role', scopeKind: 't.scope_kind', ...IN_INSTITUTION, jurisdiction: 't.jurisdiction_code', from: 't.from_on', to: 't.to_on', recordedAt: instant('t.recorded_at'), revokedAt: instant('t.revoked_at') };
const DELEGATION = { id: 't.id::text', actions: 'to_json(t.actions)', fromAt: instant('t.from_at'), toAt: instant('t.to_at'), recordedAt: instant('t.recorded_at'), revokedAt: instant('t.revoked_at') };
const INVITATION = { id: 't.id::text', recordedAt: instant('t.recorded_at'), expiresAt: instant('t.expires_at'), usedAt: instant('t.used_at') };

/**
 * Everything that is kept about a person, by table. A test goes through all tables: a column that leads to a person or an
 * account, or any column of a table that is here, has to be told, or left out with a reason.
 */
export const OWN_SECTIONS: readonly OwnSection[] = [
  { ...USUAL, name: 'person', table: 'person', by: { column: 'id', of: 'person' }, joins: FROM_SOURCE, shows: { id: 't.id::text', name: 't.name', ...RECORDED }, omits: { name_key: 'made of the name, to put names in order' }, isRegister: true },
  { ...USUAL, name: 'formerName', table: 'person_property', by: PERSON, only: `t.name = '@name'`, joins: FROM_SOURCE, shows: { id: 't.id::text', name: `t.value #>> '{}'`, ...DATED }, isRegister: true },
  { ...USUAL, name: 'key', table: 'person_key', by: PERSON, joins: FROM_SOURCE, key: { sql: `lpad(t.source_id::text, 10, '0') || ' ' || t.source_key`, type: 'text' }, shows: { source: 's.name', key: 't.source_key', recordedAt: instant('t.recorded_at') }, isRegister: true },
  {
    ...USUAL, name: 'identity', table: 'person_identity', by: PERSON, joins: FROM_SOURCE, key: { sql: `t.kind || ' ' || encode(t.number_index, 'hex')`, type: 'text' },
    shows: { id: 't.id::text', kind: 't.kind', number: `encode(t.number_cipher, 'hex')`, ...RECORDED }, omits: { number_index: 'a keyed hash of the number, by which it is found' }, isRegister: true,
  },
  { ...USUAL, name: 'private', table: 'person_private', by: PERSON, joins: FROM_SOURCE, shows: { id: 't.id::text', name: 't.name', value: `encode(t.value_cipher, 'hex')`, ...RECORDED, supersededAt: SUPERSEDED }, isRegister: true },
  {
    ...USUAL, name: 'employment', table: 'employment', by: PERSON, joins: `${FROM_SOURCE} ${WITH_INSTITUTION}`,
    shows: { id: 't.id::text', ...IN_INSTITUTION, isMain: 't.is_main', stage: 't.stage', subject: 't.subject', jurisdiction: 't.jurisdiction_code', ...DATED },
    omits: { name_key: 'a copy, to put names in order', province_code: ABOVE, prefecture_code: ABOVE, county_code: ABOVE }, isRegister: true,
  },
  { ...USUAL, name: 'role', table: 'person_role', by: PERSON, joins: FROM_SOURCE, shows: { id: 't.id::text', role: 't.role', jurisdiction: 't.province_code', ...DATED }, isRegister: true },
  { ...USUAL, name: 'property', table: 'person_property', by: PERSON, only: `t.name <> '@name'`, joins: FROM_SOURCE, shows: { id: 't.id::text', name: 't.name', value: 't.value', ...DATED }, isRegister: true },
  {
    ...USUAL, name: 'credit', table: 'credit_ledger', by: PERSON, joins: `${FROM_SOURCE} ${WITH_INSTITUTION} left join course c on c.id = t.course_id`,
    shows: { id: 't.id::text', entry: 't.entry_id::text', act: 't.act', book: 't.book', jurisdiction: 't.jurisdiction_code', units: 't.units::text', completedOn: 't.completed_on', attributes: 't.attributes', course: 'c.title', ...IN_INSTITUTION, decides: 't.decides_id::text', revision: 't.revision', ...RECORDED },
    omits: { province_code: ABOVE }, isRegister: true,
  },
  {
    ...USUAL, name: 'assessment', table: 'stored_assessment', by: PERSON, joins: FROM_SOURCE, pageSize: 5,
    shows: { id: 't.id::text', jurisdiction: 't.jurisdiction_code', subject: 't.subject', momentAt: instant('t.at'), lawAt: instant('t.law_at'), knownAt: instant('t.known_at'), verdict: 't.verdict', question: 't.question', answer: 't.answer', answerHash: 't.answer_hash', rulebookHash: 't.rulebook_hash', contentHash: 't.content_hash', engine: 't.engine', ...RECORDED },
    omits: { province_code: ABOVE, account_id: SOMEBODY }, isRegister: true,
  },
  {
    ...USUAL, name: 'assessmentAsked', table: 'stored_assessment', by: ofAccount('account_id'), only: `t.person_id is distinct from ${ASKED}.person_id`,
    shows: { id: 't.id::text', jurisdiction: 't.jurisdiction_code', subject: 't.subject', recordedAt: instant('t.recorded_at') }, isRegister: true,
  },
  { ...USUAL, name: 'account', table: 'account', by: PERSON, shows: { id: 't.id::text', issuer: 't.issuer', subject: 't.subject', kind: 't.kind', displayName: 't.display_name', recordedAt: instant('t.recorded_at') }, isRegister: false },
  { ...USUAL, name: 'roleGrant', table: 'role_grant', by: ofAccount('account_id'), joins: WITH_INSTITUTION, shows: { ...GRANT, account: 't.account_id::text' }, omits: { granted_by: SOMEBODY, revoked_by: SOMEBODY, province_code: ABOVE, prefecture_code: ABOVE, county_code: ABOVE }, isRegister: false },
  { ...USUAL, name: 'roleGrantGiven', table: 'role_grant', by: ofAccount('granted_by'), joins: WITH_INSTITUTION, shows: GRANT, isRegister: false },
  { ...USUAL, name: 'roleGrantEnded', table: 'role_grant', by: ofAccount('revoked_by'), joins: WITH_INSTITUTION, shows: GRANT, isRegister: false },
  { ...USUAL, name: 'delegationGiven', table: 'delegation', by: PERSON, joins: 'left join account a on a.id = t.account_id', shows: { ...DELEGATION, toIssuer: 'a.issuer', toSubject: 'a.subject', grantedBy: 't.granted_by::text' }, isRegister: false },
  { ...USUAL, name: 'delegationHeld', table: 'delegation', by: ofAccount('account_id'), shows: DELEGATION, isRegister: false },
  { ...USUAL, name: 'invitation', table: 'invitation', by: PERSON, shows: INVITATION, omits: { word_hash: 'a hash of a word that links an account', invited_by: SOMEBODY, used_by: FOUND_BY_PERSON }, isRegister: false },
  { ...USUAL, name: 'invitationMade', table: 'invitation', by: ofAccount('invited_by'), shows: INVITATION, isRegister: false },
  {
    ...USUAL, name: 'correction', table: 'correction', by: PERSON, joins: `left ${FROM_SOURCE} ${WITH_INSTITUTION}`, pageSize: 50,
    shows: { id: 't.id::text', person: 't.person_id::text', about: 't.about', record: 't.record_id::text', source: 's.name', ...IN_INSTITUTION, jurisdiction: 't.jurisdiction_code', state: 't.state', claim: `encode(t.claim_cipher, 'hex')`, isByDelegate: 't.delegation_id is not null', dueOn: 't.due_on', recordedAt: instant('t.recorded_at'), decidedAt: instant('t.decided_at'), reason: `encode(t.reason_cipher, 'hex')` },
    omits: { submitted_by: SOMEBODY, decided_by: SOMEBODY, province_code: ABOVE, prefecture_code: ABOVE, county_code: ABOVE }, isRegister: false,
  },
];

/** Columns that lead to a person or an account and are not gone by, each with why. */
export const NOT_GONE_BY: Readonly<Record<string, string>> = {
  'delegation.granted_by': 'an account of the teacher who delegates: found by the person',
  'invitation.used_by': 'an account that it linked to the person: found by the person',
  'correction.submitted_by': 'what was asked for somebody else is about them: in `viewer` while whoever asked may see it',
  'correction.decided_by': 'what was decided about others is about them: in `corrections` while whoever decided may see it',
  'access_record.account_id': 'the record of accesses is shown by itself: `viewer { seenBy }`',
  'access_record.on_behalf_of': 'as account_id',
  'access_record.persons': 'as account_id',
  'audit_trail.account_id': 'the record of changes is shown by itself: `auditTrail(node)`',
  'audit_trail.on_behalf_of': 'as account_id',
  'audit_trail.actor': 'as account_id',
  'idempotency.principal_key': 'what came of a request, for the 30 days in which it may be sent again: rows that are given here, and sealed refusals',
  'reveal_count.account_id': 'how many values were revealed in the last hour; each is in the record of accesses',
  'budget.principal': 'a keyed hash of who spends, for a minute',
};
