import { formatInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { languageTags } from '../../i18n/language.ts';
import { globalId } from '../../graphql/relay/global-id.ts';
import { RECORD_TYPES } from '../../graphql/correction/correction.type.ts';
import type { NodeType } from '../../graphql/relay/global-id.ts';
import type { View } from '../../graphql/view.ts';
import { openClaim, openReason } from '../../persistence/correction-texts.ts';
import type { IdentityNumbers } from '../../persistence/identity-numbers.ts';
import type { OwnDataAsOf, OwnRow } from '../../persistence/own-data/read-own-data.ts';
import { titlesOf } from './titles.ts';

/** Fields that hold the row of something with a global id. */
const IDS: Readonly<Record<string, Readonly<Record<string, NodeType>>>> = {
  person: { id: 'Teacher' },
  formerName: { id: 'PersonProperty' },
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
  correction: { id: 'Correction' },
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

/** Fields that are stored sealed, in hexadecimal digits, and how each is opened. */
const SEALED: Readonly<Record<string, Readonly<Record<string, (numbers: IdentityNumbers, sealed: Buffer) => unknown>>>> = {
  identity: { number: (numbers, sealed) => numbers.decrypt(sealed) },
  correction: { claim: openClaim, reason: openReason },
};

/** A row as a line: with global ids, instants, what is sealed in full (it is one's own), and words in the language of the request where there are any. */
export function rowLine(type: string, row: OwnRow, view: View, numbers: IdentityNumbers): object {
  const { id, ...shown } = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shownAs(type, name, value, row, numbers)]));
  const titles = titlesOf(type, row, view);
  // An act on a ledger entry is known by the entry alone.
  const isAct = type === 'credit' && row['entry'] !== null;
  return { type, ...(id === undefined || isAct ? {} : { id }), ...shown, ...(titles === null ? {} : { titles }) };
}

function shownAs(type: string, name: string, value: unknown, row: OwnRow, numbers: IdentityNumbers): unknown {
  if (value === null) return null;
  const opens = SEALED[type]?.[name];
  if (opens) return opened(() => opens(numbers, Buffer.from(String(value), 'hex')));
  const node = nodeOf(type, name, row);
  if (node) return globalId(node, String(value));
  return name.endsWith('At') ? formatInstant(Number(value) as Instant) : value;
}

function nodeOf(type: string, name: string, { about }: OwnRow): NodeType | undefined {
  if (name === 'institution') return 'Institution';
  return type === 'correction' && name === 'record' ? RECORD_TYPES[about as keyof typeof RECORD_TYPES] : IDS[type]?.[name];
}

/** Null: what is stored cannot be read by the keys of this store. All else is given all the same. */
function opened(open: () => unknown): unknown {
  try {
    return open();
  } catch {
    return null;
  }
}
