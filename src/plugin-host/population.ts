import type { Act } from './records.ts';

/** Where the chances of an invented population come from: whole numbers alone, so that every machine draws the same. */
export interface RandomSource {
  /** A whole number from 0 up to but not including `count`. */
  below(count: number): number;
  /** True so many times in a thousand. */
  chance(perThousand: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** One of the values, each as often as its weight says. */
  weighted<Value>(table: Weighted<Value>): Value;
  /** A day, both ends included; the first where they are the wrong way round. */
  day(from: string, to: string): string;
  /** Whole parts of `part` units and a rest that add up to `total`; none of nothing. */
  split(total: number, part: number): number[];
}

export type Weighted<Value> = readonly (readonly [weight: number, value: Value])[];

/** One kind of institution of a place. */
export interface InstitutionKind {
  readonly name: string;
  /** How many of these there are, against the other kinds of the place. */
  readonly weight: number;
  /** What the property `kind` of institutions says, which is the kind of staff. */
  readonly kind: string;
  readonly stage: string;
  /** How names end: the place and an invented name come before. */
  readonly endings: readonly string[];
  /** Other properties, as cells of a file. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly recognitions?: readonly string[];
  /** Of a thousand. */
  readonly private?: number;
  readonly rural?: number;
  /** Share of its staff, against other kinds; absent: 1000. */
  readonly staff?: number;
  readonly subjects: readonly string[];
}

/** Courses of one kind: entries name the kind and get one of its courses. */
export interface CourseKind {
  readonly name: string;
  readonly titles: readonly string[];
  /** In which book their credits are kept. */
  readonly book: string;
  /** Fields of the entry that hold for all its credits. */
  readonly fields: EntryFields;
}

export type EntryFields = Readonly<Record<string, string>>;

/** A value as a cell of a file has it, and the days on which it holds; null and absent leave an end open. */
export interface DatedCell {
  readonly value: string;
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface DescribedEntry {
  readonly book: string;
  /** Whole smallest units of the book. */
  readonly units: number;
  readonly on: string;
  /** The same object for all entries of one kind: rows are written faster. */
  readonly fields: EntryFields;
  readonly course?: string;
  /** Absent: recognised. */
  readonly act?: Act;
}

/** Someone invented, as the place that employs them sees them. Names, numbers and institutions come from the generator. */
export interface DescribedPerson {
  readonly bornOn: string;
  readonly employedFrom: string;
  /** The last day; null: still employed. */
  readonly employedTo: string | null;
  readonly roles: readonly DatedCell[];
  readonly properties: Readonly<Record<string, readonly DatedCell[]>>;
  readonly entries: readonly DescribedEntry[];
}

/** Whom the generator asks for. */
export interface PersonAsked {
  readonly sex: 'male' | 'female';
  readonly institution: InstitutionKind;
  /** Someone who lies so many units (-1, 0, 1) beside this figure and meets all else; null: anyone. */
  readonly threshold: { readonly name: string; readonly by: number } | null;
  /** First day here of who comes from another place; null: the spec says since when. */
  readonly from: string | null;
  /** Birthday of who comes from another place; null: the spec says. */
  readonly bornOn: string | null;
  /** Last day here of who goes to another place; null: the spec says. */
  readonly until: string | null;
}

/** A figure of a rule at which there are people just below, just at and just above. */
export interface ThresholdSpec {
  readonly name: string;
  readonly decision: string;
  readonly rule: string;
  /** The part of the rule's finding that has the figure; absent: the rule itself. */
  readonly part?: string;
  /** The day asked about. */
  readonly on: string;
  /** The kind of institution at which it can be met; absent: the first. */
  readonly institution?: string;
  /** What the finding says of who lies below. */
  readonly below: 'NOT_MET' | 'UNDETERMINED';
}

/**
 * Invented people of a place, for demonstrations and measurements. Pure: the same chances give the same person. It is no
 * part of the rules, and loaded only where people are generated.
 */
export interface PopulationSpec {
  /** How many of all people work here, against the other places, where nobody asks for another share. */
  readonly share: number;
  /** The first is the usual one. */
  readonly institutions: readonly InstitutionKind[];
  readonly courses: readonly CourseKind[];
  readonly thresholds: readonly ThresholdSpec[];
  /** Names particular to some people here, of a thousand: whole, surnames included. */
  readonly localNames?: { readonly share: number; readonly first: readonly string[]; readonly last: readonly string[] };
  readonly describe: (random: RandomSource, asked: PersonAsked) => DescribedPerson;
  /** The entry by which this place decides about one earned in another before; null: it does not. */
  readonly decide?: (random: RandomSource, earned: DescribedEntry, on: string) => DescribedEntry | null;
}

/** What the module behind `PluginManifest.population` exports. */
export interface PopulationModule {
  readonly population: PopulationSpec;
}
