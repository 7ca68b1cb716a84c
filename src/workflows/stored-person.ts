import type { CivilDay, Instant } from '../kernel/civil-day.ts';
import type { FactInput } from '../kernel/facts.ts';
import type { Act } from '../plugin-host/records.ts';

/** What is known of a person at a moment of knowledge, as of a day: all that the facts of a place are made of. */
export interface StoredPerson {
  readonly id: string;
  /** The main employment on the day; null: none. */
  readonly employment: StoredEmployment | null;
  /** The last main employment that ended before the day, where there is none on it. */
  readonly lastEmployment: StoredEmployment | null;
  /** All employments known, main or not, that begin by the day. */
  readonly employments: readonly PastEmployment[];
  readonly roles: readonly StoredRole[];
  /** Dated properties that hold on the day, by name. */
  readonly properties: ReadonlyMap<string, FactInput>;
  /** Those of the institution of the main employment. */
  readonly institutionProperties: ReadonlyMap<string, FactInput>;
  /** Entries of all places, each with the act that is its last. */
  readonly entries: readonly StoredEntry[];
  /** What authorities have published for the place of the main employment, by name; the lowest place decides. */
  readonly settings: ReadonlyMap<string, FactInput>;
}

export interface StoredEmployment {
  readonly institutionId: string;
  readonly jurisdictionCode: string;
  readonly provinceCode: string;
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}

/** An employment of any time, with the kind of the institution as it is recorded; null: not recorded. */
export interface PastEmployment {
  readonly provinceCode: string;
  readonly kind: string | null;
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}

export interface StoredRole {
  readonly role: string;
  readonly provinceCode: string;
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
}

export interface StoredEntry {
  readonly id: string;
  /** The name of the fact that lists such entries in its place. */
  readonly book: string;
  readonly provinceCode: string;
  /** Whole smallest units of the book, as a big integer where a number would not hold them exactly; null: not settled. */
  readonly units: number | bigint | null;
  readonly completedOn: CivilDay | null;
  readonly act: Act;
  readonly attributes: Readonly<Record<string, FactInput>>;
  /** The entry of another place that this one is the decision about. */
  readonly decidesId: string | null;
}

/** As of when people are looked at. */
export interface AsOf {
  /** The day on which employments and properties hold. */
  readonly day: CivilDay;
  /** The day whose published settings hold. */
  readonly lawDay: CivilDay;
  /** What was recorded later is not seen. */
  readonly knownAt: Instant;
}

/** Where people come from. One statement a call, however many there are. */
export interface PeopleStore {
  /** In the order of the ids; null where there is no such person. */
  load(ids: readonly string[], asOf: AsOf): Promise<(StoredPerson | null)[]>;
}
