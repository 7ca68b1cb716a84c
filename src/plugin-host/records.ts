import type { FactInput } from '../kernel/facts.ts';
import type { Text } from '../kernel/text.ts';

/** What may happen to an entry of the ledger, in the usual order; the last act is where it stands. */
export const ACTS = ['declared', 'reviewed', 'recognised', 'refused', 'reversed'] as const;
export type Act = (typeof ACTS)[number];

/** A list of ledger entries as one fact. What a row holds is named by the fields of the fact's record. */
export interface EntriesRecord {
  /** The fact, a list of records; a ledger of the place says which of their fields are id, amount and day. Its name is the `book` of the rows. */
  readonly fact: string;
  /** The field that says where an entry stands, and its value after each act. Absent: only recognised entries are listed. */
  readonly status?: { readonly field: string; readonly values: Readonly<Partial<Record<Act, string>>> };
  /** Short titles of the fields in files, beside their names. Fields of an inner record by path: `degree.certificate`. */
  readonly columns: Readonly<Record<string, Text>>;
  /** Short names of the values of some columns in files, beside the values themselves and their labels. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
  /**
   * How credits or hours that were earned under another province's rules are listed here, until an own entry decides about
   * them: with the day and these fields, without an amount. Absent: they do not pass over.
   */
  readonly elsewhere?: Readonly<Record<string, FactInput>>;
}

/** A fact that is a dated property of a person or an institution, as it stands on the day of `at`. */
export interface PropertyRecord {
  readonly fact: string;
  /** The name of the property; absent: that of the fact. Several places may read one property. */
  readonly property?: string;
  /** Its short title in files. */
  readonly column: Text;
}

/** How what is stored of people and institutions becomes facts of this place. It is no part of the rules. */
export interface RecordsSpec {
  readonly entries?: readonly EntriesRecord[];
  /** The fact that lists the roles, with `role`, `from` and `to`. Roles that the place does not know are passed over. */
  readonly roles?: { readonly fact: string; readonly column: Text };
  /** The fact that lists the days of employments in the province, with `from` and `to`: of institutions whose property `kind` is one of these. */
  readonly employments?: { readonly fact: string; readonly kinds: readonly string[] };
  readonly person?: readonly PropertyRecord[];
  /** Of the institution of the main employment. */
  readonly institution?: readonly PropertyRecord[];
}
