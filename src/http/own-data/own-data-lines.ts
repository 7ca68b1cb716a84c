import { formatInstant } from '../../kernel/civil-day.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import { languageTags } from '../../i18n/language.ts';
import { globalId } from '../../graphql/relay/global-id.ts';
import type { NodeType } from '../../graphql/relay/global-id.ts';
import type { View } from '../../graphql/view.ts';
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

/** A row as a line: with global ids, instants, and words in the language of the request where there are any. */
export function rowLine(type: string, row: OwnRow, view: View, keys: DataKeys): object {
  const shown = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shownAs(type, name, value)]));
  const { id, ...act } = shown;
  const titles = titlesOf(type, row, view);
  return {
    type,
    // An act on a ledger entry is known by the entry alone.
    ...(type === 'credit' && row['entry'] !== null ? act : { ...(id === undefined ? {} : { id }), ...act }),
    ...openedFields(type, row, keys),
    ...(titles === null ? {} : { titles }),
  };
}

function shownAs(type: string, name: string, value: unknown): unknown {
  if (value === null) return null;
  const node = name === 'institution' ? 'Institution' : IDS[type]?.[name];
  if (node !== undefined) return globalId(node, String(value));
  return name.endsWith('At') ? formatInstant(Number(value) as Instant) : value;
}

/** What lies sealed, in full: it is one's own. Null: what is stored cannot be read, by the keys of this store. */
function openedFields(type: string, row: OwnRow, keys: DataKeys): object {
  const bytes = (name: string): Buffer => Buffer.from(String(row[name]), 'hex');
  switch (type) {
    case 'identity':
      return { number: orNull(() => openIdentity(keys, bytes('number'))) };
    case 'private':
      return { value: orNull(() => openPrivate(keys, row['name'] as PrivateName, bytes('value'))) };
    case 'assessment': {
      const opened = (column: 'question' | 'answer'): unknown => orNull(() => JSON.parse(keys.openText(String(row[column]), assessmentPlace(column, String(row['answerHash'])))) as unknown);
      return { question: opened('question'), answer: opened('answer') };
    }
    default:
      return {};
  }
}

function orNull<Value>(open: () => Value): Value | null {
  try {
    return open();
  } catch {
    return null;
  }
}
