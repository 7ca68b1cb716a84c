import { formatInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { languageTags } from '../../i18n/language.ts';
import { globalId } from '../../graphql/relay/global-id.ts';
import { RECORD_TYPES } from '../../graphql/correction/correction.type.ts';
import type { NodeType } from '../../graphql/relay/global-id.ts';
import type { View } from '../../graphql/view.ts';
import { openClaim, openReason } from '../../persistence/correction-texts.ts';
import type { DataKeys } from '../../persistence/keys/data-keys.ts';
import { assessmentPlace, openIdentity, openPrivate } from '../../persistence/keys/private-values.ts';
import type { PrivateName } from '../../persistence/keys/private-values.ts';
import type { OwnDataAsOf, OwnRow } from '../../persistence/own-data/read-own-data.ts';
import { titlesOf } from './titles.ts';

/** Fields that hold the row of something with a global id. */
const IDS: Readonly<Record<string, Readonly<Record<string, NodeType>>>> = {
  person: { id: 'Teacher' },
  formerName: { id: 'PersonProperty' },
  identity: { id: 'IdentityNumber' },
  private: { id: 'PrivateValue' },
  employment: { id: 'Employment' },
  role: { id: 'HeldRole' },
  property: { id: 'PersonProperty' },
  credit: { id: 'CreditEntry', entry: 'CreditEntry', decides: 'CreditEntry' },
  assessment: { id: 'StoredAssessment' },
  assessmentAsked: { id: 'StoredAssessment' },
  account: { id: 'Account' },
  roleGrant: { id: 'RoleGrant', account: 'Account' },
  roleGrantGiven: { id: 'RoleGrant' },
  roleGrantEnded: { id: 'RoleGrant' },
  delegationGiven: { id: 'Delegation', grantedBy: 'Account' },
  delegationHeld: { id: 'Delegation' },
  correction: { id: 'Correction', person: 'Teacher' },
};

/** The first line: whose data these are, as of when, and how many lines of each type follow. */
export const headerLine = ({ personId, at, knownAt }: OwnDataAsOf, rows: ReadonlyMap<string, number>, { language }: View): object => ({
  type: 'ownData',
  person: globalId('Teacher', personId),
  at: formatInstant(at),
  knownAt: formatInstant(knownAt),
  language: languageTags[language],
  rows: Object.fromEntries(rows),
});

/** The last line. Without it an export is not whole. */
export const endLine = (rows: ReadonlyMap<string, number>): object => ({ type: 'end', rows: Object.fromEntries(rows) });

/** A row as a line: with global ids, instants, what is sealed in full (it is one's own), and words in the language of the request where there are any. */
export function rowLine(type: string, row: OwnRow, view: View, keys: DataKeys): object {
  const { id, ...shown } = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shownAs(type, name, value, row, keys)]));
  const titles = titlesOf(type, row, view);
  // An act on a ledger entry is known by the entry alone.
  const isAct = type === 'credit' && row['entry'] !== null;
  return { type, ...(id === undefined || isAct ? {} : { id }), ...shown, ...(titles === null ? {} : { titles }) };
}

function shownAs(type: string, name: string, value: unknown, row: OwnRow, keys: DataKeys): unknown {
  if (value === null) return null;
  const opens = SEALED[type]?.[name];
  if (opens) return opened(() => opens(keys, String(value), row));
  const node = nodeOf(type, name, row);
  if (node) return globalId(node, String(value));
  return name.endsWith('At') ? formatInstant(Number(value) as Instant) : value;
}

function nodeOf(type: string, name: string, { about }: OwnRow): NodeType | undefined {
  if (name === 'institution') return 'Institution';
  return type === 'correction' && name === 'record' ? RECORD_TYPES[about as keyof typeof RECORD_TYPES] : IDS[type]?.[name];
}

type Open = (keys: DataKeys, stored: string, row: OwnRow) => unknown;
const bytes = (stored: string): Buffer => Buffer.from(stored, 'hex');
const openText =
  (column: 'question' | 'answer'): Open =>
  (keys, stored, { answerHash }) => JSON.parse(keys.openText(stored, assessmentPlace(column, String(answerHash)))) as unknown;

/** Fields that are stored sealed, and how each is opened. */
const SEALED: Readonly<Record<string, Readonly<Record<string, Open>>>> = {
  identity: { number: (keys, stored) => openIdentity(keys, bytes(stored)) },
  private: { value: (keys, stored, { name }) => openPrivate(keys, name as PrivateName, bytes(stored)) },
  assessment: { question: openText('question'), answer: openText('answer') },
  correction: { claim: (keys, stored, { person }) => openClaim(keys, bytes(stored), String(person)), reason: (keys, stored, { person }) => openReason(keys, bytes(stored), String(person)) },
};

/** Null: what is stored cannot be read by the keys of this store. All else is given all the same. */
function opened(open: () => unknown): unknown {
  try {
    return open();
  } catch {
    return null;
  }
}
